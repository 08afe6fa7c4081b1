"""The role of desks on a server: the program works with it, and it can do nothing else."""

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text

from deskterm.store import role
from deskterm.store.backup import backup, restore
from deskterm.store.check import check
from deskterm.store.engine import Store, open_store
from deskterm.store.errors import ReadOnly
from deskterm.store.tables import metadata
from tests.fixtures_store import new_database

pytestmark = pytest.mark.postgresql

NAME = "deskterm_tested"
OWNER = "deskterm_owner_tested"


@pytest.fixture
def owned(postgresql_url: str) -> Iterator[str]:
    """A store whose desks have a role of their own; the owner's URL."""
    with psycopg.connect(postgresql_url, autocommit=True) as connection:
        # Twice, as after an upgrade.
        connection.execute(role.script(NAME).encode())
        connection.execute(role.script(NAME).encode())
    yield postgresql_url
    with psycopg.connect(postgresql_url, autocommit=True) as connection:
        connection.execute(f"DROP OWNED BY {NAME}; DROP ROLE {NAME}".encode())


@pytest.fixture
def desks_url(owned: str) -> str:
    return owned.replace("//postgres:@", f"//{NAME}@")


@pytest.fixture
def desks(desks_url: str) -> Iterator[Store]:
    with closing(open_store(desks_url)) as store:
        yield store


FORBIDDEN = (
    "DROP TABLE customer",
    "ALTER TABLE customer ADD COLUMN x text",
    "ALTER TABLE change_log DISABLE TRIGGER USER",
    "SET session_replication_role = replica",
    "CREATE TABLE mine (x text)",
    "CREATE TEMPORARY TABLE mine (x text)",
    "CREATE SCHEMA mine",
    "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE sql AS ''",
    "CREATE ROLE friend",
    "ALTER ROLE deskterm_tested SUPERUSER",
    "COPY customer TO PROGRAM 'cat'",
    "COPY customer TO '/var/customers'",
    "SELECT pg_read_file('/etc/passwd')",
    "SELECT * FROM pg_authid",
    "TRUNCATE draft",
    "UPDATE alembic_version SET version_num = '0001'",
    "DELETE FROM customer",
    "DELETE FROM membership_period",
    *(f"{act} {table}{end}" for table in sorted(role.APPEND_ONLY)
      for act, end in (("UPDATE", " SET id = id"), ("DELETE FROM", ""), ("TRUNCATE", ""))),
)  # fmt: skip


def test_it_may_not(desks: Store) -> None:
    for act in FORBIDDEN:
        try:
            with desks.write_plain() as connection:
                connection.execute(text(act))
        except ReadOnly:
            continue
        pytest.fail(act)


def test_the_tables_that_only_grow_are_those_with_a_trigger(owned: str) -> None:
    with psycopg.connect(owned) as connection:
        rows = connection.execute(
            "SELECT event_object_table FROM information_schema.triggers"
            " WHERE trigger_name LIKE '%append_only'"
        )
        assert {table for (table,) in rows} == role.APPEND_ONLY


def test_every_right_is_about_a_table_there_is() -> None:
    known = set(metadata.tables) | {"alembic_version"}
    assert known > role.EMPTIED
    assert set() == role.EMPTIED & role.APPEND_ONLY
    assert set(re.findall(r'"(\w+)"', role.script("desks"))) <= known


def test_a_check_runs_with_it(desks: Store) -> None:
    assert check(desks) == ()


def test_it_cannot_fill_an_empty_database(owned: str, postgresql_server: str) -> None:
    empty = new_database(postgresql_server).replace("//postgres:@", f"//{NAME}@")
    with pytest.raises(ReadOnly):
        open_store(empty)


def test_an_owner_need_be_no_administrator(postgresql_server: str, tmp_path: Path) -> None:
    admin = new_database(postgresql_server)
    with psycopg.connect(admin, autocommit=True) as connection:
        database = connection.info.dbname
        connection.execute(
            f"CREATE ROLE {OWNER} LOGIN; ALTER DATABASE {database} OWNER TO {OWNER}".encode()
        )
    try:
        copy = tmp_path / "copy.db"
        with closing(open_store(admin.replace("//postgres:@", f"//{OWNER}@"))) as store:
            with psycopg.connect(admin, autocommit=True) as connection:
                connection.execute(role.script(NAME).encode())
            backup(store, copy)
            restore(copy, store.url)
            assert check(store) == ()
        desks = admin.replace("//postgres:@", f"//{NAME}@")
        with pytest.raises(ReadOnly):
            open_store(desks)
        with psycopg.connect(admin, autocommit=True) as connection:
            connection.execute(role.script(NAME).encode())
        with closing(open_store(desks)) as store:
            assert check(store) == ()
    finally:
        with psycopg.connect(admin, autocommit=True) as connection:
            connection.execute(f"ALTER DATABASE {database} OWNER TO postgres".encode())
            for name in (NAME, OWNER):
                connection.execute(f"DROP OWNED BY {name}; DROP ROLE {name}".encode())


@pytest.mark.parametrize(
    "name", ["", "Desk", "a b", 'a"b', "a'; DROP", "1a", "a" * 64, "a\nb", "é"]
)
def test_a_name_that_needs_quotes_is_none(name: str) -> None:
    assert not role.is_plain(name)
