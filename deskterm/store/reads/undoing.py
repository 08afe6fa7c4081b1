"""What was done that may still go back: deeds, bookings of today, cards handed out today."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from deskterm.rules.names import display_name, inert
from deskterm.store.light import Reader, Record, text
from deskterm.store.reads.rows import Parameter, as_day, rows, text_of
from deskterm.store.values import as_moment

MOST = 200
"""So many of each at most: what is older is found with its customer."""

_NAME = ("surname", "prefix", "initials", "first_name", "title")
_WHO = "c.surname, c.prefix, c.initials, c.first_name, c.title, c.version, s.name AS staff"
_DEEDS = f"""
    SELECT d.id, d.kind, d.customer_id, d.other_id, d.people, d.at, d.until_on, {_WHO}
    FROM deed d LEFT JOIN staff s ON s.id = d.staff_id
    LEFT JOIN customer c ON c.actor_id = d.customer_id
    WHERE d.undone_at IS NULL AND d.emptied_at IS NULL AND d.until_on >= :today
"""
_NEWEST = "ORDER BY d.id DESC LIMIT :most"
_DEEDS_OF_BRANCH = text(f"{_DEEDS} AND d.branch_code = :branch {_NEWEST}")
# A series names nobody: its rows tell whose it changed.
_DEEDS_OF_CUSTOMER = text(
    f"""{_DEEDS} AND (d.customer_id = :actor_id OR d.other_id = :actor_id
    OR (d.kind = 'series' AND EXISTS (
        SELECT 1 FROM deed_row r WHERE r.deed_id = d.id AND (
            (r.table_name = 'customer' AND r.row_key = :customer_key)
            OR (r.table_name IN ('address', 'block') AND r.row_key IN :row_keys)
        )
    ))) {_NEWEST}""",
    many=("row_keys",),
)
_ROWS_OF = text(
    "SELECT id FROM address WHERE customer_id = :actor_id"
    " UNION SELECT id FROM block WHERE customer_id = :actor_id"
)
_NAME_BEFORE = text(
    "SELECT before FROM deed_row WHERE deed_id = :deed_id AND table_name = 'customer'"
    " AND row_key = :customer_key ORDER BY id"
)
_BOOKINGS = f"""
    SELECT a.id, a.kind, a.customer_id, a.at, a.desk_id, {_WHO}, MIN(e.id) AS entry_id,
           SUM(e.amount_cents) AS cents, MIN(e.description) AS description, COUNT(*) AS entries,
           MAX(CASE WHEN e.kind = 'charge' THEN ABS(COALESCE(
               (SELECT SUM(x.amount_cents) FROM ledger_entry x WHERE x.charge_id = e.id), 0
           )) ELSE 0 END) AS booked_on_it
    FROM ledger_act a JOIN ledger_entry e ON e.act_id = a.id
    JOIN customer c ON c.actor_id = a.customer_id
    LEFT JOIN staff s ON s.id = a.staff_id
    WHERE a.day = :today AND a.kind IN ('charge', 'pay', 'register', 'waive')
    AND NOT EXISTS (
        SELECT 1 FROM ledger_entry o JOIN ledger_entry u ON u.undoes_id = o.id
        WHERE o.act_id = a.id
    )
    AND NOT EXISTS (
        SELECT 1 FROM ledger_entry o WHERE o.act_id = a.id AND o.kind = 'charge'
        AND (o.period_id IS NOT NULL
             OR EXISTS (SELECT 1 FROM card_issue i WHERE i.charge_id = o.id))
    )
"""
_GROUPED = "GROUP BY a.id, c.actor_id, s.id ORDER BY a.id DESC LIMIT :most"
_BOOKINGS_OF_DESK = text(f"{_BOOKINGS} AND a.desk_id = :desk_id {_GROUPED}")
_BOOKINGS_OF_CUSTOMER = text(
    f"""{_BOOKINGS} AND a.id IN (
        SELECT b.id FROM ledger_act b WHERE b.customer_id = :actor_id
        UNION SELECT b.act_id FROM ledger_entry b
        WHERE b.customer_id = :actor_id AND b.day = :today
    ) {_GROUPED}"""
)
_CARDS = f"""
    SELECT k.id, i.customer_id, i.number, i.old_number, i.at, {_WHO}
    FROM card_issue i JOIN card k ON k.number = i.number AND k.status <> 'replaced'
    JOIN customer c ON c.actor_id = i.customer_id
    LEFT JOIN staff s ON s.id = i.staff_id
    WHERE i.day = :today AND i.undone_at IS NULL
"""
_CARDS_OF_DESK = text(f"{_CARDS} AND i.desk_id = :desk_id ORDER BY i.id DESC LIMIT :most")
_CARDS_OF_CUSTOMER = text(f"{_CARDS} AND i.customer_id = :actor_id ORDER BY i.id DESC LIMIT :most")


@dataclass(frozen=True, slots=True)
class Done:
    """One thing that was done."""

    id: int
    kind: str
    actor_id: int | None
    name: str
    """Of whom it is about; empty for a batch."""
    version: int
    staff: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DoneDeed(Done):
    """A deed that still stands."""

    other_id: int | None
    people: int
    until_on: date


@dataclass(frozen=True, slots=True)
class Booking(Done):
    """An act on the ledger of today."""

    entry_id: int
    cents: int
    description: str
    entries: int
    desk_id: int
    is_built_on: bool
    """Whether something was booked on one of its charges since."""


@dataclass(frozen=True, slots=True)
class HandedOut(Done):
    """A card that was handed out today, and the one it replaced, if any."""

    number: str
    old_number: str


def deeds(
    connection: Reader, today: date, branch: str, actor_id: int | None
) -> tuple[DoneDeed, ...]:
    """Read the deeds about a customer, or without one those of a branch, the newest first."""
    asked: dict[str, Parameter] = {"today": today, "most": MOST}
    if actor_id is None:
        found = rows(connection, _DEEDS_OF_BRANCH, {**asked, "branch": branch})
    else:
        ids = connection.execute(_ROWS_OF, {"actor_id": actor_id}).scalars()
        keys = [json.dumps({"id": one}) for one in ids] or [""]
        of: dict[str, Parameter] = {
            "actor_id": actor_id,
            "customer_key": _key(actor_id),
            "row_keys": keys,
        }
        found = rows(connection, _DEEDS_OF_CUSTOMER, {**asked, **of})
    return tuple(
        DoneDeed(
            **_done(row),
            other_id=row["other_id"],
            people=row["people"],
            until_on=as_day(row["until_on"]),
        )
        for row in list(found)
    )


def name_before(connection: Reader, deed_id: int, actor_id: int) -> str:
    """Read the name that a customer had before a deed took it away; empty when it is gone."""
    asked: dict[str, Parameter] = {"deed_id": deed_id, "customer_key": _key(actor_id)}
    for row in rows(connection, _NAME_BEFORE, asked):
        before = json.loads(row["before"] or "{}")
        if "surname" in before:
            return _name({name: before.get(name, "") for name in _NAME})
    return ""


def bookings(
    connection: Reader, today: date, desk_id: int, actor_id: int | None
) -> tuple[Booking, ...]:
    """Read what was booked today for a customer, or without one at a desk, the newest first."""
    asked: dict[str, Parameter] = {"today": today, "most": MOST}
    if actor_id is None:
        found = rows(connection, _BOOKINGS_OF_DESK, {**asked, "desk_id": desk_id})
    else:
        found = rows(connection, _BOOKINGS_OF_CUSTOMER, {**asked, "actor_id": actor_id})
    return tuple(
        Booking(
            **_done(row),
            entry_id=row["entry_id"],
            cents=int(row["cents"]),
            description=text_of(row["description"]),
            entries=int(row["entries"]),
            desk_id=row["desk_id"],
            is_built_on=bool(row["booked_on_it"]),
        )
        for row in found
    )


def cards(
    connection: Reader, today: date, desk_id: int, actor_id: int | None
) -> tuple[HandedOut, ...]:
    """Read the cards handed out today to a customer, or without one at a desk."""
    asked: dict[str, Parameter] = {"today": today, "most": MOST}
    if actor_id is None:
        found = rows(connection, _CARDS_OF_DESK, {**asked, "desk_id": desk_id})
    else:
        found = rows(connection, _CARDS_OF_CUSTOMER, {**asked, "actor_id": actor_id})
    return tuple(
        HandedOut(
            **_done({"kind": "card", **row}),
            number=text_of(row["number"]),
            old_number=text_of(row["old_number"]),
        )
        for row in found
    )


def _key(actor_id: int) -> str:
    return json.dumps({"actor_id": actor_id})


def _done(row: Record) -> dict[str, Any]:
    return {
        "id": row["id"],
        "kind": row["kind"],
        "actor_id": row["customer_id"],
        "name": _name(row) if row["surname"] else "",
        "version": row["version"] or 0,
        "staff": text_of(row["staff"]),
        "at": as_moment(row["at"]),
    }


def _name(row: Record) -> str:
    return display_name(
        inert(row["surname"]),
        prefix=inert(row["prefix"]),
        initials=inert(row["initials"]),
        first=inert(row["first_name"]),
        title=inert(row["title"]),
    )
