"""Wijzig, Opslaan and Annuleer, with faults, with haste, and with another desk in between."""

from pathlib import Path

from tests.journeys.steps import (
    PLAIN,
    OpenDesk,
    choose,
    field_text,
    fill_in,
    go_to_field,
    log_lines,
    open_plain,
    press_until_gone,
    start_editing,
    stored,
)
from tests.terminal import Terminal


def test_what_was_typed_is_stored_and_shown(desk: OpenDesk, practice: Path) -> None:
    terminal = desk()
    open_plain(terminal)
    start_editing(terminal)
    fill_in(terminal, "Roepnaam", "Hanneke")
    terminal.press("ctrl+s")
    terminal.wait("Opgeslagen")
    terminal.wait("Roepnaam +Hanneke")
    assert stored(practice, "preferred_first_name", PLAIN) == "Hanneke"


def test_all_faults_show_at_once_at_their_fields_and_nothing_is_lost(
    desk: OpenDesk, practice: Path
) -> None:
    terminal = desk(size=(80, 60))
    before = log_lines(practice)
    open_plain(terminal)
    start_editing(terminal)
    typed = {"Geboortedatum": "30-02-1971", "Postcode": "94 AB", "E-mail": "jan@@x"}
    for label, text in typed.items():
        fill_in(terminal, label, text)
    terminal.press("ctrl+s")
    terminal.wait("3 velden kloppen niet")
    lines = terminal.text().splitlines()
    for label, text in typed.items():
        assert field_text(terminal, label) == text
        row = next(at for at, line in enumerate(lines) if text in line)
        assert lines[row + 1].startswith(" ! ")
    assert "30-02-1971 bestaat niet" in terminal.text()
    assert log_lines(practice) == before


def test_walking_past_a_fault_leaves_it_marked(desk: OpenDesk) -> None:
    terminal = desk(size=(80, 60))
    open_plain(terminal)
    start_editing(terminal)
    fill_in(terminal, "Postcode", "94 AB")
    terminal.press("ctrl+s")
    terminal.wait("94 AB is geen postcode")
    terminal.send("\t" * 100)
    go_to_field(terminal, "Plaats")
    assert "94 AB is geen postcode" in terminal.text()


def test_a_burst_of_tabs_changes_no_field(desk: OpenDesk) -> None:
    terminal = desk()
    open_plain(terminal)
    start_editing(terminal)
    terminal.send("\t" * 150)
    terminal.settle(0.2)
    # Nothing was changed, so leaving asks nothing.
    terminal.press("escape")
    terminal.wait_gone("Ctrl\\+S Opslaan")


def test_typing_and_walking_on_in_one_burst_keeps_every_letter_in_its_field(
    desk: OpenDesk, practice: Path
) -> None:
    terminal = desk()
    open_plain(terminal)
    start_editing(terminal)
    go_to_field(terminal, "Voorletters")
    terminal.send("K.L.\tKarla\tvan der\tBerg\x13")
    terminal.wait("Opgeslagen")
    assert [
        stored(practice, column, PLAIN)
        for column in ("initials", "first_name", "prefix", "surname")
    ] == ["K.L.", "Karla", "van der", "Berg"]


def test_cancel_asks_and_drops_only_after_yes(desk: OpenDesk, practice: Path) -> None:
    terminal = desk()
    before = log_lines(practice)
    open_plain(terminal)
    start_editing(terminal)
    fill_in(terminal, "Roepnaam", "Hanneke")
    terminal.press("escape")
    terminal.wait("laten vervallen")
    press_until_gone(terminal, "enter", "─ Annuleren")
    assert field_text(terminal, "Roepnaam") == "Hanneke"
    terminal.press("escape")
    terminal.wait("laten vervallen")
    terminal.press("down")
    press_until_gone(terminal, "enter", "─ Annuleren")
    terminal.wait_gone("Hanneke")
    assert log_lines(practice) == before


def test_leaving_for_another_tab_asks_what_to_do_with_the_changes(
    desk: OpenDesk, practice: Path
) -> None:
    terminal = desk()
    open_plain(terminal)
    start_editing(terminal)
    fill_in(terminal, "Roepnaam", "Hanneke")
    terminal.press("alt+8")
    terminal.wait("Niet opgeslagen")
    press_until_gone(terminal, "alt+o", "─ Niet opgeslagen")
    terminal.wait(f"hoofdpas +Actief +{PLAIN}")
    assert stored(practice, "preferred_first_name", PLAIN) == "Hanneke"


def late_saver(desk: OpenDesk) -> Terminal:
    """A desk that saves Hanneke as Roepnaam where another one has just saved Jopie."""
    here, there = desk(), desk()
    for terminal, name in ((here, "Hanneke"), (there, "Jopie")):
        open_plain(terminal)
        start_editing(terminal)
        fill_in(terminal, "Roepnaam", name)
    there.press("ctrl+s")
    there.wait("Opgeslagen")
    here.press("ctrl+s")
    return here


def test_a_change_at_another_desk_is_shown_beside_ones_own(desk: OpenDesk, practice: Path) -> None:
    here = late_saver(desk)
    here.wait("(?s)─ Intussen gewijzigd.*daar: Jopie.*hier: Hanneke")
    press_until_gone(here, "enter", "─ Intussen gewijzigd")
    assert field_text(here, "Roepnaam") == "Hanneke"
    assert stored(practice, "preferred_first_name", PLAIN) == "Jopie"
    here.press("ctrl+s")
    here.wait("─ Intussen gewijzigd")
    here.press("down")
    press_until_gone(here, "enter", "─ Intussen gewijzigd")
    here.wait("Opgeslagen")
    assert stored(practice, "preferred_first_name", PLAIN) == "Hanneke"


def test_annuleer_after_a_conflict_shows_what_the_other_desk_saved(desk: OpenDesk) -> None:
    here = late_saver(desk)
    here.wait("─ Intussen gewijzigd")
    press_until_gone(here, "enter", "─ Intussen gewijzigd")
    here.press("escape")
    here.wait("─ Annuleren")
    choose(here, "Ja, laten vervallen")
    here.wait("Roepnaam +Jopie")


def test_a_resize_while_typing_keeps_the_text_and_the_place_in_it(
    desk: OpenDesk, practice: Path
) -> None:
    terminal = desk()
    open_plain(terminal)
    start_editing(terminal)
    fill_in(terminal, "Roepnaam", "Hann")
    terminal.resize(100, 30)
    terminal.wait(lambda _text: terminal.find("Contributie") is not None)
    terminal.settle(0.1)
    terminal.type("eke")
    terminal.press("ctrl+s")
    terminal.wait("Opgeslagen")
    assert stored(practice, "preferred_first_name", PLAIN) == "Hanneke"
