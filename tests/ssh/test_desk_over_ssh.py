"""Working at a desk over a real sshd: signing in, enrolling, and terminals of every kind."""

import random
import re
from pathlib import Path

from tests.journeys.account_steps import give_testabo, jobs_of
from tests.journeys.steps import PLAIN, TESTABO, log_lines, rows_of
from tests.ssh.conftest import OpenSsh
from tests.ssh.server import DESK_LINE, USER, Server
from tests.ssh.steps import open_plain, press_at, wait_signed_in


def test_staff_sign_in_at_the_screen(over_ssh: OpenSsh, practice: Path) -> None:
    terminal = over_ssh()
    terminal.wait("Aanmelden")
    terminal.type("9001")
    terminal.press("enter")
    terminal.type("0102")
    terminal.press("enter")
    terminal.wait("Naam of pincode klopt niet")
    terminal.press("enter")
    terminal.type("0101")
    terminal.press("enter")
    terminal.wait("balie1 +J. Prins")


def test_whoever_the_server_knows_need_not_say_who_they_are(
    server: Server, over_ssh: OpenSsh, practice: Path
) -> None:
    server.use(practice, by_login="prins")
    terminal = over_ssh()
    wait_signed_in(terminal, practice)
    assert "Aanmelden" not in terminal.text()
    with rows_of(practice) as store:
        lines = store.execute(
            "SELECT staff_actor_id, desk FROM change_log WHERE new = 'ssh-user'"
        ).fetchall()
    assert lines == [(9001, "balie1")]


def test_a_login_that_is_nobodys_user_name_gets_the_sign_in_screen(
    server: Server, over_ssh: OpenSsh, practice: Path
) -> None:
    server.use(practice, by_login="nobody at all")
    assert USER
    over_ssh().wait("Aanmelden")


def test_a_desk_as_ssh_setup_starts_it_keeps_what_it_compiled(
    tmp_path: Path, practice: Path
) -> None:
    server = Server(tmp_path, lean=True)
    server.use(practice, by_login="prins")
    server.start()
    try:
        with server.terminal() as terminal:
            # The first of all desks compiles everything.
            terminal.wait(DESK_LINE, timeout=180)
            compiled = server.state / USER / "compiled"
            assert {path.name.split(".", 2)[2] for path in compiled.rglob("*.pyc")} == {"opt-2.pyc"}
            open_plain(terminal)
            press_at(terminal, "alt+w", "F12 Einde sessie")
            terminal.press("tab")
            terminal.type("X.Y.Z.")
            terminal.press("ctrl+s")
            terminal.wait(lambda _text: is_saved(practice, "X.Y.Z."))
        server.wait_for_no_desk()
    finally:
        server.stop()


def is_saved(library: Path, initials: str) -> bool:
    """Whether somebody has these initials now."""
    with rows_of(library) as store:
        query = "SELECT 1 FROM customer WHERE initials = ?"
        return store.execute(query, (initials,)).fetchone() is not None


def test_an_expired_card_is_enrolled_again_with_a_new_account(
    server: Server, over_ssh: OpenSsh, practice: Path
) -> None:
    server.use(practice, by_login="prins")
    give_testabo(practice, "t.testabo@example.org")
    terminal = over_ssh()
    terminal.wait(DESK_LINE)
    terminal.scan(TESTABO)
    for key, seen in [
        ("enter", "─ Pas niet geldig!"),
        ("alt+i", "Ongeldig Opgezegd"),
        ("enter", "Klant herinschrijven met klanttype"),
        ("ctrl+s", "Herinschrijven 29401000075868"),
        ("down", "Bestaand inlogaccount gebruiken"),
        ("enter", "Nieuw inlogaccount genereren"),
        ("enter", "─ Abonnement kiezen"),
        ("ctrl+s", r"Geldig t/m mei 2025 \(vervalmaand:05\)"),
        ("enter", "Genereren van inlogaccount gelukt"),
        ("enter", "╭─ Ontvangen"),
        ("enter", "Terug "),
        ("alt+r", "Registreren"),
    ]:
        press_at(terminal, key, seen)
    terminal.wait("Gefactureerd")
    assert jobs_of(practice) == [("done", TESTABO)]


def test_any_name_of_a_terminal_will_do(server: Server, over_ssh: OpenSsh, practice: Path) -> None:
    server.use(practice, by_login="prins")
    names = ("", "dumb", "vt100", "nonsense", "$(touch pwned)`id`;'\"")
    for terminal in [over_ssh(term=name) for name in names]:
        open_plain(terminal)
    assert not list(server.folder.rglob("pwned"))


def test_a_window_of_any_size_shows_something_and_goes_on_when_it_changes(
    server: Server, over_ssh: OpenSsh, practice: Path
) -> None:
    server.use(practice, by_login="prins")
    for terminal in [over_ssh(size=size) for size in ((20, 5), (500, 200))]:
        terminal.wait("Balie|klant")
        terminal.resize(80, 24)
        open_plain(terminal)


def test_after_a_storm_of_sizes_the_screen_is_as_it_was(
    server: Server, over_ssh: OpenSsh, practice: Path
) -> None:
    server.use(practice, by_login="prins")
    terminal = over_ssh()
    open_plain(terminal)
    shown, chance = terminal.text(), random.Random(11)
    for _size in range(60):
        terminal.resize(chance.randint(1, 200), chance.randint(1, 60))
        terminal.pump(chance.choice((0, 0, 0.01)))
    terminal.resize(80, 24)
    terminal.wait(lambda text: text == shown)


def test_no_key_leads_out_of_the_desk(server: Server, over_ssh: OpenSsh, practice: Path) -> None:
    server.use(practice, by_login="prins")
    terminal = over_ssh()
    # Some of these come while the terminal is still as the shell left it.
    terminal.send("\x1a\x1a")
    wait_signed_in(terminal, practice)
    before = log_lines(practice)
    # Ctrl+Y twice: the first one covers the screen.
    for key in ("ctrl+z", "ctrl+c", "ctrl+\\", "ctrl+d", "ctrl+y", "ctrl+y", "ctrl+]", "ctrl+_"):
        terminal.press(key)
    terminal.send("~.~^Z~C!sh\r\x1a")
    terminal.press("f12", "ctrl+p")
    terminal.wait("─ Acties")
    assert "creensho" not in terminal.text()
    terminal.press("escape")
    terminal.wait_gone("─ Acties")
    assert log_lines(practice) == before
    open_plain(terminal)


def test_little_goes_over_the_line(server: Server, over_ssh: OpenSsh, practice: Path) -> None:
    server.use(practice, by_login="prins")
    terminal = over_ssh()
    terminal.wait(DESK_LINE)
    terminal.pump(1.5)

    def sent(keys: str, seen: str) -> int:
        """Bytes until it is seen and nothing came for a while."""
        record = terminal.record = bytearray()
        terminal.send(keys)
        terminal.wait(lambda text: bool(record and re.search(seen, text)))
        while terminal.record:
            terminal.record = bytearray()
            terminal.pump(0.3)
            record += terminal.record
        return len(record)

    assert 0 < sent(f"{PLAIN}\r", "Achternaam +Vries") <= 6 * 1024
    tabs = {"8": "hoofdpas", "4": "Datum en tijd", "3": "Inschrijfdatum", "2": "Achternaam"}
    assert max(sent(tab, seen) for tab, seen in tabs.items()) <= 3 * 1024
    sent("\x1bw", "Ctrl\\+S Opslaan")
    # From a choice to a field that is typed into.
    sent("\t", "")
    assert max(sent(one, f"Voorletters +.*{one}") for one in "xyz") <= 300
    for _busy_machine in range(10):
        terminal.record = bytearray()
        terminal.pump(1.2)
        if not terminal.record:
            return
    raise AssertionError("something blinks, or a clock repaints")
