"""`deskterm duplicates` on the practice library with one of its customers in it twice."""

import csv
from pathlib import Path

import pytest
from sqlmodel import select

from deskterm.store.engine import open_store
from deskterm.store.search import index_customer
from deskterm.store.tables import Customer
from tests.cli.conftest import Run


@pytest.fixture
def twice(practice: Path) -> tuple[int, int]:
    """A customer who was written down again, with a slip of the pen."""
    store = open_store(str(practice), create=False)
    with store.write() as session:
        known = session.exec(select(Customer).where(Customer.born != None)).first()  # noqa: E711
        assert known is not None
        values = known.model_dump(exclude={"actor_id", "username", "external_number"})
        again = Customer(**(values | {"surname": f"{known.surname}n"}))
        session.add(again)
        session.flush()
        index_customer(again, [])
        session.add(again)
        ids = known.actor_id or 0, again.actor_id or 0
    store.close()
    return ids


def test_it_lists_who_is_in_the_file_twice(
    run: Run, practice: Path, twice: tuple[int, int]
) -> None:
    ran = run("duplicates", "--store", practice)
    assert ran.status == 0
    (line,) = (line for line in ran.out.splitlines() if f"[{twice[0]}]" in line)
    assert f"[{twice[1]}]" in line
    assert "naam, geboortedatum" in line
    assert "100%" in ran.err
    assert run("duplicates", "--store", practice, "--branch", "0000").out == "0 paren.\n"


def test_it_writes_a_file_for_a_spreadsheet(
    run: Run, practice: Path, tmp_path: Path, twice: tuple[int, int]
) -> None:
    file = tmp_path / "dubbel.csv"
    assert run("duplicates", "--store", practice, "--csv", file).status == 0
    with file.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter=";"))
    assert (str(twice[0]), str(twice[1])) in {
        (row["actor_id"], row["other_actor_id"]) for row in rows
    }
    assert file.stat().st_mode & 0o077 == 0
    nowhere = run("duplicates", "--store", practice, "--csv", tmp_path / "geen" / "dubbel.csv")
    assert nowhere.status == 1
    assert "dubbel.csv" in nowhere.err
