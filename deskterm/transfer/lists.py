"""Cells that hold a JSON list: what hangs on a customer, read as strictly as single cells are."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from deskterm.rules.blocks import BlockKind
from deskterm.rules.cards import looks_like_card
from deskterm.rules.faults import N_, RuleFault
from deskterm.rules.membership import MembershipStatus
from deskterm.rules.postcodes import normalise_postcode
from deskterm.services.edit import parsers
from deskterm.services.edit.draft import Facts, Parser, Value
from deskterm.transfer.columns import ListColumn

_LONGEST = 100
"""Entries of one list; nobody has more cards or roles than this."""


def write_list(rows: Sequence[Mapping[str, object]]) -> str:
    """Rows as a cell: without the fields that say nothing, and empty for no rows."""
    said = [
        {name: _plain(value) for name, value in row.items() if value not in (None, "")}
        for row in rows
    ]
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")) if said else ""


def parse_list(
    column: ListColumn, text: str, facts: Facts, memberships: Mapping[str, int]
) -> list[dict[str, Value]]:
    """Read a cell; raises RuleFault naming the entry and the field that are wrong."""
    try:
        entries = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise RuleFault(N_("{label} is geen JSON-lijst.")) from error
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise RuleFault(N_("{label} is geen JSON-lijst."))
    if len(entries) > _LONGEST:
        raise RuleFault(N_("{label}: hoogstens {most} in de lijst."), most=_LONGEST)
    return [
        _entry(column, place, entry, facts, memberships) for place, entry in enumerate(entries, 1)
    ]


def _entry(
    column: ListColumn,
    place: int,
    entry: Mapping[str, object],
    facts: Facts,
    memberships: Mapping[str, int],
) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for name in column.fields:
        value = entry.get(name)
        text = "" if value is None else str(value)
        try:
            values[name] = _parser(column, name, memberships)(text, facts)
        except RuleFault as fault:
            raise RuleFault(
                N_("{label}, nummer {place}: {field} {text} kan niet."),
                place=place,
                field=name,
                text=text[:40],
            ) from fault
    unknown = entry.keys() - set(column.fields)
    if unknown:
        name = min(unknown)[:40]
        raise RuleFault(
            N_("{label}, nummer {place}: {field} is onbekend."), place=place, field=name
        )
    return values


def _parser(column: ListColumn, name: str, memberships: Mapping[str, int]) -> Parser:
    if name == "membership_code":
        return _one_of(*memberships)
    if name == "kind" and column.table in _KINDS:
        return _KINDS[column.table]
    if name == "status":
        return _card_status if column.table == "card" else _period_status
    return _PARSERS[name]


def _one_of(*codes: str) -> Parser:
    return parsers.one_of(*codes)


def _needed_day(text: str, facts: Facts) -> Value:
    day = parsers.day(text, facts)
    if day is None:
        raise RuleFault(N_("{label} moet ingevuld worden."))
    return day


def _number(text: str, facts: Facts) -> Value:
    return parsers.counter(text or "0", facts)


def _period_status(text: str, _facts: Facts) -> Value:
    return int(
        str(parsers.one_of(*(str(int(status)) for status in MembershipStatus))(text, _facts))
    )


def _actor(text: str, facts: Facts) -> Value:
    return parsers.counter(text, facts) if text else None


def _card(text: str, _facts: Facts) -> Value:
    if not looks_like_card(text):
        raise RuleFault(N_("{label}: geen pasnummer."))
    return text


def _postcode(text: str, _facts: Facts) -> Value:
    # Its own country may differ from the first address's: then it is kept as it is.
    return normalise_postcode(text, "") if text else ""


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    return value.isoformat() if isinstance(value, date) else value


_card_status = _one_of("active", "blocked", "replaced")
_KINDS: Mapping[str, Parser] = {
    "card": _one_of("main", "extra"),
    "address": _one_of("home", "post", "student", "work"),
    "block": _one_of(*(str(kind) for kind in BlockKind)),
    "relation": _one_of("parent", "payer", "partner", "institution"),
}
_CODE = parsers.line(20, required=True)
_PARSERS: Mapping[str, Parser] = {
    "number": _card,
    "branch_code": parsers.branch,
    "issued_on": _needed_day,
    "last_used_on": parsers.day,
    "position": _number,
    "street": parsers.line(80),
    "house_number": parsers.line(20),
    "house_addition": parsers.line(20),
    "postcode": _postcode,
    "place": parsers.line(80),
    "country": parsers.choice("country"),
    "from_on": parsers.day,
    "until_on": parsers.day,
    "begin_on": _needed_day,
    "end_on": parsers.day,
    "end_reason": parsers.choice("end_reason"),
    "price_cents": _number,
    "sector": _one_of("BIEB", "EDUB"),
    "note": parsers.line(200),
    "since": _needed_day,
    "set_by": _actor,
    "other_id": parsers.counter,
    "code": _CODE,
    "kind": _CODE,
    "given_on": _needed_day,
    "message_kind": _CODE,
    "delivery": _one_of("M", "F", "S", "T", "I", "A"),
}
