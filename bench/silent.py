"""Keys while an account server hangs: it takes the connection and never says a word."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from bench.daily import BETWEEN_KEYS
from bench.desk import Desk
from bench.stores import cards, copy_of
from bench.table import Row, median_and_p95, milliseconds, p95
from deskterm.bootstrap import PRACTICE_DAY
from tests.journeys.account_steps import RealDesk, scim_settings, search, silent_server
from tests.journeys.steps import choose, press_until_gone
from tests.terminal import Terminal, key_bytes

ROUNDS = 4
TABS = "345689127"
PATIENCE = 30
"""Seconds that the desk is set to wait for an answer, the most there is."""
SEARCHING = "Er wordt gezocht"


def silent_rows(store: Path) -> list[Row]:
    """Tabs of a customer after staff stopped waiting, while the question still hangs."""
    written = copy_of(store, "silent.db")
    with Desk(written) as desk:
        card = next(one for one in cards(store, 60, seed=2) if desk.scan(one) is not None)
    with closing(sqlite3.connect(written)) as connection, connection:
        who = "(SELECT customer_id FROM card WHERE number = ?)"
        connection.execute(f"UPDATE customer SET username = '' WHERE actor_id = {who}", (card,))
    keys: list[float] = []
    with silent_server() as port:
        settings = scim_settings(port).replace(
            "[accounts.scim]", f"interactive_budget_s = {PATIENCE}\n[accounts.scim]\nread_s = 30"
        )
        with RealDesk(written, settings, PRACTICE_DAY).open() as terminal:
            terminal.scan(card)
            terminal.wait(rf"(?m)^ ?{card} \[\d+\]")
            for _round in range(ROUNDS):
                keys += _keys_of_a_hang(terminal)
    samples = milliseconds(keys)
    note = median_and_p95(samples)
    return [Row("any key while an account server hangs, p95", p95(samples), "ms", 16, note=note)]


def _keys_of_a_hang(terminal: Terminal) -> list[float]:
    """Ask, stop waiting, and read on for as long as the question surely hangs."""
    terminal.pump(BETWEEN_KEYS)
    terminal.press("7")
    terminal.wait("Berichtvoorkeuren")
    terminal.press("f8")
    choose(terminal, "Bestaand inlogaccount koppelen")
    terminal.wait("Hoofdlettergevoelig")
    search(terminal, "Testklant")
    terminal.wait(SEARCHING)
    press_until_gone(terminal, "escape", SEARCHING)
    terminal.wait("of het account bestaat, is niet bekend")
    press_until_gone(terminal, "escape", "Hoofdlettergevoelig")
    seconds = []
    for key in TABS * 3:
        terminal.pump(BETWEEN_KEYS)
        seconds.append(terminal.measure(key_bytes(key), _other_than(terminal.text())))
    return seconds


def _other_than(before: str) -> Callable[[str], bool]:
    return lambda text: text != before
