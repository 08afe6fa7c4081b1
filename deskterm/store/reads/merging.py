"""Merged customers: the pointers to their keepers, and what hangs on two that are to be merged."""

from collections.abc import Sequence
from dataclasses import dataclass

from deskterm.store.light import Reader, text
from deskterm.store.reads.rows import rows

_MERGED = text("SELECT actor_id FROM customer WHERE merged_into_id = :actor_id ORDER BY actor_id")
_KEEPERS = text(
    """
    SELECT actor_id, merged_into_id FROM customer
    WHERE actor_id IN :ids AND merged_into_id IS NOT NULL
    """,
    many=("ids",),
)
_STANDING = text(
    """
    SELECT c.actor_id, c.merged_into_id, c.erased_on,
        (SELECT count(*) FROM account_job j
         WHERE j.customer_id = c.actor_id AND j.state = 'queued') AS jobs,
        (SELECT count(*) FROM debit_line d
         WHERE d.customer_id = c.actor_id AND d.state = 'sent') AS collections,
        (SELECT count(*) FROM loan l
         WHERE l.customer_id = c.actor_id AND l.returned_on IS NOT NULL) AS returned,
        (SELECT count(*) FROM ledger_entry e WHERE e.customer_id = c.actor_id) AS entries,
        (SELECT count(*) FROM change_log g WHERE g.customer_id = c.actor_id) AS lines
    FROM customer c WHERE c.actor_id IN :ids
    """,
    many=("ids",),
)


@dataclass(frozen=True, slots=True)
class Standing:
    """What speaks for or against merging a customer, and what its screen does not count."""

    merged_into: int | None
    erased: bool
    jobs: int
    """Login accounts that are being made."""
    collections: int
    """Lines of direct debit that the bank has not answered."""
    returned: int
    """Loans that were brought back."""
    entries: int
    lines: int
    """Of the change log."""


def standings(connection: Reader, actor_ids: Sequence[int]) -> dict[int, Standing]:
    """Read how customers stand, by actor-id; who is gone is left out."""
    found = rows(connection, _STANDING, {"ids": list(actor_ids)})
    return {
        row["actor_id"]: Standing(
            merged_into=row["merged_into_id"],
            erased=row["erased_on"] is not None,
            jobs=row["jobs"],
            collections=row["collections"],
            returned=row["returned"],
            entries=row["entries"],
            lines=row["lines"],
        )
        for row in found
    }


def merged_into(connection: Reader, actor_id: int) -> tuple[int, ...]:
    """Give everybody who was merged into a customer: a merge turns older pointers along."""
    return tuple(row["actor_id"] for row in rows(connection, _MERGED, {"actor_id": actor_id}))


def keepers(connection: Reader, actor_ids: Sequence[int]) -> dict[int, int]:
    """Give the keepers of those among some customers who were merged."""
    if not actor_ids:
        return {}
    found = rows(connection, _KEEPERS, {"ids": list(actor_ids)})
    return {row["actor_id"]: row["merged_into_id"] for row in found}
