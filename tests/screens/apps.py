"""The application without a terminal, in the test's own loop, over a copy of a practice library."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path

from textual import events

from deskterm import bootstrap
from deskterm.app import DesktermApp

DAY = date(2024, 5, 15)
LONG = 30.0
"""Seconds within which everything here has happened, however busy the machine is."""


@asynccontextmanager
async def opened(template: Path, folder: Path) -> AsyncIterator[DesktermApp]:
    """A desk that is ready for its first customer."""
    store = Path(shutil.copy(template, folder / "practice.db"))
    config = folder / "config.toml"
    config.touch()
    options = bootstrap.Options(store=str(store), day=DAY, practice=True, config=config)
    app = DesktermApp(bootstrap.build(options))
    async with app.run_test(size=(80, 24)):
        await until(lambda: app.ready)
        yield app


async def until(holds: Callable[[], bool]) -> None:
    """Wait for what the application brings about."""
    async with asyncio.timeout(LONG):
        while not holds():
            await asyncio.sleep(0.01)


def press(app: DesktermApp, key: str) -> None:
    """A key, as it comes from the terminal."""
    app.post_message(events.Key(key, "\r" if key == "enter" else None))
