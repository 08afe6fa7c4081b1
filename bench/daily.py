"""A day at the desk: scans, names, keys, changes, and the memory that it takes."""

from __future__ import annotations

from pathlib import Path

from bench.desk import DESK_LINE, Desk
from bench.stores import cards, copy_of, name_starts
from bench.table import Row, median_and_p95, milliseconds, p95

SCANS = 120
NAMES = 60
ROUNDS = 15
READ_KEYS = ("3", "4", "5", "6", "7", "8", "9", "1", "2", "f10", "escape")


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
    keys, forms, saves = [], [], []
    with Desk(copy_of(store, "written.db")) as desk:
        opened = [card for card in cards(store, 60, seed=2) if desk.scan(card) is not None]
        for card in opened[:ROUNDS]:
            desk.scan(card)
            keys += [desk.press(key) for key in READ_KEYS]
        for number, card in enumerate(opened[:ROUNDS]):
            desk.scan(card)
            reading = desk.terminal.text()
            forms.append(desk.press("alt+w"))
            desk.terminal.type(f"x{number}")
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
    """From the desk line to the list of names; and back to the desk line."""
    desk.press("f12")
    desk.terminal.wait(DESK_LINE)
    desk.terminal.settle()
    seconds = desk.terminal.measure(
        f"{start}\r", lambda text: text.casefold().count(start) > 1 and "Geb" in text
    )
    desk.press("escape")
    return seconds


def _saved(desk: Desk, reading: str) -> float:
    foot = reading.splitlines()[-1]
    return desk.terminal.measure("\x13", lambda text: text.splitlines()[-1] == foot)


def _p95_row(what: str, samples: list[float], bar: float) -> Row:
    taken = milliseconds(samples)
    return Row(what, p95(taken), "ms", bar, note=median_and_p95(taken))
