"""A desk whose library is on a PostgreSQL server that goes down and comes back."""

import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from deskterm.store.check import check
from deskterm.store.engine import open_store
from deskterm.store.moving import move
from tests.journeys.steps import (
    PLAIN,
    SEED_DAY,
    TESTABO,
    block_of,
    field_text,
    fill_in,
    go_on,
    open_plain,
    sign_in,
    start_editing,
)
from tests.server import Server
from tests.terminal import Terminal

pytestmark = pytest.mark.postgresql

AWAY = "de databank is niet bereikbaar"


@pytest.fixture
def library(own_server: Server, practice: Path) -> str:
    """The practice library on a server, as a real one: with sign-in."""
    url = own_server.database("library")
    with closing(open_store(str(practice))) as source:
        move(source, url, lambda _done, _total: None)
    return url


@pytest.fixture
def terminal(library: str) -> Iterator[Terminal]:
    argv = [sys.executable, "-m", "deskterm", "--day", SEED_DAY.isoformat()]
    argv += ["--desk", "9401/balie1"]
    with Terminal(argv, env={"DESKTERM_STORE": library}) as terminal:
        sign_in(terminal, "9001", "0101")
        terminal.wait("J. Prins")
        yield terminal


def names(url: str) -> tuple[str, list[str]]:
    """The name customers call themselves by, and what the log says of it."""
    with psycopg.connect(url) as connection:
        row = connection.execute(
            "SELECT preferred_first_name FROM customer JOIN card ON customer_id = actor_id"
            " WHERE number = %s",
            (PLAIN,),
        ).fetchone()
        log = connection.execute(
            "SELECT new FROM change_log WHERE field = 'preferred_first_name' ORDER BY id"
        )
        assert row is not None
        return row[0], [new for (new,) in log]


def test_the_desk_goes_on_when_the_server_is_back(
    own_server: Server, library: str, terminal: Terminal
) -> None:
    open_plain(terminal)
    start_editing(terminal)
    fill_in(terminal, "Roepnaam", "Hanneke")
    terminal.press("ctrl+s")
    terminal.wait("Opgeslagen")
    assert names(library) == ("Hanneke", ["Hanneke"])

    start_editing(terminal)
    fill_in(terminal, "Roepnaam", "Joke")
    own_server.stop("immediate")
    terminal.press("ctrl+s")
    terminal.wait(AWAY)
    terminal.settle()
    assert field_text(terminal, "Roepnaam") == "Joke"

    own_server.start()
    terminal.press("ctrl+s")
    terminal.wait("Opgeslagen")
    terminal.wait("Roepnaam +Joke")
    assert names(library) == ("Joke", ["Hanneke", "Joke"])

    own_server.stop()
    terminal.scan(TESTABO)
    terminal.wait(AWAY)
    assert "Traceback" not in terminal.text()
    own_server.start()
    terminal.scan(TESTABO)
    go_on(terminal, "Pas niet geldig!")
    terminal.wait(block_of(TESTABO))
    with closing(open_store(library)) as store:
        assert check(store) == ()


def test_a_server_that_was_started_anew_is_not_noticed(
    own_server: Server, terminal: Terminal
) -> None:
    open_plain(terminal)
    own_server.stop()
    own_server.start()
    terminal.scan(TESTABO)
    go_on(terminal, "Pas niet geldig!")
    terminal.wait(block_of(TESTABO))
    assert AWAY not in terminal.text()


def test_a_desk_that_starts_without_its_server_says_so(own_server: Server, library: str) -> None:
    own_server.stop()
    argv = [sys.executable, "-m", "deskterm"]
    with Terminal(argv, env={"DESKTERM_STORE": library}) as terminal:
        assert terminal.wait_ended() == 1
        assert AWAY in terminal.text()
        assert "Kijk of de server aan staat" in terminal.text()
        assert "Traceback" not in terminal.text()
    own_server.start()
