"""The bar over a series: it tells how far it is, and Esc ends the work undone."""

from pathlib import Path
from threading import Event

from deskterm.app import DesktermApp
from deskterm.screens.series.saving import Progress, Stopped, Working, with_progress
from tests.screens.apps import LONG, opened, press, until


class Caller:
    """A flow whose work goes on when the test says so."""

    def __init__(self, app: DesktermApp) -> None:
        self.app = app
        self.released = Event()
        self.said = ""

    async def run(self) -> None:
        try:
            self.said = await with_progress(self.app, "Serie", self._work)
        except Stopped as stopped:
            self.said = stopped.sentence

    def _work(self, progress: Progress) -> str:
        progress(30, 100)
        self.released.wait(LONG)
        progress(100, 100)
        return "done"


async def carried_out(template: Path, folder: Path, *keys: str) -> str:
    """Start it, press keys while it works, let it go on, and tell what became of it."""
    async with opened(template, folder) as app:
        caller = Caller(app)
        app.work.start(caller.run())
        await until(lambda: isinstance(app.question, Working) and app.question.seen.is_set())
        working = app.question
        assert isinstance(working, Working)
        await until(lambda: "30 van 100 klanten" in "".join(r.text for r in working.canvas.rows))
        for key in keys:
            press(app, key)
        await until(lambda: working.is_stopping == ("escape" in keys))
        caller.released.set()
        await until(lambda: caller.said != "" and app.question is None)
        return caller.said


async def test_it_goes_on_to_the_end_whatever_else_is_pressed(
    small_library: Path, tmp_path: Path
) -> None:
    assert await carried_out(small_library, tmp_path, "enter", "enter") == "done"


async def test_esc_stops_it(small_library: Path, tmp_path: Path) -> None:
    assert await carried_out(small_library, tmp_path, "escape") == "Gestopt; er is niets gewijzigd."
