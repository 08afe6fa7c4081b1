"""Inschrijven: the seed's walk with a new account, somebody new, and drafts."""

from pathlib import Path

from tests.journeys.account_steps import give_testabo, jobs_of
from tests.journeys.enrol_steps import (
    back_to_the_form,
    enrol_somebody,
    open_form,
    save,
    to_the_costs,
)
from tests.journeys.steps import (
    PLAIN,
    TESTABO,
    OpenDesk,
    block_of,
    choose,
    do_with_row,
    field_text,
    fill_in,
    go_on,
    go_to_field,
    log_lines,
    open_plain,
    open_testabo,
    press_until_gone,
    rows_of,
    sign_in,
    stored,
)
from tests.terminal import Terminal

MOST_KEYS = 12
"""From the scan of an expired card to Registreren, defaults taken and a new account wanted."""
FREE_CARD = "29401000099991"


def periods_of(store: Path, card: str = TESTABO) -> list[tuple[str, int, str]]:
    """Membership, status and last day of a customer's periods, the newest first."""
    query = (
        "SELECT membership_code, p.status, end_on FROM membership_period AS p"
        " JOIN card ON card.customer_id = p.customer_id WHERE card.number = ?"
        " ORDER BY begin_on DESC"
    )
    with rows_of(store) as connection:
        return [tuple(row) for row in connection.execute(query, (card,))]


def enrol_with_free_card(terminal: Terminal) -> None:
    """Scan a card that nobody has, and the form for who gets it."""
    terminal.scan(FREE_CARD)
    terminal.wait(FREE_CARD)
    terminal.settle()
    enrol_somebody(terminal)


def test_an_expired_card_is_enrolled_again_with_a_new_account_in_twelve_keys(
    desk: OpenDesk, practice: Path
) -> None:
    give_testabo(practice, "t.testabo@example.org")
    terminal = desk()
    terminal.scan(TESTABO)
    walk = [
        ("enter", "─ Pas niet geldig!"),
        ("alt+i", "Ongeldig Opgezegd"),
        ("enter", "Klant herinschrijven met klanttype"),
        ("ctrl+s", "Herinschrijven 29401000075868"),
        ("down", "Bestaand inlogaccount gebruiken"),
        ("enter", "Nieuw inlogaccount genereren"),
        ("enter", "─ Abonnement kiezen"),
        ("ctrl+s", "Geldig t/m mei 2025 \\(vervalmaand:05\\)"),
        ("enter", "Genereren van inlogaccount gelukt"),
        ("enter", "╭─ Ontvangen"),
        ("enter", "Terug "),
        ("alt+r", "Registreren"),
    ]
    assert len(walk) <= MOST_KEYS
    for key, expected in walk:
        terminal.wait(expected)
        terminal.settle(0.2)
        terminal.press(key)
    terminal.wait("Gefactureerd")
    assert periods_of(practice)[0] == ("53", 2, "2025-05-31")
    assert jobs_of(practice) == [("done", TESTABO)]


def test_each_esc_goes_back_one_step_and_keeps_what_was_typed(
    desk: OpenDesk, practice: Path
) -> None:
    terminal = desk()
    open_testabo(terminal)
    before = log_lines(practice)
    open_form(terminal)
    fill_in(terminal, "E-mail", "nieuw@example.org")
    terminal.wait("Gebruik inlogaccount +Ja")
    terminal.press("ctrl+s")
    terminal.wait("─ Inlogaccount")
    terminal.press("down")
    press_until_gone(terminal, "enter", "─ Inlogaccount")
    to_the_costs(terminal)
    back_to_the_form(terminal)
    press_until_gone(terminal, "escape", "─ Inlogaccount")
    assert field_text(terminal, "E-mail") == "nieuw@example.org"
    # Enter held down walks round the fields and saves nothing.
    terminal.press(*["enter"] * 60)
    terminal.settle()
    assert log_lines(practice) == before
    assert len(periods_of(practice)) == 2


def test_somebody_new_gets_a_card_an_address_and_a_membership(
    desk: OpenDesk, practice: Path
) -> None:
    terminal = desk()
    enrol_with_free_card(terminal)
    terminal.wait(rf"Pasnummer \(V of P\) +{FREE_CARD}")
    fill_in(terminal, "Achternaam", "Testabo")
    fill_in(terminal, "Voorletters", "Q.")
    fill_in(terminal, "Geboortedatum", "01-01-1985")
    fill_in(terminal, "Postcode", "9468 BG")
    fill_in(terminal, "Huisnummer", "41")
    terminal.press("tab")
    terminal.wait("Straat\\* +Kruisakkers")
    terminal.press("ctrl+s")
    terminal.wait("tweeling\\? andere voornaam")
    terminal.press("down")
    press_until_gone(terminal, "enter", "tweeling\\?")
    to_the_costs(terminal)
    save(terminal)
    terminal.wait(block_of(FREE_CARD))
    assert stored(practice, "initials", FREE_CARD) == "Q."
    assert [code for code, _status, _end in periods_of(practice, FREE_CARD)] == ["52"]


def test_somebody_from_belgium_is_enrolled(desk: OpenDesk, practice: Path) -> None:
    terminal = desk()
    enrol_with_free_card(terminal)
    fill_in(terminal, "Achternaam", "Peeters")
    fill_in(terminal, "Geboortedatum", "03-02-1980")
    fill_in(terminal, "Postcode", "9000")
    fill_in(terminal, "Huisnummer", "12")
    fill_in(terminal, "Straat", "Korenmarkt")
    terminal.wait("9000 is geen postcode: typ ook de letters, of kies bij Land België")
    fill_in(terminal, "Plaats", "Gent")
    go_to_field(terminal, "Land")
    terminal.type("b")
    terminal.wait("Land +< België >")
    fill_in(terminal, "Telefoon", "09 224 12 12")
    terminal.wait_gone("geen postcode")
    fill_in(terminal, "Mobiel", "0470 12 34 56")
    terminal.press("ctrl+s")
    to_the_costs(terminal)
    save(terminal)
    terminal.wait(block_of(FREE_CARD))
    terminal.wait("9000 GENT")
    assert stored(practice, "mobile", FREE_CARD) == "0470 12 34 56"


def test_the_same_person_never_gets_a_second_record(desk: OpenDesk, practice: Path) -> None:
    terminal = desk()
    enrol_somebody(terminal)
    fill_in(terminal, "Achternaam", "Testabo")
    fill_in(terminal, "Voorletters", "T.")
    fill_in(terminal, "Geboortedatum", "01-01-1985")
    terminal.wait("Al bekend\\? 1 klant")
    terminal.press("f8")
    terminal.wait("Dit is dezelfde persoon")
    press_until_gone(terminal, "enter", "Dit is dezelfde persoon")
    terminal.wait("Herinschrijven 29401000075868")
    terminal.press("ctrl+s")
    to_the_costs(terminal)
    save(terminal)
    terminal.wait(block_of(TESTABO))
    assert len(periods_of(practice)) == 3


def test_a_dropped_line_changes_nothing_and_the_draft_is_offered_at_the_next_sign_in(
    desk: OpenDesk, practice: Path
) -> None:
    terminal = desk()
    open_testabo(terminal)
    before = log_lines(practice)
    open_form(terminal)
    fill_in(terminal, "Voornaam", "Theo")
    terminal.press("ctrl+s")
    to_the_costs(terminal)
    terminal.kill()
    assert log_lines(practice) == before
    assert len(periods_of(practice)) == 2
    again = desk("--sign-in")
    sign_in(again)
    again.wait("Verder met T. Testabo")
    again.settle()
    again.press("down")
    press_until_gone(again, "enter", "Verder met")
    again.wait("Herinschrijven 29401000075868")
    again.wait("Voornaam +Theo")


def test_two_desks_at_once_enrol_a_customer_once(desk: OpenDesk, practice: Path) -> None:
    first, second = desk(), desk()
    for terminal in (first, second):
        open_testabo(terminal)
        open_form(terminal)
        terminal.press("ctrl+s")
        to_the_costs(terminal)
    save(first)
    first.wait("╭─ Ontvangen")
    save(second)
    second.wait("─ Intussen gewijzigd")
    assert len(periods_of(practice)) == 3


def test_a_membership_is_put_on_the_blacklist_and_restored(desk: OpenDesk, practice: Path) -> None:
    terminal = desk()
    open_plain(terminal)
    terminal.press("3")
    terminal.wait("Producten/diensten")
    for status, said in (("Zwarte lijst", "\\(x\\) Zwarte lijst"), ("weer geldig", "Normaal")):
        do_with_row(terminal, f"Nieuwe status: {status}")
        if status != "weer geldig":
            choose(terminal, "Misbruik")
        terminal.wait("Opgeslagen")
        terminal.wait(said)
    assert periods_of(practice, PLAIN)[0][1] == 5


def test_ending_a_membership_warns_first_and_does_nothing_on_no(
    desk: OpenDesk, practice: Path
) -> None:
    terminal = desk()
    open_plain(terminal)
    terminal.press("3")
    terminal.wait("Producten/diensten")
    for answer in ("Nee", "Ja, opzeggen"):
        do_with_row(terminal, "Abonnement opzeggen per direct")
        choose(terminal, "Verhuisd")
        terminal.wait("Er zijn nog 2 exemplaren geleend")
        assert periods_of(practice, PLAIN)[0][1] == 5
        choose(terminal, answer)
    terminal.wait("Opgezegd, reden Verhuisd")
    assert periods_of(practice, PLAIN)[0][1] == 9


def test_the_next_child_lives_at_the_same_address_and_is_a_relative(
    desk: OpenDesk, practice: Path
) -> None:
    terminal = desk()
    open_plain(terminal)
    terminal.press("alt+n")
    go_on(terminal, "Klanttype")
    terminal.wait("Straat\\* +Brinkstraat")
    fill_in(terminal, "Voorletters", "Z.")
    fill_in(terminal, "Geboortedatum", "01-02-2018")
    terminal.press("ctrl+s")
    to_the_costs(terminal)
    terminal.wait("Saldo +€ 0,00")
    save(terminal)
    terminal.wait("Vervalt")
    with rows_of(practice) as connection:
        relatives = connection.execute(
            "SELECT relation.kind FROM relation JOIN customer ON actor_id = relation.customer_id"
            " WHERE initials = 'Z.' AND other_id = 413701"
        ).fetchall()
        drafts = connection.execute("SELECT key FROM draft").fetchall()
    assert (relatives, drafts) == ([("parent",)], [])


def test_another_membership_follows_on_once_its_price_was_seen(
    desk: OpenDesk, practice: Path
) -> None:
    terminal = desk()
    before = periods_of(practice, PLAIN)
    open_plain(terminal)
    terminal.press("3")
    terminal.wait("Producten/diensten")
    for answer in ("Nee", "Ja, muteer"):
        do_with_row(terminal, "Muteer abonnement")
        choose(terminal, r"Nee, na afloop van de huidige periode \(31-12-2024\)")
        choose(terminal, "52-Basis")
        terminal.wait("52-Basis: € 50,00")
        terminal.wait("Gaat in na 31-12-2024")
        assert periods_of(practice, PLAIN) == before
        choose(terminal, answer)
    terminal.wait("Te betalen 50,00")
    assert periods_of(practice, PLAIN) == [("52", 1, "2025-12-31"), *before]
