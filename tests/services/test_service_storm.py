"""Four desks at once, and power cuts: whatever happens, the ledger is right to the cent."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from argon2 import PasswordHasher
from sqlalchemy import text

from deskterm.services import ledger, settling
from deskterm.store import tables
from tests.services.library import Library
from tests.services.money import CUSTOMER, Books
from tests.services.storming import CUSTOMERS, PIN

DESKS = 4
ACTS = {"sqlite": 2_500, "postgresql": 150}
"""Per desk. Ten thousand where desks share a file; the server keeps its own order."""
KILLS = 4


@contextmanager
def storming(books: Books, number: int, acts: int) -> Iterator[subprocess.Popen[str]]:
    """A process that stands ready to storm and begins at a line on its stdin."""
    command = [sys.executable, "-m", "tests.services.storming", books.library.store.url]
    with subprocess.Popen(
        [*command, str(number), str(acts)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process
        process.kill()


@pytest.fixture
def stormy(books: Books) -> Books:
    """Customers with memberships to pay, two pairs with a payer, and a signer who is quick."""
    library = books.library
    library.add(
        tables.Desk(branch_code="9401", name="balie3"),
        tables.Desk(branch_code="9401", name="balie4"),
    )
    for actor_id in CUSTOMERS:
        library.customer(actor_id)
        books.contribution(actor_id=actor_id)
    for payer, other in ((600, 601), (602, 603)):
        books.pays_for(payer, other)
    _sign_quickly(library)
    return books


def _sign_quickly(library: Library) -> None:
    """Let a role be signed by a cheap hash: hashing is no part of this storm."""
    with library.store.write() as session:
        row = session.get_one(tables.Staff, 5)
        row.pin_hash = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PIN)
        session.add(row)


def entries(books: Books) -> int:
    """How many entries the ledger has."""
    with books.library.store.read() as connection:
        return int(connection.scalar(text("SELECT COUNT(*) FROM ledger_entry")) or 0)


def start(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("go\n")
    process.stdin.flush()


def finish(process: subprocess.Popen[str]) -> int:
    assert process.stdout is not None
    return int(process.stdout.readline())


@pytest.mark.timeout(1800)  # a minute, and with others on the machine many times that
def test_the_books_are_right_after_ten_thousand_acts_at_four_desks(stormy: Books) -> None:
    acts = ACTS[stormy.library.store.dialect]
    with (
        storming(stormy, 1, acts) as one,
        storming(stormy, 2, acts) as two,
        storming(stormy, 3, acts) as three,
        storming(stormy, 4, acts) as four,
    ):
        desks = (one, two, three, four)
        for desk in desks:
            start(desk)
        done = sum(finish(desk) for desk in desks)
    assert done > DESKS * acts / 3
    assert ledger.check(stormy.desk) == ()
    for actor_id in CUSTOMERS:
        books = ledger.entries(stormy.desk, actor_id)
        assert books.contribution_cents >= 0
        assert books.credit_cents >= 0


def test_a_desk_that_is_killed_leaves_whole_acts(stormy: Books) -> None:
    for number in range(KILLS):
        with storming(stormy, 1 + number % DESKS, 10_000) as desk:
            start(desk)
            before = entries(stormy)
            while entries(stormy) < before + 5 * (number + 1):
                assert desk.poll() is None
            desk.kill()
            desk.wait()
        assert ledger.check(stormy.desk) == ()


@pytest.mark.parametrize("moment", ["before_commit", "after_commit"])
def test_a_power_cut_books_all_or_nothing(sqlite_books: Books, moment: str) -> None:
    """The key that was pressed before the cut books it now, or finds that it was booked."""
    charge = sqlite_books.contribution()
    script = (
        "import os, signal, sys\n"
        "from sqlalchemy import event\n"
        "from sqlmodel import Session\n"
        "from deskterm.services import settling\n"
        "from tests.services.storming import Storm\n"
        f"event.listen(Session, '{moment}', lambda _: os.kill(os.getpid(), signal.SIGKILL))\n"
        "storm = Storm(sys.argv[1], 1)\n"
        f"settling.pay(storm.desk, {CUSTOMER}, 'cut', [{charge}], 'K000', 5800)\n"
    )
    command = [sys.executable, "-c", script, sqlite_books.library.store.url]
    assert subprocess.run(command, check=False).returncode == -9
    booked = len(sqlite_books.entries()) - 1
    assert booked == (1 if moment == "after_commit" else 0)
    paid = settling.pay(sqlite_books.desk, CUSTOMER, "cut", [charge], "K000", 5800)
    assert (paid.receipt_number, paid.settled_cents) == (1, 5800)
    assert (len(sqlite_books.entries()), sqlite_books.status()) == (2, 5)
    assert ledger.check(sqlite_books.desk) == ()
