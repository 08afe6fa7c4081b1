"""A library goes from one engine to the other and back, whole, with what keeps its books safe."""

from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from deskterm import demo
from deskterm.store import rows
from deskterm.store.bulk import plain
from deskterm.store.check import check
from deskterm.store.engine import Store, open_store
from deskterm.store.errors import NotADatabase, NotCopied, NotEmpty
from deskterm.store.moving import move
from deskterm.store.tables import ChangeLogLine, Customer, metadata
from tests.fixtures_store import new_database
from tests.rows_store import NOON, add_customer, charge, payment

pytestmark = pytest.mark.postgresql


def quiet(_done: int, _total: int) -> None:
    """Nobody watches how far it is."""


def log_line(new: str) -> ChangeLogLine:
    return ChangeLogLine(at=NOON, day=NOON.date(), action="edit", field="tag", new=new)


@pytest.fixture
def source(sqlite_store: Store) -> Store:
    """The practice library, with a chained log and books."""
    demo.build(sqlite_store, date(2026, 3, 15), 30)
    with sqlite_store.write() as session:
        owed = charge(session.connection().scalar(text("SELECT min(actor_id) FROM customer")), 500)
        session.add(owed)
        session.flush()
        session.add_all(
            [payment(owed, 200), log_line("één"), log_line("\U0001f4da 二"), log_line("")]
        )
    return sqlite_store


def content(url: str) -> dict[str, list[tuple[object, ...]]]:
    with closing(open_store(url)) as store, store.read() as connection:
        return {
            table.name: sorted(tuple(map(repr, row)) for row in connection.execute(table.select()))
            for table in metadata.sorted_tables
        }


def test_there_and_back_is_the_same_library(
    source: Store, postgresql_server: str, tmp_path: Path
) -> None:
    server, back = new_database(postgresql_server), tmp_path / "back.db"
    told: list[tuple[int, int]] = []
    there = move(source, server, lambda done, total: told.append((done, total)))
    with closing(open_store(server)) as moved:
        assert move(moved, str(back), quiet) == there
        assert check(moved) == ()
    assert content(str(back)) == content(server) == content(source.url)
    assert [path.name for path in tmp_path.glob("back*")] == ["back.db"]
    assert {one.table for one in there} == set(metadata.tables)
    total = 2 * sum(one.rows for one in there)
    assert told[-1] == (total, total)
    assert told == sorted(told)
    ledger = next(one for one in there if one.table == "ledger_entry")
    with source.read() as connection:
        cents = connection.scalar(text("SELECT sum(amount_cents) FROM ledger_entry"))
    assert ledger.cents == cents


def test_the_books_are_as_safe_there_as_here(source: Store, postgresql_server: str) -> None:
    server = new_database(postgresql_server)
    move(source, server, quiet)
    with closing(open_store(server)) as moved:
        for table in ("change_log", "ledger_entry", "ledger_act", "till_entry"):
            for spoil in (
                f"DELETE FROM {table}",
                f"UPDATE {table} SET id = id",
                f"TRUNCATE {table}",
            ):
                with pytest.raises(DBAPIError), moved.write_plain() as connection:
                    connection.execute(text(spoil.format(table)))
        assert check(moved) == ()


def test_new_rows_go_on_where_the_old_ones_ended(source: Store, postgresql_server: str) -> None:
    server = new_database(postgresql_server)
    move(source, server, quiet)
    with closing(open_store(server)) as moved:
        with moved.write() as session:
            for table in metadata.sorted_tables:
                key = table.autoincrement_column
                if key is None:
                    continue
                sequence = session.connection().scalar(
                    text("SELECT pg_get_serial_sequence(:table, :key)"),
                    {"table": table.name, "key": key.name},
                )
                if sequence is None:
                    continue
                following = session.connection().scalar(text(f"SELECT nextval('{sequence}')"))
                highest = session.connection().scalar(
                    text(f"SELECT coalesce(max({key.name}), 0) FROM {table.name}")
                )
                assert following == highest + 1, table.name
            session.add(log_line("daar"))
        assert check(moved) == ()


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_what_is_not_empty_is_left_alone(
    source: Store, postgresql_url: str, tmp_path: Path, engine: str
) -> None:
    target = str(tmp_path / "other.db") if engine == "sqlite" else postgresql_url
    with closing(open_store(target)) as other:
        add_customer(other)
    before = content(target)
    with pytest.raises(NotEmpty):
        move(source, target, quiet)
    assert content(target) == before


def test_a_file_of_something_else_is_left_alone(source: Store, tmp_path: Path) -> None:
    target = tmp_path / "letter.txt"
    target.write_text("Beste meneer")
    with pytest.raises(NotEmpty):
        move(source, str(target), quiet)
    assert target.read_text() == "Beste meneer"


def test_a_database_of_something_else_is_left_alone(source: Store, postgresql_server: str) -> None:
    import psycopg

    server = new_database(postgresql_server)
    with psycopg.connect(server) as connection:
        connection.execute("CREATE TABLE recipe (name text)")
    with pytest.raises(NotADatabase):
        move(source, server, quiet)


def test_ours_without_a_row_counts_as_empty(source: Store, postgresql_url: str) -> None:
    move(source, postgresql_url, quiet)
    assert content(postgresql_url) == content(source.url)


def test_a_row_that_does_not_fit_stops_it_and_leaves_nothing(
    sqlite_store: Store, postgresql_server: str
) -> None:
    add_customer(sqlite_store)
    with sqlite_store.write_plain() as connection:
        connection.execute(text("UPDATE customer SET tag = 'a' || char(0) || 'b'"))
    server = new_database(postgresql_server)
    with pytest.raises(NotCopied, match="customer"):
        move(sqlite_store, server, quiet)
    with closing(open_store(server)) as target, target.read() as connection:
        assert rows.row_count(connection) == 0


def test_a_value_that_comes_out_differently_stops_it(
    source: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "target.db"
    monkeypatch.setattr(rows, "plain", lambda value: "een" if value == "één" else plain(value))
    with pytest.raises(NotCopied, match="change_log"):
        move(source, str(target), quiet)
    assert list(tmp_path.glob("target*")) == []


def test_an_interrupted_copy_leaves_nothing(source: Store, tmp_path: Path) -> None:
    def stop(done: int, _total: int) -> None:
        raise KeyboardInterrupt

    target = tmp_path / "target.db"
    with pytest.raises(KeyboardInterrupt):
        move(source, str(target), stop)
    assert list(tmp_path.glob("target*")) == []


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE customer SET surname = surname || ' '",
        "UPDATE customer SET born = '1985-01-02'",
        "UPDATE customer SET email = phone, phone = email",
        "UPDATE customer SET changed_at = '2026-03-15 12:00:00.000001'",
    ],
)
def test_no_change_escapes_the_digest(sqlite_store: Store, change: str) -> None:
    add_customer(sqlite_store)
    with sqlite_store.write() as session:
        row = session.get_one(Customer, 1)
        row.phone, row.born = "0592-271234", date(1985, 1, 1)
    with sqlite_store.read() as connection:
        before = rows.sum_of(connection, metadata.tables["customer"])
    with sqlite_store.write_plain() as connection:
        connection.execute(text(change))
    with sqlite_store.read() as connection:
        after = rows.sum_of(connection, metadata.tables["customer"])
    assert (after.rows, after.cents) == (before.rows, before.cents)
    assert after.digest != before.digest


def test_what_is_saved_meanwhile_stays_behind_and_hurts_nothing(
    source: Store, postgresql_server: str
) -> None:
    server = new_database(postgresql_server)
    before = content(source.url)
    saved: list[bool] = []

    def save_once(_done: int, _total: int) -> None:
        if not saved:
            saved.append(True)
            with source.write() as session:
                session.add(log_line("intussen"))

    move(source, server, save_once)
    assert content(server) == before
    assert len(content(source.url)["change_log"]) == len(before["change_log"]) + 1
