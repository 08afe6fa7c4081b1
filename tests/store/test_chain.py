"""The change log as a chain: what was written stays as it was, or the check names the line."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import DatabaseError

from deskterm.store import migrate
from deskterm.store.backup import backup, restore
from deskterm.store.bulk import new_row, write_rows
from deskterm.store.chain import COLUMNS, End, broken_links, end_of, hash_of
from deskterm.store.check import Finding, Trouble, check, log_end
from deskterm.store.engine import Store, open_store
from deskterm.store.tables import ChangeLogLine
from tests.rows_store import NOON

BEFORE_CHAINS = "0008"
ODD = "naïve «ß» 😀 \x1b[31m ' \" \\ \n \u2028"


def line(**values: Any) -> ChangeLogLine:
    return ChangeLogLine(**{"at": NOON, "day": NOON.date(), "action": "edit", **values})


def write(store: Store, *lines: ChangeLogLine) -> None:
    with store.write() as session:
        session.add_all(lines)


def write_at_once(store: Store, count: int) -> None:
    rows = [
        new_row("change_log", {"at": NOON, "day": NOON.date(), "action": "import", "new": f"{n}"})
        for n in range(count)
    ]
    for row in rows:
        del row["id"]
    with store.write_plain() as connection:
        write_rows(connection, {"change_log": rows})


def broken(store: Store) -> list[int]:
    with store.look() as reader:
        return list(broken_links(reader))


def hashes(store: Store) -> list[str]:
    with store.look() as reader:
        query = text("SELECT hash FROM change_log ORDER BY id")
        return [str(one) for one in reader.execute(query).scalars()]


def behind_its_back(store: Store, change: str) -> None:
    """Change the log as somebody can who owns the database."""
    with store.write_plain() as connection:
        for statement in unguarded(connection):
            connection.execute(text(statement))
        connection.execute(text(change))


def unguarded(connection: Connection) -> Iterator[str]:
    if connection.dialect.name == "sqlite":
        for trigger in ("no_update", "no_delete", "hashed"):
            yield f"DROP TRIGGER change_log_{trigger}"
    else:
        yield "ALTER TABLE change_log DISABLE TRIGGER USER"


@pytest.fixture
def log(store: Store) -> Store:
    """A log of eight lines, written in three ways."""
    write(store, line(customer_id=1, old=ODD), line(customer_id=None, new=ODD, desk="Balie"))
    write_at_once(store, 4)
    east = NOON.astimezone(timezone(timedelta(hours=9)))
    with store.write() as session:
        session.add(line(at=east, staff_actor_id=9001))
        session.flush()
        session.add(line(at=datetime(2026, 3, 15, 12, 0, 0, 123456, UTC)))
    return store


def test_what_was_written_in_every_way_is_one_chain(log: Store) -> None:
    assert broken(log) == []
    assert len(set(hashes(log))) == 8
    with log.look() as reader:
        end = end_of(reader)
    assert (end.id, end.hash) == (8, hashes(log)[-1])


@pytest.mark.parametrize(
    ("change", "first"),
    [
        ("UPDATE change_log SET new = 'x' WHERE id = 3", 3),
        ("UPDATE change_log SET customer_id = NULL WHERE id = 1", 1),
        ("UPDATE change_log SET staff_actor_id = 9002 WHERE id = 7", 7),
        ("UPDATE change_log SET day = '2020-01-01' WHERE id = 5", 5),
        ("UPDATE change_log SET old = 'a', new = '' WHERE id = 4", 4),
        ("DELETE FROM change_log WHERE id = 1", 2),
        ("DELETE FROM change_log WHERE id IN (4, 5)", 6),
        ("UPDATE change_log SET id = 99 WHERE id = 2", 3),
    ],
)
def test_the_first_line_that_does_not_fit_is_named(log: Store, change: str, first: int) -> None:
    behind_its_back(log, change)
    assert check(log) == (Finding(Trouble.LOG, str(first)),)


def test_a_line_with_a_hash_of_its_own_making_breaks_the_chain_behind_it(log: Store) -> None:
    with log.look() as reader:
        columns = ", ".join(COLUMNS)
        row = reader.execute(text(f"SELECT {columns} FROM change_log WHERE id = 3")).first()
    changed = [*[*row][:-1], "forged"]
    forged = hash_of(hashes(log)[1], changed)
    behind_its_back(log, f"UPDATE change_log SET new = 'forged', hash = '{forged}' WHERE id = 3")
    assert broken(log) == [4]


def test_no_line_goes_in_without_its_hash(log: Store) -> None:
    into = "INSERT INTO change_log (id, at, day, desk, branch_code, action, field, old, new)"
    values = "VALUES (9, '2026-03-15 12:00:00', '2026-03-15', '', '', 'edit', '', '', '')"
    with pytest.raises(DatabaseError), log.write_plain() as connection:
        connection.execute(text(f"{into} {values}"))
    assert len(hashes(log)) == 8


def test_two_that_write_by_turns_make_one_chain(store_url: str) -> None:
    stores = [open_store(store_url), open_store(store_url)]
    for turn in range(6):
        write(stores[turn % 2], line(new=str(turn)), line())
    assert broken(stores[0]) == []
    assert len(hashes(stores[1])) == 12
    for store in stores:
        store.close()


def test_a_long_chain_is_proved_page_by_page(sqlite_store: Store) -> None:
    write_at_once(sqlite_store, 5001)
    assert broken(sqlite_store) == []
    behind_its_back(sqlite_store, "UPDATE change_log SET new = '' WHERE id = 5001")
    assert broken(sqlite_store) == [5001]


def test_the_chain_goes_on_in_a_copy(log: Store, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    backup(log, copy)
    restored = tmp_path / "restored.db"
    restore(copy, str(restored))
    other = open_store(str(restored))
    assert hashes(other) == hashes(log)
    write(other, line(new="later"))
    assert broken(other) == []
    other.close()


def old_lines(connection: Connection) -> None:
    for number in range(1, 4):
        connection.execute(
            text(
                "INSERT INTO change_log (customer_id, at, day, desk, branch_code, action, field,"
                " old, new) VALUES (:n, '2026-03-15 12:00:00.000000', '2026-03-15', '', '9401',"
                " 'edit', 'surname', '', :new)"
            ),
            {"n": number, "new": ODD},
        )


@pytest.mark.parametrize("engine", ["sqlite", pytest.param("pg", marks=pytest.mark.postgresql)])
def test_lines_from_before_get_their_hashes(
    request: pytest.FixtureRequest, tmp_path: Path, engine: str
) -> None:
    from tests.fixtures_store import new_database

    place = str(tmp_path / "old.db")
    url = f"sqlite:///{place}"
    if engine == "pg":
        place = new_database(request.getfixturevalue("postgresql_server"))
        url = place.replace("postgresql://", "postgresql+psycopg://")
    older = create_engine(url)
    with older.begin() as connection:
        migrate.upgrade(connection, BEFORE_CHAINS)
        old_lines(connection)
    older.dispose()
    store = open_store(place)
    write(store, line())
    assert broken(store) == []
    assert len(hashes(store)) == 4
    with pytest.raises(DatabaseError, match="only ever added"), store.write_plain() as connection:
        connection.execute(text("UPDATE change_log SET new = ''"))
    store.close()


def test_the_form_that_is_hashed_is_as_it_was_when_the_first_store_was_made() -> None:
    values = (1, None, NOON, NOON.date(), 9001, "Balie", "9401", "edit", "surname", "a", "é")
    form = (
        b'["",1,null,"2026-03-15 12:00:00.000000","2026-03-15",9001,"Balie","9401","edit",'
        b'"surname","a","\\u00e9"]'
    )
    assert hash_of("", values) == sha256(form).hexdigest()
    as_sqlite_keeps_it = (*values[:2], "2026-03-15 12:00:00.000000", "2026-03-15", *values[4:])
    assert hash_of("", as_sqlite_keeps_it) == sha256(form).hexdigest()


def test_lines_cut_off_at_the_end_show_beside_an_end_that_was_noted(log: Store) -> None:
    noted = log_end(log)
    write(log, line(new="later"))
    assert check(log, noted) == ()
    behind_its_back(log, "DELETE FROM change_log WHERE id > 6")
    assert check(log) == ()
    assert check(log, noted) == (Finding(Trouble.LOG, "8"),)
    assert check(log, End(0, "")) == ()
