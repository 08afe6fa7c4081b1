"""Whoever writes to the change log, by whichever way, goes on with the one chain."""

from contextlib import closing
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import text

from deskterm import demo
from deskterm.accounts.links import Act
from deskterm.cli import main
from deskterm.services import editing, logins, opening, staff
from deskterm.services.errors import FormFaults
from deskterm.services.staff import SignInRefused
from deskterm.store.chain import broken_links, end_of
from deskterm.store.check import check
from deskterm.store.engine import Store, open_store
from deskterm.views.forms import StaffForm
from tests.services.library import Library

DAY = date(2024, 5, 15)


def length(store: Store) -> int:
    """How many lines the chain has, which has to be whole."""
    with store.look() as reader:
        assert list(broken_links(reader)) == []
        return end_of(reader).id


def test_use_cases_and_workers_write_one_chain(library: Library) -> None:
    library.customer(1)
    desk, lengths = library.desk(), [length(library.store)]
    staff.sign_in(library.desk(None), "9001", "0101")
    lengths.append(length(library.store))
    with pytest.raises(SignInRefused):
        staff.sign_in(library.desk(None), "9001", "9999")
    lengths.append(length(library.store))
    staff.add(desk, StaffForm("9100", "jo", "Jo", "25-02-1990", "BALIEBHR", "9401"))
    lengths.append(length(library.store))
    version = opening.refresh(desk, 1).version
    editing.save(desk, 1, version, {"surname": "Ander", "first_name": "Jo", "phone": "0592123456"})
    lengths.append(length(library.store))
    with library.store.write() as session:
        act = Act(session, datetime(2026, 3, 15, 12, tzinfo=UTC), date(2026, 3, 15))
        act.rename(1, "account.made", "jo")
    lengths.append(length(library.store))
    assert [after - before for before, after in pairwise(lengths)] == [
        1, 1, 1, 3, 1,
    ]  # fmt: skip


def test_a_line_that_was_altered_is_seen(library: Library) -> None:
    staff.sign_in(library.desk(None), "9001", "0101")
    with library.store.write_plain() as connection:
        # Somebody who goes that far takes away what keeps the log from being changed.
        if library.store.dialect == "sqlite":
            connection.execute(text("DROP TRIGGER change_log_no_update"))
        else:
            connection.execute(text("ALTER TABLE change_log DISABLE TRIGGER ALL"))
        connection.execute(text("UPDATE change_log SET new = 'x'"))
    with pytest.raises(AssertionError):
        length(library.store)


def test_what_was_rolled_back_leaves_no_gap(library: Library) -> None:
    library.customer(1)
    before = length(library.store)
    with pytest.raises(FormFaults):
        staff.add(library.desk(), StaffForm("9001", "x", "X", "01-01-1990", "ADMIN", "9401"))
    logins.sign_in(library.desk())
    assert length(library.store) == before + 1


def test_commands_that_write_thousands_of_lines_write_one_chain(tmp_path: Path) -> None:
    place, file = tmp_path / "practice.db", tmp_path / "new.csv"
    with closing(open_store(str(place))) as store:
        demo.build(store, DAY, 200)
        lengths = [length(store)]
    rows = "".join(f"{900000 + number};Import{number};9401\n" for number in range(1500))
    file.write_text(f"actor_id;surname;branch_code\n{rows}", encoding="utf-8")
    where = ["--store", str(place), "--day", DAY.isoformat()]
    for command in (["import", "customers", str(file)], ["month", "--on", "2025-05-15"]):
        main([*command, *where])
        with closing(open_store(str(place))) as store:
            lengths.append(length(store))
    assert lengths[0] > 0
    assert lengths[1] == lengths[0] + 1500
    assert lengths[2] > lengths[1]
    with closing(open_store(str(place))) as store:
        assert check(store) == ()
