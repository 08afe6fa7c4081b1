"""The folded copies of names, addresses and contacts that customers are found by.

`name_text` is a row of words with a blank before and after each, so that a needle with a blank in
front finds the begin of a word:  ` vries de jan j 9468 bg #41 01011985 `.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Protocol

from deskterm.rules.names import fold, sort_key
from deskterm.rules.phones import search_digits

HOUSE = "#"
"""Stands before a house number, so that 41 is not found in a postcode or a birth date."""

NAME_FIELDS = (
    "surname", "prefix", "first_name", "initials", "suffix",
    "preferred_first_name", "preferred_surname", "tag",
)  # fmt: skip
PHONE_FIELDS = ("phone", "phone2", "phone3", "mobile", "contact_phone")
EMAIL_FIELDS = ("email", "email_bcc1", "email_bcc2", "billing_email")
INDEXED_FIELDS = frozenset({*NAME_FIELDS, *PHONE_FIELDS, *EMAIL_FIELDS, "born"})
"""What of a customer, besides the addresses, the search columns are made of."""
ADDRESS_FIELDS = ("street", "house_number", "house_addition", "postcode", "place", "country")

_LONGEST_TEXT = 1000
_LONGEST_KEY = 200
"""PostgreSQL refuses to index more than 2,700 bytes; a letter is four at most."""

# Streets, places and names come back often, above all in an import.
_fold = lru_cache(maxsize=50_000)(fold)

Fields = Mapping[str, object]
"""Plain values by the name of their column; what is missing counts as empty."""


class Indexed(Protocol):
    """What of a customer row is written here."""

    sort_key: str
    name_text: str
    contact_text: str
    place_key: str
    merged_into_id: int | None
    erased_on: date | None


class IndexedAddress(Protocol):
    """What of an address row is written here."""

    postcode_key: str
    street_key: str


def keys_of(customer: Fields, addresses: Sequence[Fields] = ()) -> dict[str, str]:
    """Give a customer's search columns; `addresses` in the order of their position."""
    first = _text(customer, "first_name") or _text(customer, "initials")
    place = _text(addresses[0], "place") if addresses else ""
    return {
        "sort_key": _sort_key(_text(customer, "surname"), _text(customer, "prefix"), first),
        "name_text": _row_of_words(_name_words(customer, addresses)),
        "contact_text": contact_text(customer),
        "place_key": _fold(place)[:_LONGEST_KEY],
    }


def contact_text(customer: Fields) -> str:
    """Give the one search column that telephone numbers and mail addresses are in."""
    return _row_of_words(_contact_words(customer))


def address_keys(address: Fields) -> dict[str, str]:
    """Give an address's search columns: equal for those who live behind the same door."""
    door, postcode = compact(_house(address)), compact(_text(address, "postcode")).upper()
    street, place = _fold(_text(address, "street")), _fold(_text(address, "place"))
    return {
        "postcode_key": f"{postcode} {door}".strip()[:_LONGEST_KEY] if postcode else "",
        "street_key": f"{street} {door} {place}".strip()[:_LONGEST_KEY] if street else "",
    }


def door_keys(address: Fields) -> tuple[str, str]:
    """Give what tells a door: postcode and number in the Netherlands, street and number anywhere.

    Either is enough for the same door; one that tells nothing is empty. Elsewhere a postcode is a
    whole town, and a number in it stands in many streets.
    """
    keys = address_keys(address)
    is_dutch = _text(address, "country") in ("", "NL")
    return keys["postcode_key"] if is_dutch else "", keys["street_key"]


def index_customer(customer: Indexed, addresses: Sequence[IndexedAddress]) -> None:
    """Set the search columns of a row that is about to be written, and of its addresses.

    To be called by every use case that writes a name, a birth date, a contact or an address.
    Whoever was merged or erased is found by nothing.
    """
    plain: list[Fields] = [
        {name: getattr(address, name) for name in ADDRESS_FIELDS} for address in addresses
    ]
    hidden = customer.merged_into_id is not None or customer.erased_on is not None
    person = {} if hidden else {name: getattr(customer, name) for name in INDEXED_FIELDS}
    plain = [{} for _address in addresses] if hidden else plain
    keys = keys_of(person, plain)
    customer.sort_key, customer.name_text = keys["sort_key"], keys["name_text"]
    customer.contact_text, customer.place_key = keys["contact_text"], keys["place_key"]
    for address, fields in zip(addresses, plain, strict=True):
        own = address_keys(fields)
        address.postcode_key, address.street_key = own["postcode_key"], own["street_key"]


def compact(text: str) -> str:
    """A text without any blank."""
    return "".join(text.split())


def _name_words(customer: Fields, addresses: Sequence[Fields]) -> list[str]:
    words: list[str] = []
    for value in _texts(customer, NAME_FIELDS):
        folded = _fold(value)
        # Who is marked as deceased (`*Jansen`) is found with the mark and without.
        words += [*folded.split(), *folded.replace("*", "").split()]
    if (initials := _text(customer, "initials")) and len(initials) > 1:
        words.append(_fold(initials).replace(" ", ""))
    for address in addresses:
        words += _fold(_parted(_text(address, "postcode"))).split()
        number, house = _fold(_text(address, "house_number")), _house(address)
        words += [f"{HOUSE}{text}" for text in (number, compact(house)) if text]
    born = customer.get("born")
    if isinstance(born, date):
        words.append(f"{born.day:02}{born.month:02}{born.year:04}")
    return words


def _contact_words(customer: Fields) -> list[str]:
    phones = [search_digits(text) for text in _texts(customer, PHONE_FIELDS)]
    emails = ["".join(text.casefold().split()) for text in _texts(customer, EMAIL_FIELDS)]
    return [*phones, *emails]


@lru_cache(maxsize=20_000)
def _sort_key(surname: str, prefix: str, first: str) -> str:
    return sort_key(surname, prefix, first)[:_LONGEST_KEY]


def _row_of_words(words: Sequence[str]) -> str:
    different = " ".join(dict.fromkeys(filter(None, words)))
    return f" {different[:_LONGEST_TEXT]} " if different else ""


def _house(address: Fields) -> str:
    number, addition = _text(address, "house_number"), _text(address, "house_addition")
    return _fold(f"{number} {addition}")


def _parted(postcode: str) -> str:
    joined = compact(postcode)
    return f"{joined[:4]} {joined[4:]}" if joined[:4].isdecimal() else postcode


def _texts(fields: Fields, names: Sequence[str]) -> list[str]:
    values = map(fields.get, names)
    return [value for value in values if value and isinstance(value, str)]


def _text(fields: Fields, name: str) -> str:
    value = fields.get(name)
    return value if isinstance(value, str) else ""
