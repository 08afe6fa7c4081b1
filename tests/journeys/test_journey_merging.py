"""Ontdubbelen at the desk: who it is, side by side, a clear yes, and the old card afterwards."""

from pathlib import Path

from tests.journeys.steps import (
    PLAIN,
    TESTABO,
    OpenDesk,
    block_of,
    choose,
    fill_in,
    go_on,
    log_lines,
    open_plain,
    press_until_gone,
    rows_of,
    start_editing,
)
from tests.terminal import Terminal

KEEPER = "29401000076056"
"""Mevr. E.M. in 't Veld, 413720."""
LOSER = "29401000076171"
"""The same Mevr. In 't Veld once more, 413735: a hoofdpas of her own and a book at home."""
WHO = "Wie is dezelfde persoon"
SIDES = r"Blijft: 413720 +Vervalt: 413735"
DONE = "Ontdubbeld: 413735 is nu 413720"


def to_the_list(terminal: Terminal, card: str = KEEPER) -> None:
    """Open a customer and press Ontdubbelen."""
    terminal.scan(card)
    if card == LOSER:
        go_on(terminal, "Melding")
    terminal.wait(block_of(card))
    terminal.press("alt+d")
    terminal.wait(WHO)
    terminal.settle(0.2)


def to_the_sides(terminal: Terminal) -> None:
    """On to the two side by side: the likeliest candidate stands first."""
    to_the_list(terminal)
    terminal.press("enter")
    terminal.wait(SIDES)
    terminal.settle(0.2)


def to_the_row(terminal: Terminal, beginning: str) -> None:
    """Walk down to the row that begins so."""
    line = rf"│ +{beginning}"
    terminal.wait(line)
    for _row in range(20):
        terminal.settle(0.1)
        column, row = terminal.find(line) or (0, 0)
        if terminal.cell(column + 3, row).bg != terminal.cell(column, row).bg:
            return
        terminal.press("down")
    raise AssertionError(f"no way to {beginning}\n{terminal.text()}")


def take(terminal: Terminal, entry: str) -> None:
    """Walk down to an answer and take it, with one Enter: another would meet the next question."""
    to_the_row(terminal, entry)
    terminal.press("enter")
    terminal.wait_gone(rf"│ +{entry}")


def step_back(terminal: Terminal, pattern: str) -> None:
    """Esc, once what stands on the screen takes keys."""
    terminal.settle(0.2)
    terminal.press("escape")
    terminal.wait_gone(pattern)


def say_yes(terminal: Terminal) -> None:
    """Ctrl+S, and yes to both questions."""
    terminal.settle(0.2)
    terminal.press("ctrl+s")
    take(terminal, "Ja, ontdubbelen")
    take(terminal, "Ja, toch ontdubbelen")


def merged_into(store: Path, actor_id: int = 413735) -> int | None:
    with rows_of(store) as connection:
        query = "SELECT merged_into_id FROM customer WHERE actor_id = ?"
        (found,) = connection.execute(query, (actor_id,)).fetchone()
        return None if found is None else int(found)


def test_from_the_candidates_by_choosing_fields_to_the_old_card(
    desk: OpenDesk, practice: Path
) -> None:
    terminal = desk()
    to_the_list(terminal)
    terminal.wait(r"413735 +Veld, E\. in 't +18-09-1966 +29401000076171")
    terminal.wait("Gelijk: .*[Gg]eboortedatum")
    terminal.press("enter")
    terminal.wait(SIDES)
    terminal.wait(r"! +\[ \] 29401000076056 +\[ \] 29401000076171")
    terminal.settle(0.2)
    terminal.press("ctrl+s")
    terminal.wait("! Kies eerst wat blijft")
    assert "Ja, ontdubbelen" not in terminal.text()
    terminal.press("left")
    terminal.wait(r"\[x\] 29401000076056 +\[ \] 29401000076171")
    terminal.wait(r"\* Voorletters +\[x\] E\.M\. +\[ \] E\.")
    terminal.wait(r"\* Mobiel +\[ \] - +\[x\] 06-00 45 67 89")
    to_the_row(terminal, r"\* E-mail")
    terminal.press("right")
    terminal.wait(r"\[x\] e\.m\.veld")
    say_yes(terminal)
    terminal.wait(DONE)
    terminal.wait(block_of(KEEPER))
    terminal.wait(r"in bezit +1\b")
    terminal.wait("E-mail +e.m.veld@example.org")
    assert merged_into(practice) == 413720
    terminal.press("f12")
    terminal.wait("klantnummer of naam")
    terminal.scan(LOSER)
    go_on(terminal, "Melding")
    terminal.wait(block_of(KEEPER))


def test_every_step_back_changes_nothing(desk: OpenDesk, practice: Path) -> None:
    terminal = desk()
    before = log_lines(practice)
    to_the_sides(terminal)
    terminal.press("left")
    terminal.wait(r"\[x\] 29401000076056")
    terminal.press("ctrl+s")
    terminal.wait("Ja, ontdubbelen")
    step_back(terminal, "─ Ontdubbelen\\?")
    terminal.wait(r"\[x\] 29401000076056")
    terminal.settle(0.2)
    terminal.press("ctrl+s")
    take(terminal, "Ja, ontdubbelen")
    terminal.wait("Weet u het zeker")
    press_until_gone(terminal, "enter", "Weet u het zeker")
    terminal.wait(SIDES)
    step_back(terminal, SIDES)
    terminal.wait(WHO)
    step_back(terminal, WHO)
    terminal.wait(block_of(KEEPER))
    assert (merged_into(practice), log_lines(practice)) == (None, before)


def test_a_storm_of_enters_and_a_scan_merge_nobody(desk: OpenDesk, practice: Path) -> None:
    terminal = desk()
    to_the_sides(terminal)
    terminal.press("left")
    terminal.wait(r"\[x\] 29401000076056")
    for _storm in range(4):
        terminal.send("\r" * 5)
        terminal.settle(0.2)
    terminal.wait(SIDES)
    terminal.press("ctrl+s")
    terminal.wait("Ja, ontdubbelen")
    terminal.scan(PLAIN)
    terminal.wait(f"1 scan wacht: {PLAIN}")
    terminal.wait("Ja, ontdubbelen")
    for _storm in range(4):
        terminal.send("\r" * 5)
        terminal.settle(0.2)
    terminal.wait(SIDES)
    assert merged_into(practice) is None
    step_back(terminal, SIDES)
    step_back(terminal, WHO)
    terminal.wait(block_of(PLAIN))
    assert merged_into(practice) is None


def test_somebody_who_is_not_in_the_list_is_typed_or_scanned(
    desk: OpenDesk, practice: Path
) -> None:
    terminal = desk()
    to_the_list(terminal)
    for typed, sentence in (
        ("99999999", "! Nummer 99999999 is van geen klant"),
        (KEEPER, "! Een klant kan niet met zichzelf ontdubbeld worden"),
    ):
        terminal.scan(typed)
        terminal.wait(sentence)
        terminal.settle(0.2)
    terminal.scan(TESTABO)
    terminal.wait(r"Blijft: 413720 +Vervalt: 413700")
    terminal.wait("! Het geslacht verschilt")
    step_back(terminal, "Vervalt: 413700")
    terminal.wait(WHO)
    terminal.settle(0.2)
    terminal.type("413735")
    terminal.press("enter")
    terminal.wait(SIDES)
    assert merged_into(practice) is None


def test_who_stays_can_be_swapped(desk: OpenDesk, practice: Path) -> None:
    terminal = desk()
    to_the_sides(terminal)
    terminal.press("alt+w")
    terminal.wait(r"Blijft: 413735 +Vervalt: 413720")
    terminal.settle(0.2)
    terminal.press("right")
    terminal.wait(r"\[ \] 29401000076171 +\[x\] 29401000076056")
    say_yes(terminal)
    terminal.wait("Ontdubbeld: 413720 is nu 413735")
    terminal.wait(rf"{KEEPER} \[413735\]")
    assert merged_into(practice, 413720) == 413735


def test_what_is_typed_is_saved_first(desk: OpenDesk, practice: Path) -> None:
    terminal = desk()
    terminal.scan(KEEPER)
    terminal.wait(block_of(KEEPER))
    start_editing(terminal)
    fill_in(terminal, "Roepnaam", "Em")
    terminal.press("alt+d")
    terminal.wait("Sla eerst op")
    assert WHO not in terminal.text()
    terminal.press("ctrl+s")
    terminal.wait("Opgeslagen")
    start_editing(terminal)
    terminal.press("alt+d")
    terminal.wait(WHO)
    assert merged_into(practice) is None


def test_the_one_who_goes_is_no_longer_open_here(desk: OpenDesk) -> None:
    terminal = desk()
    terminal.scan(LOSER)
    go_on(terminal, "Melding")
    terminal.wait(block_of(LOSER))
    to_the_sides(terminal)
    terminal.press("left")
    terminal.wait(r"\[x\] 29401000076056")
    say_yes(terminal)
    terminal.wait(DONE)
    terminal.press("ctrl+o")
    terminal.wait("─ Wissel klant")
    assert KEEPER in terminal.text()
    assert LOSER not in terminal.text()


def test_a_change_at_another_desk_is_told_and_read_anew(desk: OpenDesk, practice: Path) -> None:
    first, second = desk(), desk()
    to_the_sides(first)
    first.press("left")
    first.wait(r"\[x\] 29401000076056")
    second.scan(KEEPER)
    second.wait(block_of(KEEPER))
    start_editing(second)
    fill_in(second, "Roepnaam", "Em")
    second.press("ctrl+s")
    second.wait("Opgeslagen")
    say_yes(first)
    first.wait("! .*intussen gewijzigd")
    first.wait(r"\* Roepnaam +\[x\] Em")
    first.wait(r"\[x\] 29401000076056")
    assert merged_into(practice) is None
    say_yes(first)
    first.wait(DONE)


def test_herstel_takes_the_two_apart_again(desk: OpenDesk, practice: Path) -> None:
    terminal = desk()
    to_the_sides(terminal)
    terminal.press("left")
    terminal.wait(r"\[x\] 29401000076056")
    say_yes(terminal)
    terminal.wait(DONE)
    terminal.wait(r"actieve passen +3")
    terminal.settle(0.2)
    terminal.press("alt+k")
    choose(terminal, "Herstel")
    terminal.wait("Wat gaat terug")
    terminal.settle(0.2)
    press_until_gone(terminal, "enter", "Wat gaat terug")
    take(terminal, "Ja, herstel")
    terminal.wait(r"actieve passen +2")
    terminal.wait(r"in bezit +0")
    assert merged_into(practice) is None
    terminal.press("f12")
    terminal.wait("klantnummer of naam")
    terminal.scan(LOSER)
    go_on(terminal, "Melding")
    terminal.wait(rf"{LOSER} \[413735\]")


def to_the_pairs(terminal: Terminal) -> None:
    """Klanten, Overzichten, Dubbele klanten."""
    terminal.press("f10")
    choose(terminal, "Overzichten")
    choose(terminal, "Dubbele klanten")
    terminal.wait("Alt\\+G: geen dubbele")


def test_the_pairs_of_the_branch_are_merged_in_turn(desk: OpenDesk, practice: Path) -> None:
    terminal = desk()
    open_plain(terminal)
    to_the_pairs(terminal)
    terminal.wait(r"(?s)413720 .*413735 ")
    to_the_row(terminal, "413720 ")
    press_until_gone(terminal, "enter", "Alt\\+G")
    terminal.wait(SIDES)
    step_back(terminal, SIDES)
    terminal.wait("Alt\\+G")
    terminal.settle(0.2)
    press_until_gone(terminal, "enter", "Alt\\+G")
    terminal.wait(SIDES)
    terminal.settle(0.2)
    terminal.press("left")
    terminal.wait(r"\[x\] 29401000076056")
    say_yes(terminal)
    terminal.wait(DONE)
    assert "413735 " not in terminal.text().replace(DONE, "")
    step_back(terminal, "─ Dubbele klanten")
    terminal.wait(block_of(PLAIN))
    assert merged_into(practice) == 413720


def test_a_pair_that_is_none_goes_off_the_list(desk: OpenDesk, practice: Path) -> None:
    terminal = desk()
    open_plain(terminal)
    to_the_pairs(terminal)
    to_the_row(terminal, "413720 ")
    terminal.press("alt+g")
    terminal.wait_gone("413735")
    step_back(terminal, "─ Dubbele klanten")
    assert merged_into(practice) is None


def test_help_tells_of_it(desk: OpenDesk) -> None:
    terminal = desk()
    to_the_sides(terminal)
    terminal.press("f1")
    terminal.wait("Iemand die twee keer in het bestand staat")
    step_back(terminal, "─ Hulp")
    terminal.wait(SIDES)
