"""Who belongs together: the same door, or a relation that was written down."""

from datetime import date

from deskterm.store.light import Reader, text
from deskterm.store.search.pages import Found, Place, page, place_of

_LIVED_IN = "({0}.until_on IS NULL OR {0}.until_on >= :today)"
_SAME_DOOR = (
    "a.customer_id = :actor_id AND a.house_number <> '' AND "
    f"{_LIVED_IN.format('a')} AND {_LIVED_IN.format('b')}"
)
# Outside the Netherlands a postcode is a town, with the same number in many streets.
_AT_THE_DOOR = f"""
    SELECT b.customer_id FROM address a JOIN address b ON b.postcode_key = a.postcode_key
        WHERE a.postcode_key <> '' AND a.country IN ('', 'NL') AND {_SAME_DOOR}
    UNION SELECT b.customer_id FROM address a JOIN address b ON b.street_key = a.street_key
        WHERE a.street_key <> '' AND {_SAME_DOOR}
"""
_HOUSEMATES = text(_AT_THE_DOOR)
# Who was merged or erased is nobody's family any more.
_FAMILY = text(
    f"""
    SELECT DISTINCT 0, c.sort_key, c.actor_id FROM customer c
    WHERE c.actor_id <> :actor_id AND (c.sort_key, c.actor_id) > (:sort_key, :last_id)
    AND c.merged_into_id IS NULL AND c.erased_on IS NULL
    AND c.actor_id IN (
        SELECT other_id FROM relation WHERE customer_id = :actor_id
        UNION SELECT customer_id FROM relation WHERE other_id = :actor_id
        UNION {_AT_THE_DOOR}
    )
    ORDER BY c.sort_key, c.actor_id LIMIT :wanted
    """
)


def family(
    connection: Reader,
    actor_id: int,
    *,
    today: date,
    after: str | None = None,
    limit: int = 100,
) -> Found:
    """Find the others at any address of a customer, and those they have a relation with."""
    at = place_of(after)
    found = connection.execute(
        _FAMILY,
        {
            "actor_id": actor_id,
            "today": _day(connection, today),
            "sort_key": at.sort_key,
            "last_id": at.actor_id,
            "wanted": limit + 1,
        },
    )
    return page(connection, [Place(*row) for row in found], limit, today)


def housemates(connection: Reader, actor_id: int, *, today: date) -> frozenset[int]:
    """Find who lives at a door of a customer now, the customer included."""
    asked = {"actor_id": actor_id, "today": _day(connection, today)}
    return frozenset(row[0] for row in connection.execute(_HOUSEMATES, asked))


def _day(connection: Reader, today: date) -> date | str:
    return today.isoformat() if connection.dialect.name == "sqlite" else today
