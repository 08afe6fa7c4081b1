"""Terminals of every size and kind: readable in all of them, and a crash in none."""

import random
import re

import pytest

from tests.journeys.steps import (
    PLAIN,
    TESTABO,
    OpenDesk,
    block_of,
    open_plain,
    open_testabo,
    start_editing,
)
from tests.terminal import Terminal

SGR = re.compile(rb"\x1b\[([0-9;]*)m")
"""What sets colours and weights."""


def shows_the_seed(terminal: Terminal) -> None:
    text = terminal.text()
    for shown in ("T. Testabo", "Kruisakkers 41", "Pas niet geldig!", "01-01-1985", "1.Klant"):
        assert shown in text, f"{shown} is not on\n{text}"


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (200, 60)])
def test_the_customer_is_complete_at_every_usual_size(
    desk: OpenDesk, size: tuple[int, int]
) -> None:
    terminal = desk(size=size)
    open_testabo(terminal)
    terminal.wait("F12 Einde sessie")
    shows_the_seed(terminal)
    assert all(len(line) <= size[0] for line in terminal.text().splitlines())


def test_a_wide_terminal_has_the_full_words(desk: OpenDesk) -> None:
    terminal = desk(size=(200, 60))
    open_testabo(terminal)
    terminal.wait("2.NAW-Gegevens")
    assert "Statistieken en selecties" in terminal.text()


@pytest.mark.parametrize("size", [(60, 20), (40, 12), (20, 5), (10, 3)])
def test_a_terminal_that_is_too_small_still_works(desk: OpenDesk, size: tuple[int, int]) -> None:
    terminal = desk(size=size, wait=False)
    terminal.scan(PLAIN)
    terminal.settle(0.5)
    terminal.press("8", "alt+w", "escape", "f1", "escape", "f2", "ctrl+p", "escape")
    terminal.settle(0.3)
    terminal.resize(80, 24)
    terminal.wait("Voornaam/-letters")
    terminal.press("f12")
    open_plain(terminal)


def test_a_storm_of_resizes_leaves_a_whole_screen(desk: OpenDesk) -> None:
    terminal = desk()
    open_plain(terminal)
    start_editing(terminal)
    sizes = random.Random(24)
    for _turn in range(40):
        terminal.resize(sizes.randint(8, 160), sizes.randint(2, 50))
        terminal.press("tab")
    terminal.resize(80, 24)
    terminal.press("escape")
    terminal.wait(block_of(PLAIN))
    terminal.wait("Achternaam +Vries")
    terminal.wait("F12 Einde sessie")


def test_a_pop_up_survives_a_resize(desk: OpenDesk) -> None:
    terminal = desk()
    terminal.scan(TESTABO)
    terminal.wait("Doorgaan")
    terminal.resize(50, 15)
    terminal.settle(0.2)
    terminal.resize(120, 40)
    terminal.wait("is opgezegd per 31-07-2023")
    terminal.wait("Doorgaan")


@pytest.mark.parametrize("term", ["linux", "screen", "tmux-256color", "vt220", "xterm", "dumb"])
def test_every_kind_of_terminal_shows_the_customer(desk: OpenDesk, term: str) -> None:
    terminal = desk(term=term, env={"COLORTERM": ""})
    open_testabo(terminal)
    terminal.wait("F12 Einde sessie")
    shows_the_seed(terminal)


def has_colour(sgr: bytes) -> bool:
    """Whether it sets a colour other than a grey."""
    greys = re.sub(rb"[34]8;2;(\d+);\1;\1(?=;|$)", b"", sgr)
    return any(
        30 <= int(code) <= 48 and code not in (b"39", b"48") for code in re.findall(rb"\d+", greys)
    )


def test_without_colours_the_same_is_said_in_words_and_shapes(desk: OpenDesk) -> None:
    terminal = desk(env={"NO_COLOR": "1"}, wait=False)
    terminal.record = bytearray()
    open_testabo(terminal)
    terminal.wait("F12 Einde sessie")
    shows_the_seed(terminal)
    assert [sgr for sgr in SGR.findall(bytes(terminal.record)) if has_colour(sgr)] == []
    assert "Ongeldig Opgezegd, reden Afgevoerd" in terminal.text()


def test_without_colours_the_cursor_of_a_pop_up_and_a_form_can_be_seen(desk: OpenDesk) -> None:
    terminal = desk(env={"NO_COLOR": "1"})
    terminal.scan(TESTABO)
    terminal.wait("Doorgaan")
    terminal.settle(0.1)
    column, row = terminal.find("Doorgaan") or (0, 0)
    other_column, other = terminal.find("Einde sessie +│") or (0, 0)
    chosen, plain = terminal.cell(column, row), terminal.cell(other_column, other)
    assert looks(chosen.reverse, chosen.bold, chosen.underline) != looks(
        plain.reverse, plain.bold, plain.underline
    )


def looks(reverse: bool, bold: bool, underline: bool) -> tuple[bool, bool, bool]:
    return reverse, bold, underline


def test_the_last_line_a_program_leaves_is_a_clean_terminal(desk: OpenDesk) -> None:
    terminal = desk()
    terminal.record = bytearray()
    terminal.press("ctrl+q")
    terminal.wait("Ja, afsluiten")
    terminal.settle(0.2)
    terminal.press("down", "enter")
    assert terminal.wait_ended() == 0
    for switched_off in (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?1000l"):
        assert switched_off in terminal.record
