"""Addresses: `address.<position>.<field>`, counted as tab 2 shows them, the first one first."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from deskterm.rules.faults import N_, RuleFault
from deskterm.rules.postcodes import normalise_postcode
from deskterm.services.edit import parsers
from deskterm.services.edit.draft import Draft, Facts, Parser, Value, as_text

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskterm.store.tables import Address

MOST = 5
"""How many addresses a customer can have."""
_NUMBERED = ("NL", "BE")
"""Countries where a house number begins with a digit."""
_WHERE = ("street", "house_number", "house_addition", "postcode", "place")
_FIELDS: Mapping[str, Parser] = {
    "kind": parsers.one_of("home", "post", "student", "work"),
    "street": parsers.line(80),
    "house_number": parsers.line(10),
    "house_addition": parsers.line(10),
    "postcode": parsers.line(12),
    "place": parsers.line(60),
    "country": parsers.choice("country", required=True),
    "from_on": parsers.day,
    "until_on": parsers.day,
}


def of(session: "Session", actor_id: int) -> "list[Address]":
    """Read a customer's addresses, by position."""
    from sqlmodel import col, select

    from deskterm.store.tables import Address

    query = select(Address).where(col(Address.customer_id) == actor_id)
    return list(session.exec(query.order_by(col(Address.position), col(Address.id))))


def plan(draft: Draft, typed: Mapping[str, str], present: "list[Address]") -> None:
    """Check the typed addresses and note what changes; raises ValueError for an unknown field."""
    by_position: dict[int, dict[str, str]] = {}
    for name, text in typed.items():
        number, _point, part = name.partition(".")
        if part not in _FIELDS or number not in map(str, range(1, MOST + 1)):
            raise ValueError(f"no such field: address.{name}")
        by_position.setdefault(int(number), {})[part] = text
    for position, texts in sorted(by_position.items()):
        if position <= len(present):
            _plan_one(draft, position, texts, present[position - 1], is_new=False)
        else:
            _plan_one(draft, position, texts, _new(draft, position, present), is_new=True)


def _new(draft: Draft, position: int, present: "list[Address]") -> "Address":
    from deskterm.store.tables import Address

    # Positions have gaps where an address was taken away.
    last = max((address.position for address in present), default=0)
    return Address(customer_id=draft.actor_id, position=max(position, last + 1))


def _plan_one(
    draft: Draft, position: int, texts: Mapping[str, str], row: "Address", *, is_new: bool
) -> None:
    """Plan one address. A further one that is emptied goes; a new one left empty never comes."""
    after: dict[str, Value] = {part: getattr(row, part) for part in _FIELDS}
    after |= _read(draft, position, texts, row)
    is_empty = not any(after[part] for part in _WHERE)
    if is_empty and is_new:
        return
    if is_empty and position > 1:
        delete = partial(draft.session.delete, row)
        for part in _WHERE:
            draft.change(f"address.{position}.{part}", getattr(row, part), "", delete)
        return
    _check_days(draft, position, after)
    for part, value in after.items():
        write = partial(_write, draft, row, part, value)
        draft.change(f"address.{position}.{part}", getattr(row, part), value, write)


def _write(draft: Draft, row: "Address", part: str, value: Value) -> None:
    setattr(row, part, value)
    draft.session.add(row)


def _read(
    draft: Draft, position: int, texts: Mapping[str, str], row: "Address"
) -> dict[str, Value]:
    new: dict[str, Value] = {}
    for part, text in texts.items():
        if text != as_text(getattr(row, part)):
            is_read, value = draft.parse(f"address.{position}.{part}", _FIELDS[part], text)
            if is_read:
                new[part] = value
    country = str(new.get("country", row.country))
    # Another country reads the same postcode and number in another way.
    for part, parser in (("postcode", _postcode(country)), ("house_number", _number(country))):
        value = str(new.get(part, getattr(row, part)))
        if value and (part in new or "country" in new):
            is_read, tidy = draft.parse(f"address.{position}.{part}", parser, value)
            new[part] = tidy if is_read else value
    return new


def _postcode(country: str) -> Parser:
    def read(text: str, _facts: Facts) -> Value:
        return normalise_postcode(text, country)

    return read


def _number(country: str) -> Parser:
    def read(text: str, _facts: Facts) -> Value:
        if country in _NUMBERED and not text[0].isdigit():
            raise RuleFault(N_("{label} begint met een cijfer; een toevoeging staat apart."))
        return text

    return read


def _check_days(draft: Draft, position: int, after: Mapping[str, Value]) -> None:
    begin, end = after["from_on"], after["until_on"]
    if begin and end and str(end) < str(begin):
        draft.fault(f"address.{position}.until_on", N_("De laatste dag ligt voor de eerste."))
