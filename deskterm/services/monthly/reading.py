"""The memberships that may take a step: the newest period of each customer of a batch."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from deskterm.rules.membership import MembershipStatus
from deskterm.rules.monthly import Schedule, Standing, months_later
from deskterm.services.enrol.ending import MARK
from deskterm.store.light import Record, text
from deskterm.store.reads.rows import as_day, rows
from deskterm.store.values import as_date

if TYPE_CHECKING:
    from deskterm.store.light import Reader

_NEXT_BATCH = text(
    """
    SELECT actor_id FROM customer WHERE actor_id > :after
    ORDER BY actor_id LIMIT 1 OFFSET :size
    """
)
_LAST = text("SELECT COALESCE(MAX(actor_id), 0) FROM customer")
_COUNT = text("SELECT count(*) FROM customer")
# A period that another one follows keeps its status, whatever that is.
_STANDING = text(
    """
    SELECT p.id, p.customer_id, p.branch_code, p.membership_code, p.begin_on, p.end_on, p.status,
           p.price_cents, p.status_on, p.ending_reason,
           c.surname, c.born, c.branch_code AS home_branch, c.selection_code,
           c.last_activity_on, c.registered_on, c.direct_debit, c.iban, c.mandate_revoked_on,
           CASE WHEN p.status BETWEEN 2 AND 4 THEN (
               SELECT MAX(m.until_on) FROM charge_mark m JOIN ledger_entry e ON e.id = m.charge_id
               WHERE e.customer_id = p.customer_id AND e.period_id = p.id
               AND m.mark = 'R' AND m.lifted_at IS NULL
           ) END AS arranged_until
    FROM membership_period p JOIN customer c ON c.actor_id = p.customer_id
    WHERE p.customer_id > :after AND p.customer_id <= :last
    AND c.erased_on IS NULL AND p.status BETWEEN 1 AND 7 AND (p.status <> 5 OR p.end_on <= :horizon)
    AND NOT EXISTS (
        SELECT 1 FROM membership_period q WHERE q.customer_id = p.customer_id
        AND q.status BETWEEN 1 AND 5 AND (q.begin_on, q.id) > (p.begin_on, p.id)
    )
    ORDER BY p.customer_id, p.id
    """
)
_SCHEDULES = text(
    "SELECT code, renews, active, bill_before, remind_after, overdue_after, end_after"
    " FROM membership_type"
)
_POSTCODE = text(
    "SELECT postcode FROM address WHERE customer_id = :actor_id ORDER BY position, id LIMIT 1"
)


@dataclass(frozen=True, slots=True)
class Member:
    """A period that may take a step, with what of its customer the next one follows from."""

    period_id: int
    actor_id: int
    membership_code: str
    branch_code: str
    born: date | None
    selection_code: str
    ending_reason: str
    pays_by_debit: bool
    standing: Standing


def batches(connection: "Reader", size: int) -> Iterator[tuple[int, int]]:
    """Part all customers into ranges of actor-ids: after the first, up to and with the second."""
    last = int(connection.execute(_LAST, {}).scalar_one())
    after = 0
    while after < last:
        row = connection.execute(_NEXT_BATCH, {"after": after, "size": size - 1}).first()
        upto = int(row[0]) if row else last
        yield after, upto
        after = upto


def count(connection: "Reader") -> int:
    """How many customers there are."""
    return int(connection.execute(_COUNT, {}).scalar_one())


def schedules(connection: "Reader") -> dict[str, Schedule]:
    """Read after how many months each step comes, by type; one out of use is not renewed."""
    return {
        row["code"]: Schedule(
            row["bill_before"],
            row["remind_after"],
            row["overdue_after"],
            row["end_after"],
            renews=bool(row["renews"] and row["active"]),
        )
        for row in rows(connection, _SCHEDULES, {})
    }


def members(
    connection: "Reader", after: int, last: int, day: date, longest: int, inactive_years: int
) -> list[Member]:
    """Read the periods of a range of customers that may take a step on a day."""
    quiet = months_later(day, -12 * inactive_years)
    until = months_later(day, longest)
    horizon = until.isoformat() if connection.dialect.name == "sqlite" else until
    asked = {"after": after, "last": last, "horizon": horizon}
    return [_member(row, day, quiet) for row in rows(connection, _STANDING, asked)]


def postcode(connection: "Reader", actor_id: int) -> str:
    """Read the postcode that a fee zone follows from."""
    return str(connection.execute(_POSTCODE, {"actor_id": actor_id}).scalar() or "")


def _member(row: Record, day: date, quiet: date) -> Member:
    begin = as_day(row["begin_on"])
    arranged = as_date(row["arranged_until"])
    by_debit = bool(row["direct_debit"] and row["iban"]) and row["mandate_revoked_on"] is None
    active_on = as_date(row["last_activity_on"]) or as_day(row["registered_on"])
    return Member(
        period_id=row["id"],
        actor_id=row["customer_id"],
        membership_code=row["membership_code"],
        branch_code=row["home_branch"],
        born=as_date(row["born"]),
        selection_code=row["selection_code"],
        ending_reason=row["ending_reason"],
        pays_by_debit=by_debit,
        standing=Standing(
            status=MembershipStatus(row["status"]),
            begin_on=begin,
            end_on=as_day(row["end_on"]),
            status_on=as_date(row["status_on"]) or begin,
            price_cents=row["price_cents"],
            ends_by_choice=bool(row["ending_reason"]),
            deceased=str(row["surname"]).startswith(MARK),
            excused=by_debit or (arranged is not None and arranged >= day),
            inactive=active_on < quiet,
        ),
    )
