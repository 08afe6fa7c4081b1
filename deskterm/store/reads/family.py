"""Who is tied to whom, and what each of a family has at home and owes."""

from collections.abc import Sequence
from dataclasses import dataclass

from deskterm.rules.names import display_name
from deskterm.rules.relations import INVERSE
from deskterm.store.light import Reader, text
from deskterm.store.reads.rows import rows, text_of

_TIES = text(
    """
    SELECT kind, other_id AS actor_id, 1 AS is_upper FROM relation WHERE customer_id = :actor_id
    UNION
    SELECT kind, customer_id, 0 FROM relation WHERE other_id = :actor_id
    ORDER BY 2, 1
    """
)
_NAMES = text(
    "SELECT actor_id, initials, first_name, prefix, surname FROM customer WHERE actor_id IN :ids",
    many=("ids",),
)
_LOANS = text(
    "SELECT customer_id, COUNT(*) AS many FROM loan"
    " WHERE customer_id IN :ids AND returned_on IS NULL GROUP BY customer_id",
    many=("ids",),
)
# What settles a charge is an entry of the same account, so what is left is the sum.
_OPEN = text(
    "SELECT customer_id, SUM(amount_cents) AS many FROM ledger_entry"
    " WHERE customer_id IN :ids AND account <> 'credit' GROUP BY customer_id",
    many=("ids",),
)


@dataclass(frozen=True, slots=True)
class Called:
    """What somebody is called: the first name, and the whole name with it where it is known."""

    first_name: str
    display_name: str


@dataclass(frozen=True, slots=True)
class Holdings:
    """What each has at home and owes in cents; who has nothing is not in it."""

    loans: dict[int, int]
    open_cents: dict[int, int]


def ties(connection: Reader, actor_id: int) -> dict[int, tuple[str, ...]]:
    """Read what others are to a customer, by actor-id."""
    found: dict[int, list[str]] = {}
    for row in rows(connection, _TIES, {"actor_id": actor_id}):
        tie = row["kind"] if row["is_upper"] else INVERSE[row["kind"]]
        kinds = found.setdefault(row["actor_id"], [])
        if tie not in kinds:
            kinds.append(tie)
    return {other: tuple(kinds) for other, kinds in found.items()}


def names(connection: Reader, ids: Sequence[int]) -> dict[int, Called]:
    """Read what so many customers are called: twins may share their initials."""
    found = {}
    for row in rows(connection, _NAMES, {"ids": list(ids)}):
        first = text_of(row["first_name"])
        initials = "" if first else text_of(row["initials"])
        surname, prefix = text_of(row["surname"]), text_of(row["prefix"])
        called = display_name(surname, prefix=prefix, initials=initials, first=first)
        found[row["actor_id"]] = Called(first, called)
    return found


def holdings(connection: Reader, ids: Sequence[int]) -> Holdings:
    """Read what so many customers have at home and owe."""
    asked = {"ids": list(ids)}
    loans = {row["customer_id"]: int(row["many"]) for row in rows(connection, _LOANS, asked)}
    owed = {row["customer_id"]: int(row["many"]) for row in rows(connection, _OPEN, asked)}
    return Holdings(loans, owed)
