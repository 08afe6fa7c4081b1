"""The application without a terminal, in a thread of its own, for tests that go step by step."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from queue import Queue
from threading import Thread

from textual import events
from textual.geometry import Size

from deskterm import bootstrap
from deskterm.app import DesktermApp
from deskterm.widgets.form import Form
from tests.screens.playing import CHARACTERS, DAY

REST_SECONDS = 0.02
A_MOMENT = 0.005
LAST_KEYS_SECONDS = 0.4
"""What is typed last is held a third of a second: it may be the beginning of a scan."""

Step = Callable[[], Awaitable[None]]


class Headless:
    """A desk on a practice library; whatever goes wrong in it is raised by what is done next."""

    def __init__(self, store: Path) -> None:
        config = store.with_name("config.toml")
        config.touch()
        options = bootstrap.Options(store=str(store), day=DAY, practice=True, config=config)
        self._app = DesktermApp(bootstrap.build(options))
        self._steps: Queue[Step | None] = Queue()
        self._done: Queue[BaseException | None] = Queue()
        self._fell = False
        self._thread = Thread(target=lambda: asyncio.run(self._run()), daemon=True)
        self._thread.start()
        self._answer()

    def press(self, *keys: str) -> None:
        """Let keys come in one burst, and do what they ask for."""

        async def step() -> None:
            for key in keys:
                character = CHARACTERS.get(key, key if len(key) == 1 else None)
                self._app.post_message(events.Key(key, character))
            await asyncio.sleep(REST_SECONDS)

        self._do(step)

    def resize(self, columns: int, rows: int) -> None:
        """Make the terminal larger or smaller."""

        async def step() -> None:
            size = Size(columns, rows)
            self._app.post_message(events.Resize(size, size))
            await asyncio.sleep(REST_SECONDS)

        self._do(step)

    def rest(self, seconds: float = LAST_KEYS_SECONDS) -> None:
        """Press nothing for a while."""

        async def step() -> None:
            await asyncio.sleep(seconds)

        self._do(step)

    def typed_over(self) -> list[tuple[str, str]]:
        """Field and value of everything that stands in a form and was not loaded into it, but for
        fields that a scan may land in."""
        found = []
        for screen in self._app.screen_stack:
            for form in screen.query(Form):
                numbers = {field.name for field in form.fields if field.number_field}
                found += [
                    (name, value)
                    for name, value in form.values.items()
                    if name not in numbers and value != form.initial.get(name)
                ]
        return found

    def form(self) -> Form:
        """The form that is filled in."""
        return self._app.main.place.query_one(Form)

    def open_customers(self) -> list[int]:
        """Whose screens are open, by actor-id."""
        return [session.actor_id for session in self._app.sessions]

    def waiting(self) -> list[str]:
        """The scans that wait."""
        return list(self._app.pump.scans)

    def notice(self) -> str:
        """What the program says."""
        text, _is_bad = self._app.main._notice
        return text

    def close(self) -> None:
        """End it; raises what went wrong on the way."""
        if not self._fell:
            self._steps.put(None)
            self._answer()
        self._thread.join()

    def _do(self, step: Step) -> None:
        self._steps.put(step)
        self._answer()

    def _answer(self) -> None:
        if (fault := self._done.get(timeout=300)) is not None:
            self._fell = True
            raise fault

    async def _run(self) -> None:
        try:
            async with self._app.run_test(size=(80, 24)):
                while not self._app.ready:
                    await asyncio.sleep(REST_SECONDS)
                self._done.put(None)
                await self._take_steps()
        except BaseException as fault:  # noqa: BLE001
            # Handed over to the thread that tests.
            self._done.put(fault)
        else:
            self._done.put(None)

    async def _take_steps(self) -> None:
        loop = asyncio.get_running_loop()
        while (step := await loop.run_in_executor(None, self._steps.get)) is not None:
            await step()
            # Not Textual's own waiting: it hangs when a pop-up goes while it is asked.
            while self._app.is_running and not await self._is_done():
                pass
            if not self._app.is_running:
                return
            self._done.put(None)

    async def _is_done(self) -> bool:
        """Let messages come; whether all keys have been dealt with, and all they started."""
        await asyncio.sleep(A_MOMENT)
        await self._app.work.settled()
        return self._app.pump.rests and not self._app.work.busy


def scanned(card: str, end: str) -> Sequence[str]:
    """The keys of a scan."""
    return (*card, end)
