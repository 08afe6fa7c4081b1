"""Addresses: `address.<position>.<field>`, counted as tab 2 shows them, the first one first.

With `address.<position>.moved_on`, a day, what is typed is a new address that takes the place of
the old one, which stays as a row that ended the day before.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from deskterm.rules.faults import N_, RuleFault
from deskterm.rules.postcodes import normalise_postcode
from deskterm.services.edit import parsers
from deskterm.services.edit.draft import Draft, Facts, Parser, Value, as_text
from deskterm.store.search import door_keys
from deskterm.text import date_text

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskterm.store.tables import Address

MOST = 5
"""How many addresses without an end a customer can have; those that ended stay beside them."""
MOVED = "moved_on"
"""The first day at a new address, typed beside its other fields."""
_FULL = N_("Er zijn al vijf adressen: beëindig er eerst een.")
_POSITION = re.compile(r"[1-9][0-9]{0,3}")
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
        if part not in (*_FIELDS, MOVED) or not _POSITION.fullmatch(number):
            raise ValueError(f"no such field: address.{name}")
        by_position.setdefault(int(number), {})[part] = text
    for position, texts in sorted(by_position.items()):
        moved = texts.pop(MOVED, "")
        if moved and position <= len(present):
            _plan_move(draft, position, texts, present, moved)
        elif position <= len(present):
            _plan_one(draft, position, texts, present[position - 1], is_new=False)
        else:
            if _is_filled(texts) and sum(not one.until_on for one in present) >= MOST:
                draft.fault(f"address.{position}.street", _FULL)
            _plan_one(draft, position, texts, _new(draft, position, present), is_new=True)


def as_moves(typed: Mapping[str, str], present: "Sequence[Address]", today: date) -> dict[str, str]:
    """Give typed fields, by their full names, with a move of today where they lead to another door.

    The same door written in another way is corrected, as is an address that began today.
    """
    found = dict(typed)
    touched = present if any(name.startswith("address.") for name in typed) else ()
    for position, old in enumerate(touched, 1):
        name = f"address.{position}"
        before = {part: getattr(old, part) for part in (*_WHERE, "country")}
        after = {part: typed.get(f"{name}.{part}", text) for part, text in before.items()}
        is_older = old.from_on is None or old.from_on < today
        if is_older and _is_another_door(before, after):
            found.setdefault(f"{name}.{MOVED}", date_text(today))
    return found


def _is_another_door(before: Mapping[str, str], after: Mapping[str, str]) -> bool:
    if before == after or not (_is_filled(before) and _is_filled(after)):
        return False
    same = zip(door_keys(before), door_keys(after), strict=True)
    return not any(old and old == new for old, new in same)


def _is_filled(texts: Mapping[str, str]) -> bool:
    return any(texts.get(part, "").strip() for part in _WHERE)


def _new(draft: Draft, position: int, present: "list[Address]") -> "Address":
    from deskterm.store.tables import Address

    # Positions have gaps where an address was taken away.
    last = max((address.position for address in present), default=0)
    # As the form has it before anything is typed.
    country = present[0].country if present else "NL"
    return Address(customer_id=draft.actor_id, position=max(position, last + 1), country=country)


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


def _plan_move(
    draft: Draft, position: int, texts: Mapping[str, str], present: "list[Address]", moved: str
) -> None:
    """Plan a new address in the place of an old one, which keeps its row until the day before."""
    from deskterm.store.tables import Address

    old = present[position - 1]
    name = f"address.{position}"
    is_read, begin = draft.parse(f"{name}.from_on", parsers.day, moved)
    after: dict[str, Value] = {part: getattr(old, part) for part in _FIELDS}
    after |= _read(draft, position, texts, old)
    after |= {"from_on": begin, "until_on": None}
    if not is_read or not isinstance(begin, date):
        return
    if not any(after[part] for part in _WHERE):
        draft.fault(f"{name}.street", N_("Vul het nieuwe adres in."))
    if old.from_on is not None and begin <= old.from_on:
        draft.fault(f"{name}.from_on", N_("De verhuisdag ligt voor het begin van het oude adres."))
    new = Address(customer_id=draft.actor_id, position=old.position)
    for part, value in after.items():
        setattr(new, part, value)
    last_day = min(begin - timedelta(days=1), old.until_on or date.max)
    write = partial(_move, draft, old, new, last_day, present)
    for part, value in after.items():
        # The first day is always another one, so its write does it all.
        does = write if part == "from_on" else _nothing
        draft.change(f"{name}.{part}", getattr(old, part), value, does)
    draft.change(f"address.{position + 1}.until_on", old.until_on, last_day, _nothing)


def _nothing() -> None:
    """Written with the rest of its row."""


def _move(
    draft: Draft, old: "Address", new: "Address", last_day: date, present: "list[Address]"
) -> None:
    at = present.index(old)
    # Until the day of moving the old one stays before those that came after it.
    for one in present[at:]:
        one.position += 1
        draft.session.add(one)
    old.until_on = last_day
    draft.session.add(new)
    present.insert(at, new)


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
