"""The work instruction `Klanteninformatie raadplegen` (seed document 2), key by key."""

import pytest

from tests.journeys.steps import (
    DEBTS,
    MESSAGES,
    PLAIN,
    TESTABO,
    OpenDesk,
    block_of,
    choose,
    go_on,
    open_plain,
    open_testabo,
    press_until_gone,
)
from tests.terminal import Terminal

TABS = (
    ("1", "Inschrijfdatum +04-07-2022"),
    ("2", "Achternaam +Testabo"),
    ("3", "06-07-2022  31-07-2023  53-Compleet  Ongeldig +60,00"),
    ("4", "Medewerker +Balie +Wijziging"),
    ("5", "Publieke meldingen"),
    ("6", "Leenhistorie tonen"),
    ("7", "Berichtvoorkeuren"),
    ("8", f"hoofdpas +Actief +{TESTABO}"),
    ("9", "Klantlabels"),
    ("a", "Abonnementhouder +04-07-2022  31-07-2023"),
    ("b", "Interesseprofielen"),
)
"""What each tab of the seed's customer shows."""
BORROWED = "39401001000012"
"""An item that the plain customer has at home."""
AT_THE_LIBRARY = "39401000000013"
"""One that nobody has."""


def search(terminal: Terminal, part: str) -> None:
    terminal.press("f2")
    terminal.wait("Voornaam/-letters")
    terminal.type(part)
    terminal.press("enter")


def test_part_of_a_name_leads_past_the_pop_up_to_the_block_of_the_seed(desk: OpenDesk) -> None:
    terminal = desk()
    search(terminal, "testa")
    go_on(terminal, "Pas niet geldig!")
    terminal.wait(block_of(TESTABO))
    lines = [" ".join(line.split()) for line in terminal.text().splitlines()]
    assert lines[2:7] == [
        f"{TESTABO} [413700] 9401 (Annen) Compleet Ongeldig Opgezegd, reden Afgevoerd",
        "Dhr. T. Testabo geboortedatum 01-01-1985 (39 jr.) contributie 0,00",
        "Kruisakkers 41 laatste activiteit 06-07-2022 registratie 0,00",
        "9468 BG ANNEN in bezit 0 strippen 0",
        "Pas niet geldig! actieve passen 1 tegoed 0,00",
    ]


@pytest.mark.parametrize("open_key", ["enter", "alt+o"])
def test_arrows_choose_in_the_list_and_enter_or_ok_opens(desk: OpenDesk, open_key: str) -> None:
    terminal = desk()
    search(terminal, "vries")
    terminal.wait("klanten gevonden")
    terminal.wait("Brinkstraat 41 · 9468 BH ANNEN · Compleet")
    terminal.press("down")
    terminal.wait("Brinkstraat 41 · 9468 BH ANNEN · Basis")
    terminal.press("up")
    terminal.wait("9468 BH ANNEN · Compleet")
    rows = [line for line in terminal.text().splitlines() if "Vries" in line]
    assert len(rows) > 3
    terminal.press("down", "down", open_key)
    wanted = rows[2].split()[0]
    terminal.wait(lambda text: wanted in text.splitlines()[2] or "Doorgaan" in text)
    assert wanted in terminal.text()


def test_pop_ups_come_in_order_before_the_customer(desk: OpenDesk) -> None:
    terminal = desk()
    terminal.scan(MESSAGES)
    terminal.wait("Paraplu vergeten")
    go_on(terminal, "Melding")
    terminal.wait("Spreekt liever Fries")
    terminal.wait("Opmerking privé")
    go_on(terminal, "Opmerking privé")
    terminal.wait(block_of(MESSAGES))
    terminal.wait("Er is een melding")


def test_money_pop_ups_name_what_is_owed(desk: OpenDesk) -> None:
    terminal = desk()
    terminal.scan(DEBTS)
    headings = []
    while not terminal.find(block_of(DEBTS)):
        terminal.wait(lambda text: "Doorgaan" in text or "[4137" in text)
        if at := terminal.find(r"╭─ [A-Z]"):
            line = terminal.text().splitlines()[at[1]]
            headings.append(line.strip("╭─╮ "))
            go_on(terminal, headings[-1])
    assert "Notaprocedure" in " ".join(headings) or "Nota" in " ".join(headings)
    assert len(headings) >= 2


def test_ending_at_a_pop_up_shows_nothing_of_the_customer(desk: OpenDesk) -> None:
    terminal = desk()
    terminal.scan(TESTABO)
    terminal.wait("Einde sessie")
    terminal.press("down")
    press_until_gone(terminal, "enter", "─ Pas niet geldig!")
    terminal.wait("klantnummer of naam")
    assert "Kruisakkers" not in terminal.text()


def test_every_tab_opens_by_its_digit_or_letter(desk: OpenDesk) -> None:
    terminal = desk()
    open_testabo(terminal)
    for key, shown in TABS:
        terminal.press(key)
        terminal.wait(shown)


def test_tabs_open_with_alt_and_turn_with_ctrl_page_keys(desk: OpenDesk) -> None:
    terminal = desk()
    open_testabo(terminal)
    for key, shown in (("alt+8", "hoofdpas"), ("alt+3", "Producten/diensten")):
        terminal.press(key)
        terminal.wait(shown)
    terminal.press("ctrl+pagedown")
    terminal.wait("Medewerker +Balie")
    terminal.press("ctrl+pageup", "ctrl+pageup")
    terminal.wait("Achternaam +Testabo")
    terminal.press("ctrl+pageup", "ctrl+pageup")
    terminal.wait("Badges|Omschrijving|Badge")


def test_f9_lists_what_the_customer_has_and_escape_goes_back(desk: OpenDesk) -> None:
    terminal = desk()
    open_plain(terminal)
    terminal.press("f9")
    terminal.wait("Geleend +Inleveren")
    assert "Geleende exemplaren" in terminal.text()
    terminal.press("escape")
    terminal.wait("Achternaam +Vries")


def test_the_chart_of_tab_1_draws_the_years_and_escape_goes_back(desk: OpenDesk) -> None:
    terminal = desk()
    open_plain(terminal)
    terminal.press("1")
    terminal.wait("Inschrijfdatum")
    terminal.press("f8")
    terminal.wait("─ Acties ─")
    choose(terminal, "Grafiek")
    terminal.wait("(?m)^ 20[0-9][0-9] +█+ [0-9]+ *$")
    assert "Geleend per jaar" in terminal.text()
    terminal.press("escape")
    terminal.wait("Inschrijfdatum")


@pytest.mark.parametrize(
    ("entry", "shown"),
    [
        ("Geleende exemplaren", "Geleend +Inleveren"),
        ("Reserveringen", r"(?s)Reserveringen.*Klant  Afsluiten"),
        ("Leenhistorie", "Leenhistorie   Klant"),
        ("Financieel", "Openstaand"),
        ("Meldingen", "Publieke meldingen"),
        ("Zoek klant", "Voornaam/-letters"),
    ],
)
def test_the_menu_klant_leads_to_every_list(desk: OpenDesk, entry: str, shown: str) -> None:
    terminal = desk()
    open_plain(terminal)
    terminal.press("alt+k")
    terminal.wait("─ Klant ─")
    choose(terminal, entry)
    terminal.wait(shown)


@pytest.mark.parametrize("keys", [("f12",), ("alt+a", "enter"), ("alt+q",)])
def test_the_session_ends_at_an_empty_desk_line(desk: OpenDesk, keys: tuple[str, ...]) -> None:
    terminal = desk()
    open_plain(terminal)
    terminal.press(keys[0])
    if len(keys) > 1:
        terminal.wait("─ Afsluiten")
        press_until_gone(terminal, keys[1], "─ Afsluiten")
    terminal.wait("klantnummer of naam")
    terminal.wait_gone("Vries")


def test_the_last_list_comes_back_with_its_rows(desk: OpenDesk) -> None:
    terminal = desk()
    search(terminal, "vries")
    terminal.wait("klanten gevonden")
    rows = [line for line in terminal.text().splitlines() if "Vries" in line]
    terminal.press("enter")
    terminal.wait(block_of(PLAIN))
    terminal.press("ctrl+r")
    terminal.wait("Voornaam/-letters")
    assert [line for line in terminal.text().splitlines() if "Vries" in line] == rows


def test_the_family_at_the_address_is_one_key_away(desk: OpenDesk) -> None:
    terminal = desk()
    open_plain(terminal)
    terminal.press("ctrl+g")
    terminal.wait("deze klant")
    assert terminal.text().count("Vries") > 4


def test_an_item_opens_who_has_it_and_says_when_nobody_has(desk: OpenDesk) -> None:
    terminal = desk()
    for number, said in (
        (AT_THE_LIBRARY, "is niet uitgeleend"),
        (BORROWED, "Heeft Wandelen over de Honds"),
    ):
        terminal.press("alt+k")
        terminal.wait("─ Klant ─")
        choose(terminal, r"Zoek klant \(op exemplaarnummer\)")
        terminal.wait("Exemplaarnummer")
        terminal.type(number)
        terminal.press("enter")
        terminal.wait(said)
