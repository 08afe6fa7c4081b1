"""Whom a selection means: a list of numbers, a search, a search word."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from deskterm.rules import cards
from deskterm.rules.names import display_name, inert
from deskterm.services import finding
from deskterm.services.errors import DeskError
from deskterm.services.many.people import in_parts
from deskterm.store.light import Reader, text
from deskterm.store.reads import codes
from deskterm.store.reads.rows import rows, text_of
from deskterm.text import _
from deskterm.views.series import Chosen, Selection

if TYPE_CHECKING:
    from deskterm.services.desk import Desk
    from deskterm.views.forms import SearchForm

LARGEST_FILE = 2_000_000
"""Bytes: a hundred thousand card numbers."""
MOST_TAGS = 500
_PARTED = re.compile(r"[\s,;]+")
_PEOPLE = text(
    """
    SELECT actor_id, version, title, initials, first_name, prefix, surname, sort_key
    FROM customer WHERE actor_id IN :ids AND merged_into_id IS NULL AND erased_on IS NULL
    """,
    many=("ids",),
)
_MERGED = text(
    "SELECT actor_id, merged_into_id FROM customer"
    " WHERE actor_id IN :ids AND merged_into_id IS NOT NULL",
    many=("ids",),
)
_EXIST = text("SELECT actor_id FROM customer WHERE actor_id IN :ids", many=("ids",))
_ALIVE = "merged_into_id IS NULL AND erased_on IS NULL"
_COUNT = text(f"SELECT count(*) FROM customer WHERE {_ALIVE}")
_TAGGED = text(f"SELECT actor_id FROM customer WHERE tag = :tag AND {_ALIVE}")
_TAGS = text(
    f"SELECT tag, count(*) AS people FROM customer WHERE tag <> '' AND {_ALIVE}"
    " GROUP BY tag ORDER BY tag LIMIT :most"
)


def of_numbers(connection: Reader, typed: str) -> Selection:
    """Give whom numbers mean: cards, also replaced, and actor-ids, also of merged customers."""
    numbers = list(dict.fromkeys(filter(None, map(cards.clean, _PARTED.split(inert(typed))))))
    found: dict[str, int] = {}
    for part in in_parts(numbers):
        found |= {card.number: card.actor_id for card in codes.cards_with(connection, part)}
        ids = {int(one): one for one in part if one not in found and _may_be_actor(one)}
        existing = connection.execute(_EXIST, {"ids": list(ids)}).scalars() if ids else ()
        found |= {ids[actor_id]: actor_id for actor_id in existing}
    unknown = tuple(one for one in numbers if one not in found)
    return of_ids(connection, found.values(), unknown)


def of_ids(
    connection: Reader, actor_ids: Iterable[int], unknown: tuple[str, ...] = ()
) -> Selection:
    """Read who these are, by name; who was merged counts as the keeper, who was erased not."""
    people = []
    for part in in_parts(_keepers(connection, list(dict.fromkeys(actor_ids)))):
        for row in rows(connection, _PEOPLE, {"ids": list(part)}):
            name = display_name(
                text_of(row["surname"]),
                prefix=text_of(row["prefix"]),
                initials=text_of(row["initials"]),
                first=text_of(row["first_name"]),
                title=text_of(row["title"]),
            )
            people.append((row["sort_key"], Chosen(row["actor_id"], row["version"], name)))
    people.sort(key=lambda one: (one[0], one[1].actor_id))
    return Selection(tuple(chosen for _key, chosen in people), unknown)


def found_by(desk: "Desk", form: "SearchForm", most: int) -> list[int]:
    """Find everybody whom a search means, page by page; one more than `most` is enough."""
    found: list[int] = []
    after: str | None = None
    while len(found) <= most:
        page = finding.search(desk, form, after=after, limit=1000)
        found += [row.actor_id for row in page.rows]
        after = page.next_key
        if after is None:
            break
    return found


def with_tag(connection: Reader, tag: str) -> list[int]:
    """Find who has a search word, as it was typed."""
    return list(connection.execute(_TAGGED, {"tag": " ".join(inert(tag).split())}).scalars())


def tags(connection: Reader) -> tuple[tuple[str, int], ...]:
    """Read the search words in use, with how many customers have each."""
    found = rows(connection, _TAGS, {"most": MOST_TAGS})
    return tuple((text_of(row["tag"]), int(row["people"])) for row in found)


def count(connection: Reader) -> int:
    """How many customers the library has."""
    return int(connection.execute(_COUNT, {}).scalar_one())


def text_of_file(path: Path) -> str:
    """Read a file of numbers; raises DeskError when it is none."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise DeskError(_("{file} is te groot voor een lijst nummers.").format(file=path.name))
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeError, ValueError) as trouble:
        raise DeskError(
            _("{file} kan niet gelezen worden.").format(file=path.name),
            _("Geef een tekstbestand met pasnummers of actor-ids, een per regel."),
        ) from trouble


def _may_be_actor(number: str) -> bool:
    is_short = cards.is_digits(number) and len(number) < cards.SHORTEST_CARD
    return is_short and int(number) <= codes.LARGEST_ACTOR_ID


def _keepers(connection: Reader, actor_ids: Sequence[int]) -> list[int]:
    """Follow the pointers of merged customers to who is left."""
    merged: dict[int, int] = {}
    waiting: Sequence[int] = actor_ids
    while waiting:
        found: dict[int, int] = {}
        for part in in_parts(waiting):
            lines = rows(connection, _MERGED, {"ids": list(part)})
            found |= {row["actor_id"]: row["merged_into_id"] for row in lines}
        waiting = [one for one in found.values() if one not in merged and one not in found]
        merged |= found
    return list(dict.fromkeys(_end_of(merged, one) for one in actor_ids))


def _end_of(merged: dict[int, int], actor_id: int) -> int:
    while actor_id in merged:
        actor_id = merged[actor_id]
    return actor_id
