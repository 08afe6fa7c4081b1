"""What goes by its age, of people who stay: loans, reservations, paid items, who looked, drafts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from sqlalchemy import and_, delete, exists, func, or_, select, update

from deskterm.rules.privacy import Terms
from deskterm.store.bulk import table_of

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Table, Update

_FINISHED = ("U", "Z")
"""Statuses of a reservation that came to its end."""


@dataclass(frozen=True, slots=True)
class Range:
    """Customers of one batch, by actor-id."""

    after: int
    last: int

    def of(self, table: "Table") -> "ColumnElement[bool]":
        """The rows of these customers."""
        return and_(table.c.customer_id > self.after, table.c.customer_id <= self.last)


def drop_history(connection: "Connection", people: Range, terms: Terms, on: date) -> int:
    """Remove loans that were returned long ago; of who was erased, all of them."""
    loan = table_of("loan")
    old = and_(loan.c.returned_on.is_not(None), _is_past(loan, loan.c.returned_on, terms, on))
    return connection.execute(delete(loan).where(people.of(loan), old)).rowcount


def drop_holds(connection: "Connection", people: Range, terms: Terms, on: date) -> int:
    """Remove reservations that have finished, as long after they were placed as loans go."""
    hold = table_of("hold")
    old = and_(hold.c.status.in_(_FINISHED), _is_past(hold, hold.c.placed_on, terms, on))
    return connection.execute(delete(hold).where(people.of(hold), old)).rowcount


def _is_past(
    table: "Table", day: "ColumnElement[date]", terms: Terms, on: date
) -> "ColumnElement[bool]":
    customer = table_of("customer")
    wiped = and_(customer.c.erase_history, day < terms.wiped_loans_before(on))
    theirs = exists().where(
        customer.c.actor_id == table.c.customer_id, or_(customer.c.erased_on.is_not(None), wiped)
    )
    return or_(day < terms.loans_before(on), theirs)


def empty_old_words(connection: "Connection", people: Range, before: date) -> int:
    """Take the words out of paid items that are older; what is still open keeps them."""
    entry, act = table_of("ledger_entry"), table_of("ledger_act")
    settled, charge = entry.alias(), entry.alias()
    open_cents = charge.c.amount_cents + func.coalesce(
        select(func.sum(settled.c.amount_cents))
        .where(settled.c.charge_id == charge.c.id)
        .scalar_subquery(),
        0,
    )
    is_open = exists().where(
        charge.c.id == func.coalesce(entry.c.charge_id, entry.c.id),
        charge.c.kind == "charge",
        open_cents != 0,
    )
    connection.execute(_wordless_acts(people.of(act), act.c.day < before))
    return connection.execute(
        _wordless_entries(people.of(entry), entry.c.day < before, ~is_open)
    ).rowcount


def empty_words(connection: "Connection", actor_ids: Sequence[int]) -> None:
    """Take the words out of everything in the books about people who are erased."""
    entry, act = table_of("ledger_entry"), table_of("ledger_act")
    connection.execute(_wordless_acts(act.c.customer_id.in_(actor_ids)))
    connection.execute(_wordless_entries(entry.c.customer_id.in_(actor_ids)))


def _wordless_entries(*which: "ColumnElement[bool]") -> "Update":
    entry = table_of("ledger_entry")
    has_words = or_(entry.c.description != "", entry.c.reason != "", entry.c.item_id.is_not(None))
    return update(entry).where(*which, has_words).values(description="", reason="", item_id=None)


def _wordless_acts(*which: "ColumnElement[bool]") -> "Update":
    act = table_of("ledger_act")
    return update(act).where(*which, act.c.reason != "").values(reason="")


def drop_viewings(connection: "Connection", people: Range, before: date) -> int:
    """Remove who looked at these people, and who answered their pop-ups."""
    viewing, answer = table_of("viewing"), table_of("acknowledgement")
    seen = connection.execute(delete(viewing).where(people.of(viewing), viewing.c.day < before))
    told = connection.execute(delete(answer).where(people.of(answer), answer.c.at < _noon(before)))
    return seen.rowcount + told.rowcount


def empty_debits(connection: "Connection", before: date) -> int:
    """Empty bank files of long ago, and the account numbers of what came of them."""
    batch, line = table_of("debit_batch"), table_of("debit_line")
    waits = exists().where(line.c.batch_id == batch.c.id, line.c.state == "sent")
    old = and_(batch.c.collection_on < before, ~waits)
    emptied = connection.execute(
        update(line)
        .where(line.c.batch_id.in_(select(batch.c.id).where(old)), line.c.iban != "")
        .values(iban="")
    )
    connection.execute(update(batch).where(old, batch.c.content != "").values(content=""))
    return emptied.rowcount


def drop_drafts(connection: "Connection", before: date) -> int:
    """Throw away forms that nobody came back to."""
    draft = table_of("draft")
    return connection.execute(delete(draft).where(draft.c.at < _noon(before))).rowcount


def _noon(day: date) -> datetime:
    """A moment of a day: a term of months is no matter of hours."""
    return datetime.combine(day, time(12), UTC)
