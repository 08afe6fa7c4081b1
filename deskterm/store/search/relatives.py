"""Who belongs together: the same door, or a relation that was written down."""

from datetime import date

from deskterm.store.light import Reader, text
from deskterm.store.search.pages import Found, Place, page, place_of

_FAMILY = """
    SELECT DISTINCT 0, c.sort_key, c.actor_id FROM customer c
    WHERE c.actor_id <> :actor_id AND (c.sort_key, c.actor_id) > (:sort_key, :last_id)
    AND c.actor_id IN (
        SELECT other_id FROM relation WHERE customer_id = :actor_id
        UNION SELECT customer_id FROM relation WHERE other_id = :actor_id
        UNION SELECT b.customer_id FROM address a JOIN address b ON b.postcode_key = a.postcode_key
            WHERE a.postcode_key <> '' AND {same_door}
        UNION SELECT b.customer_id FROM address a JOIN address b ON b.street_key = a.street_key
            WHERE a.street_key <> '' AND {same_door}
    )
    ORDER BY c.sort_key, c.actor_id LIMIT :wanted
"""
_LIVED_IN = "({0}.until_on IS NULL OR {0}.until_on >= :today)"
_STATEMENT = text(
    _FAMILY.format(
        same_door="a.customer_id = :actor_id AND a.house_number <> '' AND "
        f"{_LIVED_IN.format('a')} AND {_LIVED_IN.format('b')}"
    )
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
    day = today.isoformat() if connection.dialect.name == "sqlite" else today
    found = connection.execute(
        _STATEMENT,
        {
            "actor_id": actor_id,
            "today": day,
            "sort_key": at.sort_key,
            "last_id": at.actor_id,
            "wanted": limit + 1,
        },
    )
    return page(connection, [Place(*row) for row in found], limit, today)
