"""Copies of a store: whole, made while desks work, and put back on either engine."""

from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection

from deskterm.store.backup import backup, restore
from deskterm.store.engine import Store, open_store
from deskterm.store.errors import NotADatabase, ReadOnly
from deskterm.store.search import find
from deskterm.store.tables import metadata
from tests.rows_store import NOON, add_customer, charge, customer_row, payment


def fill(store: Store) -> None:
    add_customer(store)
    with store.write() as session:
        owed = charge(1, 500)
        session.add(owed)
        session.flush()
        session.add(payment(owed, 200))


def content(connection: Connection) -> dict[str, list[tuple[object, ...]]]:
    tables = metadata.sorted_tables
    return {
        table.name: [tuple(row) for row in connection.execute(table.select())] for table in tables
    }


def everything(url: str) -> dict[str, list[tuple[object, ...]]]:
    with closing(open_store(url)) as store, store.read() as connection:
        return content(connection)


def names(store: Store) -> list[int]:
    with store.read() as connection:
        rows, _ = find(connection, "testabo", today=NOON.date())
    return [row.actor_id for row in rows]


def test_a_copy_is_a_store_with_everything_in_it(store: Store, tmp_path: Path) -> None:
    fill(store)
    copy = tmp_path / "copy.db"
    backup(store, copy)
    assert everything(str(copy)) == everything(store.url)
    assert copy.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.glob("copy*.part")] == []


def test_a_copy_comes_back(store: Store, tmp_path: Path) -> None:
    fill(store)
    before = everything(store.url)
    backup(store, tmp_path / "copy.db")
    with store.write() as session:
        session.add(customer_row(2, "Later"))
        session.add(charge(1, 900))
    kept = restore(tmp_path / "copy.db", store.url)
    assert everything(store.url) == before
    assert names(store) == [1]
    assert (kept is not None) == (store.dialect == "sqlite")
    if kept is not None:
        assert len(everything(str(kept))["customer"]) == 2


def test_after_a_restore_new_rows_get_numbers_of_their_own(store: Store, tmp_path: Path) -> None:
    fill(store)
    backup(store, tmp_path / "copy.db")
    restore(tmp_path / "copy.db", store.url)
    with store.write() as session:
        entry = charge(1, 100)
        session.add(entry)
        session.flush()
        assert entry.id == 3


def test_a_library_moves_from_one_engine_to_the_other(
    sqlite_store: Store, postgresql_url: str, tmp_path: Path
) -> None:
    fill(sqlite_store)
    backup(sqlite_store, tmp_path / "copy.db")
    restore(tmp_path / "copy.db", postgresql_url)
    assert everything(postgresql_url) == everything(sqlite_store.url)


def test_a_copy_can_be_made_while_another_desk_is_in_the_middle(
    sqlite_store: Store, tmp_path: Path
) -> None:
    fill(sqlite_store)
    with sqlite_store.write() as session:
        session.add(customer_row(2, "Halverwege"))
        session.flush()
        backup(sqlite_store, tmp_path / "copy.db")
    assert len(everything(str(tmp_path / "copy.db"))["customer"]) == 1


def test_a_desk_that_stays_open_sees_the_restored_store(
    sqlite_store: Store, tmp_path: Path
) -> None:
    fill(sqlite_store)
    backup(sqlite_store, tmp_path / "copy.db")
    with sqlite_store.write() as session:
        session.add(customer_row(2, "Testabo"))
    assert names(sqlite_store) == [1, 2]
    restore(tmp_path / "copy.db", sqlite_store.url)
    assert names(sqlite_store) == [1]


@pytest.mark.parametrize("content", [b"", b"no store", b"SQLite format 3\x00" + bytes(500)])
def test_what_is_no_store_is_not_put_back(
    sqlite_store: Store, tmp_path: Path, content: bytes
) -> None:
    fill(sqlite_store)
    before = everything(sqlite_store.url)
    file = tmp_path / "copy.db"
    file.write_bytes(content)
    with pytest.raises(NotADatabase):
        restore(file, sqlite_store.url)
    assert everything(sqlite_store.url) == before


def test_a_damaged_copy_is_not_put_back(sqlite_store: Store, tmp_path: Path) -> None:
    fill(sqlite_store)
    copy = tmp_path / "copy.db"
    backup(sqlite_store, copy)
    whole = copy.read_bytes()
    copy.write_bytes(whole[:8192] + bytes(4096 * 20) + whole[8192 + 4096 * 20 :])
    with pytest.raises(NotADatabase):
        restore(copy, sqlite_store.url)


def test_a_copy_that_cannot_be_written_leaves_the_older_one(
    sqlite_store: Store, tmp_path: Path
) -> None:
    with pytest.raises(ReadOnly):
        backup(sqlite_store, tmp_path / "no" / "such" / "folder" / "copy.db")


def test_the_store_itself_is_no_place_for_a_copy(sqlite_store: Store) -> None:
    fill(sqlite_store)
    assert sqlite_store.file is not None
    before = everything(sqlite_store.url)
    with pytest.raises(ReadOnly):
        backup(sqlite_store, sqlite_store.file)
    with pytest.raises(ReadOnly):
        restore(sqlite_store.file, sqlite_store.url)
    assert everything(sqlite_store.url) == before
