"""Verwijder: refused with the key that goes there, or gone until Herstel of the same day."""

from pathlib import Path

import pytest

from tests.journeys.steps import (
    PLAIN,
    TESTABO,
    OpenDesk,
    block_of,
    choose,
    go_on,
    log_lines,
    open_plain,
    open_testabo,
    press_until_gone,
    stored,
)
from tests.terminal import Terminal

BOX = r"─ Klant verwijderen\?"


def ask(terminal: Terminal) -> None:
    """Alt+V at a customer who can be removed."""
    terminal.press("alt+v")
    terminal.wait(BOX)
    terminal.settle(0.2)


def remove(terminal: Terminal, typed: str = "5868") -> None:
    """Remove the seed's customer."""
    open_testabo(terminal)
    ask(terminal)
    terminal.type(typed)
    press_until_gone(terminal, "enter", BOX)
    terminal.wait("Verwijderd: Dhr. T. Testabo")


def to_herstel(terminal: Terminal) -> None:
    """Klanten, Overzichten, Herstel, from the desk line, and who was removed there."""
    terminal.press("f10")
    terminal.wait("Uitlenen")
    terminal.settle(0.2)
    terminal.press("right")
    choose(terminal, "Overzichten")
    choose(terminal, "Herstel")
    terminal.wait(r"Verwijderd: Dhr. T. Testabo \(413700\)")
    press_until_gone(terminal, "enter", r"Wat gaat terug\?")


def test_who_has_books_stays_and_the_key_goes_to_them(desk: OpenDesk, practice: Path) -> None:
    terminal = desk()
    before = log_lines(practice)
    open_plain(terminal)
    terminal.press("alt+v")
    terminal.wait("2 exemplaren in bezit +F9 Geleend")
    terminal.wait(r"abonnement Compleet t/m 31-12-2024 +Alt\+3 Contributie")
    press_until_gone(terminal, "f9", "─ Verwijder")
    terminal.wait("Geleende exemplaren")
    terminal.press("alt+v")
    choose(terminal, "abonnement Compleet t/m 31-12-2024")
    terminal.wait("Producten/diensten")
    assert log_lines(practice) == before
    assert stored(practice, "surname", PLAIN) == "Vries"


@pytest.mark.parametrize("typed", ["5868", "413700"])
def test_gone_until_herstel_and_then_found_by_name_and_card(
    desk: OpenDesk, practice: Path, typed: str
) -> None:
    terminal = desk()
    remove(terminal, typed)
    assert stored(practice, "surname", TESTABO) == ""
    terminal.press("f3")
    terminal.wait("actor-id 413700 is verwijderd op 15-05-2024")
    terminal.type("testabo")
    terminal.press("enter")
    terminal.wait("Geen klant gevonden met testabo")
    terminal.scan(TESTABO)
    terminal.wait("actor-id 413700 is verwijderd op 15-05-2024")
    to_herstel(terminal)
    terminal.wait("Gedaan door J. Prins")
    choose(terminal, "Ja, herstel")
    go_on(terminal, "Pas niet geldig!")
    terminal.wait(block_of(TESTABO))
    terminal.wait("De klant met actor-id 413700 is er weer")
    terminal.press("4")
    terminal.wait("Verwijdering hersteld")
    press_until_gone(terminal, "f12", block_of(TESTABO))
    terminal.type("testabo")
    terminal.press("enter")
    go_on(terminal, "Pas niet geldig!")
    terminal.wait(block_of(TESTABO))


def test_neither_enter_nor_a_scan_nor_a_wrong_number_removes_anybody(
    desk: OpenDesk, practice: Path
) -> None:
    terminal = desk()
    before = log_lines(practice)
    open_testabo(terminal)
    ask(terminal)
    for _time in range(4):
        terminal.press("enter")
    terminal.settle(0.2)
    terminal.type("0000")
    terminal.press("enter")
    terminal.wait("! Dat is niet het nummer van deze klant")
    terminal.scan(TESTABO)
    terminal.wait("1 scan wacht")
    assert stored(practice, "surname", TESTABO) == "Testabo"
    press_until_gone(terminal, "escape", BOX)
    go_on(terminal, "Pas niet geldig!")
    terminal.wait(block_of(TESTABO))
    assert stored(practice, "surname", TESTABO) == "Testabo"
    assert log_lines(practice) == before


def test_two_desks_remove_and_take_back_the_same_customer(desk: OpenDesk, practice: Path) -> None:
    one, other = desk(), desk()
    open_testabo(other)
    ask(other)
    remove(one)
    other.type("5868")
    press_until_gone(other, "enter", BOX)
    other.wait("actor-id 413700 is verwijderd op 15-05-2024")
    to_herstel(one)
    choose(one, "Ja, herstel")
    go_on(one, "Pas niet geldig!")
    one.wait("413700 is er weer")
    assert stored(practice, "surname", TESTABO) == "Testabo"
