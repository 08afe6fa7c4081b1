"""Writes down who was opened, after they stand on the screen and beside what staff do next."""

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from deskterm import services
from deskterm.logs import note
from deskterm.services.errors import DeskError

if TYPE_CHECKING:
    from deskterm.app import DesktermApp
    from deskterm.services.desk import Desk
    from deskterm.views.privacy import Look

QUIET = 0.5
"""Seconds after an opening: customers that follow each other closely are written together."""
MOST_WAITING = 1000
"""Openings kept while the store takes nothing; a day at a busy desk has fewer."""
MOST_AT_END = 6
"""Seconds that a program that ends gives the store to take the last ones."""


class Looks:
    """Openings that wait to be written. What the store refuses is tried again with the next."""

    def __init__(self, app: "DesktermApp") -> None:
        self._app = app
        self._waiting: list[Look] = []
        self._writing: asyncio.Task[None] | None = None
        self._ending = asyncio.Event()

    def opened(self, actor_id: int) -> None:
        """Note that the signed-in employee opened a customer now."""
        look = services.viewings.look_of(self._app.desk, actor_id)
        if look is not None and len(self._waiting) < MOST_WAITING:
            self._waiting.append(look)
            self._begin(self._app.desk)

    def _begin(self, desk: "Desk") -> None:
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write(desk))

    async def _write(self, desk: "Desk") -> None:
        while self._waiting:
            with suppress(TimeoutError):
                async with asyncio.timeout(QUIET):
                    await self._ending.wait()
            looks = tuple(self._waiting)
            try:
                await self._app.work.look_up(lambda: services.viewings.record(desk, looks))  # noqa: B023
            except DeskError as trouble:
                note(trouble)
                return
            del self._waiting[: len(looks)]

    async def finish(self) -> None:
        """Write what still waits, as the program ends."""
        self._ending.set()
        if self._waiting:
            self._begin(self._app.desk)
        if self._writing is not None:
            # What fails, as what takes too long, keeps nobody from leaving.
            done, _late = await asyncio.wait({self._writing}, timeout=MOST_AT_END)
            for writing in done:
                if not writing.cancelled() and (trouble := writing.exception()) is not None:
                    note(trouble)
