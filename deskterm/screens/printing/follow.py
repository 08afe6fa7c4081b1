"""Looking again and again at what a printer does, beside whatever staff do."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from deskterm.services.errors import DeskError

if TYPE_CHECKING:
    from deskterm.app import DesktermApp

POLL_SECONDS = 0.25
"""Between two looks: each is one light read in the lists' thread."""


class Follower:
    """Looks until it is stopped; a store that is away for a moment is looked at again."""

    def __init__(
        self,
        app: "DesktermApp",
        look: Callable[[], Awaitable[None]],
        on_trouble: Callable[[DeskError], None],
        every_seconds: float = POLL_SECONDS,
    ) -> None:
        self._app = app
        self._look = look
        self._on_trouble = on_trouble
        self._every_seconds = every_seconds
        self._task: asyncio.Task[None] | None = None

    @property
    def runs(self) -> bool:
        """Whether it looks now."""
        return self._task is not None and not self._task.done()

    def start(self) -> None:
        """Begin to look, unless it does so already."""
        if not self.runs:
            self._task = asyncio.create_task(self._run())
            self._task.add_done_callback(self._ended)

    def stop(self) -> None:
        """Look no more; may be called from within a look."""
        task, self._task = self._task, None
        if task is not None and not task.done():
            task.cancel()

    async def _run(self) -> None:
        while not self._app.work.stopped:
            try:
                await self._look()
            except DeskError as trouble:
                self._on_trouble(trouble)
            await asyncio.sleep(self._every_seconds)

    def _ended(self, task: asyncio.Task[None]) -> None:
        if task.cancelled() or self._app.work.stopped:
            return
        trouble = task.exception()
        if trouble is not None:
            self._app.trouble(trouble)
