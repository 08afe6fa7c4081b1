"""Whom a number means: a card, an actor-id, an external number, an item at home."""

from collections.abc import Sequence
from dataclasses import dataclass

from deskterm.store.light import Reader, text
from deskterm.store.reads.rows import rows, text_of

_CARDS = text(
    """
    SELECT number, customer_id, status, kind FROM card WHERE number IN :numbers ORDER BY number
    """,
    many=("numbers",),
)
_ACTOR = text("SELECT actor_id FROM customer WHERE actor_id = :actor_id")
_EXTERNAL = text(
    """
    SELECT actor_id FROM customer WHERE external_number = :number
    UNION
    SELECT actor_id FROM customer WHERE external_number2 = :number
    ORDER BY 1
    """
)
_ITEM = text(
    """
    SELECT i.id, t.name, l.customer_id
    FROM item i JOIN title t ON t.id = i.title_id
    LEFT JOIN loan l ON l.item_id = i.id AND l.returned_on IS NULL
    WHERE i.number = :number
    """
)
LARGEST_ACTOR_ID = 2**31 - 1


@dataclass(frozen=True, slots=True)
class CardMatch:
    """Whose card a number is, and whether the card still counts."""

    number: str
    actor_id: int
    status: str
    kind: str


@dataclass(frozen=True, slots=True)
class ItemMatch:
    """An item and who has it at home; None when it is in."""

    title: str
    actor_id: int | None


def cards_with(connection: Reader, numbers: Sequence[str]) -> tuple[CardMatch, ...]:
    """Find the cards that have one of these numbers; none of no numbers."""
    if not numbers:
        return ()
    return tuple(
        CardMatch(row["number"], row["customer_id"], row["status"], row["kind"])
        for row in connection.execute(_CARDS, {"numbers": list(numbers)}).mappings()
    )


def is_actor(connection: Reader, actor_id: int) -> bool:
    """Tell whether a customer has this actor-id."""
    if not 0 < actor_id <= LARGEST_ACTOR_ID:
        return False
    return connection.execute(_ACTOR, {"actor_id": actor_id}).first() is not None


def with_external_number(connection: Reader, number: str) -> tuple[int, ...]:
    """Find who has this as first or second external number."""
    return tuple(row["actor_id"] for row in rows(connection, _EXTERNAL, {"number": number}))


def item(connection: Reader, number: str) -> ItemMatch | None:
    """Find an item by its barcode; None when the library has none such."""
    for row in rows(connection, _ITEM, {"number": number}):
        return ItemMatch(text_of(row["name"]), row["customer_id"])
    return None
