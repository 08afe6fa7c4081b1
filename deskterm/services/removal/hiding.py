"""What tells who a customer was, taken away with a note of it, and put back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, delete, or_, select, update

from deskterm.rules.relations import INVERSE
from deskterm.services.privacy.erasing import EMPTIED, REMOVED, emptied_person, with_merged
from deskterm.store.bulk import table_of
from deskterm.store.search import index_customer

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Table
    from sqlmodel import Session

    from deskterm.services.deeds.recording import Recording

PERSONAL = frozenset(
    {
        "address", "block", "card", "customer_badge", "customer_label", "customer_profile",
        "customer_role", "message", "notification_preference", "relation",
    }
)  # fmt: skip
"""Tables that go or are emptied at once. What else an erasure takes tells nothing without these,
and waits until Herstel is over: lists of loans and holds, and jobs that were printed or mailed."""


@dataclass(frozen=True, slots=True)
class Tie:
    """Somebody who is related to a customer, and what that customer is to them."""

    actor_id: int
    what: str


def ties_of(session: "Session", actor_id: int) -> tuple[Tie, ...]:
    """Whose screens name a customer as a relation."""
    relation = table_of("relation")
    query = select(relation.c.customer_id, relation.c.other_id, relation.c.kind).where(
        or_(relation.c.customer_id == actor_id, relation.c.other_id == actor_id)
    )
    return tuple(
        Tie(upper, INVERSE[kind]) if lower == actor_id else Tie(lower, kind)
        for lower, upper, kind in session.connection().execute(query)
    )


def hide(session: "Session", recording: "Recording", actor_id: int, day: date) -> None:
    """Take away what tells who a customer was, and everybody who was merged into it."""
    connection = session.connection()
    everybody = with_merged(connection, (actor_id,))
    for name, columns in REMOVED.items():
        table = table_of(name)
        if name in PERSONAL:
            theirs = or_(*(table.c[one].in_(everybody) for one in columns))
            _remove(connection, recording, table, theirs)
    letter = table_of("letter")
    unwritten = and_(letter.c.customer_id.in_(everybody), letter.c.state == "queued")
    _remove(connection, recording, letter, unwritten)
    for name, values in EMPTIED.items():
        if name in PERSONAL:
            _empty(connection, recording, table_of(name), "customer_id", everybody, values)
    person = {**emptied_person(), "erased_on": day}
    _empty(connection, recording, table_of("customer"), "actor_id", everybody, person)
    session.expire_all()


def show_again(session: "Session", actor_id: int) -> None:
    """Let searches find a customer again whose rows were put back."""
    from sqlmodel import col, select

    from deskterm.store.tables import Address, Customer

    customer = session.get_one(Customer, actor_id)
    query = select(Address).where(col(Address.customer_id) == actor_id)
    addresses = session.exec(query.order_by(col(Address.position), col(Address.id))).all()
    index_customer(customer, addresses)
    session.add_all((customer, *addresses))


def _remove(
    connection: "Connection",
    recording: "Recording",
    table: "Table",
    theirs: "ColumnElement[bool]",
) -> None:
    for row in connection.execute(select(table).where(theirs)).mappings():
        recording.note(table.name, _key(table, row), dict(row), {})
    connection.execute(delete(table).where(theirs))


def _empty(
    connection: "Connection",
    recording: "Recording",
    table: "Table",
    column: str,
    everybody: Sequence[int],
    values: Mapping[str, object],
) -> None:
    theirs = table.c[column].in_(everybody)
    for row in connection.execute(select(table).where(theirs)).mappings():
        before = {name: row[name] for name, value in values.items() if row[name] != value}
        if before:
            after = {name: values[name] for name in before}
            recording.note(table.name, _key(table, row), before, after)
    connection.execute(update(table).where(theirs).values(values))


def _key(table: "Table", row: Mapping[Any, Any]) -> dict[str, Any]:
    return {column.name: row[column.name] for column in table.primary_key}
