"""The ledger as accountants read it: entries, sums, and what passed through a journal in a day."""

from datetime import date

from deskterm.store.light import Reader, text
from deskterm.store.reads.rows import as_day, rows, text_of
from deskterm.store.values import as_moment
from deskterm.views.money import DayLine, Entry

_ENTRIES = text(
    """
    SELECT e.id, e.kind, e.account, e.booking_code, e.journal, e.amount_cents, e.description,
           e.day, e.at, e.charge_id, e.undoes_id, a.receipt_number, e.mark, e.reason,
           s.name AS staff, d.name AS desk, e.branch_code
    FROM ledger_entry e
    LEFT JOIN ledger_act a ON a.id = e.act_id
    LEFT JOIN staff s ON s.id = e.staff_id
    LEFT JOIN desk d ON d.id = e.desk_id
    WHERE e.customer_id = :actor_id
    ORDER BY e.id
    """
)
_SUMS = text(
    """
    SELECT account, SUM(amount_cents) AS cents FROM ledger_entry
    WHERE customer_id = :actor_id GROUP BY account
    """
)
# Credit that pays a charge stands twice under R: once as the payment, once as credit used.
_DAY = text(
    """
    SELECT d.name AS desk, e.journal, s.name AS staff, COUNT(*) AS entries,
           SUM(CASE WHEN e.amount_cents < 0 THEN -e.amount_cents ELSE 0 END) AS received,
           SUM(CASE WHEN e.amount_cents > 0 THEN e.amount_cents ELSE 0 END) AS returned
    FROM ledger_entry e
    LEFT JOIN desk d ON d.id = e.desk_id
    LEFT JOIN staff s ON s.id = e.staff_id
    WHERE e.day = :day AND e.branch_code = :branch AND e.journal <> ''
      AND NOT (e.kind = 'credit' AND e.journal LIKE 'R%')
    GROUP BY d.name, e.journal, s.name
    ORDER BY d.name, e.journal, s.name
    """
)


def entries(connection: Reader, actor_id: int) -> tuple[Entry, ...]:
    """Read every entry of a customer, oldest first."""
    return tuple(
        Entry(
            id=row["id"],
            kind=row["kind"],
            account=row["account"],
            booking_code=text_of(row["booking_code"]),
            journal=text_of(row["journal"]),
            amount_cents=int(row["amount_cents"]),
            description=text_of(row["description"]),
            day=as_day(row["day"]),
            at=as_moment(row["at"]),
            charge_id=row["charge_id"],
            undoes_id=row["undoes_id"],
            receipt_number=row["receipt_number"],
            mark=text_of(row["mark"]),
            reason=text_of(row["reason"]),
            staff=text_of(row["staff"]),
            desk=text_of(row["desk"]),
            branch_code=text_of(row["branch_code"]),
        )
        for row in rows(connection, _ENTRIES, {"actor_id": actor_id})
    )


def sums(connection: Reader, actor_id: int) -> dict[str, int]:
    """Read the sum over each account of a customer, in cents; credit is negative."""
    found = rows(connection, _SUMS, {"actor_id": actor_id})
    return {row["account"]: int(row["cents"]) for row in found}


def day_lines(connection: Reader, branch_code: str, day: date) -> tuple[DayLine, ...]:
    """Read what passed through each journal of a branch on a day, by desk and employee."""
    return tuple(
        DayLine(
            desk=text_of(row["desk"]),
            journal=row["journal"],
            staff=text_of(row["staff"]),
            count=int(row["entries"]),
            received_cents=int(row["received"]),
            returned_cents=int(row["returned"]),
        )
        for row in rows(connection, _DAY, {"day": day, "branch": branch_code})
    )
