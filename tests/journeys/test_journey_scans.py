"""Scans as a scanner sends them, at every moment: none lost, none where it does harm."""

import random
from pathlib import Path

import pytest

from tests.journeys.steps import (
    MESSAGES,
    PLAIN,
    TESTABO,
    OpenDesk,
    block_of,
    choose,
    field_text,
    fill_in,
    go_on,
    go_to_field,
    log_lines,
    open_plain,
    press_until_gone,
    rows_of,
    start_editing,
    stored,
)

QUIET = """
SELECT number FROM card JOIN membership_period AS period USING (customer_id)
WHERE card.status = 'active' AND period.status = 5 AND end_on > '2024-09-01'
AND NOT EXISTS (SELECT 1 FROM hold WHERE hold.customer_id = card.customer_id)
AND NOT EXISTS (SELECT 1 FROM loan WHERE loan.customer_id = card.customer_id)
AND NOT EXISTS (SELECT 1 FROM block WHERE block.customer_id = card.customer_id)
AND NOT EXISTS (SELECT 1 FROM message WHERE message.customer_id = card.customer_id)
AND NOT EXISTS (SELECT 1 FROM ledger_entry WHERE ledger_entry.customer_id = card.customer_id)
GROUP BY customer_id HAVING count(*) = 1 ORDER BY number LIMIT 40
"""
"""Cards of customers who bring no pop-up, so that scans of them follow each other freely."""


@pytest.fixture
def quiet_cards(practice: Path) -> list[str]:
    with rows_of(practice) as store:
        return [number for (number,) in store.execute(QUIET)]


def test_a_scan_before_the_first_paint_opens_its_customer(desk: OpenDesk) -> None:
    terminal = desk(wait=False)
    terminal.scan(PLAIN)
    terminal.wait(block_of(PLAIN))


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
def test_a_scan_in_read_mode_opens_the_next_customer_on_its_first_tab(
    desk: OpenDesk, end: str
) -> None:
    terminal = desk()
    open_plain(terminal)
    terminal.scan("29401000075983", end)
    terminal.wait(block_of("29401000075983"))
    terminal.wait("Achternaam +Sjöström")


@pytest.mark.parametrize("mark", ["A{}B", "*{}*", "d{}n"])
def test_the_letters_of_codabar_are_dropped(desk: OpenDesk, mark: str) -> None:
    terminal = desk()
    terminal.scan(mark.format(PLAIN))
    terminal.wait(block_of(PLAIN))


def test_a_scan_that_stalls_on_the_line_is_still_one_scan(desk: OpenDesk) -> None:
    terminal = desk()
    open_plain(terminal)
    pieces = ("2940", "10", "0007598", "3", "\r")
    for piece in pieces:
        terminal.send(piece)
        terminal.pump(0.12)
    terminal.wait(block_of("29401000075983"))
    terminal.wait("Achternaam +Sjöström")


def test_a_misread_card_opens_nothing_and_says_so(desk: OpenDesk) -> None:
    terminal = desk()
    open_plain(terminal)
    terminal.scan("2940100007")
    terminal.wait("Onvolledige scan, scan opnieuw: 2940100007")
    assert terminal.find(block_of(PLAIN))


def test_a_scan_during_a_pop_up_waits_and_answers_nothing(desk: OpenDesk) -> None:
    terminal = desk()
    terminal.scan(MESSAGES)
    terminal.wait("Paraplu vergeten")
    terminal.scan(PLAIN)
    terminal.wait(f"1 scan wacht: {PLAIN}")
    assert "Paraplu vergeten" in terminal.text()
    go_on(terminal, "Melding")
    go_on(terminal, "Opmerking privé")
    terminal.wait(block_of(PLAIN))
    terminal.wait_gone("scan wacht")


def test_a_scan_while_editing_gives_the_field_back_what_it_had(
    desk: OpenDesk, practice: Path
) -> None:
    terminal = desk()
    before = log_lines(practice)
    open_plain(terminal)
    start_editing(terminal)
    go_to_field(terminal, "Achternaam")
    # The whole name is selected here, so the first digit of the scan replaces it.
    terminal.scan(TESTABO)
    terminal.wait(f"1 scan wacht: {TESTABO} +Eerst opslaan")
    assert field_text(terminal, "Achternaam") == "Vries"
    terminal.press("escape")
    go_on(terminal, "Pas niet geldig!")
    terminal.wait(block_of(TESTABO))
    assert log_lines(practice) == before


def test_a_scan_behind_typed_letters_takes_back_only_itself(desk: OpenDesk) -> None:
    terminal = desk()
    open_plain(terminal)
    start_editing(terminal)
    fill_in(terminal, "Roepnaam", "Hanne")
    terminal.scan(TESTABO)
    terminal.wait("1 scan wacht")
    terminal.type("ke")
    terminal.wait(lambda _text: field_text(terminal, "Roepnaam") == "Hanneke")


def test_a_scan_on_a_choice_changes_neither_it_nor_the_field_before(desk: OpenDesk) -> None:
    terminal = desk()
    open_plain(terminal)
    start_editing(terminal)
    fill_in(terminal, "Zoekwoord", "wandelende tak")
    terminal.press("tab")
    terminal.scan(TESTABO)
    terminal.wait("1 scan wacht")
    assert field_text(terminal, "Zoekwoord") == "wandelende tak"
    assert "Vrouw" in field_text(terminal, "Geslacht")


def test_a_scan_on_the_search_screen_opens_its_customer(desk: OpenDesk) -> None:
    terminal = desk()
    terminal.press("f2")
    terminal.wait("Voornaam/-letters")
    terminal.type("testa")
    terminal.wait("Testabo, T")
    terminal.scan(PLAIN)
    terminal.wait(block_of(PLAIN))


def test_a_scan_in_an_open_menu_neither_chooses_nor_closes_it(desk: OpenDesk) -> None:
    terminal = desk()
    open_plain(terminal)
    terminal.press("alt+k")
    terminal.wait("─ Klant ─")
    terminal.scan(TESTABO)
    terminal.wait("1 scan wacht")
    assert "─ Klant ─" in terminal.text()
    choose(terminal, "Meldingen")
    go_on(terminal, "Pas niet geldig!")
    terminal.wait(block_of(TESTABO))


def test_enter_held_down_answers_no_pop_up_that_was_not_seen(
    desk: OpenDesk, practice: Path
) -> None:
    terminal = desk()
    terminal.send(f"{MESSAGES}\r" + "\r" * 50)
    terminal.wait("Paraplu vergeten")
    terminal.settle(0.3)
    assert "Paraplu vergeten" in terminal.text()
    assert answers(practice) == []


def test_scans_that_wait_are_dropped_only_when_staff_say_so(desk: OpenDesk) -> None:
    terminal = desk()
    terminal.scan(MESSAGES)
    terminal.wait("Paraplu vergeten")
    for card in (PLAIN, TESTABO):
        terminal.scan(card)
    terminal.wait("2 scans wachten")
    terminal.press("ctrl+q")
    terminal.wait("Er wachten nog scans")
    press_until_gone(terminal, "escape", "Er wachten nog scans")
    terminal.wait("2 scans wachten")


def test_two_hundred_scans_with_pop_ups_between_are_all_carried_out_in_order(
    desk: OpenDesk, practice: Path, quiet_cards: list[str]
) -> None:
    """Every twentieth card brings a pop-up; the answer comes while more scans arrive."""
    choice = random.Random(20260306)
    cards = [TESTABO if number % 20 == 10 else choice.choice(quiet_cards) for number in range(200)]
    terminal = desk()
    for card in cards:
        terminal.scan(card)
        terminal.pump(0.02)
    asked = cards.count(TESTABO)
    while not terminal.find(block_of(cards[-1])) or "wacht" in terminal.text():
        terminal.wait(rf"{block_of(cards[-1])}|─ Pas niet geldig!")
        terminal.press("enter")
    assert answers(practice) == [("not_valid", "continue")] * asked
    terminal.press("ctrl+o")
    terminal.wait("─ Wissel klant")
    # The open customers stand in the order in which they were last opened.
    last_first = list(dict.fromkeys(reversed(cards)))[:9]
    shown = [line.split()[1] for line in terminal.text().splitlines() if "│   " in line]
    assert shown[: len(last_first)] == last_first


def answers(store: Path) -> list[tuple[str, str]]:
    """Which pop-ups were answered, and how."""
    with rows_of(store) as connection:
        return connection.execute("SELECT kind, answer FROM acknowledgement ORDER BY id").fetchall()


def test_a_scan_between_two_saves_pollutes_no_field(desk: OpenDesk, practice: Path) -> None:
    terminal = desk()
    open_plain(terminal)
    start_editing(terminal)
    fill_in(terminal, "Roepnaam", "Hanneke")
    terminal.send(f"{TESTABO}\r\x13")
    go_on(terminal, "Pas niet geldig!")
    terminal.wait(block_of(TESTABO))
    assert stored(practice, "preferred_first_name", PLAIN) == "Hanneke"
    assert stored(practice, "tag", PLAIN) == ""
