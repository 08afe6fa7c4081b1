"""The ledger by plain statements: what is there is what the ORM would have written."""

from datetime import timedelta, timezone
from typing import Any

import pytest

from deskterm.store.bookkeeping import Act, Entry, add_act, add_entry, entry, settled_of
from deskterm.store.engine import Store
from deskterm.store.light import beneath
from deskterm.store.tables import Desk, LedgerAct, LedgerEntry
from tests.rows_store import NOON, add_customer

EAST = NOON.astimezone(timezone(timedelta(hours=9)))
COMMON: dict[str, Any] = {"kind": "charge", "day": NOON.date(), "at": EAST, "branch_code": "9401"}
ACT: dict[str, Any] = {"customer_id": 1, "desk_id": 1, **COMMON}
ENTRY: dict[str, Any] = {
    "customer_id": 1, "account": "registration", "booking_code": "2101", "amount_cents": 500,
    "description": "Boete «é»", **COMMON,
}  # fmt: skip


@pytest.fixture
def books(store: Store) -> Store:
    add_customer(store)
    with store.write() as session:
        session.add(Desk(branch_code="9401", name="Balie"))
    return store


def without(row: LedgerAct | LedgerEntry | None, *names: str) -> dict[str, Any]:
    assert row is not None
    return row.model_dump(exclude={"id", *names})


def test_an_act_is_as_the_orm_writes_it(books: Store) -> None:
    with books.write() as session:
        act = add_act(beneath(session.connection()), key="plain", **ACT)
        row = LedgerAct(key="row", **ACT)
        session.add(row)
        session.flush()
        number = row.id
    assert act == Act(act.id, "charge", NOON.date(), EAST, None, 1, "9401")
    with books.write() as session:
        plain, mapped = session.get(LedgerAct, act.id), session.get(LedgerAct, number)
        assert without(plain, "key") == without(mapped, "key")


@pytest.mark.parametrize("more", [{}, {"reason": "hand", "journal": "K000", "status_before": 3}])
def test_an_entry_is_as_the_orm_writes_it(books: Store, more: dict[str, Any]) -> None:
    with books.write() as session:
        number = add_entry(beneath(session.connection()), **ENTRY, **more)
        row = LedgerEntry(**ENTRY, **more)
        session.add(row)
        session.flush()
        other = row.id
    assert other != number
    with books.write() as session:
        plain, mapped = session.get(LedgerEntry, number), session.get(LedgerEntry, other)
        assert without(plain) == without(mapped)


def test_an_entry_is_read_back_with_what_was_booked_on_it(books: Store) -> None:
    payment = {**ENTRY, "kind": "payment", "amount_cents": -200}
    with books.write() as session:
        reader = beneath(session.connection())
        number = add_entry(reader, **ENTRY)
        assert settled_of(reader, number) == 0
        add_entry(reader, **{**payment, "charge_id": number})
        assert settled_of(reader, number) == -200
    with books.look() as reader:
        assert entry(reader, number) == Entry(
            number, 1, "charge", "registration", "2101", "", 500, "Boete «é»", NOON.date(),
            None, None,
        )  # fmt: skip
        with pytest.raises(LookupError, match=str(number + 9)):
            entry(reader, number + 9)
