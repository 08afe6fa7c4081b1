"""Export and import are each other's reverse."""

import csv
from pathlib import Path

import pytest
from sqlalchemy import text

from deskterm import demo
from deskterm.rules.rights import Role
from deskterm.services.desk import Desk
from deskterm.services.errors import NotAllowed
from deskterm.store.engine import Store
from deskterm.transfer import CannotImport, export_customers, import_customers
from tests.transfer.conftest import DAY, desk_of, without_customers

MADE_SAFE = {"413733"}
"""The customer with a right-to-left sign in the name: an import takes that away."""


def rows(file: Path) -> dict[str, dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return {row["actor_id"]: row for row in csv.DictReader(stream, delimiter=";")}


def test_every_customer_comes_back_as_it_was(
    practice_desk: Desk, store: Store, tmp_path: Path
) -> None:
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    assert export_customers(practice_desk, first) == 300
    other = without_customers(store)
    report = import_customers(other, first)
    assert (report.added, report.rejected) == (300, 0)
    export_customers(other, second)
    before, after = rows(first), rows(second)
    assert before.keys() == after.keys()
    for actor_id in before.keys() - MADE_SAFE:
        assert after[actor_id] == before[actor_id]


def test_importing_what_was_exported_changes_nothing(practice_desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "klanten.csv"
    export_customers(practice_desk, file)
    report = import_customers(practice_desk, file)
    assert (report.read, report.unchanged) == (300, 300)
    with practice_desk.store.read() as connection:
        lines = connection.scalar(text("SELECT count(*) FROM change_log WHERE action = 'import'"))
    assert lines == 0


def test_an_exported_formula_is_harmless(practice_desk: Desk, tmp_path: Path) -> None:
    with practice_desk.store.write_plain() as connection:
        connection.execute(text("UPDATE customer SET tag = '=cmd|x' WHERE actor_id = 413700"))
    file = tmp_path / "klanten.csv"
    export_customers(practice_desk, file)
    assert rows(file)["413700"]["tag"] == "'=cmd|x"


def test_a_file_that_cannot_be_written_is_told(practice_desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(CannotImport, match="kan niet geschreven worden"):
        export_customers(practice_desk, tmp_path / "nowhere" / "klanten.csv")


def test_an_export_stands_there_whole_or_not_at_all(practice_desk: Desk, tmp_path: Path) -> None:
    def give_up(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export_customers(practice_desk, tmp_path / "klanten.csv", give_up)
    assert list(tmp_path.glob("klanten*")) == []


def test_only_an_administrator_imports_and_exports(sqlite_store: Store, tmp_path: Path) -> None:
    demo.build(sqlite_store, DAY, 1)
    desk = desk_of(sqlite_store, Role.BESTELBHR)
    with pytest.raises(NotAllowed):
        export_customers(desk, tmp_path / "klanten.csv")
    with pytest.raises(NotAllowed):
        import_customers(desk, tmp_path / "klanten.csv")
