"""A deed that is recorded and taken back leaves every row as it was, but for what came between."""

import json
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlmodel import col
from sqlmodel import select as select_rows

from deskterm.services.deeds.recording import known_deed, recorded
from deskterm.services.deeds.undoing import Left, left_behind, take_back, touched_customers
from deskterm.store.engine import Store
from deskterm.store.tables import Address, Customer, Deed, Message, metadata
from tests.rows_store import customer_row
from tests.services.library import Library

KEY = "deed-1"
ONE, OTHER = 501, 502


@pytest.fixture
def two(library: Library) -> Library:
    """A library with two customers, of whom the second has a message and an address."""
    library.add(customer_row(ONE), customer_row(OTHER))
    library.add(
        Message(customer_id=OTHER, line=1, text="Belt terug"),
        Address(customer_id=OTHER, street="Brink", house_number="1"),
    )
    return library


def rows_of(store: Store) -> dict[str, list[str]]:
    """Every row that a deed may touch, but for the columns that tell of the last save."""
    found = {}
    with store.read() as connection:
        for name in ("customer", "address", "message", "card"):
            rows: list[dict[str, Any]] = [
                dict(row) for row in connection.execute(select(metadata.tables[name])).mappings()
            ]
            for row in rows:
                for passing in ("version", "changed_at", "changed_by"):
                    row.pop(passing, None)
            found[name] = sorted(json.dumps(row, default=str) for row in rows)
    return found


def do_deed(library: Library) -> None:
    """Change a row twice, add one, move one to another key, remove one, and use plain SQL."""
    desk = library.desk()
    with desk.store.write() as session:
        if known_deed(session, KEY) is not None:
            return
        asked = {"until": desk.today, "customer_id": ONE, "other_id": OTHER}
        with recorded(desk, session, "merge", KEY, **asked) as recording:  # type: ignore[arg-type]
            one = session.get_one(Customer, ONE)
            one.phone, one.version = "0592-1", one.version + 1
            session.flush()
            one.phone, one.mobile = "0592-2", "06-2"
            session.add(Message(customer_id=ONE, line=4, text="Nieuw"))
            moved = session.get_one(Message, (OTHER, 1))
            moved.customer_id, moved.line = ONE, 3
            query = select_rows(Address).where(col(Address.customer_id) == OTHER)
            session.delete(session.exec(query).one())
            session.flush()
            recording.note("customer", {"actor_id": OTHER}, {"fax": ""}, {"fax": "9"})
            session.connection().execute(
                text("UPDATE customer SET fax = '9' WHERE actor_id = :id"), {"id": OTHER}
            )


def undo(library: Library) -> tuple[Left, ...]:
    """Take it back."""
    with library.store.write() as session:
        deed = session.exec(select_rows(Deed)).one()
        assert touched_customers(session, deed) == (ONE, OTHER)
        return take_back(session, deed)


def test_every_row_is_as_it_was(two: Library) -> None:
    before = rows_of(two.store)
    do_deed(two)
    done = rows_of(two.store)
    assert all(done[name] != before[name] for name in ("customer", "address", "message"))
    assert undo(two) == ()
    assert rows_of(two.store) == before


def test_what_somebody_changed_since_stays_and_is_told(two: Library) -> None:
    do_deed(two)
    with two.store.write() as session:
        session.get_one(Customer, ONE).phone = "0592-9"
        session.get_one(Message, (ONE, 4)).text = "Anders"
    with two.store.write() as session:
        foretold = left_behind(session, session.exec(select_rows(Deed)).one())
    left = undo(two)
    assert foretold == left
    assert {(one.table, one.column, one.customer_id) for one in left} == {
        ("customer", "phone", ONE),
        ("message", "", ONE),
    }
    with two.store.write() as session:
        customer = session.get_one(Customer, ONE)
        assert (customer.phone, customer.mobile) == ("0592-9", "")


def test_the_same_key_is_the_same_deed(two: Library) -> None:
    do_deed(two)
    after = rows_of(two.store)
    do_deed(two)
    assert rows_of(two.store) == after
