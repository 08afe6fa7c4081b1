"""Login accounts at a desk: the ways of seed document 1, and a customer's account afterwards."""

import json
from pathlib import Path

import pytest

from tests.journeys.account_steps import (
    TESTABO_ID,
    VRIES_ID,
    a_worker_elsewhere,
    give_local_account,
    give_testabo,
    jobs_of,
    linked,
    look_up,
    open_account_menu,
    run_sql,
    search,
    to_the_account,
    to_the_end,
)
from tests.journeys.steps import TESTABO as TESTABO_CARD
from tests.journeys.steps import (
    OpenDesk,
    choose,
    go_on,
    open_testabo,
    press_until_gone,
    rows_of,
    stored,
)
from tests.terminal import Terminal

MAIL = "t.testabo@example.org"


def test_option_1_an_existing_account_is_found_by_its_exact_name_and_tied(
    desk: OpenDesk, practice: Path
) -> None:
    give_testabo(practice, MAIL)
    give_local_account(practice, "Testklant")
    terminal = desk()
    to_the_account(terminal)
    look_up(terminal, "testklant")
    terminal.wait("wordt niet gevonden")
    search(terminal, "Testklant")
    terminal.wait("Resultaat")
    terminal.wait("Gebruikersnaam +Testklant")
    terminal.wait("E-mail +│")
    terminal.settle()
    press_until_gone(terminal, "ctrl+s", "Resultaat")
    to_the_end(terminal)
    terminal.wait("╭─ Ontvangen")
    assert linked(practice) == [("Testklant", "active", "local")]
    assert jobs_of(practice) == []
    assert stored(practice, "username", TESTABO_CARD) == "Testklant"
    assert stored(practice, "email", TESTABO_CARD) == MAIL


def test_option_1b_not_found_goes_back_once_to_generate_or_twice_to_do_without(
    desk: OpenDesk, practice: Path
) -> None:
    give_testabo(practice, MAIL)
    terminal = desk()
    to_the_account(terminal)
    look_up(terminal, "Niemand")
    terminal.wait("wordt niet gevonden")
    terminal.wait("Esc: een nieuw inlogaccount genereren")
    press_until_gone(terminal, "escape", "Hoofdlettergevoelig")
    terminal.wait("Nieuw inlogaccount genereren")
    press_until_gone(terminal, "escape", "Nieuw inlogaccount genereren")
    terminal.wait("Gebruik inlogaccount < Ja >")
    terminal.settle()
    terminal.press("right")
    terminal.wait("Gebruik inlogaccount < Nee >")
    terminal.press("ctrl+s")
    to_the_end(terminal)
    terminal.wait("╭─ Ontvangen")
    assert (linked(practice), jobs_of(practice)) == ([], [])


def test_option_1b_once_back_a_new_account_is_what_enter_takes(
    desk: OpenDesk, practice: Path
) -> None:
    give_testabo(practice, MAIL)
    terminal = desk()
    to_the_account(terminal)
    look_up(terminal, "Niemand")
    terminal.wait("wordt niet gevonden")
    press_until_gone(terminal, "escape", "Hoofdlettergevoelig")
    press_until_gone(terminal, "enter", "Nieuw inlogaccount genereren")
    to_the_end(terminal)
    terminal.wait("Genereren van inlogaccount gelukt")


def test_option_2_a_new_account_is_made_and_says_until_when_its_link_holds(
    desk: OpenDesk, practice: Path
) -> None:
    give_testabo(practice, MAIL)
    terminal = desk()
    to_the_account(terminal)
    choose(terminal, "Nieuw inlogaccount genereren")
    to_the_end(terminal)
    terminal.wait("Genereren van inlogaccount gelukt")
    terminal.wait(f"Gebruikersnaam {TESTABO_CARD}")
    terminal.wait(f"E-mail +{MAIL}")
    terminal.wait("een mail met een code, en moet die binnen 24 uur")
    terminal.wait("gebruiken, tot")
    go_on(terminal, "Genereer inlogaccount")
    terminal.wait("╭─ Ontvangen")
    assert linked(practice) == [(TESTABO_CARD, "pending", "local")]
    press_until_gone(terminal, "escape", "╭─ Ontvangen")
    terminal.press("7")
    terminal.wait(f"Gebruikersnaam +{TESTABO_CARD} +\\(e-mail {MAIL}\\)")
    terminal.wait("Inlogaccount +wacht op activatie, verloopt do 16-05 \\d\\d:\\d\\d")


def test_without_a_mail_address_a_new_account_is_greyed_and_says_why(desk: OpenDesk) -> None:
    terminal = desk()
    to_the_account(terminal)
    terminal.wait("Nieuw inlogaccount genereren +Vul eerst een e-mailadres in\\.")
    terminal.press("alt+n")
    terminal.press("n")
    terminal.settle(0.1)
    assert "─ Inlogaccount " in terminal.text()


@pytest.mark.parametrize("answer", ["Nee", "Ja, koppel"])
def test_an_account_that_another_customer_here_has_is_asked_about_by_name(
    desk: OpenDesk, practice: Path, answer: str
) -> None:
    give_testabo(practice, MAIL)
    give_local_account(practice, "Gezin")
    run_sql(
        practice,
        "INSERT INTO login_account (customer_id, provider, ref, username, email, state, made_here,"
        " etag) VALUES (?, 'local', 'ref-Gezin', 'Gezin', '', 'active', 0, '')",
        VRIES_ID,
    )
    run_sql(practice, "UPDATE customer SET username = 'Gezin' WHERE actor_id = ?", VRIES_ID)
    terminal = desk()
    to_the_account(terminal)
    look_up(terminal, "Gezin")
    terminal.wait("al gekoppeld aan Vries, J.M. de")
    terminal.wait(f"\\[{VRIES_ID}\\]\\.")
    press_until_gone(terminal, "ctrl+s", "Resultaat")
    terminal.wait("Toch koppelen\\?")
    choose(terminal, f"{answer}[^│]*")
    if answer == "Nee":
        terminal.wait("Resultaat")
        return
    to_the_end(terminal)
    terminal.wait("╭─ Ontvangen")
    assert linked(practice) == [("Gezin", "active", "local")]


def test_an_account_that_ran_out_is_forgotten_and_made_again(
    desk: OpenDesk, practice: Path
) -> None:
    give_testabo(practice, MAIL)
    terminal = desk()
    open_testabo(terminal)
    open_account_menu(terminal)
    terminal.wait("Inlogaccount: geen")
    choose(terminal, "Inlogaccount genereren")
    terminal.wait("Genereren van inlogaccount gelukt")
    go_on(terminal, "Genereer inlogaccount")
    terminal.wait("wacht op activatie")
    run_sql(practice, "UPDATE login_account SET expires_at = '2024-05-01 12:00:00.000000'")
    open_account_menu(terminal)
    terminal.wait("Inlogaccount: verlopen")
    terminal.wait("Vergeet inlogaccount, en genereer daarna een nieuw inlogaccount")
    choose(terminal, "Vergeet inlogaccount")
    terminal.wait("Vergeet inlogaccount\\?")
    choose(terminal, "Ja, vergeet")
    terminal.wait("Inlogaccount +geen")
    assert linked(practice) == []
    open_account_menu(terminal)
    choose(terminal, "Inlogaccount genereren")
    terminal.wait("Genereren van inlogaccount gelukt")
    assert len(linked(practice)) == 1


def test_what_failed_and_is_made_from_the_work_list_shows_where_its_customer_is_open(
    desk: OpenDesk, practice: Path
) -> None:
    give_testabo(practice, MAIL)
    run_sql(
        practice,
        "INSERT INTO account_job (customer_id, kind, key, email, state, attempts, error, username,"
        " worker, at) VALUES (?, 'create', 'key', '', 'failed', 1, 'conflict', '', '', ?)",
        TESTABO_ID,
        "2024-05-14 12:00:00.000000",
    )
    terminal = desk()
    open_testabo(terminal)
    terminal.press("7")
    terminal.wait("Inlogaccount +mislukt\\. De accountdienst heeft al een account")
    terminal.press("f10")
    choose(terminal, "Inlogaccounts die wachten of mislukt zijn")
    terminal.wait("Testabo.* 413700 +mislukt")
    terminal.settle(0.1)
    terminal.press("alt+o")
    go_on(terminal, "Genereer inlogaccount")
    go_on(terminal, "Inlogaccounts ")
    terminal.wait("Inlogaccount +wacht op activatie")


def test_the_code_that_a_customer_shows_makes_the_account_active(
    desk: OpenDesk, practice: Path
) -> None:
    give_testabo(practice, MAIL)
    with a_worker_elsewhere(practice):
        terminal = desk()
        open_testabo(terminal)
        open_account_menu(terminal)
        choose(terminal, "Inlogaccount genereren")
        terminal.wait("Genereren van inlogaccount gelukt")
        go_on(terminal, "Genereer inlogaccount")
        terminal.wait("wacht op activatie")
        with rows_of(practice) as rows:
            ((contents,),) = rows.execute("SELECT contents FROM mail_job").fetchall()
        open_account_menu(terminal)
        choose(terminal, "Activeren met de code uit de mail")
        type_code(terminal, "7KQM-3XWD-RTA9")
        terminal.wait("hoort niet bij dit inlogaccount")
        type_code(terminal, json.loads(contents)["code"].lower())
        terminal.wait("Inlogaccount +actief")
    assert linked(practice) == [(TESTABO_CARD, "active", "local")]


def type_code(terminal: Terminal, code: str) -> None:
    terminal.wait("─ Eenmalige code uit de mail")
    terminal.settle(0.1)
    terminal.type(code)
    terminal.wait(f"│ {code} ")
    terminal.press("enter")


def test_no_is_the_answer_to_forgetting_unless_staff_go_to_the_other(
    desk: OpenDesk, practice: Path
) -> None:
    give_testabo(practice, MAIL)
    give_local_account(practice, "Testklant")
    terminal = desk()
    open_testabo(terminal)
    open_account_menu(terminal)
    choose(terminal, "Bestaand inlogaccount koppelen")
    search(terminal, "Testklant")
    terminal.wait("Resultaat")
    press_until_gone(terminal, "ctrl+s", "Resultaat")
    terminal.wait("Inlogaccount +actief")
    open_account_menu(terminal)
    choose(terminal, "Vergeet inlogaccount")
    terminal.wait("Het account zelf blijft bestaan")
    press_until_gone(terminal, "enter", "Vergeet inlogaccount\\?")
    terminal.wait("Inlogaccount +actief")
    assert linked(practice, TESTABO_ID) == [("Testklant", "active", "local")]


def test_names_of_accounts_are_data(desk: OpenDesk, practice: Path) -> None:
    give_testabo(practice, MAIL)
    give_local_account(practice, "Ann[/red]", "[b]a@example.org")
    terminal = desk()
    to_the_account(terminal)
    look_up(terminal, "Ann[/red]")
    terminal.wait(r"Gebruikersnaam Ann\[/red\] ")
    terminal.wait(r"E-mail +\[b\]a@example\.org ")
