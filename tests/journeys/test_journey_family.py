"""The family on one screen, moving house, returned post, and who has died."""

from pathlib import Path

from tests.journeys.steps import (
    PLAIN,
    OpenDesk,
    block_of,
    choose,
    do_with_row,
    fill_in,
    go_on,
    log_lines,
    open_plain,
    press_until_gone,
    rows_of,
    start_editing,
    stored,
)
from tests.terminal import Terminal

FATHER = "29401000075884"


def test_enter_goes_to_one_of_the_family_and_back(desk: OpenDesk) -> None:
    terminal = desk()
    open_plain(terminal)
    terminal.press("ctrl+g")
    terminal.wait(r"Vries, S\. de \(Sem\) +11 kind +Jeugd +0 +0,00")
    terminal.wait(r"Samen +3 +0,00")
    terminal.press("down", "enter")
    terminal.wait(block_of(FATHER))
    terminal.press("f3")
    terminal.wait("deze klant")
    terminal.press("escape")
    terminal.wait("Woonplaats")


def test_the_family_of_who_is_in_a_list_is_one_key_away(desk: OpenDesk) -> None:
    terminal = desk()
    terminal.type("vries 9468 41")
    terminal.wait(r"Vries, P\. de")
    terminal.press("ctrl+g")
    terminal.wait("deze klant")
    assert terminal.text().count("Vries") > 4
    terminal.press("ctrl+r")
    terminal.wait("klantnummer of naam")
    terminal.wait(r"Vries, P\. de")


def test_a_payer_is_made_and_taken_away_again(desk: OpenDesk) -> None:
    terminal = desk()
    open_plain(terminal)
    terminal.press("ctrl+g")
    terminal.wait("deze klant")
    terminal.press("down", "f8")
    terminal.wait("Betaler van")
    choose(terminal, "Betaler van Johanna Maria de Vries")
    terminal.wait("betaler, partner")
    terminal.press("f8")
    terminal.wait("Relatie verwijderen")
    choose(terminal, "Relatie verwijderen")
    choose(terminal, "Pieter de Vries betaalt voor Johanna Maria de Vries")
    terminal.wait("Ja, verwijderen")
    choose(terminal, "Ja, verwijderen")
    terminal.wait_gone("betaler, partner")
    terminal.wait(r"54 partner ")


def test_a_circle_is_refused_in_a_sentence(desk: OpenDesk) -> None:
    terminal = desk()
    open_plain(terminal)
    terminal.press("ctrl+g")
    terminal.wait("deze klant")
    terminal.press("down", "down", "f8")
    terminal.wait("Relatie toevoegen")
    choose(terminal, "Relatie toevoegen")
    choose(terminal, "Sanne de Vries is ouder of verzorger van Johanna Maria de Vries")
    terminal.wait("is niet ouder dan")


def test_a_relation_with_somebody_elsewhere_is_made_by_number(desk: OpenDesk) -> None:
    terminal = desk()
    open_plain(terminal)
    terminal.press("ctrl+g")
    terminal.wait("deze klant")
    terminal.press("f8")
    terminal.wait("Relatie met iemand anders")
    choose(terminal, "Relatie met iemand anders")
    terminal.wait("Pasnummer, actor-id of naam")
    terminal.type("413700")
    terminal.press("enter")
    terminal.wait("Met wie")
    press_until_gone(terminal, "enter", "Met wie")
    choose(terminal, "Testabo, T. is partner van Johanna Maria de Vries")
    terminal.wait(r"Testabo, T\. +39 partner")


def start_on_tab_2(terminal: Terminal, entry: str) -> None:
    """Open the customer without pop-ups, and choose something of F8 on tab 2."""
    open_plain(terminal)
    do_with_row(terminal, entry)


def retype(terminal: Terminal, old: str, new: str) -> None:
    """Type another text over what stands in the one field of a pop-up, once it takes keys."""
    terminal.wait(f"│ {old}")
    press_until_gone(terminal, "backspace", f"│ {old}")
    terminal.press(*["backspace"] * len(old))
    terminal.type(new)
    terminal.wait(f"│ {new} ")


def addresses(store: Path) -> list[tuple[str, str, object, object]]:
    """Street, number, last day and day of returned post, as the store has them now."""
    query = (
        "SELECT a.street, a.house_number, a.until_on, a.returned_on FROM address a"
        " JOIN card c ON c.customer_id = a.customer_id WHERE c.number = ? ORDER BY a.position"
    )
    with rows_of(store) as connection:
        return list(connection.execute(query, (PLAIN,)))


def test_who_moves_keeps_the_old_address_and_is_asked_about_the_family(
    desk: OpenDesk, practice: Path
) -> None:
    terminal = desk()
    start_on_tab_2(terminal, "Verhuisd: nieuw adres")
    terminal.wait("blijft het oude bewaard")
    fill_in(terminal, "Straat", "Kerkstraat")
    fill_in(terminal, "Huisnummer", "7")
    terminal.press("ctrl+s")
    terminal.wait("Klopt de postcode nog\\? Gezin mee verhuizen\\? Alt\\+S")
    terminal.wait("Kerkstraat 7")
    assert addresses(practice) == [
        ("Kerkstraat", "7", None, None),
        ("Brinkstraat", "41", "2024-05-14", None),
    ]


def test_who_types_another_address_is_asked_what_it_means(desk: OpenDesk, practice: Path) -> None:
    terminal = desk()
    start_on_tab_2(terminal, "Verhuisd: nieuw adres")
    terminal.wait("blijft het oude bewaard")
    press_until_gone(terminal, "escape", "Ctrl\\+S Opslaan")
    start_editing(terminal)
    fill_in(terminal, "Straat", "Kerkstraat")
    terminal.press("ctrl+s")
    choose(terminal, "Verhuisd: het oude adres blijft bewaard")
    terminal.wait("Gezin mee verhuizen\\? Alt\\+S")
    assert addresses(practice) == [
        ("Kerkstraat", "41", None, None),
        ("Brinkstraat", "41", "2024-05-14", None),
    ]


def test_a_corrected_address_leaves_no_old_one(desk: OpenDesk, practice: Path) -> None:
    terminal = desk()
    start_on_tab_2(terminal, "Adres wijzigen")
    fill_in(terminal, "Straat", "Brinkstr")
    terminal.press("ctrl+s")
    choose(terminal, "Verbeterd: het oude adres klopte niet")
    terminal.wait("Opgeslagen")
    assert addresses(practice) == [("Brinkstr", "41", None, None)]


def test_escape_at_the_question_goes_back_to_the_form(desk: OpenDesk, practice: Path) -> None:
    terminal = desk()
    start_on_tab_2(terminal, "Adres wijzigen")
    fill_in(terminal, "Straat", "Brinkstr")
    terminal.press("ctrl+s")
    terminal.wait("─ Ander adres")
    press_until_gone(terminal, "escape", "─ Ander adres")
    terminal.wait("Ctrl\\+S Opslaan")
    terminal.wait("(?m)Brinkstr$")
    assert addresses(practice) == [("Brinkstraat", "41", None, None)]


def test_an_address_ends_on_a_day_that_is_one(desk: OpenDesk, practice: Path) -> None:
    terminal = desk()
    start_on_tab_2(terminal, "Adres beëindigen")
    retype(terminal, "15-05-2024", "31-02-2024")
    terminal.press("enter")
    terminal.wait("bestaat niet")
    retype(terminal, "31-02-2024", "31-05-2024")
    press_until_gone(terminal, "enter", "─ Adres beëindigen")
    terminal.wait("Opgeslagen")
    assert addresses(practice) == [("Brinkstraat", "41", "2024-05-31", None)]


def test_who_has_no_address_left_cannot_move_from_it(desk: OpenDesk) -> None:
    terminal = desk()
    start_on_tab_2(terminal, "Adres beëindigen")
    retype(terminal, "15-05-2024", "14-05-2024")
    press_until_gone(terminal, "enter", "─ Adres beëindigen")
    terminal.wait("Opgeslagen")
    terminal.press("f8")
    choose(terminal, "Verhuisd: nieuw adres")
    terminal.wait("Er is geen adres dat nog geldt: voeg er een toe\\.")


def test_returned_post_is_told_at_the_door_and_goes_with_a_new_address(
    desk: OpenDesk, practice: Path
) -> None:
    terminal = desk()
    start_on_tab_2(terminal, "Post retour")
    choose(terminal, "Ja, post kwam retour")
    terminal.wait("Adresblokkade")
    terminal.press("f12")
    terminal.wait("klantnummer of naam")
    terminal.scan(PLAIN)
    terminal.wait("Post retour van Brinkstraat 41")
    go_on(terminal, "Blokkade")
    terminal.wait(block_of(PLAIN))
    terminal.press("f8")
    choose(terminal, "Verhuisd: nieuw adres")
    fill_in(terminal, "Straat", "Kerkstraat")
    terminal.press("ctrl+s")
    terminal.wait("Mag de adresblokkade eraf")
    choose(terminal, "Ja, opheffen")
    terminal.wait_gone("Adresblokkade")
    assert addresses(practice) == [
        ("Kerkstraat", "41", None, None),
        ("Brinkstraat", "41", "2024-05-14", "2024-05-15"),
    ]


def test_who_has_died_is_warned_about_marked_and_forgotten_by_mail(
    desk: OpenDesk, practice: Path
) -> None:
    terminal = desk()
    open_plain(terminal)
    terminal.press("alt+k")
    choose(terminal, "Overleden")
    terminal.wait("Er zijn nog 2 exemplaren geleend")
    terminal.wait("Er komt een \\* voor de achternaam")
    choose(terminal, "Ja, overleden")
    choose(terminal, "Leegmaken")
    terminal.wait("\\*Vries")
    terminal.wait("Pas niet geldig!")
    assert stored(practice, "surname", PLAIN) == "*Vries"
    assert stored(practice, "email", PLAIN) == ""
    terminal.press("alt+k")
    choose(terminal, "Overleden")
    terminal.wait("staat al als overleden")
    go_on(terminal, "Overleden")
    terminal.press("alt+k")
    choose(terminal, "Herstel")
    terminal.wait(r"Overleden: Mevr\. J\.M\. de \*Vries")
    press_until_gone(terminal, "enter", r"Wat gaat terug\?")
    choose(terminal, "Ja, herstel")
    terminal.wait("De klant staat niet meer als overleden in de bibliotheek")
    terminal.wait_gone("\\*Vries")
    assert stored(practice, "surname", PLAIN) == "Vries"
    assert stored(practice, "email", PLAIN) != ""


def test_no_is_the_first_answer_and_changes_nothing(desk: OpenDesk, practice: Path) -> None:
    terminal = desk()
    before = log_lines(practice)
    open_plain(terminal)
    terminal.press("alt+k")
    choose(terminal, "Overleden")
    go_on(terminal, "Overleden")
    terminal.wait("Brinkstraat 41")
    assert stored(practice, "surname", PLAIN) == "Vries"
    assert log_lines(practice) == before
