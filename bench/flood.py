"""Scans that come faster than the screen: none may be lost."""

from __future__ import annotations

import re
import time
from pathlib import Path

from bench.desk import Desk, pop_up_shown
from bench.stores import cards, copy_of
from bench.table import Row

SCANS = 1000
GAP = 0.02
READING_TIME = 0.35
QUIET = 3.0


def flood_rows(store: Path) -> list[Row]:
    """A thousand scans at 20 ms; pop-ups come between and are answered by a person."""
    sent = cards(store, SCANS, seed=3)
    with Desk(copy_of(store, "flood.db")) as desk:
        desk.terminal.record = bytearray()
        reader = PopUpReader(desk)
        began = time.perf_counter()
        for number, card in enumerate(sent, start=1):
            desk.terminal.scan(card)
            while time.perf_counter() < began + number * GAP:
                reader.look()
        while time.perf_counter() - desk.terminal.last_output < QUIET:
            reader.look()
        seen = opened_cards(bytes(desk.terminal.record))
        took = desk.terminal.last_output - began
    lost = len(set(sent) - seen)
    note = f"{len(sent)} scans, {reader.answers} pop-ups, done after {took:.0f} s"
    return [Row("scans lost at 20 ms each", lost, "scans", 0, note=note)]


class PopUpReader:
    """One who answers each pop-up once there was time to read it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._since: float | None = None
        self.answers = 0

    def look(self) -> None:
        """Let the screen move a little, and answer what stood there long enough."""
        self._desk.terminal.pump(0.005)
        now = time.perf_counter()
        if not pop_up_shown(self._desk.terminal.text()):
            self._since = None
        elif self._since is None:
            self._since = now
        elif now - self._since > READING_TIME:
            self._desk.terminal.send("\r")
            self.answers += 1
            self._since = None


def opened_cards(painted: bytes) -> set[str]:
    """The cards that stood in a customer's header, with the actor-id behind them."""
    plain = re.sub(rb"\x1b\[[0-?]*[ -/]*[@-~]", b"", painted).decode(errors="replace")
    return set(re.findall(r"(\d{14})\s*\[\d+\]", plain))
