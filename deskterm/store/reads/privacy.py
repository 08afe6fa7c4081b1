"""Who is over: people whose last membership ended long ago, and what keeps their data."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from deskterm.rules.privacy import Standing
from deskterm.store.light import Reader, text
from deskterm.store.reads.ledger import OPEN_CENTS
from deskterm.store.reads.rows import rows
from deskterm.store.values import as_date

# A membership that was stopped early ended on the day of its status, not on the last day paid for.
# Who never had one counts from the last that was heard of them.
ENDED_ON = """
    COALESCE(
        (SELECT MAX(CASE WHEN p.status IN (8, 9) AND p.status_on < p.end_on
                    THEN p.status_on ELSE p.end_on END)
         FROM membership_period p WHERE p.customer_id = {one}.actor_id),
        CASE WHEN {one}.last_activity_on > {one}.registered_on
             THEN {one}.last_activity_on ELSE {one}.registered_on END
    )
"""
# Institutions are no persons; who was merged goes with the keeper.
_OVER = text(
    f"""
    SELECT c.actor_id FROM customer c
    WHERE c.actor_id > :after AND c.actor_id <= :last
    AND c.erased_on IS NULL AND c.merged_into_id IS NULL AND c.sex <> 'I'
    AND {ENDED_ON.format(one="c")} < :before
    ORDER BY c.actor_id
    """
)
_OPEN = text(
    f"""
    SELECT DISTINCT c.customer_id FROM ledger_entry c
    WHERE c.customer_id IN :ids AND c.kind = 'charge' AND {OPEN_CENTS} <> 0
    """,
    ("ids",),
)
_BOOKS = text(
    """
    SELECT customer_id, MAX(day) AS last_on,
           SUM(CASE WHEN kind = 'credit' THEN amount_cents ELSE 0 END) AS credit_cents
    FROM ledger_entry WHERE customer_id IN :ids GROUP BY customer_id
    """,
    ("ids",),
)
_AT_HOME = text(
    "SELECT customer_id, count(*) AS items FROM loan"
    " WHERE customer_id IN :ids AND returned_on IS NULL GROUP BY customer_id",
    ("ids",),
)
_BLOCKS = text(
    "SELECT customer_id, kind FROM block WHERE customer_id IN :ids AND lifted_at IS NULL",
    ("ids",),
)
_DEBITS = text(
    "SELECT DISTINCT customer_id FROM debit_line WHERE customer_id IN :ids AND state = 'sent'",
    ("ids",),
)
_NEEDED = text(
    f"""
    SELECT DISTINCT r.other_id FROM relation r JOIN customer c ON c.actor_id = r.customer_id
    WHERE r.other_id IN :ids AND r.kind IN ('parent', 'payer')
    AND c.erased_on IS NULL AND c.merged_into_id IS NULL
    AND {ENDED_ON.format(one="c")} >= :before
    """,
    ("ids",),
)


def over(connection: Reader, after: int, last: int, before: date) -> list[int]:
    """The persons of a range of actor-ids whose last membership ended before a day."""
    asked: dict[str, Any] = {"after": after, "last": last, "before": before}
    return [int(row["actor_id"]) for row in rows(connection, _OVER, asked)]


def standings(
    connection: Reader, actor_ids: Sequence[int], before: date, in_deeds: frozenset[int]
) -> list[Standing]:
    """What counts of these people, in their order."""
    if not actor_ids:
        return []
    asked: dict[str, Any] = {"ids": list(actor_ids)}
    books = {row["customer_id"]: row for row in rows(connection, _BOOKS, asked)}
    at_home = {row["customer_id"]: row["items"] for row in rows(connection, _AT_HOME, asked)}
    blocks: dict[int, set[str]] = {}
    for row in rows(connection, _BLOCKS, asked):
        blocks.setdefault(row["customer_id"], set()).add(row["kind"])
    owing = set(connection.execute(_OPEN, asked).scalars())
    debited = set(connection.execute(_DEBITS, asked).scalars())
    needed = set(connection.execute(_NEEDED, {**asked, "before": before}).scalars())
    return [
        Standing(
            actor_id=one,
            has_open_costs=one in owing,
            has_credit=one in books and books[one]["credit_cents"] != 0,
            at_home=at_home.get(one, 0),
            blocks=frozenset(blocks.get(one, ())),
            last_entry_on=as_date(books[one]["last_on"]) if one in books else None,
            has_running_debit=one in debited,
            is_needed=one in needed,
            in_deed=one in in_deeds,
        )
        for one in actor_ids
    ]
