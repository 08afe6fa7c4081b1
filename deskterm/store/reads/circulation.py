"""Loans and holds of a customer."""

from collections import Counter
from datetime import date

from deskterm.store.light import Reader, Record, text
from deskterm.store.reads.rows import as_day, rows, text_of
from deskterm.store.values import as_date
from deskterm.views.lists import HoldLine, LoanLine

_LOAN = """
    SELECT l.id, i.number, t.name, t.author, i.material, l.branch_code, l.lent_on, l.due_on,
           l.returned_on, l.renewals, l.reminders
    FROM loan l JOIN item i ON i.id = l.item_id JOIN title t ON t.id = i.title_id
    WHERE l.customer_id = :actor_id
"""
_AT_HOME = text(f"{_LOAN} AND l.returned_on IS NULL ORDER BY l.due_on, l.id")
_HISTORY = text(f"{_LOAN} AND l.returned_on IS NOT NULL ORDER BY l.returned_on DESC, l.id DESC")
_DAYS_LENT = text("SELECT lent_on FROM loan WHERE customer_id = :actor_id")
_HOLDS = text(
    """
    SELECT h.number, h.kind, h.status, h.priority, t.name, t.author, h.pickup_branch,
           h.placed_on, h.ready_on, h.expires_on
    FROM hold h JOIN title t ON t.id = h.title_id
    WHERE h.customer_id = :actor_id AND h.status NOT IN ('U', 'Z')
    ORDER BY h.priority, h.placed_on, h.number
    """
)


def loans(connection: Reader, actor_id: int, today: date) -> tuple[LoanLine, ...]:
    """Read what is at home, first due first."""
    return tuple(_loan(row, today) for row in rows(connection, _AT_HOME, {"actor_id": actor_id}))


def history(connection: Reader, actor_id: int, today: date) -> tuple[LoanLine, ...]:
    """Read what was brought back, latest first."""
    return tuple(_loan(row, today) for row in rows(connection, _HISTORY, {"actor_id": actor_id}))


def loans_by_year(connection: Reader, actor_id: int) -> Counter[int]:
    """Count the loans that are kept, by the year in which they began."""
    found = rows(connection, _DAYS_LENT, {"actor_id": actor_id})
    return Counter(as_day(row["lent_on"]).year for row in found)


def holds(connection: Reader, actor_id: int) -> tuple[HoldLine, ...]:
    """Read the holds that are not finished, first in line first."""
    return tuple(
        HoldLine(
            number=text_of(row["number"]),
            kind=row["kind"],
            status=row["status"],
            priority=row["priority"],
            title=text_of(row["name"]),
            author=text_of(row["author"]),
            pickup_branch=text_of(row["pickup_branch"]),
            placed_on=as_day(row["placed_on"]),
            ready_on=as_date(row["ready_on"]),
            expires_on=as_date(row["expires_on"]),
        )
        for row in rows(connection, _HOLDS, {"actor_id": actor_id})
    )


def _loan(row: Record, today: date) -> LoanLine:
    due, returned = as_day(row["due_on"]), as_date(row["returned_on"])
    return LoanLine(
        id=row["id"],
        item_number=text_of(row["number"]),
        title=text_of(row["name"]),
        author=text_of(row["author"]),
        material=text_of(row["material"]),
        branch_code=text_of(row["branch_code"]),
        lent_on=as_day(row["lent_on"]),
        due_on=due,
        returned_on=returned,
        renewals=row["renewals"],
        reminders=row["reminders"],
        overdue=returned is None and due < today,
    )
