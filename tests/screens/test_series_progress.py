"""The bar over a series: it tells how far it is, and Esc ends the work undone."""

import asyncio
from collections.abc import Callable
from datetime import date
from pathlib import Path
from threading import Event

from textual import events

from deskterm import bootstrap, demo
from deskterm.app import DesktermApp
from deskterm.screens.series.saving import Progress, Stopped, Working, with_progress
from deskterm.store.engine import open_store

DAY = date(2024, 5, 15)
LONG = 30.0
"""Seconds within which everything here has happened, however busy the machine is."""


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


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(LONG):
        while not holds():
            await asyncio.sleep(0.01)


async def carried_out(file: Path, *keys: str) -> str:
    """Start it, press keys while it works, let it go on, and tell what became of it."""
    file.with_name("config.toml").touch()
    config = file.with_name("config.toml")
    options = bootstrap.Options(store=str(file), day=DAY, practice=True, config=config)
    app = DesktermApp(bootstrap.build(options))
    async with app.run_test(size=(80, 24)):
        await until(lambda: app.ready)
        caller = Caller(app)
        app.work.start(caller.run())
        await until(lambda: isinstance(app.question, Working) and app.question.seen.is_set())
        working = app.question
        assert isinstance(working, Working)
        await until(lambda: "30 van 100 klanten" in "".join(r.text for r in working.canvas.rows))
        for key in keys:
            app.post_message(events.Key(key, "\r" if key == "enter" else None))
        await until(lambda: working.is_stopping == ("escape" in keys))
        caller.released.set()
        await until(lambda: caller.said != "" and app.question is None)
        return caller.said


async def test_it_goes_on_to_the_end_whatever_else_is_pressed(tmp_path: Path) -> None:
    assert await carried_out(_practice(tmp_path), "enter", "enter") == "done"


async def test_esc_stops_it(tmp_path: Path) -> None:
    assert await carried_out(_practice(tmp_path), "escape") == "Gestopt; er is niets gewijzigd."


def _practice(folder: Path) -> Path:
    store = open_store(str(folder / "practice.db"))
    demo.build(store, DAY, 20)
    store.close()
    return folder / "practice.db"
