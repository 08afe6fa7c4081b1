"""Who was removed or merged is exported no more, and no file writes them anew."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from deskterm.services.desk import Desk
from deskterm.store.tables import Customer
from deskterm.transfer import export_customers, import_customers

Write = Callable[[str | bytes], Path]


@pytest.fixture(params=[{"erased_on": date(2026, 3, 1)}, {"merged_into_id": 501}])
def gone(either_desk: Desk, csv_file: Write, request: pytest.FixtureRequest) -> Desk:
    """A desk of a library with two customers, of whom 500 is gone."""
    lines = "500;29401000000015;Jansen;9401\n501;29401000000023;Smit;9401\n"
    import_customers(either_desk, csv_file("actor_id;card_number;surname;branch_code\n" + lines))
    with either_desk.store.write() as session:
        row = session.get_one(Customer, 500)
        for name, value in request.param.items():
            setattr(row, name, value)
        session.add(row)
    return either_desk


def test_who_is_gone_is_not_in_the_file(gone: Desk, tmp_path: Path) -> None:
    file = tmp_path / "klanten.csv"
    assert export_customers(gone, file) == 1
    assert "Jansen" not in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("number", ["500;", ";29401000000015"])
def test_a_file_does_not_write_who_is_gone(gone: Desk, csv_file: Write, number: str) -> None:
    file = csv_file(f"actor_id;card_number;surname;phone\n{number};Jansen;0592001234\n")
    report = import_customers(gone, file)
    assert (report.changed, report.rejected) == (0, 1)
    with gone.store.read() as connection:
        phones = connection.scalars(text("SELECT phone FROM customer WHERE phone <> ''")).all()
    assert phones == []
