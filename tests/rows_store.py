"""Rows that store tests need before the one they are about."""

from datetime import UTC, datetime

from deskterm.store.engine import Store
from deskterm.store.search import index_customer
from deskterm.store.tables import Branch, Customer, Institution, LedgerEntry

NOON = datetime(2026, 3, 15, 12, tzinfo=UTC)


def add_library(store: Store) -> None:
    """One institution with one branch, 9401."""
    with store.write() as session:
        session.add(Institution(code="1001", name="Drenthe"))
        session.flush()
        session.add(Branch(code="9401", institution_code="1001", name="Annen"))


def customer_row(actor_id: int, surname: str = "Testabo") -> Customer:
    """A customer of branch 9401 who can be found by name."""
    customer = Customer(
        actor_id=actor_id,
        branch_code="9401",
        registered_on=NOON.date(),
        changed_at=NOON,
        surname=surname,
    )
    index_customer(customer, [])
    return customer


def add_customer(store: Store, actor_id: int = 1) -> None:
    """The library with one customer."""
    add_library(store)
    with store.write() as session:
        session.add(customer_row(actor_id))


def charge(customer_id: int, cents: int) -> LedgerEntry:
    """Something the customer owes."""
    return LedgerEntry(
        customer_id=customer_id,
        kind="charge",
        account="registration",
        booking_code="FOTO",
        amount_cents=cents,
        description="kopie",
        day=NOON.date(),
        at=NOON,
        branch_code="9401",
    )


def payment(of: LedgerEntry, cents: int) -> LedgerEntry:
    """Something that settles a charge."""
    return LedgerEntry(
        customer_id=of.customer_id,
        kind="payment",
        account=of.account,
        booking_code=of.booking_code,
        journal="K000",
        amount_cents=-cents,
        description="contant",
        day=NOON.date(),
        at=NOON,
        charge_id=of.id,
        branch_code="9401",
    )
