"""From nothing to the newest shape: what the migrations make is what the tables say."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.exc import DatabaseError

from deskterm.store import migrate
from deskterm.store.engine import Store, open_store
from deskterm.store.errors import NewerStore, NotADatabase
from deskterm.store.revision import HEAD, REVISIONS, revision_of
from deskterm.store.tables import ChangeLogLine, metadata
from tests.rows_store import NOON, add_customer, charge

OLDER = "0003"
"""The last without the search of 0004, whose table a test puts something in the way of."""


def run(file: Path, *statements: str) -> list[tuple[object, ...]]:
    """Do something to a file behind the program's back; answers the last statement's rows."""
    with closing(sqlite3.connect(file)) as connection, connection:
        return [connection.execute(statement).fetchall() for statement in statements][-1]


@pytest.fixture
def older_file(tmp_path: Path) -> Path:
    """A store some revisions back, with an institution in it."""
    file = tmp_path / "old.db"
    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        migrate.upgrade(connection, OLDER)
        connection.execute(text("INSERT INTO institution VALUES ('1001', 'Drenthe')"))
    engine.dispose()
    return file


def test_the_migrations_make_what_the_tables_say(store: Store) -> None:
    def is_ours(_: object, name: str | None, *_more: object) -> bool:
        # The search indexes are the engine's own matter and stand in no table of ours.
        own = ("ix_customer_sort", "customer_name_text", "customer_contact_text")
        return not str(name).removeprefix("ix_").startswith(own) and name != own[0]

    with store.read() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": is_ours})
        assert compare_metadata(context, metadata) == []


def test_an_index_over_some_rows_is_one_on_either_engine(store: Store) -> None:
    """No comparison looks at this: the tables tell SQLite alone, the migrations both."""
    meant = {
        index.name
        for table in metadata.sorted_tables
        for index in table.indexes
        if index.dialect_options["sqlite"]["where"] is not None
    }
    with store.read() as connection:
        made = inspect(connection)
        there = {
            index["name"]
            for table in metadata.sorted_tables
            for index in made.get_indexes(table.name)
            if f"{store.dialect}_where" in index["dialect_options"]
        }
    assert meant
    assert there == meant


def test_the_list_of_revisions_is_the_chain_of_migrations() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrate.__file__).parent / "migrations"))
    chain = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    assert tuple(reversed(chain)) == REVISIONS


def test_a_newer_store_is_refused_and_left_alone(store: Store) -> None:
    with store.write_plain() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NewerStore):
        open_store(store.url)
    with store.read() as connection:
        assert revision_of(connection) == "9999"


def test_an_older_store_is_backed_up_and_migrated(older_file: Path) -> None:
    store = open_store(str(older_file))
    with store.read() as connection:
        assert revision_of(connection) == HEAD
        assert connection.scalar(text("SELECT name FROM institution")) == "Drenthe"
    store.close()
    kept = migrate.backup_name(older_file, OLDER)
    assert run(kept, "SELECT version_num, name FROM alembic_version, institution") == [
        (OLDER, "Drenthe")
    ]


def test_a_migration_that_fails_leaves_the_store_as_it_was(older_file: Path) -> None:
    run(older_file, "CREATE TABLE customer_contact_text (in_the_way INTEGER)")
    before = run(older_file, "SELECT name FROM sqlite_schema ORDER BY name")
    with pytest.raises(DatabaseError):
        open_store(str(older_file))
    assert run(older_file, "SELECT name FROM sqlite_schema ORDER BY name") == before
    assert run(older_file, "SELECT version_num FROM alembic_version") == [(OLDER,)]


def test_the_database_of_another_program_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "photos.db"
    run(file, "CREATE TABLE photo (id INTEGER)")
    before = file.read_bytes()
    with pytest.raises(NotADatabase):
        open_store(str(file))
    assert file.read_bytes() == before


@pytest.mark.parametrize("table", ["ledger_entry", "change_log"])
@pytest.mark.parametrize("change", ["UPDATE {} SET id = id + 1", "DELETE FROM {}"])
def test_what_is_only_ever_added_cannot_be_changed(store: Store, table: str, change: str) -> None:
    add_customer(store)
    with store.write() as session:
        session.add(charge(1, 100))
        session.add(ChangeLogLine(at=NOON, day=NOON.date(), action="edit", customer_id=1))
    with pytest.raises(DatabaseError, match="only ever added"), store.write_plain() as connection:
        connection.execute(text(change.format(table)))
    with store.read() as connection:
        assert connection.scalar(text(f"SELECT count(*) FROM {table}")) == 1
