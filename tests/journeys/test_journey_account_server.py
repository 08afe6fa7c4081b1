"""Login accounts at a server of somebody else: silent, gone, and there again."""

from pathlib import Path

from tests.accounts.scim_server import AccountServer
from tests.journeys.account_steps import (
    RealDesk,
    give_testabo,
    jobs_of,
    linked,
    look_up,
    open_account_menu,
    scim_settings,
    search,
    silent_server,
    to_the_account,
    to_the_end,
)
from tests.journeys.steps import (
    PLAIN,
    TESTABO,
    block_of,
    choose,
    go_on,
    open_testabo,
    press_until_gone,
    stored,
)
from tests.ports import free_port
from tests.terminal import Terminal

MAIL = "t.testabo@example.org"
SEARCHING = "Er wordt gezocht bij de accountdienst"
WAITING = "Het inlogaccount wordt gegenereerd"


def settle_nothing(terminal: Terminal) -> None:
    """Leave Afrekenen with everything open."""
    terminal.wait("╭─ Ontvangen")
    press_until_gone(terminal, "escape", "╭─ Ontvangen")


def test_while_a_server_is_silent_staff_can_read_help_and_go_on(practice: Path) -> None:
    give_testabo(practice, MAIL)
    with silent_server() as port, RealDesk(practice, scim_settings(port)).open() as terminal:
        to_the_account(terminal)
        look_up(terminal, "Testklant")
        for _again in range(3):
            terminal.wait(SEARCHING)
            terminal.wait("│ 1 s ")
            terminal.press("f1")
            terminal.wait("Met een inlogaccount gebruikt de klant")
            press_until_gone(terminal, "escape", "Met een inlogaccount gebruikt de klant")
            press_until_gone(terminal, "escape", SEARCHING)
            terminal.wait("of het account bestaat, is niet bekend")
            assert "wordt niet gevonden" not in terminal.text()
            search(terminal, "Testklant")
        terminal.wait("Het zoeken is gestopt|niet bereikbaar")


def test_a_server_that_is_down_is_never_called_not_found(practice: Path) -> None:
    settings = scim_settings(free_port())
    give_testabo(practice, MAIL)
    with RealDesk(practice, settings).open() as terminal:
        to_the_account(terminal)
        look_up(terminal, "Testklant")
        terminal.wait("De accountdienst is niet bereikbaar; dat is iets anders dan niet")
        assert "wordt niet gevonden" not in terminal.text()
        terminal.wait("Esc: een nieuw inlogaccount genereren")


def test_neither_enters_nor_a_scan_answer_what_comes_after_the_waiting(practice: Path) -> None:
    give_testabo(practice, MAIL)
    with silent_server() as port, RealDesk(practice, scim_settings(port)).open() as terminal:
        to_the_account(terminal)
        choose(terminal, "Nieuw inlogaccount genereren")
        to_the_end(terminal)
        terminal.wait(WAITING)
        for _burst in range(10):
            terminal.press(*["enter"] * 5)
        terminal.scan(PLAIN)
        terminal.wait(f"1 scan wacht: {PLAIN}")
        assert WAITING in terminal.text()
        terminal.wait("Inlogaccount staat in de wachtrij; de klant krijgt de mail zodra")
        terminal.settle(0.1)
        assert "Genereer inlogaccount" in terminal.text()
        terminal.wait(f"E-mail +{MAIL}")
        go_on(terminal, "Genereer inlogaccount")
        settle_nothing(terminal)
        terminal.wait(block_of(PLAIN))
    assert (jobs_of(practice), linked(practice)) == ([("queued", "")], [])
    assert stored(practice, "email", TESTABO) == MAIL


def test_esc_waits_no_longer_and_the_job_stays_in_the_queue(practice: Path) -> None:
    give_testabo(practice, MAIL)
    with silent_server() as port, RealDesk(practice, scim_settings(port)).open() as terminal:
        to_the_account(terminal)
        choose(terminal, "Nieuw inlogaccount genereren")
        to_the_end(terminal)
        terminal.wait(WAITING)
        press_until_gone(terminal, "escape", WAITING)
        terminal.wait("Inlogaccount staat in de wachtrij")
        go_on(terminal, "Genereer inlogaccount")
        settle_nothing(terminal)
        terminal.press("7")
        terminal.wait("Inlogaccount +in de wachtrij")
    assert jobs_of(practice) == [("queued", "")]


def test_what_waited_for_a_server_is_made_from_the_work_list_when_it_is_back(
    practice: Path,
) -> None:
    server = AccountServer(free_port())
    give_testabo(practice, MAIL)
    try:
        with RealDesk(practice, scim_settings(server.port)).open() as terminal:
            open_testabo(terminal)
            open_account_menu(terminal)
            choose(terminal, "Inlogaccount genereren")
            terminal.wait("Inlogaccount staat in de wachtrij")
            terminal.wait("niet bereikbaar")
            go_on(terminal, "Genereer inlogaccount")
            terminal.wait("Inlogaccount +in de wachtrij\\. De accountdienst is niet bereikbaar")
            server.start()
            terminal.settle()
            terminal.press("f10")
            choose(terminal, "Inlogaccounts die wachten of mislukt zijn")
            terminal.wait("Testabo.* 413700 +wachtrij")
            terminal.press("alt+o")
            terminal.wait("Genereren van inlogaccount gelukt")
            go_on(terminal, "Genereer inlogaccount")
            terminal.wait("Er wacht of mislukte geen enkel inlogaccount")
    finally:
        server.stop()
    assert linked(practice) == [(TESTABO, "pending", "scim")]


def test_the_ways_of_the_seed_work_with_an_account_server_too(practice: Path) -> None:
    server = AccountServer(free_port())
    server.start()
    give_testabo(practice, MAIL)
    try:
        with RealDesk(practice, scim_settings(server.port)).open() as terminal:
            to_the_account(terminal)
            look_up(terminal, "Testklant")
            terminal.wait("wordt niet gevonden")
            press_until_gone(terminal, "escape", "Hoofdlettergevoelig")
            choose(terminal, "Nieuw inlogaccount genereren")
            to_the_end(terminal)
            terminal.wait("Genereren van inlogaccount gelukt")
            go_on(terminal, "Genereer inlogaccount")
            settle_nothing(terminal)
            open_account_menu(terminal)
            choose(terminal, "Inlogaccount verversen")
            terminal.wait("Inlogaccount: wacht op activatie")
    finally:
        server.stop()
    assert linked(practice) == [(TESTABO, "pending", "scim")]
