"""Seriemutatie: copied to a family, moved with a family, given to a class, taken back."""

import re
from pathlib import Path

from tests.journeys.steps import (
    PLAIN,
    OpenDesk,
    choose,
    log_lines,
    open_plain,
    press_until_gone,
    rows_of,
)
from tests.terminal import Terminal

FAMILY = (413702, 413703, 413704)
"""Who lives with Mevr. De Vries, the customer without pop-ups."""
ROW = r"│ +\[{mark}\] {field} "


def test_what_was_ticked_goes_to_who_got_a_ja(desk: OpenDesk, practice: Path) -> None:
    terminal = desk()
    open_series(terminal)
    tick(terminal, "Telefoon")
    tick(terminal, "Mobiel")
    answer(terminal, "alt+j", "klant 2 van 3")
    answer(terminal, "alt+n", "klant 3 van 3")
    answer(terminal, "alt+j", "─ Seriemutatie opslaan")
    before = log_lines(practice)
    assert phones(practice) == {""}
    terminal.press("ctrl+s")
    terminal.wait("2 klanten gewijzigd. Herstel kan tot en met 14-06-2024")
    assert phones(practice) == {"0592-00 12 34", ""}
    assert log_lines(practice) == before + 4


def test_esc_changes_nothing(desk: OpenDesk, practice: Path) -> None:
    terminal = desk()
    open_series(terminal)
    before = log_lines(practice)
    tick(terminal, "Telefoon")
    answer(terminal, "alt+j", "klant 2 van 3")
    press_until_gone(terminal, "escape", "─ Seriemutatie")
    terminal.wait("Er is niets gewijzigd.")
    assert log_lines(practice) == before


def test_a_ja_without_a_tick_says_what_to_do(desk: OpenDesk) -> None:
    terminal = desk()
    open_series(terminal)
    terminal.press("alt+j")
    terminal.wait("Vink eerst met de spatiebalk aan")
    terminal.press("ctrl+s")
    terminal.wait("Nog bij niemand Ja gezegd")


def test_who_lives_alone_is_told_so(desk: OpenDesk) -> None:
    terminal = desk()
    terminal.scan("29401000075942")
    for _pop_up in range(5):
        terminal.settle(0.3)
        if not re.search("Doorgaan", terminal.text()):
            break
        terminal.press("enter")
    terminal.wait("Klantenadministratie")
    terminal.press("alt+s")
    terminal.wait("Er is geen andere klant op hetzelfde adres.")


def test_a_family_moves_with_the_open_customer(desk: OpenDesk, practice: Path) -> None:
    terminal = desk()
    open_series(terminal)
    terminal.press("alt+a")
    terminal.wait("─ Nieuw adres")
    for text in ("Dorpsstraat", "7", "", "9471AB", "Zuidlaren"):
        terminal.settle(0.1)
        terminal.press("end", *["backspace"] * 20)
        terminal.type(text)
        terminal.press("enter")
    terminal.wait(ROW.format(mark="x", field="Adres"))
    answer(terminal, "alt+j", "klant 2 van 3")
    terminal.press("ctrl+s")
    terminal.wait("─ Seriemutatie opslaan")
    terminal.settle(0.1)
    assert "413701" in terminal.text()
    terminal.press("ctrl+s")
    terminal.wait("2 klanten gewijzigd")
    assert streets(practice, 413701, 413702) == {"Dorpsstraat"}
    # Who stayed behind is found from the address that ended.
    terminal.press("alt+s")
    terminal.wait("klant 1 van 3: Dhr. P. de Vries")
    terminal.settle(0.1)
    answer(terminal, "alt+n", "klant 2 van 3")
    terminal.wait("Woont op het oude adres: Brinkstraat 41")
    tick(terminal, "Adres")
    answer(terminal, "alt+j", "klant 3 van 3")
    answer(terminal, "alt+j", "─ Seriemutatie opslaan")
    terminal.press("ctrl+s")
    terminal.wait("2 klanten gewijzigd")
    assert streets(practice, 413701, *FAMILY) == {"Dorpsstraat"}


def test_a_class_gets_a_flag_and_herstel_takes_it_back(desk: OpenDesk, practice: Path) -> None:
    terminal = desk()
    open_plain(terminal)
    to_overviews(terminal)
    choose(terminal, "Seriemutatie van een selectie")
    choose(terminal, "Nummers: scannen, typen of plakken")
    terminal.wait("─ Seriemutatie: nummers")
    terminal.settle(0.1)
    terminal.scan(PLAIN)
    terminal.wait(rf"(?s)1 nummer .*│ +{PLAIN} ")
    pasted = "\r".join(map(str, FAMILY))
    terminal.send(f"\x1b[200~{pasted}\x1b[201~")
    terminal.wait(" ".join(map(str, FAMILY)))
    terminal.press("enter")
    terminal.wait("4 nummers")
    terminal.type("99999")
    terminal.press("ctrl+s")
    terminal.wait(r"(?s)4 klanten: .*1 nummer is onbekend: 99999")
    choose(terminal, "Ja, deze klanten")
    terminal.wait("4 klanten krijgen wat hier aangevinkt is")
    go_to(terminal, "Niet per post", mark=" ")
    terminal.press(" ")
    choose(terminal, "Ja")
    terminal.wait(ROW.format(mark="x", field="Niet per post"))
    terminal.settle(0.1)
    terminal.press("ctrl+s")
    terminal.wait(r"Niet per post: Ja \(verandert bij 4 klanten\)")
    choose(terminal, "Ja, opslaan")
    terminal.wait("4 klanten gewijzigd. Herstel kan tot en met 14-06-2024")
    assert no_mail(practice) == {1}
    to_overviews(terminal)
    choose(terminal, "Herstel")
    terminal.wait("Seriemutatie, 4 klanten")
    press_until_gone(terminal, "enter", "Wat gaat terug")
    choose(terminal, "Ja, herstel")
    terminal.wait("Seriemutatie van 4 klanten teruggedraaid")
    assert no_mail(practice) == {0}


def test_a_kept_search_of_many_is_counted_out_loud(desk: OpenDesk, practice: Path) -> None:
    terminal = desk()
    keep_search(terminal, "Annen", "Heel Annen")
    terminal.press("escape")
    to_overviews(terminal)
    choose(terminal, "Seriemutatie van een selectie")
    choose(terminal, "Een bewaarde zoekvraag")
    choose(terminal, "Heel Annen")
    choose(terminal, "Ja, deze klanten")
    terminal.wait("klanten krijgen wat hier aangevinkt is")
    found = re.search(r"(\d+) klanten krijgen", terminal.text())
    assert found is not None
    go_to(terminal, "Geen marketing", mark=" ")
    terminal.press(" ")
    choose(terminal, "Ja")
    for typed, told in (("12", "gekozen, niet 12"), (found[1], "Herstel kan tot en met")):
        terminal.wait(ROW.format(mark="x", field="Geen marketing"))
        terminal.settle(0.1)
        terminal.press("ctrl+s")
        terminal.wait(f"Er zijn {found[1]} klanten gekozen. Typ dat aantal")
        terminal.settle(0.1)
        terminal.type(typed)
        terminal.press("enter")
        terminal.wait(told)
    query = "SELECT count(*) FROM customer WHERE no_marketing AND actor_id > 500000"
    with rows_of(practice) as connection:
        (count,) = connection.execute(query).fetchone()
    assert count > 100


def keep_search(terminal: Terminal, place: str, name: str) -> None:
    """Search by place, and keep that search under a name."""
    terminal.press("f2")
    terminal.wait("Voornaam/-letters")
    for _field in range(7):
        terminal.settle(0.05)
        terminal.press("tab")
    terminal.type(place)
    terminal.press("enter")
    terminal.wait("klanten gevonden")
    to_overviews(terminal)
    choose(terminal, "Zoekvraag bewaren")
    terminal.wait("─ Zoekvraag bewaren")
    terminal.settle(0.1)
    terminal.type(name)
    terminal.press("enter")
    terminal.wait(f"Zoekvraag {name} is bewaard")


def to_overviews(terminal: Terminal) -> None:
    """Klanten, Overzichten."""
    terminal.settle(0.1)
    terminal.press("f10")
    terminal.wait("─ Balie|─ Klanten")
    terminal.settle(0.1)
    if terminal.find("─ Balie"):
        terminal.press("right")
    choose(terminal, "Overzichten")


def open_series(terminal: Terminal) -> None:
    """Alt+S at the customer without pop-ups."""
    open_plain(terminal)
    terminal.settle(0.1)
    terminal.press("alt+s")
    terminal.wait("Te wijzigen klant 1 van 3")
    terminal.settle(0.1)


def tick(terminal: Terminal, field: str) -> None:
    """Tick a field of the list with Space."""
    go_to(terminal, field, mark=" ")
    terminal.press(" ")
    terminal.wait(ROW.format(mark="x", field=field))


def go_to(terminal: Terminal, field: str, mark: str) -> None:
    """Walk to a field of the list."""
    line = ROW.format(mark=mark, field=field)
    terminal.press("home")
    for _row in range(30):
        terminal.settle(0.05)
        place = terminal.find(line)
        if place is not None:
            column, row = place
            if terminal.cell(column + 4, row).bg != terminal.cell(column, row).bg:
                return
        terminal.press("down")
    raise AssertionError(f"no way to {field}\n{terminal.text()}")


def answer(terminal: Terminal, key: str, expected: str) -> None:
    """Press Ja or Nee, and wait for what comes next."""
    terminal.settle(0.1)
    terminal.press(key)
    terminal.wait(expected)
    terminal.settle(0.1)


def phones(practice: Path) -> set[str]:
    """The telephone numbers of the family."""
    return _column(practice, "SELECT phone FROM customer WHERE actor_id IN", FAMILY)


def no_mail(practice: Path) -> set[int]:
    """Whether the family wants no post."""
    return _column(practice, "SELECT no_mail FROM customer WHERE actor_id IN", FAMILY)


def streets(practice: Path, *actor_ids: int) -> set[str]:
    """Where these live now."""
    query = "SELECT street FROM address WHERE until_on IS NULL AND customer_id IN"
    return _column(practice, query, actor_ids)


def _column(practice: Path, query: str, actor_ids: tuple[int, ...]) -> set:  # type: ignore[type-arg]
    with rows_of(practice) as connection:
        return {value for (value,) in connection.execute(f"{query} {actor_ids}")}
