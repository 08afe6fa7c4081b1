"""Klantbonnen and betaalbewijzen on a receipt printer, and what happens without paper."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.account_steps import run_sql
from tests.journeys.money_steps import charge_five, to_the_means
from tests.journeys.print_steps import (
    SENT,
    jobs,
    open_desk,
    open_print_menu,
    print_receipt,
    settings,
    wait_for_states,
)
from tests.journeys.steps import (
    choose,
    go_on,
    open_plain,
    press_until_gone,
)
from tests.printing.fake_printer import FakePrinter, Mode, closed_port
from tests.terminal import Terminal

HEADINGS = {
    "Inschrijfbewijs": "enrolment",
    "Overzicht klant": "customer",
    "Leenoverzicht": "loans",
    "Klantbon": "status",
}
"""Entries of the menu, and the kind of job that each makes."""


@pytest.fixture
def printer() -> Iterator[FakePrinter]:
    with FakePrinter() as running:
        yield running


def pay_by_pin(terminal: Terminal) -> None:
    """A new charge of five euros, paid in full."""
    terminal.settle(0.1)
    charge_five(terminal)
    terminal.press("alt+e")
    terminal.wait("Te betalen 5,00")
    to_the_means(terminal)
    press_until_gone(terminal, "alt+p", "Hoe\\?")


def ask_again(terminal: Terminal) -> None:
    """Ask for a klantbon that is still on its way: its job is shown."""
    open_print_menu(terminal)
    terminal.settle(0.1)
    press_until_gone(terminal, "alt+k", "─ Print klantgegevens ─")
    terminal.wait("Hiernaar was al gevraagd")


def test_every_receipt_of_the_menu_comes_out(practice: Path, printer: FakePrinter) -> None:
    with open_desk(practice, settings(receipt_port=printer.port)) as terminal:
        open_plain(terminal)
        for entry in HEADINGS:
            print_receipt(terminal, entry)
        wait_for_states(practice, ["done"] * len(HEADINGS))
        terminal.wait_gone(r"print: \d+ s")
    assert [kind for kind, _state, _of in jobs(practice)] == list(HEADINGS.values())
    assert printer.paper.count(b"de Vries") >= len(HEADINGS)


def test_after_paying_the_desk_asks_and_prints_the_betaalbewijs(
    practice: Path, printer: FakePrinter
) -> None:
    with open_desk(practice, settings(receipt_port=printer.port)) as terminal:
        open_plain(terminal)
        pay_by_pin(terminal)
        terminal.wait("─ Betaalbewijs printen")
        press_until_gone(terminal, "alt+j", "─ Betaalbewijs printen")
        terminal.wait(f"Betaalbewijs{SENT}")
        wait_for_states(practice, ["done"])
    assert [kind for kind, _state, _of in jobs(practice)] == ["payment"]
    assert b"5,00" in printer.paper


def test_enter_at_that_question_prints_nothing(practice: Path, printer: FakePrinter) -> None:
    with open_desk(practice, settings(receipt_port=printer.port)) as terminal:
        open_plain(terminal)
        pay_by_pin(terminal)
        go_on(terminal, "Betaalbewijs printen")
        terminal.wait("5,00 betaald")
    assert jobs(practice) == []


@pytest.mark.parametrize(
    ("rule", "wants", "printed"),
    [("always", 1, ["payment"]), ("always", 0, []), ("ask", 0, []), ("never", 1, [])],
)
def test_the_rule_of_the_desk_and_klantbonnen_nee(
    practice: Path, printer: FakePrinter, rule: str, wants: int, printed: list[str]
) -> None:
    run_sql(practice, "UPDATE customer SET receipts = ? WHERE actor_id = 413701", wants)
    with open_desk(practice, settings(receipt_port=printer.port, receipts=rule)) as terminal:
        open_plain(terminal)
        pay_by_pin(terminal)
        terminal.wait("5,00 betaald")
        assert "Betaalbewijs printen" not in terminal.text()
        wait_for_states(practice, ["done"] * len(printed))
    assert [kind for kind, _state, _of in jobs(practice)] == printed


def test_without_paper_it_waits_and_comes_when_there_is_paper(
    practice: Path, printer: FakePrinter
) -> None:
    printer.mode = Mode.OUT
    with open_desk(practice, settings(receipt_port=printer.port)) as terminal:
        open_plain(terminal)
        print_receipt(terminal, "Klantbon")
        terminal.wait(r"print: \d+ s, zie printer")
        ask_again(terminal)
        terminal.wait("Papier op. Vul het bij")
        press_until_gone(terminal, "escape", "─ Klantbon ─")
        printer.mode = Mode.OK
        wait_for_states(practice, ["done"])
        terminal.wait("Klantbon Vries, J.M. de: Geprint")


def test_a_receipt_that_broke_off_is_asked_about_and_printed_again(
    practice: Path, printer: FakePrinter
) -> None:
    printer.mode = Mode.RESET
    with open_desk(practice, settings(receipt_port=printer.port)) as terminal:
        open_plain(terminal)
        print_receipt(terminal, "Klantbon")
        terminal.wait("print: geprint\\?")
        terminal.wait("Kijk bij de printer: is het geprint\\? Zie Klanten, Afdruktaken")
        printer.mode = Mode.OK
        terminal.press("f10")
        choose(terminal, "Afdruktaken")
        terminal.wait("onbekend")
        terminal.settle(0.5)
        press_until_gone(terminal, "alt+n", "onbekend")
        wait_for_states(practice, ["failed", "done"])
        terminal.wait("mislukt")
        press_until_gone(terminal, "escape", "─ Afdruktaken")
        terminal.wait_gone("print: ")
    assert [of for _kind, _state, of in jobs(practice)] == [None, 1]


def test_what_has_not_begun_can_be_called_off(practice: Path) -> None:
    with open_desk(practice, settings(receipt_port=closed_port())) as terminal:
        open_plain(terminal)
        print_receipt(terminal, "Leenoverzicht")
        terminal.settle(0.1)
        terminal.press("f10")
        choose(terminal, "Afdruktaken")
        terminal.wait("Printer reageert niet. Staat hij aan")
        terminal.settle(0.5)
        terminal.press("alt+a")
        terminal.wait("geannuleerd")
    assert [state for _kind, state, _of in jobs(practice)] == ["cancelled"]


def test_a_desk_without_receipt_printer_says_so(practice: Path) -> None:
    with open_desk(practice, settings()) as terminal:
        open_plain(terminal)
        open_print_menu(terminal)
        terminal.wait("Klantbon +Bij deze balie staat geen bonprinter")
