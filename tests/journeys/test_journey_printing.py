"""Klant, Print klantgegevens, Ledenpas: one card for one press, whatever else is pressed."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.beside import workers
from tests.journeys.print_steps import (
    CARD_DIALOG,
    jobs,
    open_card_dialog,
    open_desk,
    open_print_menu,
    press_many,
    press_print,
    settings,
    wait_for_states,
)
from tests.journeys.steps import (
    MESSAGES,
    PLAIN,
    block_of,
    choose,
    open_plain,
    press_until_gone,
)
from tests.printing.fake_printer import closed_port
from tests.printing.ipp_servers import CardPrinter, card_printer
from tests.printing.mdns import neighbourhood
from tests.terminal import Terminal

SAID_BY_THE_SEED = "Dit kan alleen bij een balie-pc waar een pasprinter aan zit"
PRINTED = "Printer pas: geprint"


@pytest.fixture(scope="module")
def environment() -> Iterator[dict[str, str]]:
    with neighbourhood() as found:
        yield found


@pytest.fixture
def printer(environment: dict[str, str]) -> Iterator[CardPrinter]:
    with card_printer(environment) as running:
        yield running


def begin(terminal: Terminal, printer: CardPrinter) -> None:
    """Press Printen while there is no card in the printer."""
    printer.set("no-card")
    open_card_dialog(terminal)
    terminal.wait("Printer pas: klaar")
    press_print(terminal)
    terminal.wait("Leg de pas in de printer")


def test_twenty_enters_and_a_scan_make_one_job_and_one_card(
    practice: Path, printer: CardPrinter
) -> None:
    with open_desk(practice, settings(card=printer.uri)) as terminal:
        open_card_dialog(terminal)
        press_many(terminal, "enter", " ", times=20)
        terminal.wait("Printer pas: klaar")
        assert jobs(practice) == []
        press_until_gone(terminal, "escape", CARD_DIALOG)
        begin(terminal, printer)
        press_many(terminal, "enter", " ", "alt+p", "enter", times=20)
        terminal.wait("Deze opdracht loopt al")
        terminal.scan(PLAIN)
        terminal.wait("kan nog niet geprint zijn")
        printer.insert_card()
        terminal.wait(PRINTED)
        press_many(terminal, "enter", " ", times=20)
        terminal.settle(0.1)
        assert PRINTED in terminal.text()
        terminal.scan(PLAIN)
        terminal.wait(f"Pas {PLAIN} is geprint en gecontroleerd")
        assert CARD_DIALOG not in terminal.text()
        terminal.wait(block_of(PLAIN))
    assert jobs(practice) == [("card", "verified", None)]
    assert len(printer.cards) == 1


def test_another_card_is_a_loud_error_that_stays_until_it_is_answered(
    practice: Path, printer: CardPrinter
) -> None:
    with open_desk(practice, settings(card=printer.uri)) as terminal:
        open_card_dialog(terminal)
        press_print(terminal)
        terminal.wait(PRINTED)
        terminal.scan(MESSAGES)
        terminal.wait("LET OP! Dit is een andere pas")
        terminal.wait(f"Gescand +{MESSAGES}")
        terminal.wait(f"Geprint +{PLAIN}")
        press_many(terminal, "enter", "escape", times=10)
        terminal.scan(PLAIN)
        terminal.settle(0.1)
        terminal.wait("LET OP! Dit is een andere pas")
        assert jobs(practice) == [("card", "done", None)]
        press_until_gone(terminal, "alt+g", "LET OP!")
        terminal.wait(PRINTED)
        terminal.scan(PLAIN)
        terminal.wait("geprint en gecontroleerd")
    assert jobs(practice) == [("card", "verified", None)]


def test_half_a_scan_proves_nothing(practice: Path, printer: CardPrinter) -> None:
    with open_desk(practice, settings(card=printer.uri)) as terminal:
        open_card_dialog(terminal)
        press_print(terminal)
        terminal.wait(PRINTED)
        terminal.scan(PLAIN[:9])
        terminal.wait(f"Onvolledige scan, scan opnieuw: {PLAIN[:9]}")
        assert PRINTED in terminal.text()


def test_at_a_desk_without_card_printer_the_entry_says_why(practice: Path) -> None:
    with open_desk(practice, settings()) as terminal:
        open_plain(terminal)
        open_print_menu(terminal)
        terminal.wait(f"Ledenpas +{SAID_BY_THE_SEED}")
        terminal.settle(0.1)
        terminal.press("alt+l")
        terminal.settle(0.1)
        terminal.wait("─ Print klantgegevens ─")
    assert (jobs(practice), workers(practice)) == ([], [])


def test_no_job_is_made_for_a_printer_that_is_off(practice: Path) -> None:
    off = f"ipp://127.0.0.1:{closed_port()}/ipp/print"
    with open_desk(practice, settings(card=off)) as terminal:
        open_card_dialog(terminal)
        terminal.wait("Printer pas: reageert niet")
        terminal.wait("Printer reageert niet. Staat hij aan")
        terminal.wait("Er is nog niets naar de printer gestuurd")
        press_many(terminal, "alt+p", "enter", times=10)
        press_until_gone(terminal, "escape", CARD_DIALOG)
        terminal.wait("Er is niets geprint")
    assert jobs(practice) == []


def test_esc_lets_it_go_on_and_the_title_line_says_so(practice: Path, printer: CardPrinter) -> None:
    with open_desk(practice, settings(card=printer.uri)) as terminal:
        begin(terminal, printer)
        press_until_gone(terminal, "escape", CARD_DIALOG)
        terminal.wait(r"print: \d+ s")
        open_card_dialog(terminal)
        terminal.wait("Hiernaar was al gevraagd: dit is die opdracht")
        terminal.wait("Leg de ledenpas in de printer")
        press_until_gone(terminal, "escape", CARD_DIALOG)
        printer.insert_card()
        terminal.wait("Ledenpas Vries, J.M. de: Geprint")
        terminal.wait_gone(r"print: \d+ s")
    assert jobs(practice) == [("card", "done", None)]
    assert len(printer.cards) == 1


def test_a_jam_says_what_to_do_and_the_card_is_printed_once_more(
    practice: Path, printer: CardPrinter
) -> None:
    printer.set("jam")
    with open_desk(practice, settings(card=printer.uri)) as terminal:
        open_card_dialog(terminal)
        press_print(terminal)
        terminal.wait("Printer pas: mislukt")
        terminal.wait("Er zit iets vast in de printer. Haal het eruit")
        printer.clear("jam")
        press_until_gone(terminal, "alt+o", "mislukt")
        terminal.wait(PRINTED)
        terminal.scan(PLAIN)
        terminal.wait("geprint en gecontroleerd")
    assert jobs(practice) == [("card", "failed", None), ("card", "verified", 1)]
    assert len(printer.cards) == 1


def test_what_nobody_saw_is_answered_by_who_looked(practice: Path, printer: CardPrinter) -> None:
    with open_desk(practice, settings(card=printer.uri)) as terminal:
        begin(terminal, printer)
        printer.kill()
        terminal.wait("Printer pas: onbekend", timeout=90)
        terminal.wait("Kijk bij de printer: is de pas")
        press_many(terminal, "enter", "j", "n", times=10)
        wait_for_states(practice, ["unknown"])
        press_until_gone(terminal, "alt+j", "onbekend")
        terminal.wait(PRINTED)
    assert jobs(practice) == [("card", "done", None)]


def test_the_cards_of_a_class_are_one_list(practice: Path, printer: CardPrinter) -> None:
    with open_desk(practice, settings(card=printer.uri)) as terminal:
        for card in (PLAIN, "29401000075884"):
            terminal.scan(card)
            terminal.wait(block_of(card))
        terminal.settle(0.1)
        terminal.press("f10")
        choose(terminal, "Ledenpassen van een lijst")
        terminal.wait("2 passen worden geprint")
        terminal.settle(0.1)
        press_until_gone(terminal, "alt+p", "2 passen worden geprint")
        terminal.wait("Ledenpassen, een voor een in de printer")
        terminal.wait(lambda text: len(re.findall(r"geprint +\d ", text)) == 2)
        terminal.scan(PLAIN)
        terminal.wait("gecontroleerd")
        terminal.scan(MESSAGES)
        terminal.wait("LET OP! Dit is een andere pas")
        press_until_gone(terminal, "alt+g", "LET OP!")
        press_until_gone(terminal, "escape", "Ledenpassen, een voor een")
    assert [state for _kind, state, _of in jobs(practice)].count("verified") == 1
    assert len(printer.cards) == 2
