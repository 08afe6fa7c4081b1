"""A library without customers to import into, and a full one to export from."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from deskterm import demo
from deskterm.demo import library
from deskterm.rules.rights import Role, rights_of
from deskterm.services.desk import DayClock, Desk
from deskterm.store.bulk import BulkWriter
from deskterm.store.engine import Store, open_store
from deskterm.views.desk import BranchView, DeskView, StaffView

DAY = date(2026, 3, 15)


def desk_of(store: Store, role: Role = Role.ADMIN) -> Desk:
    """The first desk of Annen with somebody of a role signed in."""
    place = DeskView(1, "balie1", BranchView("9401", "Annen", "1001"))
    rights = frozenset(map(str, rights_of(role)))
    staff = StaffView(1, 9001, "prins", "J. Prins", role.name, "nl", "9401", False, rights)
    return Desk(store, DayClock(DAY), place, staff)


def without_customers(store: Store) -> Desk:
    """Places, pick lists and memberships of the practice library, and nobody enrolled."""
    writer = BulkWriter(store)
    library.write(writer)
    writer.finish()
    return desk_of(store)


@pytest.fixture
def desk(sqlite_store: Store) -> Desk:
    """A desk of a library without customers."""
    return without_customers(sqlite_store)


@pytest.fixture
def either_desk(store: Store) -> Desk:
    """The same on either engine."""
    return without_customers(store)


@pytest.fixture
def practice_desk(sqlite_template: Path, tmp_path: Path) -> Iterator[Desk]:
    """A desk of the practice library, in a file of its own."""
    file = tmp_path / "practice.db"
    file.write_bytes(sqlite_template.read_bytes())
    store = open_store(str(file))
    demo.build(store, DAY)
    yield desk_of(store)
    store.close()


@pytest.fixture
def csv_file(tmp_path: Path) -> Callable[[str | bytes], Path]:
    """Writes a file to import; text becomes UTF-8."""

    def write(content: str | bytes) -> Path:
        file = tmp_path / "klanten.csv"
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    return write
