"""`deskterm scan-test` in a real terminal, with the bytes of a scanner."""

import re
import sys
from collections.abc import Iterator

import pytest

from tests.terminal import Terminal

pytestmark = pytest.mark.terminal

CARD = "29401000075868"


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    with Terminal([sys.executable, "-m", "deskterm", "scan-test"], (100, 40)) as started:
        started.wait("Scan nu een pas")
        yield started


def test_a_good_scan_is_recognised(terminal: Terminal) -> None:
    terminal.scan(CARD)
    terminal.wait("Scanner +goed ingesteld")
    shown = terminal.text()
    assert f"Ontvangen    {CARD} (14 tekens)" in shown
    assert "Enter (CR)" in shown
    assert "volgnummer 7586, controlecijfer klopt" in shown


def test_two_scans_at_once_are_two_reports(terminal: Terminal) -> None:
    terminal.send(f"{CARD}\r\n30009401000018\r\n")
    terminal.wait("exemplaar, controlecijfer klopt")
    assert terminal.text().count("Ontvangen") == 2
    assert terminal.text().count("er komt een LF") == 2


def test_a_scan_without_an_ending_is_told_after_a_silence(terminal: Terminal) -> None:
    terminal.send(CARD)
    terminal.wait("er komt geen Enter")


def test_ctrl_c_stops_and_the_terminal_is_itself_again() -> None:
    program = f"{sys.executable} -m deskterm scan-test; stty -a"
    with Terminal(["sh", "-c", program], (100, 40)) as terminal:
        terminal.wait("Scan nu een pas")
        terminal.send("\x03")
        terminal.wait_ended()
        assert re.search(r"(?<!-)\bicanon\b", terminal.text())
        assert re.search(r"(?<!-)\becho\b", terminal.text())
