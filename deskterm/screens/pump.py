"""The key pump: every key passes here, one after the other, through the scan gate to a screen.

Textual hands keys to widgets as they come; the pump holds each until what the last one started has
finished or asks something. So type-ahead lands where the person meant it, scans that come faster
than they can be carried out wait in order, and none is lost.
"""

import asyncio
from collections import deque
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, Protocol

from textual import events

from deskterm.scan import Deliver, Incomplete, Mode, Navigate, Outcome, RestoreNavigation, Scan
from deskterm.scan import ScanGate as Gate

if TYPE_CHECKING:
    from deskterm.screens.work import Work


@dataclass(frozen=True, slots=True)
class Footing:
    """What is on the screen now, as far as keys care: the mode, since when, number field or not."""

    mode: Mode
    since: float = float("-inf")
    in_number_field: bool = False
    answers: str = ""
    """Letters that an open menu takes."""
    nothing_to_lose: bool = False
    """A form that a scan may leave, such as the fields of a search."""

    @property
    def takes_scans(self) -> bool:
        """Whether a scan is carried out now rather than kept waiting."""
        return self.nothing_to_lose or self.mode in (Mode.DESK_LINE, Mode.READ)


class KeyTaker(Protocol):
    """What the pump needs of the application."""

    work: "Work"

    def footing(self) -> Footing:
        """Where keys land now."""

    async def deliver(self, key: str, character: str | None) -> None:
        """An ordinary key."""

    async def navigate(self, key: str) -> None:
        """Jump to a tab, remembering where from."""

    async def navigate_back(self, steps: int) -> None:
        """Undo the last jumps: their keys were the beginning of a scan."""

    def take_back(self, count: int) -> None:
        """Remove the last characters typed into a field."""

    def incomplete(self, text: str) -> None:
        """Say that something looked scanned and is no code."""

    async def take_scan(self, code: str) -> bool:
        """Let what is on the screen deal with a scan itself; False when it does not."""

    async def scanned(self, code: str) -> None:
        """Carry out a scan: the screen is ready for it."""

    def waiting(self, codes: tuple[str, ...]) -> None:
        """Show the scans that wait."""


class KeyPump:
    """Takes keys and scans in order; `run` is its loop."""

    def __init__(self, app: KeyTaker, gate: Gate) -> None:
        self.app = app
        self.gate = gate
        self.scans: deque[str] = deque()
        self.last_key_at = monotonic()
        self._keys: asyncio.Queue[events.Key | None] = asyncio.Queue()
        self._carrying_out = False

    @property
    def rests(self) -> bool:
        """Whether every key that came has been dealt with."""
        return self._keys.empty() and not self._carrying_out

    def put(self, key: events.Key) -> None:
        """A key has arrived; it is handled in its turn."""
        self.last_key_at = monotonic()
        self._keys.put_nowait(key)

    def wake(self) -> None:
        """Look again whether a waiting scan can be carried out."""
        self._keys.put_nowait(None)

    def drop_scans(self) -> None:
        """Forget the scans that wait; staff said so."""
        self.scans.clear()
        self.app.waiting(())

    async def run(self) -> None:
        """Handle keys for as long as the application runs."""
        while True:
            self._carrying_out = False
            key = await self._next()
            self._carrying_out = True
            await self.app.work.settled()
            footing = self.app.footing()
            self.gate.set_mode(
                footing.mode,
                footing.since,
                in_number_field=footing.in_number_field,
                answers=footing.answers,
            )
            if key is None:
                outcomes = self.gate.tick(monotonic())
            else:
                outcomes = self.gate.feed(key.key, key.character, key.time)
            for outcome in outcomes:
                await self._carry_out(outcome)
            await self._take_waiting_scan()

    async def _next(self) -> events.Key | None:
        due = self.gate.due()
        if due is None:
            return await self._keys.get()
        try:
            # Not `wait_for`: with a key there it takes being cancelled for an answer.
            async with asyncio.timeout(max(0.0, due - monotonic()) + 0.001):
                return await self._keys.get()
        except TimeoutError:
            return None

    async def _carry_out(self, outcome: Outcome) -> None:
        await self.app.work.settled()
        match outcome:
            case Deliver(key, char):
                await self.app.deliver(key, char)
            case Navigate(key, _):
                await self.app.navigate(key)
            case RestoreNavigation(steps):
                await self.app.navigate_back(steps)
            case Incomplete(text, takes_back):
                self.app.take_back(takes_back)
                self.app.incomplete(text)
            case Scan(code, _, takes_back):
                self.app.take_back(takes_back)
                if not await self.app.take_scan(code):
                    self.scans.append(code)
                    self._show_waiting()

    async def _take_waiting_scan(self) -> None:
        await self.app.work.settled()
        if self.scans and self.app.footing().takes_scans:
            code = self.scans.popleft()
            self._show_waiting()
            await self.app.scanned(code)
            self.wake()

    def _show_waiting(self) -> None:
        ready = self.app.footing().takes_scans
        self.app.waiting(() if ready and len(self.scans) < 2 else tuple(self.scans))
