"""Login accounts in journeys: a real library with an account server, or with one that is silent."""

import re
import socket
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Event, Thread

from deskterm.bootstrap import PRACTICE_DESK
from deskterm.services.settings import PRACTICE_MARK
from deskterm.store import workers
from deskterm.store.engine import open_store
from deskterm.store.tables import LocalAccount
from tests.accounts.scim_server import TOKEN
from tests.journeys.enrol_steps import open_form, save, to_the_costs
from tests.journeys.steps import SEED_DAY, choose, open_testabo, rows_of, sign_in
from tests.terminal import Terminal

MADE = datetime(2024, 5, 1, tzinfo=UTC)
TESTABO_ID = 413700
VRIES_ID = 413701


def give_testabo(store: Path, email: str, username: str = "") -> None:
    """Let the seed's customer have a mail address, and maybe a user name of an import."""
    change = "UPDATE customer SET email = ?, username = ? WHERE actor_id = 413700"
    with closing(sqlite3.connect(store)) as connection, connection:
        connection.execute(change, (email, username))


def run_sql(store: Path, statement: str, *values: object) -> None:
    """Change something behind the desks' backs."""
    with closing(sqlite3.connect(store)) as connection, connection:
        connection.execute(statement, values)


def give_local_account(store: Path, username: str, email: str = "") -> None:
    """Let an active account exist at the local provider."""
    opened = open_store(str(store))
    with closing(opened), opened.write() as session:
        session.add(
            LocalAccount(
                ref=f"ref-{username}",
                key=f"key-{username}",
                username=username,
                folded=username.casefold(),
                email=email,
                made_at=MADE,
                expires_at=MADE + timedelta(hours=24),
                activated_at=MADE,
            )
        )


def linked(store: Path, actor_id: int = TESTABO_ID) -> list[tuple[str, str, str]]:
    """User name, state and provider of the account that a customer is tied to."""
    query = "SELECT username, state, provider FROM login_account WHERE customer_id = ?"
    with rows_of(store) as connection:
        return [tuple(row) for row in connection.execute(query, (actor_id,))]


def jobs_of(store: Path) -> list[tuple[str, str]]:
    """State and user name of every account that was asked for."""
    with rows_of(store) as connection:
        return [tuple(row) for row in connection.execute("SELECT state, username FROM account_job")]


class RealDesk:
    """The practice library without its mark: a real one, whose settings are obeyed."""

    def __init__(self, store: Path, settings: str, day: date = SEED_DAY) -> None:
        self.store = store
        self.day = day
        run_sql(store, "DELETE FROM library_setting WHERE key = ?", PRACTICE_MARK)
        self.config = store.with_name("config.toml")
        self.config.write_text(settings, encoding="utf-8")

    @contextmanager
    def open(self) -> Iterator[Terminal]:
        """Sign in at a desk."""
        argv = [sys.executable, "-m", "deskterm", "--store", str(self.store)]
        argv += ["--config", str(self.config), "--day", self.day.isoformat()]
        argv += ["--desk", PRACTICE_DESK]
        env = {"DESKTERM_ACCOUNTS_TOKEN": TOKEN}
        with a_worker_elsewhere(self.store), Terminal(argv, env=env) as terminal:
            sign_in(terminal)
            terminal.wait("J\\. Prins")
            yield terminal


@contextmanager
def a_worker_elsewhere(store: Path) -> Iterator[None]:
    """Let it seem that a worker lives, which does nothing.

    On a slow machine the screens would else start one that does what the test is about to do.
    """
    over, opened = Event(), open_store(str(store))

    def live() -> None:
        while not over.wait(workers.BEAT_SECONDS / 2):
            beat()

    def beat() -> None:
        with opened.jot() as connection:
            workers.beat(connection, "elsewhere:1", datetime.now(UTC))

    beat()
    living = Thread(target=live)
    living.start()
    try:
        yield
    finally:
        over.set()
        living.join()
        opened.close()


def scim_settings(port: int, path: str = "/v2") -> str:
    """A library whose accounts are at a server on this machine."""
    return (
        f'[accounts]\nprovider = "scim"\n'
        f'[accounts.scim]\nbase_url = "http://127.0.0.1:{port}{path}"\n'
    )


@contextmanager
def silent_server() -> Iterator[int]:
    """A server that takes every connection and never says a word; gives its port."""
    over = Event()
    with ExitStack() as taken:
        listener = taken.enter_context(closing(socket.create_server(("127.0.0.1", 0))))
        listener.settimeout(0.1)

        def listen() -> None:
            while not over.is_set():
                try:
                    taken.enter_context(closing(listener.accept()[0]))
                except TimeoutError:
                    continue

        listening = Thread(target=listen)
        listening.start()
        try:
            yield listener.getsockname()[1]
        finally:
            over.set()
            listening.join()


def to_the_account(terminal: Terminal) -> None:
    """Re-enrol the seed's customer up to the question about the account; the form says Ja."""
    open_testabo(terminal)
    open_form(terminal)
    say_yes(terminal)
    # Whoever fills the form in does not end at the field that says Ja.
    terminal.press("tab")
    terminal.wait("Gebruik inlogaccount   Ja")
    terminal.press("ctrl+s")
    terminal.wait("─ Inlogaccount ")


def say_yes(terminal: Terminal) -> None:
    """Set gebruik inlogaccount to Ja, where a mail address has not done that."""
    terminal.settle()
    terminal.press("tab")
    terminal.wait("Gebruik inlogaccount < (Ja|Nee) >")
    if "< Nee >" in terminal.text():
        terminal.press("right")
    terminal.wait("Gebruik inlogaccount < Ja >")


def look_up(terminal: Terminal, username: str) -> None:
    """Bestaand inlogaccount gebruiken, and Zoeken of a name."""
    choose(terminal, "Bestaand inlogaccount gebruiken")
    terminal.wait("Hoofdlettergevoelig")
    search(terminal, username)


def search(terminal: Terminal, username: str) -> None:
    """Type a user name over what stands there, and Zoeken."""
    terminal.settle(0.1)
    terminal.type(username)
    terminal.wait(f"│ {re.escape(username)} ")
    terminal.press("enter")


def to_the_end(terminal: Terminal) -> None:
    """The membership that stands first, its costs, Opslaan."""
    to_the_costs(terminal)
    save(terminal)


def open_account_menu(terminal: Terminal) -> None:
    """Tab 7 and F8: what can be done with the account."""
    terminal.settle()
    terminal.press("7")
    terminal.wait("Berichtvoorkeuren")
    terminal.press("f8")
    terminal.wait("─ Inlogaccount ")
