"""Finds the debits that a file of the bank, or an employee, names."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlmodel import Session

    from deskterm.store.tables import DebitLine


def one_named(session: "Session", end_to_end_id: str) -> "DebitLine | None":
    """Find a debit by its end-to-end id."""
    from sqlmodel import col, select

    from deskterm.store.tables import DebitLine

    query = select(DebitLine).where(col(DebitLine.end_to_end_id) == end_to_end_id)
    return session.exec(query).first()


def batch_named(session: "Session", name: str) -> "list[DebitLine]":
    """Find the debits of a batch, or of its part of one sequence (`-FRST`, `-RCUR`)."""
    from sqlmodel import col, select

    from deskterm.store.tables import DebitBatch, DebitLine

    message_id, _dash, sequence = name.rpartition("-")
    query = select(DebitLine).join(DebitBatch).order_by(col(DebitLine.id))
    if sequence in ("FRST", "RCUR"):
        part = query.where(DebitBatch.message_id == message_id, DebitLine.sequence == sequence)
        return list(session.exec(part).all())
    return list(session.exec(query.where(DebitBatch.message_id == name)).all())


def sum_of(lines: "Sequence[DebitLine]") -> int:
    """What is asked in these debits, in cents."""
    return sum(line.amount_cents for line in lines)


def who(session: "Session", line: "DebitLine") -> str:
    """The name of whose account is debited, as lists have it."""
    from deskterm.rules.names import display_name
    from deskterm.store.tables import Customer

    found = session.get_one(Customer, line.customer_id)
    return display_name(
        found.surname, prefix=found.prefix, initials=found.initials, first=found.first_name
    )
