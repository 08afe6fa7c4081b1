"""A day at the desk: scans, names, keys, changes, and the memory that it takes."""

from __future__ import annotations

from pathlib import Path

from bench.desk import DESK_LINE, Desk, editing
from bench.stores import cards, copy_of, name_starts
from bench.table import Row, median_and_p95, milliseconds, p95
from tests.terminal import key_bytes

SCANS = 120
NAMES = 60
ROUNDS = 15
READ_KEYS = ("3", "4", "5", "6", "7", "8", "down", "9", "1", "2", "f10", "right", "down")
# A second key sooner than this may be the next character of a scan, and waits on purpose.
BETWEEN_KEYS = 0.35


def size_rows(store: Path, customers: int) -> list[Row]:
    """What depends on the size of the library."""
    large = customers >= 1_000_000
    with Desk(store) as desk:
        scans = [desk.scan(card) for card in cards(store, SCANS)]
        names = [_three_letters(desk, start) for start in name_starts(store, NAMES)]
    return [
        _p95_row(
            f"scan to customer, {customers:,}",
            [scan for scan in scans if scan is not None],
            40 if large else 30,
        ),
        _p95_row(f"three letters to list, {customers:,}", names, 60 if large else 30),
    ]


def key_rows(store: Path) -> list[Row]:
    """Keys in read mode, changing a customer, and memory after all of it."""
    keys: list[float] = []
    forms: list[float] = []
    saves: list[float] = []
    with Desk(copy_of(store, "written.db")) as desk:
        opened = [card for card in cards(store, 60, seed=2) if desk.scan(card) is not None]
        for card in opened[:ROUNDS]:
            desk.scan(card)
            for key in READ_KEYS:
                desk.terminal.pump(BETWEEN_KEYS)
                keys += [seconds for seconds in [desk.press(key)] if seconds is not None]
            for _menu in range(2):
                desk.terminal.press("escape")
                desk.terminal.pump(BETWEEN_KEYS)
        for number, card in enumerate(opened[:ROUNDS]):
            desk.scan(card)
            reading = desk.terminal.text()
            forms.append(desk.terminal.measure(key_bytes("alt+w"), editing))
            desk.terminal.press("tab", "tab", *f"x{number}")
            desk.terminal.settle()
            saves.append(_saved(desk, reading))
        memory = desk.terminal.memory_mib()
    return [
        _p95_row("any key in read mode", keys, 16),
        _p95_row("Wijzig to form", forms, 80),
        _p95_row("Opslaan to read mode", saves, 40),
        Row("memory of one desk (PSS)", memory, "MiB", 75),
    ]


def _three_letters(desk: Desk, start: str) -> float:
    """From the third letter in the desk line to the names below it."""
    desk.terminal.press("f12")
    desk.terminal.wait(DESK_LINE)
    desk.terminal.press(*["backspace"] * 3, *start[:2])
    desk.terminal.settle(BETWEEN_KEYS)
    return desk.terminal.measure(start[2], lambda text: names_shown(text, start))


def names_shown(text: str, start: str) -> bool:
    """Whether the list is that of three letters: surnames that begin so stand in front."""
    lines = text.casefold().splitlines()
    head = next((row for row, line in enumerate(lines) if "geboren" in line), len(lines))
    return any(start in line for line in lines[head + 1 : head + 2])


def _saved(desk: Desk, reading: str) -> float:
    foot = reading.splitlines()[-1]
    return desk.terminal.measure("\x13", lambda text: text.splitlines()[-1] == foot)


def _p95_row(what: str, samples: list[float], bar: float) -> Row:
    taken = milliseconds(samples)
    return Row(what, p95(taken), "ms", bar, note=median_and_p95(taken))
