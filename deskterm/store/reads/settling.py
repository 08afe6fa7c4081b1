"""What can be settled, and what one act of settling did."""

from dataclasses import dataclass
from datetime import date

from deskterm.rules.names import display_name
from deskterm.store.light import Reader, text
from deskterm.store.reads.ledger import OPEN_CENTS, STANDING
from deskterm.store.reads.rows import as_day, rows, text_of
from deskterm.store.values import as_date
from deskterm.views.money import OpenLine, SettledLine

# Their own charges, and those of whom they pay for (relation `payer`).
_OPEN = text(
    f"""
    SELECT c.id, c.customer_id, k.initials, k.first_name, k.prefix, k.surname, c.account,
           c.booking_code, c.day, c.description, c.amount_cents, c.branch_code,
           {OPEN_CENTS} AS open_cents, {STANDING}
    FROM ledger_entry c JOIN customer k ON k.actor_id = c.customer_id
    WHERE c.kind = 'charge' AND c.customer_id IN (
        SELECT :actor_id UNION ALL
        SELECT customer_id FROM relation WHERE other_id = :actor_id AND kind = 'payer'
    )
    ORDER BY c.day, c.id
    """
)
_ACT_OF_KEY = text("SELECT id, kind, customer_id FROM ledger_act WHERE key = :key")
_ACT = text(
    """
    SELECT a.id, a.kind, a.receipt_number, a.day, a.journal, a.received_cents, a.change_cents,
           a.reason, s.name AS staff, g.name AS signer
    FROM ledger_act a
    LEFT JOIN staff s ON s.id = a.staff_id
    LEFT JOIN staff g ON g.id = a.signer_id
    WHERE a.id = :act_id
    """
)
_WHO = text("SELECT customer_id FROM ledger_act WHERE id = :act_id")
_SETTLED = text(
    """
    SELECT c.id, c.customer_id, c.description, -SUM(e.amount_cents) AS cents,
           c.amount_cents + (
               SELECT SUM(s.amount_cents) FROM ledger_entry s WHERE s.charge_id = c.id
           ) AS open_cents
    FROM ledger_entry e JOIN ledger_entry c ON c.id = e.charge_id
    WHERE e.act_id = :act_id
    GROUP BY c.id, c.customer_id, c.description, c.amount_cents, c.day
    ORDER BY c.day, c.id
    """
)
_CREDITED = text(
    "SELECT COALESCE(-SUM(amount_cents), 0) FROM ledger_entry"
    " WHERE act_id = :act_id AND kind = 'credit'"
)
_LETTERS = text("SELECT COUNT(*) FROM charge_mark WHERE act_id = :act_id AND mark = 'F'")
_LAST_RECEIPT = text(
    """
    SELECT COALESCE(MAX(receipt_number), 0) FROM ledger_act
    WHERE desk_id = :desk_id AND day = :day
    """
)
_OPEN_OF_PERIOD = text(
    """
    SELECT COALESCE(SUM(e.amount_cents), 0)
    FROM ledger_entry c JOIN ledger_entry e ON e.id = c.id OR e.charge_id = c.id
    WHERE c.customer_id = :actor_id AND c.period_id = :period_id
      AND c.kind = 'charge' AND c.account = 'contribution'
    """
)


@dataclass(frozen=True, slots=True)
class ActRow:
    """An act as it was written."""

    id: int
    kind: str
    receipt_number: int | None
    day: date
    journal: str
    received_cents: int
    change_cents: int
    reason: str
    staff: str
    signer: str


@dataclass(frozen=True, slots=True)
class KnownKey:
    """Which act a key stands for."""

    act_id: int
    kind: str
    actor_id: int


def open_lines(connection: Reader, actor_id: int) -> tuple[OpenLine, ...]:
    """Read what is open of a customer and of whom they pay for, oldest first."""
    return tuple(
        OpenLine(
            charge_id=row["id"],
            actor_id=row["customer_id"],
            name=display_name(
                text_of(row["surname"]),
                prefix=text_of(row["prefix"]),
                initials=text_of(row["initials"]),
                first=text_of(row["first_name"]),
            ),
            account=row["account"],
            booking_code=text_of(row["booking_code"]),
            day=as_day(row["day"]),
            description=text_of(row["description"]),
            amount_cents=int(row["amount_cents"]),
            open_cents=int(row["open_cents"]),
            mark=text_of(row["mark"]),
            arranged_until=as_date(row["until_on"]),
            branch_code=text_of(row["branch_code"]),
        )
        for row in rows(connection, _OPEN, {"actor_id": actor_id})
        if row["open_cents"] > 0
    )


def act_of_key(connection: Reader, key: str) -> KnownKey | None:
    """Read which act was done with a key; None when none was."""
    for row in rows(connection, _ACT_OF_KEY, {"key": key}):
        return KnownKey(row["id"], row["kind"], row["customer_id"])
    return None


def act(connection: Reader, act_id: int) -> ActRow:
    """Read an act that must be there; LookupError when it is not."""
    for row in rows(connection, _ACT, {"act_id": act_id}):
        return ActRow(
            id=row["id"],
            kind=row["kind"],
            receipt_number=row["receipt_number"],
            day=as_day(row["day"]),
            journal=row["journal"],
            received_cents=row["received_cents"],
            change_cents=row["change_cents"],
            reason=text_of(row["reason"]),
            staff=text_of(row["staff"]),
            signer=text_of(row["signer"]),
        )
    raise LookupError(f"no act {act_id}")


def who_settled(connection: Reader, act_id: int) -> int | None:
    """Read whose act it is: who stood at the desk; None when there is no such act."""
    found: int | None = connection.execute(_WHO, {"act_id": act_id}).scalar()
    return found


def settled(connection: Reader, act_id: int) -> tuple[SettledLine, ...]:
    """Read what an act did to each charge, oldest charge first."""
    return tuple(
        SettledLine(
            charge_id=row["id"],
            actor_id=row["customer_id"],
            description=text_of(row["description"]),
            cents=int(row["cents"]),
            open_cents=int(row["open_cents"]),
        )
        for row in rows(connection, _SETTLED, {"act_id": act_id})
    )


def credited(connection: Reader, act_id: int) -> int:
    """Read what an act added to the credit, in cents; negative when it used some."""
    return int(connection.execute(_CREDITED, {"act_id": act_id}).scalar_one())


def letters(connection: Reader, act_id: int) -> int:
    """Read for how many charges an act had a letter follow."""
    return int(connection.execute(_LETTERS, {"act_id": act_id}).scalar_one())


def next_receipt(connection: Reader, desk_id: int, day: date) -> int:
    """Read the receipt number that comes next; inside a write transaction nobody else gets it."""
    values = {"desk_id": desk_id, "day": day}
    return int(connection.execute(_LAST_RECEIPT, values).scalar_one()) + 1


def open_of_period(connection: Reader, actor_id: int, period_id: int) -> int:
    """Read what is open of the contribution of a period, in cents."""
    values = {"actor_id": actor_id, "period_id": period_id}
    return int(connection.execute(_OPEN_OF_PERIOD, values).scalar_one())
