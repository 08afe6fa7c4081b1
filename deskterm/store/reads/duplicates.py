"""Who may be the same person: looked for along the indexes of birth date, door, mail and phone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from deskterm.rules.duplicates import Face, Match
from deskterm.rules.names import fold
from deskterm.rules.phones import search_digits
from deskterm.store.light import Reader, Statement, text
from deskterm.store.reads.rows import Parameter, text_of, word
from deskterm.store.search.conditions import LAST_LETTER
from deskterm.store.search.keys import door_keys
from deskterm.store.values import as_date

MOST = 50
"""So many of each kind are judged; a birth date is shared by a few dozen, a door by a nursing home.

A search by name and birth date is narrowed by the surname, so this cuts nobody off there.
"""
SHORTEST_PHONE = 9
"""Digits with the country code; fewer would be an extension that many share."""

_BORN = text(
    """
    SELECT actor_id FROM customer
    WHERE born = :born AND name_text LIKE :surname LIMIT :most
    """
)
_DOORS = tuple(
    text(
        f"""
        SELECT a.customer_id AS actor_id
        FROM address a JOIN customer c ON c.actor_id = a.customer_id
        WHERE a.{key} = :door AND c.name_text LIKE :surname LIMIT :most
        """
    )
    for key in ("postcode_key", "street_key")
)
"""For the keys of `door_keys`."""
_EMAIL = text("SELECT actor_id FROM customer WHERE email IN :emails LIMIT :most", many=("emails",))
# Along the names, since only the same name counts: no index of telephone numbers is as quick.
_PHONE = text(
    """
    SELECT actor_id FROM customer
    WHERE sort_key >= :low AND sort_key < :high AND contact_text LIKE :digits LIMIT :most
    """
)
_PEOPLE = text(
    """
    SELECT actor_id, surname, prefix, initials, first_name, born, email
    FROM customer WHERE actor_id IN :ids AND merged_into_id IS NULL AND erased_on IS NULL
    """,
    many=("ids",),
)
_ROLES = text(
    """
    SELECT r.customer_id, r.code, w.nl, w.en FROM customer_role r
    LEFT JOIN word w ON w.kind = 'role' AND w.code = r.code
    WHERE r.customer_id IN :ids AND (r.end_on IS NULL OR r.end_on >= :today)
    ORDER BY r.begin_on, r.id
    """,
    many=("ids",),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom to look for; what is empty does not count."""

    face: Face
    address: Mapping[str, str] = field(default_factory=dict)
    """Its parts as typed, by the name of their column."""
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    """As typed."""
    country: str = "NL"


@dataclass(frozen=True, slots=True)
class Alike:
    """Somebody found, with what was the same."""

    actor_id: int
    face: Face
    email: str
    matches: frozenset[Match]


def alike(connection: Reader, asked: Asked) -> tuple[Alike, ...]:
    """Find everybody who shares name and birth date, door, mail address or telephone."""
    found: dict[int, set[Match]] = {}
    for match, ids in _found(connection, asked):
        for actor_id in ids:
            found.setdefault(actor_id, set()).add(match)
    if not found:
        return ()
    people = connection.execute(_PEOPLE, {"ids": list(found)}).mappings()
    return tuple(
        Alike(
            row["actor_id"],
            Face(
                text_of(row["surname"]),
                text_of(row["prefix"]),
                text_of(row["initials"]),
                text_of(row["first_name"]),
                as_date(row["born"]),
            ),
            text_of(row["email"]),
            frozenset(found[row["actor_id"]]),
        )
        for row in people
    )


def roles_of(
    connection: Reader, actor_ids: Sequence[int], today: date
) -> dict[int, tuple[str, ...]]:
    """Read the words of the roles that run, by customer."""
    found: dict[int, tuple[str, ...]] = dict.fromkeys(actor_ids, ())
    if not actor_ids:
        return found
    asked = {"ids": list(actor_ids), "today": today}
    for row in connection.execute(_ROLES, asked).mappings():
        known = found[row["customer_id"]]
        found[row["customer_id"]] = (*known, word(row["nl"] or row["code"], row["en"]))
    return found


def _found(connection: Reader, asked: Asked) -> Iterable[tuple[Match, list[int]]]:
    values: dict[str, Parameter]
    surname = fold(asked.face.surname).replace("*", "").strip()
    like = f"% {surname} %"
    if surname and asked.face.born is not None:
        values = {"born": asked.face.born, "surname": like, "most": MOST}
        yield Match.NAME_AND_BIRTH, _ids(connection, _BORN, values)
    if surname and asked.address.get("house_number", "").strip():
        for query, door in zip(_DOORS, door_keys(asked.address), strict=True):
            values = {"door": door, "surname": like, "most": MOST}
            yield Match.ADDRESS, _ids(connection, query, values) if door else []
    emails = [one for typed in asked.emails if typed for one in {typed, typed.casefold()}]
    if emails:
        yield Match.EMAIL, _ids(connection, _EMAIL, {"emails": emails, "most": MOST})
    for typed in asked.phones:
        digits = search_digits(typed, asked.country)
        if surname and len(digits) >= SHORTEST_PHONE:
            ids = []
            for low in _name_starts(surname, asked.face):
                values = {"low": low, "high": low + LAST_LETTER}
                values |= {"digits": f"% {digits} %", "most": MOST}
                ids += _ids(connection, _PHONE, values)
            yield Match.PHONE, ids


def _name_starts(surname: str, face: Face) -> tuple[str, ...]:
    """How the sort keys begin of who can be called the same: surname, then first name or initials.

    Without a given name everybody of that surname can; else those of the same letter, and those
    of whom no given name is known.
    """
    given = (fold(face.first_name)[:1], fold(face.initials)[:1])
    letters = {letter for letter in given if letter}
    starts = [f"{surname}  {letter}" for letter in sorted(letters)]
    return (*starts, f"{surname}    ") if starts else (f"{surname}  ",)


def _ids(connection: Reader, statement: Statement, values: Mapping[str, Parameter]) -> list[int]:
    return list(connection.execute(statement, values).scalars())
