"""What the fields of the Search screen ask of a customer, each with the index that helps it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from deskterm.rules.names import fold, inert
from deskterm.rules.phones import search_digits
from deskterm.store.search.conditions import Conditions, trigrams
from deskterm.store.search.keys import compact
from deskterm.store.search.needles import Needle, needle_of, question_of

_LARGEST_ID = 2**31 - 1
_DUTCH_POSTCODE = 6


@dataclass(frozen=True, slots=True)
class SearchTerms:
    """What to search by; what is empty does not count."""

    number: str = ""
    """A card number, an actor-id or an external number, whole."""
    external_number: str = ""
    name: str = ""
    """Any part of the name, as on the desk line."""
    given_name: str = ""
    """The begin of the first name, or initials."""
    born: date | None = None
    postcode: str = ""
    """Its begin: `9468`, `9468 BG`."""
    house_number: str = ""
    """Whole, with or without the addition."""
    street: str = ""
    """Its begin."""
    place: str = ""
    """Its begin."""
    phone: str = ""
    """Any part of any of the numbers."""
    email: str = ""
    """Any part of any of the addresses."""
    branch_code: str = ""
    item_number: str = ""
    """The barcode of an item that the customer has at home."""
    include_ended: bool = True

    def cleaned(self) -> "SearchTerms":
        """The same without blanks around a text, and without characters no engine takes."""
        values: dict[str, Any] = {slot: getattr(self, slot) for slot in self.__slots__}
        for slot, value in values.items():
            values[slot] = inert(value).strip() if isinstance(value, str) else value
        return SearchTerms(**values)


@dataclass(frozen=True, slots=True)
class Ask:
    """One question: as a filter it judges a customer `c`, as a source it lists who matches."""

    add: Callable[[Conditions], None]
    """Adds the question to a WHERE over `rows`."""
    rows: str = "customer c"
    key: str = "c.actor_id"
    """The column of `rows` that says which customer it is."""
    indexed: bool = True
    wider: Callable[[Conditions], None] | None = None
    """What a source asks instead, because only so much of the question is in the index."""
    column: str = ""
    """The text that `needles` are looked for in."""
    needles: tuple[Needle, ...] = ()

    def filter(self, where: Conditions) -> None:
        """Add it as a filter to a WHERE over customers."""
        if self.key == "c.actor_id":
            self.add(where)
        else:
            where.exists(self.rows, f"{self.key} = c.actor_id", self.add)

    def source(self, dialect: str) -> tuple[str, Conditions] | None:
        """A SELECT of actor-ids and its WHERE; None when no index helps."""
        where = Conditions(dialect)
        asked = trigrams(self.needles)
        if not self.indexed or (self.needles and not asked):
            return None
        if asked and dialect == "sqlite":
            table = f"customer_{self.column}"
            where.parts.append(f"{table} MATCH {where.bind(asked)}")
            return f"SELECT rowid FROM {table}", where
        (self.wider or self.add)(where)
        return f"SELECT {self.key} FROM {self.rows}", where


def asks_of(terms: SearchTerms, today: date) -> Iterator[Ask]:
    """The questions of the fields that are filled in, those that few customers match first."""
    if terms.number:
        yield Ask(lambda where: _number(where, terms.number))
    if terms.item_number:
        yield Ask(
            lambda where: _item(where, terms.item_number),
            "loan l JOIN item i ON i.id = l.item_id",
            "l.customer_id",
        )
    if terms.external_number:
        yield Ask(lambda where: _external(where, terms.external_number))
    if born := terms.born:
        yield Ask(lambda where: where.on_day("c.born", born))
    if terms.postcode or terms.street or terms.house_number:
        helped = bool(terms.postcode or terms.street)
        yield Ask(
            lambda where: _address(where, terms),
            "address a",
            "a.customer_id",
            indexed=helped,
            wider=lambda where: _door(where, terms),
        )
    yield from _texts("contact_text", _contact(terms))
    if terms.given_name:
        yield Ask(lambda where: _called(where, fold(terms.given_name)), indexed=False)
    if terms.name and not question_of(terms.name, today).needles:
        yield Ask(Conditions.never, indexed=False)
    yield from _texts("name_text", _named(terms, today))
    if terms.place:
        yield Ask(lambda where: where.begins("c.place_key", fold(terms.place)))
    if terms.branch_code:
        yield Ask(lambda where: where.equals("c.branch_code", terms.branch_code), indexed=False)
    if not terms.include_ended:
        yield Ask(lambda where: where.lives(today), indexed=False)


def _texts(column: str, needles: Sequence[Needle]) -> Iterator[Ask]:
    if needles:
        yield Ask(
            lambda where: where.holds_all(f"c.{column}", needles),
            column=column,
            needles=tuple(needles),
        )


def _contact(terms: SearchTerms) -> list[Needle]:
    """A phone number is looked for by its digits, a mail address as it is written."""
    asked = (search_digits(terms.phone), compact(terms.email).casefold())
    return [(text,) for text in asked if text]


def _named(terms: SearchTerms, today: date) -> list[Needle]:
    given = [needle_of(word) for word in fold(terms.given_name).split()]
    house = [needle_of(word) for word in fold(terms.house_number).split()[:1]]
    return [*question_of(terms.name, today).needles, *given, *house]


def _number(where: Conditions, number: str) -> None:
    place = where.bind(number)
    parts = [
        f"c.actor_id IN (SELECT customer_id FROM card WHERE number = {place})",
        f"c.external_number = {place}",
        f"c.external_number2 = {place}",
    ]
    if number.isascii() and number.isdecimal() and int(number) <= _LARGEST_ID:
        parts.append(f"c.actor_id = {where.bind(int(number))}")
    where.parts.append(f"({' OR '.join(parts)})")


def _external(where: Conditions, number: str) -> None:
    place = where.bind(number)
    where.parts.append(f"(c.external_number = {place} OR c.external_number2 = {place})")


def _item(where: Conditions, number: str) -> None:
    where.equals("i.number", number)
    where.parts.append("l.returned_on IS NULL")


def _door(where: Conditions, terms: SearchTerms) -> None:
    """What the index of postcodes or that of streets knows; both at once it cannot use."""
    if terms.postcode:
        postcode = compact(terms.postcode).upper()
        whole = len(postcode) == _DUTCH_POSTCODE and terms.house_number
        number = f" {compact(terms.house_number).lower()}" if whole else ""
        where.begins("a.postcode_key", postcode + number)
    else:
        where.begins("a.street_key", fold(terms.street))


def _address(where: Conditions, terms: SearchTerms) -> None:
    if terms.postcode:
        where.begins("a.postcode_key", compact(terms.postcode).upper())
    if terms.street:
        where.begins("a.street_key", fold(terms.street))
    if terms.house_number:
        place = where.bind(compact(terms.house_number).lower())
        where.parts.append(
            f"(lower(a.house_number) = {place}"
            f" OR lower(replace(a.house_number || a.house_addition, ' ', '')) = {place})"
        )


def _called(where: Conditions, given: str) -> None:
    """The first name begins so, as the middle part of the sort key; or the initials do."""
    if not given:
        where.never()
        return
    initials = where.bind(compact(given) + "%")
    where.holds("c.sort_key", (f"  {given}",))
    where.parts[-1] = f"({where.parts[-1]} OR lower(replace(c.initials, '.', '')) LIKE {initials})"
