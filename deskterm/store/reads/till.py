"""Counts of the cash drawer, and what passed through it since."""

import json
from dataclasses import dataclass

from deskterm.store.light import Reader, text
from deskterm.store.reads.rows import as_day, rows, text_of
from deskterm.views.money import TillCounted

_COLUMNS = """
    SELECT t.id, d.name AS desk, t.day, t.begin_cents, t.expected_cents, t.counted_cents,
           t.deposit_cents, t.pieces, t.last_entry_id
    FROM till_count t JOIN desk d ON d.id = t.desk_id
"""
_OF_KEY = text(f"{_COLUMNS} WHERE t.key = :key")
_LAST = text(
    f"{_COLUMNS} WHERE t.desk_id = :desk_id AND t.journal = :journal ORDER BY t.id DESC LIMIT 1"
)
_CASH = text(
    """
    SELECT COALESCE(-SUM(amount_cents), 0) FROM ledger_entry
    WHERE desk_id = :desk_id AND journal = :journal AND id > :since
    """
)
_NEWEST = text("SELECT COALESCE(MAX(id), 0) FROM ledger_entry")


@dataclass(frozen=True, slots=True)
class LastCount:
    """What the last count left in the drawer, and which entry was the newest then."""

    left_cents: int
    last_entry_id: int


def of_key(connection: Reader, key: str) -> TillCounted | None:
    """Read the count that was made with a key."""
    for row in rows(connection, _OF_KEY, {"key": key}):
        pieces = {int(value): int(number) for value, number in json.loads(row["pieces"]).items()}
        return TillCounted(
            id=row["id"],
            desk=text_of(row["desk"]),
            day=as_day(row["day"]),
            begin_cents=row["begin_cents"],
            expected_cents=row["expected_cents"],
            counted_cents=row["counted_cents"],
            difference_cents=row["counted_cents"] - row["expected_cents"],
            deposit_cents=row["deposit_cents"],
            left_cents=row["counted_cents"] - row["deposit_cents"],
            pieces=pieces,
        )
    return None


def last(connection: Reader, desk_id: int, journal: str) -> LastCount | None:
    """Read the newest count of a drawer; None before the first."""
    for row in rows(connection, _LAST, {"desk_id": desk_id, "journal": journal}):
        return LastCount(row["counted_cents"] - row["deposit_cents"], row["last_entry_id"])
    return None


def cash_since(connection: Reader, desk_id: int, journal: str, since: int) -> int:
    """Read what came into a drawer, less what went out, after an entry; in cents."""
    values = {"desk_id": desk_id, "journal": journal, "since": since}
    return int(connection.execute(_CASH, values).scalar_one())


def newest_entry(connection: Reader) -> int:
    """Read the number of the newest entry of the ledger."""
    return int(connection.execute(_NEWEST).scalar_one())
