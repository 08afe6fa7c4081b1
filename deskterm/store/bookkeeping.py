"""The ledger as use cases write it: one act with its entries, by plain statements.

As rows of the ORM they would take several times as long, while every other desk waits to write.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from deskterm.store.light import Reader, Statement, text
from deskterm.store.reads.rows import rows
from deskterm.store.values import as_date, moment_text

_ACT: Mapping[str, Any] = {
    "key": None,
    "kind": None,
    "customer_id": None,
    "journal": "",
    "received_cents": 0,
    "change_cents": 0,
    "receipt_number": None,
    "reason": "",
    "day": None,
    "at": None,
    "staff_id": None,
    "signer_id": None,
    "desk_id": None,
    "branch_code": None,
}
_ENTRY: Mapping[str, Any] = {
    "customer_id": None,
    "kind": None,
    "account": None,
    "booking_code": None,
    "journal": "",
    "amount_cents": None,
    "description": None,
    "day": None,
    "at": None,
    "charge_id": None,
    "period_id": None,
    "item_id": None,
    "mark": "",
    "reason": "",
    "staff_id": None,
    "desk_id": None,
    "branch_code": None,
    "act_id": None,
    "undoes_id": None,
    "status_before": None,
}
"""What each column holds when nothing is said of it; the database refuses what has to be said."""


def _insert(table: str, columns: Mapping[str, Any]) -> Statement:
    names = ", ".join(columns)
    places = ", ".join(f":{name}" for name in columns)
    return text(f"INSERT INTO {table} ({names}) VALUES ({places}) RETURNING id")


_ADD_ACT = _insert("ledger_act", _ACT)
_ADD_ENTRY = _insert("ledger_entry", _ENTRY)
_READ_ENTRY = text(
    "SELECT id, customer_id, kind, account, booking_code, journal, amount_cents, description, day,"
    " period_id, item_id FROM ledger_entry WHERE id = :entry_id"
)
_SETTLED = text(
    "SELECT COALESCE(SUM(amount_cents), 0) FROM ledger_entry WHERE charge_id = :charge_id"
)


@dataclass(frozen=True, slots=True)
class Act:
    """An act that was begun: what all of its entries have from it."""

    id: int
    kind: str
    day: date
    at: datetime
    staff_id: int | None
    desk_id: int
    branch_code: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What an act has to know of an entry that is there already."""

    id: int
    customer_id: int
    kind: str
    account: str
    booking_code: str
    journal: str
    amount_cents: int
    description: str
    day: date | None
    period_id: int | None
    item_id: int | None


_OWN = tuple(one.name for one in fields(Act) if one.name != "id")


def add_act(connection: Reader, **values: Any) -> Act:
    """Add a row to `ledger_act`; what is not said of it is empty."""
    row = {**_ACT, **values}
    return Act(_add(connection, _ADD_ACT, row), **{name: row[name] for name in _OWN})


def add_entry(connection: Reader, **values: Any) -> int:
    """Add a row to `ledger_entry`, and give its number; what is not said of it is empty."""
    return _add(connection, _ADD_ENTRY, {**_ENTRY, **values})


def entry(connection: Reader, entry_id: int) -> Entry:
    """Read an entry that must be there; LookupError when it is not."""
    for row in rows(connection, _READ_ENTRY, {"entry_id": entry_id}):
        return Entry(**{**row, "day": as_date(row["day"])})
    raise LookupError(f"no entry {entry_id}")


def settled_of(connection: Reader, charge_id: int) -> int:
    """Read the sum of what was booked on a charge, in cents: negative when some of it was paid."""
    return int(connection.execute(_SETTLED, {"charge_id": charge_id}).scalar_one())


def _add(connection: Reader, statement: Statement, row: Mapping[str, Any]) -> int:
    # A moment would be kept in whatever form the driver gives it.
    values = {**row, "at": moment_text(row["at"])}
    return int(connection.execute(statement, values).scalar_one())
