"""Who may be in the file twice: shortlists along the indexes, and what each is recognised by."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter

from deskterm.rules.duplicates import Face
from deskterm.rules.phones import search_digits
from deskterm.rules.resemblance import LEAST_NAME, Record, Similarity, folded
from deskterm.store.light import Reader, text
from deskterm.store.light import Record as Row
from deskterm.store.reads import duplicates
from deskterm.store.reads.rows import rows, text_of
from deskterm.store.search.keys import EMAIL_FIELDS, PHONE_FIELDS
from deskterm.store.values import as_date

MOST = 5_000
"""So many who share something are looked at: a door is a nursing home's, and who was born on an
unknown day is on 1 January."""
CROWD = 12
"""More than this behind one telephone or mail address are an institution, and no person."""
_CHUNK = 400

_LIVING = "merged_into_id IS NULL AND erased_on IS NULL"
_BORN = text(
    f"""
    SELECT actor_id, sort_key FROM customer WHERE born = :born AND {_LIVING} LIMIT :most
    """
)
# Outside the Netherlands a postcode is a town, with the same number in many streets.
_DOORS = text(
    """
    SELECT c.actor_id, c.sort_key, c.born
    FROM address a JOIN address b ON b.postcode_key = a.postcode_key
    JOIN customer c ON c.actor_id = b.customer_id
    WHERE a.customer_id = :actor_id AND a.postcode_key <> '' AND a.house_number <> ''
    AND a.country IN ('', 'NL')
    UNION SELECT c.actor_id, c.sort_key, c.born
    FROM address a JOIN address b ON b.street_key = a.street_key
    JOIN customer c ON c.actor_id = b.customer_id
    WHERE a.customer_id = :actor_id AND a.street_key <> '' AND a.house_number <> ''
    AND a.country NOT IN ('', 'NL') LIMIT :most
    """
)
_EXTERNAL = text(
    """
    SELECT actor_id FROM customer WHERE external_number IN :numbers
    UNION SELECT actor_id FROM customer WHERE external_number2 IN :numbers LIMIT :most
    """,
    many=("numbers",),
)
_PEOPLE = text(
    f"""
    SELECT actor_id, branch_code, surname, prefix, first_name, initials, sex, born,
           external_number, external_number2, {", ".join((*PHONE_FIELDS, *EMAIL_FIELDS))}
    FROM customer WHERE actor_id IN :ids AND {_LIVING}
    """,
    many=("ids",),
)
_THEIR_DOORS = text(
    """
    SELECT customer_id,
           CASE WHEN country IN ('', 'NL') THEN postcode_key ELSE street_key END AS door
    FROM address WHERE customer_id IN :ids AND house_number <> ''
    """,
    many=("ids",),
)
_YEARS = text(f"SELECT min(born) AS first, max(born) AS last FROM customer WHERE {_LIVING}")
_BORN_IN = text(
    f"""
    SELECT born AS shared, sort_key, actor_id FROM customer
    WHERE born >= :first AND born <= :last AND {_LIVING} ORDER BY born
    """
)
_SAME_EMAIL = text(
    f"""
    SELECT email AS shared, sort_key, actor_id FROM customer
    WHERE email IN (
        SELECT email FROM customer WHERE email <> '' AND {_LIVING}
        GROUP BY email HAVING count(*) BETWEEN 2 AND {CROWD}
    ) AND {_LIVING} ORDER BY email
    """
)
_SAME_PHONE = text(
    f"""
    WITH numbers AS (
        SELECT replace(replace(phone, '-', ''), ' ', '') AS shared, sort_key, actor_id
        FROM customer WHERE phone <> '' AND {_LIVING}
        UNION ALL
        SELECT replace(replace(mobile, '-', ''), ' ', ''), sort_key, actor_id
        FROM customer WHERE mobile <> '' AND {_LIVING}
    )
    SELECT shared, sort_key, actor_id FROM numbers WHERE shared IN (
        SELECT shared FROM numbers GROUP BY shared HAVING count(*) BETWEEN 2 AND {CROWD}
    ) ORDER BY shared
    """
)


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody in a group that shares something: by what they are called, folded."""

    actor_id: int
    surname: str
    given: str


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody on a shortlist."""

    branch_code: str
    record: Record


def shortlist(
    connection: Reader, actor_id: int, similar: Similarity
) -> tuple[Found | None, dict[int, Found]]:
    """Read a customer, and everybody who shares something that an index knows.

    Who shares nothing but the birth date, or nothing but the door, must have a surname like it.
    """
    asked = people(connection, (actor_id,)).get(actor_id)
    if asked is None:
        return None, {}
    one = asked.record
    surname = folded(one.surname)

    def is_called_alike(row: Row) -> bool:
        other = _named(row["actor_id"], row["sort_key"])
        return similar(surname, other.surname) >= LEAST_NAME

    ids: set[int] = set()
    if one.born is not None:
        born = rows(connection, _BORN, {"born": one.born, "most": MOST})
        ids |= {row["actor_id"] for row in born if is_called_alike(row)}
    for row in rows(connection, _DOORS, {"actor_id": actor_id, "most": MOST}):
        if is_called_alike(row) or (one.born is not None and as_date(row["born"]) == one.born):
            ids.add(row["actor_id"])
    if one.externals:
        numbers = {"numbers": sorted(one.externals), "most": MOST}
        ids.update(connection.execute(_EXTERNAL, numbers).scalars())
    face = Face(one.surname, "", one.initials, one.first_name, None)
    reached = duplicates.Asked(
        face, emails=tuple(sorted(one.emails)), phones=tuple(f"+{two}" for two in one.phones)
    )
    ids |= {other.actor_id for other in duplicates.alike(connection, reached)}
    return asked, people(connection, sorted(ids - {actor_id}))


def people(connection: Reader, actor_ids: Sequence[int]) -> dict[int, Found]:
    """Read what customers are recognised by; who was merged or erased is left out."""
    found: dict[int, Found] = {}
    for start in range(0, len(actor_ids), _CHUNK):
        ids = list(actor_ids[start : start + _CHUNK])
        doors: dict[int, set[str]] = {}
        for row in rows(connection, _THEIR_DOORS, {"ids": ids}):
            if door := text_of(row["door"]):
                doors.setdefault(row["customer_id"], set()).add(door)
        for row in rows(connection, _PEOPLE, {"ids": ids}):
            phones = (search_digits(text_of(row[name])) for name in PHONE_FIELDS)
            emails = [text_of(row[name]).strip() for name in EMAIL_FIELDS]
            externals = (text_of(row[name]) for name in ("external_number", "external_number2"))
            number = row["actor_id"]
            record = Record(
                surname=text_of(row["surname"]),
                first_name=text_of(row["first_name"]),
                initials=text_of(row["initials"]),
                sex=row["sex"],
                born=as_date(row["born"]),
                emails=frozenset(filter(None, (*emails, *map(str.casefold, emails)))),
                phones=frozenset(filter(_is_whole, phones)),
                doors=frozenset(doors.get(number, ())),
                externals=frozenset(filter(None, externals)),
            )
            found[number] = Found(text_of(row["branch_code"]), record)
    return found


def years(connection: Reader) -> range:
    """The years in which customers were born."""
    for row in rows(connection, _YEARS, {}):
        first, last = as_date(row["first"]), as_date(row["last"])
        if first is not None and last is not None:
            return range(first.year, last.year + 1)
    return range(0)


def born_in(connection: Reader, year: int) -> Iterator[list[Named]]:
    """Who shares a birth date of a year, group by group."""
    values = {"first": date(year, 1, 1), "last": date(year, 12, 31)}
    return _groups(connection.execute(_BORN_IN, values))


def same_email(connection: Reader) -> Iterator[list[Named]]:
    """Who shares a mail address."""
    return _groups(connection.execute(_SAME_EMAIL))


def same_phone(connection: Reader) -> Iterator[list[Named]]:
    """Who shares a telephone number."""
    return _groups(connection.execute(_SAME_PHONE))


def _groups(found: Iterable[tuple[object, str, int]]) -> Iterator[list[Named]]:
    for _shared, group in groupby(found, key=itemgetter(0)):
        people_of_it = [_named(number, key) for _shared, key, number in group]
        if len(people_of_it) > 1:
            yield people_of_it


def _named(actor_id: int, key: str) -> Named:
    surname, _gap, rest = key.partition("  ")
    return Named(actor_id, surname, rest.partition("  ")[0])


def _is_whole(digits: str) -> bool:
    return len(digits) >= duplicates.SHORTEST_PHONE
