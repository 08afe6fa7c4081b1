"""Pages of a result list: where one ends, and the rows that are shown of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from deskterm.rules.membership import MembershipStatus, is_valid
from deskterm.rules.names import inert, list_name
from deskterm.store.light import Reader, Record, text
from deskterm.store.values import as_date
from deskterm.views.lists import FoundCustomer

Found = tuple[tuple[FoundCustomer, ...], str | None]
"""The rows of a page and what asks for the next one."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in a list: tier (0 the likeliest), then by name."""

    tier: int
    sort_key: str
    actor_id: int

    def __str__(self) -> str:
        return f"{self.tier} {self.actor_id} {self.sort_key}"


START = Place(0, "", -1)


def place_of(after: str | None) -> Place:
    """Read a `next_key`; the start for None.

    Raises:
        ValueError: it is none that a list gave out.
    """
    if after is None:
        return START
    tier, actor_id, sort_key = after.split(" ", 2)
    return Place(int(tier), sort_key, int(actor_id))


def page(connection: Reader, places: Sequence[Place], limit: int, today: date) -> Found:
    """Fill the rows of a list; one place more than the limit says that there is a next page."""
    shown = places[:limit]
    following = str(shown[-1]) if len(places) > limit else None
    return listed(connection, [place.actor_id for place in shown], today), following


_PEOPLE = text(
    "SELECT actor_id, surname, prefix, initials, first_name, born, branch_code FROM customer"
    " WHERE actor_id IN :ids",
    many=("ids",),
)
_CARDS = text(
    "SELECT customer_id, number FROM card"
    " WHERE customer_id IN :ids AND kind = 'main' AND status <> 'replaced'",
    many=("ids",),
)
_ADDRESSES = text(
    "SELECT customer_id, street, house_number, house_addition, postcode, place, from_on, until_on"
    " FROM address WHERE customer_id IN :ids ORDER BY position DESC, id DESC",
    many=("ids",),
)
_PERIODS = text(
    "SELECT p.customer_id, p.status, p.begin_on, p.end_on, t.name FROM membership_period p"
    " JOIN membership_type t ON t.code = p.membership_code"
    " WHERE p.customer_id IN :ids ORDER BY p.begin_on, p.id",
    many=("ids",),
)


def listed(connection: Reader, actor_ids: Sequence[int], today: date) -> tuple[FoundCustomer, ...]:
    """Read customers as rows of a list, in the order that is asked for; all have to be there."""
    if not actor_ids:
        return ()
    asked = {"ids": list(actor_ids)}
    people = {row["actor_id"]: row for row in connection.execute(_PEOPLE, asked).mappings()}
    cards = {
        row["customer_id"]: row["number"] for row in connection.execute(_CARDS, asked).mappings()
    }
    addresses: dict[int, Record] = {}
    for row in connection.execute(_ADDRESSES, asked).mappings():
        begin, until = as_date(row["from_on"]), as_date(row["until_on"])
        holds = (begin is None or begin <= today) and (until is None or until >= today)
        if row["customer_id"] not in addresses or holds:
            addresses[row["customer_id"]] = row
    periods: dict[int, Record] = {}
    for row in connection.execute(_PERIODS, asked).mappings():
        before = periods.get(row["customer_id"])
        if before is None or _valid(row, today) or not _valid(before, today):
            periods[row["customer_id"]] = row
    return tuple(
        _row(
            people[number], cards.get(number, ""), addresses.get(number), periods.get(number), today
        )
        for number in actor_ids
    )


def _valid(period: Record, today: date) -> bool:
    begin = as_date(period["begin_on"])
    return begin is not None and is_valid(
        MembershipStatus(period["status"]), begin, as_date(period["end_on"]), today
    )


def _row(
    person: Record,
    card_number: str,
    address: Record | None,
    period: Record | None,
    today: date,
) -> FoundCustomer:
    street = postcode = place = ""
    if address:
        door = (address["street"], address["house_number"], address["house_addition"])
        street = " ".join(filter(None, door))
        postcode, place = address["postcode"], address["place"]
    return FoundCustomer(
        actor_id=person["actor_id"],
        card_number=inert(card_number),
        name=inert(
            list_name(
                person["surname"],
                prefix=person["prefix"],
                initials=person["initials"],
                first=person["first_name"],
            )
        ),
        born=as_date(person["born"]),
        address=inert(street),
        postcode=inert(postcode),
        place=inert(place),
        branch_code=person["branch_code"],
        membership_name=inert(period["name"]) if period else "",
        status=period["status"] if period else None,
        valid=period is not None and _valid(period, today),
    )
