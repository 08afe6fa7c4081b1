"""The transaction: whole or not at all, alone when it writes, the same on both engines."""

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from deskterm.store.engine import Store
from deskterm.store.tables import Institution


def names(store: Store) -> list[str]:
    with store.read() as connection:
        return list(connection.scalars(text("SELECT name FROM institution ORDER BY name")))


def test_a_write_is_there_for_the_next_reader(store: Store) -> None:
    with store.write() as session:
        session.add(Institution(code="1001", name="Drenthe"))
    assert names(store) == ["Drenthe"]


def _fail_halfway(store: Store) -> None:
    with store.write() as session:
        session.add(Institution(code="1001", name="Drenthe"))
        session.flush()
        raise ZeroDivisionError


def test_a_use_case_that_fails_leaves_nothing(store: Store) -> None:
    with pytest.raises(ZeroDivisionError):
        _fail_halfway(store)
    assert names(store) == []


def test_a_reader_sees_one_moment(store: Store) -> None:
    with store.read() as connection:
        count = text("SELECT count(*) FROM institution")
        before = connection.scalar(count)
        with store.write() as session:
            session.add(Institution(code="1001", name="Drenthe"))
        assert connection.scalar(count) == before == 0


def test_reading_loads_neither_orm_nor_migrations(sqlite_file: Path) -> None:
    program = (
        "import sys\n"
        "from datetime import date\n"
        "from deskterm.store.engine import open_store\n"
        "from deskterm.store.search import find\n"
        "with open_store(sys.argv[1]).read() as connection:\n"
        "    find(connection, 'vri', today=date(2026, 3, 15))\n"
        "print([name for name in ('sqlmodel', 'sqlalchemy.orm', 'alembic', 'pydantic')"
        " if name in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(sqlite_file)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout == "[]\n"
