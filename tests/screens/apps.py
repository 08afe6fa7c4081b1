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
LONG = 120.0
"""Seconds within which everything here has happened, however busy the machine is."""


@asynccontextmanager
async def opened(template: Path, folder: Path) -> AsyncIterator[DesktermApp]:
    """A desk that is ready for its first customer."""
    app = _built(template, folder)
    async with app.run_test(size=(80, 24)):
        await until(lambda: app.ready)
        yield app


@asynccontextmanager
async def left(template: Path, folder: Path) -> AsyncIterator[DesktermApp]:
    """A desk that is ready, and has ended by itself when this is over."""
    app = _built(template, folder)
    running = asyncio.create_task(app.run_async(headless=True, size=(80, 24)))
    await until(lambda: app.ready)
    with app._context():
        yield app
    await asyncio.wait_for(running, LONG)


def _built(template: Path, folder: Path) -> DesktermApp:
    store = Path(shutil.copy(template, folder / "practice.db"))
    config = folder / "config.toml"
    config.touch()
    options = bootstrap.Options(store=str(store), day=DAY, practice=True, config=config)
    return DesktermApp(bootstrap.build(options))


async def until(holds: Callable[[], bool]) -> None:
    """Wait for what the application brings about."""
    async with asyncio.timeout(LONG):
        while not holds():
            await asyncio.sleep(0.01)


def press(app: DesktermApp, key: str) -> None:
    """A key, as it comes from the terminal."""
    app.post_message(events.Key(key, "\r" if key == "enter" else None))
