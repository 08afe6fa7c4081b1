"""Many desks at once lose nothing and do nothing twice, and the proof of it sees what is wrong."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bench.load.clerk import Told, add_places
from bench.load.clerks import clerks
from bench.load.fifty import fifty_rows
from bench.load.most import recorded
from bench.load.proof import faults
from bench.load.replay import connect, repeat
from bench.stores import copy_of
from bench.table import Row
from deskterm.store.engine import open_store

TURNS = 40


def failed(rows: list[Row]) -> list[Row]:
    """What is counted and should not be there; times say nothing on a machine that is shared."""
    return [row for row in rows if row.unit == "faults" and row.measured]


def test_fifty_desks_lose_nothing_and_do_nothing_twice(busy_library: Path, tmp_path: Path) -> None:
    rows = fifty_rows(busy_library, tmp_path, seconds=3)
    assert failed(rows) == []
    assert "150 acts" in rows[0].note


@pytest.fixture
def worked(busy_library: Path, tmp_path: Path) -> tuple[str, Told]:
    """A store in which one desk has worked, and what it was told."""
    copy = str(copy_of(busy_library, "worked.db", tmp_path))
    with closing(open_store(copy)) as store:
        add_places(store, 1)
        (clerk,) = clerks(store, [0], "proof")
        clerk.turns(TURNS)
    assert faults(copy, [clerk.told]) == []
    return copy, clerk.told


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("DELETE FROM ledger_entry WHERE id = (SELECT max(id) FROM ledger_entry)", "one entry"),
        ("UPDATE ledger_act SET received_cents = 1 WHERE kind = 'pay'", "lost or altered"),
        ("UPDATE customer SET private_comment = '' WHERE version > 1", "not as its last change"),
        ("UPDATE customer SET version = version + 1 WHERE version > 1", "not one more"),
        ("DELETE FROM change_log WHERE id = (SELECT max(id) FROM change_log)", "not one more"),
        ("UPDATE change_log SET new = '' WHERE field = 'private_comment'", "change lost"),
    ],
)
def test_the_proof_sees_what_is_lost_or_double(
    worked: tuple[str, Told], change: str, said: str
) -> None:
    store, told = worked
    with closing(sqlite3.connect(store)) as connection, connection:
        # Somebody who goes that far takes away what keeps the books from being changed.
        guards = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
        for (guard,) in guards.fetchall():
            connection.execute(f"DROP TRIGGER {guard}")
        connection.execute(change)
    assert any(said in fault for fault in faults(store, [told]))


def test_the_proof_sees_what_nobody_did(worked: tuple[str, Told]) -> None:
    store, told = worked
    told.paid.popitem()
    told.comments.pop()
    said = faults(store, [told])
    assert [fault.split(":")[0] for fault in said] == [
        "payment that nobody made",
        "change that nobody made",
    ]
    assert faults(store, [told], exactly=False) == []


def test_the_bare_driver_does_the_same_as_the_desks(busy_library: Path, tmp_path: Path) -> None:
    """Else the floor of the flat-out figures would be that of other work."""
    prepared = copy_of(busy_library, "prepared.db", tmp_path)
    with closing(open_store(str(prepared))) as store:
        add_places(store, 4)
    ours, plain = (copy_of(prepared, name, tmp_path) for name in ("ours.db", "plain.db"))
    for stream in recorded(str(ours), 5):
        with closing(connect(str(plain))) as connection:
            repeat(connection, stream)
    assert rows_of(plain) == rows_of(ours) != rows_of(prepared)


def rows_of(store: Path) -> set[tuple[object, ...]]:
    """What the desks of a load write, keys and all."""
    tables = ("customer", "ledger_act", "ledger_entry", "change_log")
    with closing(sqlite3.connect(store)) as connection:
        return {
            row
            for table in tables
            for row in connection.execute(f"SELECT '{table}', * FROM {table}")
        }
