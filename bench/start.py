"""Starting: until the desk line can be used, and a scan that does not wait for it."""

from __future__ import annotations

import statistics
import sys
from pathlib import Path

from bench.desk import DESK_LINE, SIZE, Desk, customer_shown
from bench.stores import cards
from bench.table import Row, median_and_p95, milliseconds
from tests.terminal import Terminal

ROUNDS = 9


def start_rows(store: Path) -> list[Row]:
    """Starts of the bare program and of ours in turn, so that both meet the same machine."""
    floors: list[float] = []
    starts: list[float] = []
    scans: list[float] = []
    card = a_card_without_pop_ups(store)
    for _round in range(ROUNDS):
        floors.append(_bare_start())
        starts.append(_start(store))
        scans.append(_scan_during_start(store, card))
    floor = 1000 * statistics.median(floors)
    return [
        _ratio_row("start to desk line", starts, 1.4, floor),
        _ratio_row("scan typed during start to customer", scans, 2.5, floor),
    ]


def _ratio_row(what: str, samples: list[float], bar: float, floor: float) -> Row:
    taken = milliseconds(samples)
    return Row(what, statistics.median(taken), "ms", bar, floor, median_and_p95(taken))


def a_card_without_pop_ups(store: Path) -> str:
    """A card whose customer opens at once."""
    with Desk(store) as desk:
        return next(card for card in cards(store, 50) if desk.scan(card) is not None)


def _bare_start() -> float:
    with Terminal([sys.executable, "-m", "bench.bare_app"], size=SIZE) as terminal:
        return terminal.wait("ready to type") - terminal.started


def _start(store: Path) -> float:
    with Desk(store, wait=False) as desk:
        return desk.terminal.wait(DESK_LINE) - desk.terminal.started


def _scan_during_start(store: Path, card: str) -> float:
    with Desk(store, wait=False) as desk:
        desk.terminal.pump(0.05)
        desk.terminal.measure(f"{card}\r", customer_shown(card))
        return desk.terminal.last_output - desk.terminal.started
