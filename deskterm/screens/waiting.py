"""Waiting for a server of somebody else: a pop-up that says so, counts seconds and takes keys."""

import asyncio
from collections.abc import Callable, Sequence
from time import monotonic
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from deskterm import ahead
from deskterm.screens.question import Question
from deskterm.text import _
from deskterm.widgets.sheet import BLANK, Row, line, wrap

if TYPE_CHECKING:
    from deskterm.app import DesktermApp

Answer = TypeVar("Answer")
Said: TypeAlias = str | Callable[[], str]
"""What goes on; asked anew every second when it tells how far it is."""
SECOND = 1.0
"""How often the seconds are drawn anew."""


class GaveUp(Exception):
    """Staff went on without the answer, or the time for it was over; it may still come."""


class UntilOver(Question[bool]):
    """Stands over the screen while something goes on, and goes by itself when that is over."""

    redrawn_every = SECOND
    """Seconds between two drawings, which may tell how far it is."""

    def __init__(self, heading: str) -> None:
        super().__init__()
        self.heading = heading
        self.seen = asyncio.Event()
        self.is_over = False
        self._leaving: asyncio.Task[None] | None = None

    def on_mount(self) -> None:
        self.set_interval(self.redrawn_every, self.draw)

    def _painted(self) -> None:
        super()._painted()
        self.seen.set()

    def prepare(self) -> None:
        """Go away when it was over while help or the lock stood on top of it."""
        if self.is_over:
            self._leaving = asyncio.create_task(self.answer(True))

    async def stand(
        self, app: "DesktermApp", pending: "asyncio.Future[Answer]", limit_s: float | None = None
    ) -> None:
        """Be asked until that is done, or for so many seconds, or until Esc where it answers."""
        watcher = asyncio.create_task(self._watch(pending, limit_s))
        try:
            await app.ask(self)
        finally:
            watcher.cancel()

    async def _watch(self, pending: "asyncio.Future[Answer]", limit_s: float | None) -> None:
        # Before its first paint a pop-up cannot be taken away.
        await self.seen.wait()
        await asyncio.wait({pending}, timeout=limit_s)
        self.is_over = True
        await self.answer(True)


class Waiting(UntilOver):
    """Says what is going on and for how long; Esc goes on without it, no other key answers."""

    help_page = "accounts"

    def __init__(self, heading: str, said: Said, limit_s: float | None = None) -> None:
        super().__init__(heading)
        self.said = said
        self.limit_s = limit_s
        self.began = monotonic()

    def content(self, width: int) -> Sequence[Row]:
        seconds = _("{seconds} s").format(seconds=int(monotonic() - self.began))
        if self.limit_s is not None:
            most = _("hoogstens {seconds} s").format(seconds=f"{self.limit_s:g}")
            seconds = f"{seconds} ({most})"
        return [
            *wrap(self.said if isinstance(self.said, str) else self.said(), width, "value"),
            line(seconds, width, "value"),
            BLANK,
            line(_("Esc: niet langer wachten"), width, "hint"),
        ]


def get_ready(app: "DesktermApp") -> None:
    """Load beside the keys what the first question to another server would wait for: to be called
    by what may ask one, when it opens."""
    if ahead.is_wanted(app.desk):
        app.work.outside(lambda: ahead.load(app.desk))


async def outside(
    app: "DesktermApp",
    heading: str,
    said: Said,
    use_case: Callable[[], Answer],
    limit_s: float | None = None,
    help_page: str = Waiting.help_page,
) -> Answer:
    """Carry out what takes long, such as a question to another server, with a pop-up over it.

    Raises:
        GaveUp: Esc, or it took longer than `limit_s` seconds; the call itself goes on.
        Whatever the use case raises.
    """
    pending = app.work.outside(use_case)
    question = Waiting(heading, said, limit_s)
    question.help_page = help_page
    await question.stand(app, pending, limit_s)
    if not pending.done():
        raise GaveUp
    return await pending
