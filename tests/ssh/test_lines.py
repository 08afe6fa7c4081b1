"""Lines that break, lines that are slow, and a branch that opens: over a real sshd."""

import os
import signal
import sqlite3
import time
from contextlib import ExitStack, closing
from itertools import cycle, islice
from pathlib import Path

import pytest

from tests.journeys.steps import (
    MESSAGES,
    PLAIN,
    TESTABO,
    block_of,
    log_lines,
    rows_of,
    stored,
)
from tests.journeys.test_journey_scans import QUIET, answers
from tests.ssh.conftest import OpenSsh
from tests.ssh.server import DESK_LINE, Server
from tests.ssh.slow_line import SlowLine
from tests.ssh.steps import open_plain, press_at, wait_signed_in
from tests.terminal import Terminal

AT_ONCE = int(os.environ.get("DESKTERM_SSH_DESKS", "50"))
"""Half a minute on two cores; the bench has a hundred."""
PATIENCE_S = 240
"""Until all are there: other tests run beside it."""
MOMENTS = (0.0, 0.004, 0.015, 0.04)
"""Seconds from Opslaan to the end of the line."""


def is_writable(store: Path) -> bool:
    """Whether nobody holds the lock of writers, and the store is whole."""
    with closing(sqlite3.connect(store, timeout=0.2, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("ROLLBACK")
        return bool(connection.execute("PRAGMA integrity_check").fetchone() == ("ok",))


def test_a_line_that_breaks_while_saving_leaves_all_or_nothing(
    server: Server, over_ssh: OpenSsh, practice: Path
) -> None:
    server.use(practice, by_login="prins")
    terminals = [over_ssh() for _moment in MOMENTS]
    # A desk that comes in writes a line of its own, and before that it is no process to count.
    for terminal in terminals:
        wait_signed_in(terminal, practice, len(terminals))
    for number, (terminal, moment) in enumerate(zip(terminals, MOMENTS, strict=True)):
        open_plain(terminal)
        press_at(terminal, "alt+w", "F12 Einde sessie")
        terminal.wait("Ctrl\\+S Opslaan")
        initials = f"{'ABCD'[number]}.X."
        terminal.press("tab")
        terminal.type(initials)
        terminal.wait(rf"Voorletters +{initials}")
        before, lines = stored(practice, "initials", PLAIN), log_lines(practice)
        terminal.send("\x13")
        terminal.pump(moment)
        terminal.kill()
        deadline = time.monotonic() + 20
        while len(server.desks()) >= len(MOMENTS) - number:
            assert time.monotonic() < deadline, "the process has outlived its line"
        saved = stored(practice, "initials", PLAIN) != before
        assert stored(practice, "initials", PLAIN) == (initials if saved else before)
        assert log_lines(practice) - lines == (1 if saved else 0)
        assert is_writable(practice)
    server.wait_for_no_desk()


def test_what_was_typed_when_the_line_broke_is_offered_at_the_next_sign_in(
    server: Server, over_ssh: OpenSsh, practice: Path
) -> None:
    server.use(practice, by_login="prins")
    terminal = over_ssh()
    terminal.wait(DESK_LINE)
    terminal.scan(TESTABO)
    press_at(terminal, "enter", "─ Pas niet geldig!")
    press_at(terminal, "alt+i", "Ongeldig Opgezegd")
    press_at(terminal, "enter", "Klant herinschrijven met klanttype")
    press_at(terminal, "ctrl+s", "Herinschrijven 29401000075868")
    terminal.wait("─ Abonnement kiezen")
    before = log_lines(practice)
    terminal.kill(signal.SIGKILL)
    server.wait_for_no_desk()
    assert is_writable(practice)
    assert log_lines(practice) == before
    again = over_ssh()
    press_at(again, "down", "Verder met T. Testabo")
    press_at(again, "enter", "Verder met T. Testabo")
    again.wait("Herinschrijven 29401000075868")


def test_a_whole_branch_comes_in_at_once(
    tmp_path_factory: pytest.TempPathFactory, practice: Path
) -> None:
    with rows_of(practice) as store:
        cards = list(islice(cycle(number for (number,) in store.execute(QUIET)), AT_ONCE))
    server = Server(tmp_path_factory.mktemp("branch"))
    server.use(practice, by_login="prins")
    # So many desks would keep the tests that run beside this one waiting.
    server.start(niceness=10)
    with ExitStack() as open_ones:
        open_ones.callback(server.stop)
        terminals = [open_ones.enter_context(server.terminal()) for _desk in range(AT_ONCE)]
        for terminal in terminals:
            terminal.wait(DESK_LINE, timeout=PATIENCE_S)
        assert len(server.desks()) == AT_ONCE
        for terminal, card in zip(terminals, cards, strict=True):
            terminal.scan(card)
        for terminal, card in zip(terminals, cards, strict=True):
            terminal.wait(block_of(card), timeout=PATIENCE_S)
        for terminal in terminals:
            terminal.kill()
        server.wait_for_no_desk(PATIENCE_S)
    assert is_writable(practice)


@pytest.mark.parametrize("delay", [0.05, 0.2], ids=["50 ms", "200 ms"])
def test_over_a_slow_line_no_scan_is_lost_or_does_anything_else(
    server: Server, over_ssh: OpenSsh, practice: Path, delay: float
) -> None:
    server.use(practice, by_login="prins")
    with rows_of(practice) as store:
        cards = [number for (number,) in store.execute(QUIET)][:5]
    with SlowLine(server.port, delay, jitter=delay / 2, lost=25) as line:
        terminal = over_ssh(port=line.port)
        terminal.wait(DESK_LINE, timeout=60)
        for card in cards[:3]:
            scan_slowly(terminal, card)
            terminal.wait(block_of(card))
            terminal.wait("Achternaam")
        # The next ones come before the screen does.
        for card in cards[3:]:
            scan_slowly(terminal, card)
        terminal.wait(block_of(cards[-1]))
        terminal.press("ctrl+o")
        terminal.wait("─ Wissel klant")
        shown = [text.split()[1] for text in terminal.text().splitlines() if "│   " in text]
        assert shown[: len(cards)] == cards[::-1]
        press_at(terminal, "escape", "─ Wissel klant")
        scan_slowly(terminal, MESSAGES)
        terminal.wait("Paraplu vergeten")
        scan_slowly(terminal, PLAIN)
        terminal.wait(f"1 scan wacht: {PLAIN}")
        assert "Paraplu vergeten" in terminal.text()
        assert answers(practice) == []


def scan_slowly(terminal: Terminal, code: str) -> None:
    """A scanner that types: ten milliseconds from character to character."""
    for character in f"{code}\r":
        terminal.send(character)
        terminal.pump(0.01)
