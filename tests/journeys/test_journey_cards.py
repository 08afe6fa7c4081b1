"""Klantpas vervangen by the seed's keys, what can go wrong on the way, and the other card acts."""

from pathlib import Path

import pytest

from deskterm.rules.cards import from_serial
from tests.journeys.steps import (
    PLAIN,
    REPLACED,
    TESTABO,
    OpenDesk,
    block_of,
    choose,
    do_with_row,
    go_on,
    log_lines,
    open_plain,
    open_testabo,
    press_until_gone,
    rows_of,
)
from tests.terminal import Terminal

FREE = from_serial("9401", 70_001_234)
OTHER = from_serial("9401", 70_001_235)
ITEM = "39401000000013"
BOX = r"─ Nieuwe pas \("
"""The title of the field that a card is scanned into."""
NEWEST = "29401000076056"
"""The hoofdpas of whom REPLACED was."""


def cards_of(store: Path, actor_id: int = 413700) -> list[tuple[str, str, str]]:
    """The cards of a customer: number, kind, status."""
    with rows_of(store) as connection:
        query = "SELECT number, kind, status FROM card WHERE customer_id = ? ORDER BY id"
        return [tuple(row) for row in connection.execute(query, (actor_id,))]


def to_the_cards(terminal: Terminal) -> None:
    """Steps 1 to 3: tab 8, Wijzig, the row of the hoofdpas."""
    terminal.press("8")
    terminal.wait("Laatst gebruikt")
    terminal.press("alt+w")
    terminal.wait("Kies een regel en druk F8")


def to_the_number(terminal: Terminal, entry: str = "Vervangen") -> None:
    """F8 and an entry that asks for a card."""
    do_with_row(terminal, entry)
    terminal.wait(BOX)
    terminal.settle(0.2)


def scan(terminal: Terminal, code: str, seen: str) -> None:
    """Scan into the field; the scan's own Enter submits it."""
    terminal.scan(code)
    terminal.wait(seen)
    terminal.settle(0.2)


def replaced(terminal: Terminal, code: str = FREE) -> None:
    """Vervangen up to Afrekenen."""
    to_the_number(terminal)
    scan(terminal, code, f"Nieuwe pas: {code}")
    press_until_gone(terminal, "enter", r"│ +OK")
    terminal.wait("Te betalen 5,00")
    terminal.wait(block_of(code))


def out_of_settling(terminal: Terminal) -> None:
    press_until_gone(terminal, "escape", "╭─ Ontvangen")


def test_the_seeds_chapter_from_the_first_step_to_the_pincode(
    desk: OpenDesk, practice: Path
) -> None:
    terminal = desk()
    open_testabo(terminal)
    to_the_cards(terminal)
    terminal.wait(rf"hoofdpas +Actief +{TESTABO} +06-07-2022 +9401 Annen")
    replaced(terminal)
    terminal.wait(f"Pas {TESTABO} is vervangen door {FREE}")
    terminal.wait("registratie +5,00")
    press_until_gone(terminal, "enter", "╭─ Ontvangen")
    terminal.wait("Terug 0,00")
    press_until_gone(terminal, "enter", "│ +OK")
    press_until_gone(terminal, "alt+k", r"Hoe\?")
    terminal.wait("Samen wordt 5,00 kwijtgescholden")
    press_until_gone(terminal, "enter", "Samen wordt")
    choose(terminal, "Herinschrijving")
    terminal.wait("╭─ Pincode")
    terminal.settle(0.2)
    terminal.type("9001")
    terminal.press("enter")
    terminal.type("0101")
    terminal.press("enter")
    terminal.wait("5,00 kwijtgescholden, toestemming van J. Prins")
    terminal.wait(rf"hoofdpas +Actief +{FREE} +9401 Annen")
    terminal.wait(rf"volgpas +Vervangen +{TESTABO} +06-07-2022")
    terminal.wait("registratie +0,00")
    assert cards_of(practice) == [(TESTABO, "extra", "replaced"), (FREE, "main", "active")]
    with rows_of(practice) as connection:
        query = "SELECT kind, reason FROM ledger_act WHERE customer_id = 413700 ORDER BY id"
        acts = [tuple(row) for row in connection.execute(query)][-2:]
    assert acts == [("charge", "card"), ("waive", "HER")]


def test_every_wrong_card_has_its_own_sentence_and_changes_nothing(
    desk: OpenDesk, practice: Path
) -> None:
    terminal = desk()
    before, lines = cards_of(practice), log_lines(practice)
    open_testabo(terminal)
    to_the_cards(terminal)
    to_the_number(terminal)
    for typed, sentence in (
        (ITEM, "is een exemplaar, geen pas"),
        (TESTABO, "is de oude pas zelf: scan de nieuwe"),
        (PLAIN, "in gebruik bij een andere klant"),
        (REPLACED, "is vervangen en blijft ongeldig"),
        (FREE[:-1] + "0", "controlecijfer van [0-9]+ klopt niet"),
        (FREE[:9], "is geen pasnummer van deze bibliotheek"),
        ("P", "P kan alleen bij het inschrijven"),
    ):
        scan(terminal, typed, f"! .*{sentence}")
        terminal.wait(rf"│ {typed} ")
    terminal.press("backspace", "enter")
    terminal.wait("! Scan de nieuwe pas, of typ V")
    scan(terminal, FREE, f"Nieuwe pas: {FREE}")
    press_until_gone(terminal, "escape", r"│ +OK")
    terminal.wait(rf"│ {FREE} ")
    press_until_gone(terminal, "escape", BOX)
    terminal.wait(block_of(TESTABO))
    assert (cards_of(practice), log_lines(practice)) == (before, lines)


def test_v_makes_a_number_and_prints_nothing(desk: OpenDesk, practice: Path) -> None:
    terminal = desk()
    open_testabo(terminal)
    to_the_cards(terminal)
    to_the_number(terminal)
    terminal.type("v")
    terminal.press("enter")
    terminal.wait("Nieuwe pas: een nieuw nummer, om te printen")
    terminal.settle(0.2)
    press_until_gone(terminal, "enter", r"│ +OK")
    terminal.wait("Te betalen 5,00")
    out_of_settling(terminal)
    terminal.wait(r"Print de pas met Klant,\s+Print klantgegevens")
    (_old, (number, kind, status)) = cards_of(practice)
    assert (kind, status) == ("main", "active")
    terminal.wait(block_of(number))
    with rows_of(practice) as connection:
        assert connection.execute("SELECT count(*) FROM print_job").fetchone() == (0,)


def test_enter_held_down_replaces_once_and_settles_nothing(desk: OpenDesk, practice: Path) -> None:
    terminal = desk()
    open_testabo(terminal)
    to_the_cards(terminal)
    to_the_number(terminal)
    scan(terminal, FREE, f"Nieuwe pas: {FREE}")
    for _press in range(6):
        terminal.send("\r" * 5)
        terminal.settle(0.3)
    terminal.wait(r"Hoe\?")
    assert cards_of(practice) == [(TESTABO, "extra", "replaced"), (FREE, "main", "active")]
    with rows_of(practice) as connection:
        query = "SELECT kind, amount_cents FROM ledger_entry WHERE booking_code = '2803'"
        booked = connection.execute(f"{query} AND customer_id = 413700").fetchall()
    assert booked == [("charge", 500)]


def test_a_scan_while_ok_is_asked_waits_for_the_answer(desk: OpenDesk, practice: Path) -> None:
    terminal = desk()
    open_testabo(terminal)
    to_the_cards(terminal)
    to_the_number(terminal)
    scan(terminal, FREE, f"Nieuwe pas: {FREE}")
    terminal.scan(PLAIN)
    terminal.wait(f"1 scan wacht: {PLAIN}")
    assert len(cards_of(practice)) == 1
    press_until_gone(terminal, "escape", r"│ +OK")
    press_until_gone(terminal, "escape", BOX)
    terminal.wait(block_of(PLAIN))


def test_herstel_brings_the_old_card_and_its_number_back(desk: OpenDesk, practice: Path) -> None:
    terminal = desk()
    before = cards_of(practice)
    open_testabo(terminal)
    to_the_cards(terminal)
    replaced(terminal)
    out_of_settling(terminal)
    do_with_row(terminal, "Herstel")
    terminal.wait("kosten ervan vervallen")
    choose(terminal, "Ja, herstel")
    terminal.wait(f"Hersteld; de hoofdpas is nu {TESTABO}")
    terminal.wait(block_of(TESTABO))
    terminal.wait("registratie +0,00")
    assert cards_of(practice) == before


def test_changing_to_a_volgpas_stands_last_warns_and_asks(desk: OpenDesk, practice: Path) -> None:
    terminal = desk()
    before = cards_of(practice)
    open_testabo(terminal)
    to_the_cards(terminal)
    terminal.press("f8")
    terminal.wait("Wijzigen naar volgpas +een verloren pas werkt dan nog")
    _column, last = terminal.find("Wijzigen naar volgpas") or (0, 0)
    assert "╰" in terminal.text().splitlines()[last + 1], "nothing stands below it"
    choose(terminal, "Wijzigen naar volgpas")
    terminal.wait("Een verloren pas blijft zo werken: kies daarvoor Vervangen")
    press_until_gone(terminal, "enter", "Een verloren pas blijft")
    assert cards_of(practice) == before
    do_with_row(terminal, "Wijzigen naar volgpas")
    choose(terminal, "Ja, wijzigen")
    terminal.wait(r"\(geen pas\) \[413700\]")
    assert cards_of(practice) == [(TESTABO, "extra", "active")]
    do_with_row(terminal, "Wijzigen naar hoofdpas")
    terminal.wait(block_of(TESTABO))
    assert cards_of(practice) == before


def test_a_volgpas_is_handed_out_and_made_the_hoofdpas(desk: OpenDesk, practice: Path) -> None:
    terminal = desk()
    open_testabo(terminal)
    to_the_cards(terminal)
    to_the_number(terminal, "Nieuwe volgpas")
    scan(terminal, FREE, f"Nieuwe pas: {FREE}")
    press_until_gone(terminal, "enter", r"│ +OK")
    terminal.wait(f"Pas {FREE} is uitgegeven")
    terminal.wait("actieve passen +2")
    do_with_row(terminal, "Wijzigen naar hoofdpas")
    terminal.wait(f"Pas {TESTABO} wordt een volgpas en blijft werken")
    choose(terminal, "Ja, wijzigen")
    terminal.wait(block_of(FREE))
    assert cards_of(practice) == [(TESTABO, "extra", "active"), (FREE, "main", "active")]


def test_a_blocked_card_says_so_at_every_desk_until_it_is_unblocked(desk: OpenDesk) -> None:
    first, second = desk(), desk()
    open_plain(first)
    to_the_cards(first)
    do_with_row(first, "Blokkeren")
    first.wait(rf"hoofdpas +Geblokkeerd +{PLAIN}")
    second.scan(PLAIN)
    second.wait(f"Pas {PLAIN} is geblokkeerd: de zelfservice weigert hem")
    go_on(second, "Pas geblokkeerd")
    second.wait(block_of(PLAIN))
    do_with_row(first, "Deblokkeren")
    first.wait(rf"hoofdpas +Actief +{PLAIN}")
    second.scan(TESTABO)
    go_on(second, "Pas niet geldig!")
    second.scan(PLAIN)
    second.wait(block_of(PLAIN))


def test_the_second_desk_is_told_that_the_first_replaced_the_card(
    desk: OpenDesk, practice: Path
) -> None:
    first, second = desk(), desk()
    for terminal, code in ((first, FREE), (second, OTHER)):
        open_testabo(terminal)
        to_the_cards(terminal)
        to_the_number(terminal)
        scan(terminal, code, f"Nieuwe pas: {code}")
    press_until_gone(first, "enter", r"│ +OK")
    first.wait("Te betalen 5,00")
    press_until_gone(second, "enter", r"│ +OK")
    second.wait("heeft deze klant intussen gewijzigd")
    second.wait(block_of(FREE))
    second.wait(rf"volgpas +Vervangen +{TESTABO}")
    assert cards_of(practice) == [(TESTABO, "extra", "replaced"), (FREE, "main", "active")]


@pytest.mark.parametrize("way", ["scan", "search"])
def test_the_old_card_opens_its_customer_and_names_the_new_one(desk: OpenDesk, way: str) -> None:
    terminal = desk()
    if way == "scan":
        terminal.scan(REPLACED)
    else:
        terminal.press("f2")
        terminal.wait("Voornaam/-letters")
        terminal.settle(0.2)
        terminal.press("tab", "tab", "tab")
        terminal.settle(0.2)
        terminal.type(REPLACED)
        terminal.press("enter")
    terminal.wait(f"(?s){REPLACED} is vervangen.*De pas van nu is {NEWEST}")
    go_on(terminal, "Pas vervangen")
    terminal.wait(block_of(NEWEST))


def test_help_on_the_cards_lies_over_the_pop_up(desk: OpenDesk) -> None:
    terminal = desk()
    open_testabo(terminal)
    to_the_cards(terminal)
    to_the_number(terminal)
    terminal.press("f1")
    terminal.wait("Elke regel is een pas van deze klant")
    press_until_gone(terminal, "escape", "─ Hulp")
    terminal.wait(BOX)


def test_what_a_scanner_sends_before_a_code_is_no_part_of_the_number(
    desk: OpenDesk, practice: Path
) -> None:
    config = practice.with_name("config.toml")
    config.write_text('[scanner]\nprefix = "]C0"\n', encoding="utf-8")
    terminal = desk("--config", str(config))
    open_testabo(terminal)
    to_the_cards(terminal)
    to_the_number(terminal)
    scan(terminal, f"]C0{FREE}", f"Nieuwe pas: {FREE}")
