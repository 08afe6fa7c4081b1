"""What a customer owes and paid, as sums over the ledger.

Positive entries owe and negative ones settle, so credit (tegoed) that the library owes the
customer stands as negative entries of kind `credit`, and using some of it as a positive one.
"""

from deskterm.store.light import Reader, text
from deskterm.store.reads.rows import as_day, rows, text_of
from deskterm.store.values import as_date
from deskterm.views.lists import ChargeLine, PaymentLine

OPEN_CENTS = """
    c.amount_cents + COALESCE(
        (SELECT SUM(s.amount_cents) FROM ledger_entry s WHERE s.charge_id = c.id), 0
    )
"""
"""What is still open of the charge `c`."""
STANDING = """
    COALESCE(
        (SELECT m.mark FROM charge_mark m
         WHERE m.charge_id = c.id AND m.lifted_at IS NULL ORDER BY m.id DESC LIMIT 1),
        c.mark
    ) AS mark,
    (SELECT m.until_on FROM charge_mark m
     WHERE m.charge_id = c.id AND m.mark = 'R' AND m.lifted_at IS NULL) AS until_on
"""
"""How the charge `c` stands: its mark now, and until when an arrangement holds."""
_CHARGES = text(
    f"""
    SELECT c.id, c.account, c.booking_code, c.day, c.description, c.amount_cents, c.branch_code,
           {STANDING}, {OPEN_CENTS} AS open_cents
    FROM ledger_entry c
    WHERE c.customer_id = :actor_id AND c.kind = 'charge'
    ORDER BY c.day DESC, c.id DESC
    """
)
_CREDIT = text(
    """
    SELECT COALESCE(-SUM(amount_cents), 0) FROM ledger_entry
    WHERE customer_id = :actor_id AND kind = 'credit'
    """
)
_PAYMENTS = text(
    """
    SELECT e.id, e.day, e.journal, e.kind, e.description, e.amount_cents, e.reason, s.name,
           EXISTS (
               SELECT 1 FROM ledger_entry u
               WHERE u.customer_id = e.customer_id AND u.undoes_id = e.id
           ) AS is_undone
    FROM ledger_entry e LEFT JOIN staff s ON s.id = e.staff_id
    WHERE e.customer_id = :actor_id AND e.kind <> 'charge'
    ORDER BY e.day DESC, e.id DESC
    """
)


def charges(connection: Reader, actor_id: int) -> tuple[ChargeLine, ...]:
    """Read every charge with what is still open of it, newest first."""
    return tuple(
        ChargeLine(
            id=row["id"],
            account=row["account"],
            booking_code=text_of(row["booking_code"]),
            day=as_day(row["day"]),
            description=text_of(row["description"]),
            amount_cents=int(row["amount_cents"]),
            open_cents=int(row["open_cents"]),
            mark=text_of(row["mark"]),
            branch_code=text_of(row["branch_code"]),
            arranged_until=as_date(row["until_on"]),
        )
        for row in rows(connection, _CHARGES, {"actor_id": actor_id})
    )


def credit(connection: Reader, actor_id: int) -> int:
    """Read the credit of a customer, in cents."""
    return int(connection.execute(_CREDIT, {"actor_id": actor_id}).scalar_one())


def payments(connection: Reader, actor_id: int) -> tuple[PaymentLine, ...]:
    """Read everything that settled something, newest first."""
    return tuple(
        PaymentLine(
            id=row["id"],
            day=as_day(row["day"]),
            journal=text_of(row["journal"]),
            kind=row["kind"],
            description=text_of(row["description"]),
            amount_cents=int(row["amount_cents"]),
            reason=text_of(row["reason"]),
            staff=text_of(row["name"]),
            is_undone=bool(row["is_undone"]),
        )
        for row in rows(connection, _PAYMENTS, {"actor_id": actor_id})
    )
