"""The Search screen: a customer has to match every field that is filled in.

The first field that few customers match says who is looked at, the others then judge those. If
every field matches many, the answers lie close together in the index of names, so walking along
that and judging each ends soon.
"""

from datetime import date

from deskterm.store.light import Reader, text
from deskterm.store.search.asks import Ask, SearchTerms, asks_of
from deskterm.store.search.conditions import Conditions, customers_by_name
from deskterm.store.search.pages import Found, Place, page, place_of

MANY = 10_000
"""From so many matches on, a field does not say who is looked at."""


def search(
    connection: Reader,
    terms: SearchTerms,
    *,
    today: date,
    after: str | None = None,
    limit: int = 100,
) -> Found:
    """Find who matches all terms, by name; terms that are all empty find nobody."""
    terms = terms.cleaned()
    if terms in (SearchTerms(), SearchTerms(include_ended=False)):
        return (), None
    where = Conditions(connection.dialect.name)
    if terms.number or terms.external_number:
        # An old number leads to the keeper; nothing else of who is gone leads anywhere.
        where.parts.append("(c.merged_into_id IS NOT NULL OR c.erased_on IS NULL)")
    else:
        where.parts.append("c.merged_into_id IS NULL AND c.erased_on IS NULL")
    narrowed = False
    for ask in asks_of(terms, today):
        ask.filter(where)
        ids = None if narrowed else _few(connection, ask)
        if ids is not None:
            where.among("c.actor_id", ids)
            narrowed = True
    customers = "customer c" if narrowed else customers_by_name(where.dialect)
    at = place_of(after)
    place = f"({where.bind(at.sort_key)}, {where.bind(at.actor_id)})"
    found = connection.execute(
        text(
            f"SELECT 0, c.sort_key, c.actor_id FROM {customers} WHERE {where.sql}"
            f" AND (c.sort_key, c.actor_id) > {place}"
            f" ORDER BY c.sort_key, c.actor_id LIMIT {where.bind(limit + 1)}"
        ),
        where.values,
    )
    return page(connection, [Place(*row) for row in found], limit, today)


def _few(connection: Reader, ask: Ask) -> list[int] | None:
    """Everybody who matches a question; None when they are many, or no index tells."""
    source = ask.source(connection.dialect.name)
    if source is None:
        return None
    select, where = source
    limited = f"{select} WHERE {where.sql} LIMIT {where.bind(MANY + 1)}"
    ids = list(connection.execute(text(limited), where.values).scalars())
    return ids if len(ids) <= MANY else None
