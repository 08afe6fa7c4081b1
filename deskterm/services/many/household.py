"""Who lives on the address of a customer now, and who stayed where the customer moved from."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeAlias

from deskterm.services.errors import DeskError
from deskterm.services.many.fields import texts_of
from deskterm.services.many.people import Person, lives_at, people_of
from deskterm.services.versions import the_customer
from deskterm.store.search import door_keys
from deskterm.text import _
from deskterm.views.series import Household, Housemate

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskterm.store.tables import Address, ChangeLogLine

Door: TypeAlias = tuple[str, str]
"""The keys of an address: by postcode and by street; those of no door are empty."""
STAYED_DAYS = 365
"""After a year, who lives on the old address has nothing to do with who left it."""
MOST = 200
"""Customers at one door: more than a home has, and fewer than would be walked through."""
_PARTS = ("street", "house_number", "house_addition", "postcode", "place", "country")


def of(session: "Session", actor_id: int, today: date) -> Household:
    """Read a customer and the others of the household, by name.

    Raises:
        NotFound: the customer is gone.
        DeskError: nobody else lives or lived there, or the customer has no address.
    """
    the_customer(session, actor_id)
    person = people_of(session, [actor_id], today)[actor_id]
    home = person.home
    if home is None:
        raise DeskError(_("Deze klant heeft geen adres."), _("Vul eerst een adres in (tab 2)."))
    here = _door(home)
    old = [door for door in _left_doors(session, person, today) if door != here]
    others = [
        *_living(session, person, [here], today, stayed=False),
        *_living(session, person, old, today, stayed=True),
    ]
    if not others:
        raise DeskError(
            _("Er is geen andere klant op hetzelfde adres."),
            _("Voor een lijst van klanten: Klanten, Overzichten, Seriemutatie van een selectie."),
        )
    # Who lives at both is one of those who live here.
    by_id = {one.actor_id: one for one in reversed(others)}
    everybody = sorted(by_id.values(), key=lambda one: (one.stayed, one.born or date.max))
    return Household(_housemate(person, person.home_number), tuple(everybody))


def _living(
    session: "Session", person: Person, doors: Iterable[Door], today: date, *, stayed: bool
) -> Iterator[Housemate]:
    addresses: dict[int, Address] = {}
    for door in doors:
        for address in _behind(session, door):
            if address.customer_id != person.actor_id and lives_at(address, today):
                addresses.setdefault(address.customer_id, address)
    people = people_of(session, list(addresses)[:MOST], today)
    for actor_id, other in people.items():
        if not other.is_gone:
            number = other.addresses.index(addresses[actor_id]) + 1
            yield _housemate(other, number, stayed=stayed)


def _behind(session: "Session", door: Door) -> "list[Address]":
    from sqlmodel import col, select

    from deskterm.store.tables import Address

    found: list[Address] = []
    for column, key in zip((Address.postcode_key, Address.street_key), door, strict=True):
        if key:
            query = select(Address).where(col(column) == key, col(Address.house_number) != "")
            found += session.exec(query.order_by(col(Address.position)).limit(MOST))
    return found


def _door(address: "Address") -> Door:
    return _door_of({part: getattr(address, part) for part in _PARTS})


def _door_of(texts: Mapping[str, object]) -> Door:
    return door_keys(texts) if texts["house_number"] else ("", "")


def _left_doors(session: "Session", person: Person, today: date) -> list[Door]:
    """The doors that the customer left in the last year.

    An address that ended is a row of its own; one that was typed over is in the log.
    """
    since = today - timedelta(days=STAYED_DAYS)
    doors = [
        _door(address)
        for address in person.addresses
        if address.until_on is not None and since <= address.until_on < today
    ]
    doors += _typed_over(person, _address_lines(session, person.actor_id, since))
    return list(dict.fromkeys(doors))


def _address_lines(session: "Session", actor_id: int, since: date) -> "list[ChangeLogLine]":
    from sqlmodel import col, select

    from deskterm.store.tables import ChangeLogLine

    query = select(ChangeLogLine).where(
        col(ChangeLogLine.customer_id) == actor_id,
        col(ChangeLogLine.day) >= since,
        col(ChangeLogLine.field).startswith("address."),
    )
    return list(session.exec(query.order_by(col(ChangeLogLine.id).desc()).limit(MOST)))


def _typed_over(person: Person, lines: "list[ChangeLogLine]") -> Iterator[Door]:
    """Go back through the log, last save first, and tell each door that stood there before."""
    home, number = person.home, str(person.home_number)
    texts: dict[str, object] = {part: getattr(home, part) for part in _PARTS}
    for at in dict.fromkeys(line.at for line in lines):
        for line in lines:
            _address, of_number, part = line.field.split(".", 2)
            if line.at == at and of_number == number and part in texts and not line.erased:
                texts[part] = line.old
        if texts["house_number"]:
            yield _door_of(texts)


def _housemate(person: Person, number: int, *, stayed: bool = False) -> Housemate:
    texts = texts_of(person, number)
    customer = person.customer
    return Housemate(
        person.actor_id, customer.version, person.name, customer.born, number, texts, stayed
    )
