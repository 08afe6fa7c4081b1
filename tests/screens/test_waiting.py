"""The pop-up over a call to another server: what ends it, and what does not."""

from pathlib import Path
from threading import Event

import pytest

from deskterm.app import DesktermApp
from deskterm.screens.help import Help
from deskterm.screens.waiting import GaveUp, Waiting, outside
from tests.screens.apps import LONG, opened, press, until


class Caller:
    """A flow that waits for a server which answers when the test says so."""

    def __init__(self, app: DesktermApp, limit_s: float | None = None) -> None:
        self.app = app
        self.limit_s = limit_s
        self.released = Event()
        self.said = ""

    async def run(self) -> None:
        try:
            self.said = await outside(self.app, "Vraag", "Even wachten", self._ask, self.limit_s)
        except GaveUp:
            self.said = "gave up"

    def _ask(self) -> str:
        self.released.wait(LONG)
        return "answer"


def is_seen(app: DesktermApp) -> bool:
    return isinstance(app.question, Waiting) and app.question.seen.is_set()


async def test_the_answer_ends_it_and_enter_does_not(small_library: Path, tmp_path: Path) -> None:
    async with opened(small_library, tmp_path) as app:
        caller = Caller(app)
        app.work.start(caller.run())
        await until(lambda: is_seen(app))
        for _again in range(50):
            press(app, "enter")
        press(app, "f1")
        await until(lambda: isinstance(app.question, Help))
        assert caller.said == ""
        press(app, "escape")
        await until(lambda: isinstance(app.question, Waiting))
        caller.released.set()
        await until(lambda: caller.said == "answer" and app.question is None)


async def test_an_answer_that_comes_under_the_help_page_waits_for_it_to_be_closed(
    small_library: Path, tmp_path: Path
) -> None:
    async with opened(small_library, tmp_path) as app:
        caller = Caller(app)
        app.work.start(caller.run())
        await until(lambda: is_seen(app))
        waiting = app.question
        press(app, "f1")
        await until(lambda: isinstance(app.question, Help))
        caller.released.set()
        await until(lambda: isinstance(waiting, Waiting) and waiting.is_over)
        assert isinstance(app.question, Help)
        press(app, "escape")
        await until(lambda: caller.said == "answer" and app.question is None)


@pytest.mark.parametrize("limit_s", [None, 0.05])
async def test_esc_and_the_end_of_the_time_go_on_without_the_answer(
    small_library: Path, tmp_path: Path, limit_s: float | None
) -> None:
    async with opened(small_library, tmp_path) as app:
        caller = Caller(app, limit_s)
        app.work.start(caller.run())
        if limit_s is None:
            await until(lambda: is_seen(app))
            press(app, "escape")
        await until(lambda: caller.said == "gave up" and app.question is None)
        again = Caller(app)
        again.released.set()
        app.work.start(again.run())
        await until(lambda: again.said == "answer")
        caller.released.set()
