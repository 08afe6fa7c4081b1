"""From the texts of one line to values of the store, with every fault of the line at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from deskterm.rules.blocks import BlockKind
from deskterm.rules.cards import clean, has_valid_check, looks_like_card
from deskterm.rules.faults import N_, RuleFault
from deskterm.rules.membership import MembershipStatus, period_end
from deskterm.rules.money import parse_cents
from deskterm.rules.names import inert
from deskterm.rules.postcodes import normalise_postcode
from deskterm.services.edit import parsers
from deskterm.services.edit.draft import Facts, Parser, Value
from deskterm.services.labels import label
from deskterm.store.bulk import defaults
from deskterm.text import _
from deskterm.transfer.columns import (
    ADDRESS,
    LISTS,
    MESSAGES,
    PERSON,
    RELATIONS,
    SECOND_ADDRESS,
    TIES,
    ListColumn,
)
from deskterm.transfer.fast import NO_FACTS, READERS, day
from deskterm.transfer.lists import parse_list

ADDRESS_KINDS = ("home", "post", "student", "work")
_SECTORS = ("BIEB", "EDUB")


@dataclass(frozen=True, slots=True)
class Library:
    """What lines are checked against."""

    facts: Facts
    memberships: Mapping[str, int]
    """Membership types by code, with how many months each runs."""
    staff: frozenset[int] = frozenset()


@dataclass(slots=True)
class Parsed:
    """One line, read: what it says of each table, and what is wrong with it."""

    number: int
    texts: Mapping[str, str]
    actor_id: int | None = None
    card_number: str = ""
    person: dict[str, Value] = field(default_factory=dict)
    card: dict[str, Value] = field(default_factory=dict)
    address: dict[str, Value] | None = None
    second_address: dict[str, Value] | None = None
    period: dict[str, Value] | None = None
    messages: dict[int, str] | None = None
    """By line number; an empty text takes a message away."""
    blocks: dict[str, str] = field(default_factory=dict)
    lists: dict[str, list[dict[str, Value]]] = field(default_factory=dict)
    faults: list[tuple[str, str]] = field(default_factory=list)
    odd_card: bool = False
    """The card number has a wrong check digit: told, not refused."""

    @property
    def external_number(self) -> str:
        """The number of another system that the line may be known by."""
        return str(self.person.get("external_number") or "")

    def read(self, column: str, parser: Parser, text: str, facts: Facts) -> tuple[bool, Value]:
        """Read a cell; the answer's first half is False when it was noted as a fault."""
        try:
            return True, parser(text, facts)
        except RuleFault as fault:
            self.fault(column, fault)
            return False, None

    def fault(self, name: str, fault: RuleFault) -> None:
        """Note what is wrong with a field."""
        self.faults.append((name, _(fault.msgid).format(**{"label": label(name), **fault.params})))


def parse(number: int, texts: Mapping[str, str], library: Library) -> Parsed:
    """Read the texts of a line; nothing is looked up in the store here."""
    parsed = Parsed(number, texts)
    country = texts.get("country", "").strip() or "NL"
    facts = library.facts if country == "NL" else replace(library.facts, country=country)
    _parse_keys(parsed, texts, facts)
    for name, text in texts.items():
        # An empty cell empties a field, except where the store always has something.
        if not text:
            if name in _WHEN_EMPTY:
                parsed.person[name] = _WHEN_EMPTY[name]
        elif name in _READERS:
            try:
                parsed.person[name] = _READERS[name](text, facts)
            except RuleFault as fault:
                parsed.fault(name, fault)
    _parse_addresses(parsed, texts, facts)
    _parse_membership(parsed, texts, library)
    _parse_notes(parsed, texts)
    for column in (*LISTS, RELATIONS):
        _parse_list(parsed, column, facts, library)
    return parsed


def parse_ties(number: int, texts: Mapping[str, str], library: Library) -> Parsed:
    """Read only `TIES` of a line: whom it is about, and to whom they are tied."""
    facts = library.facts
    parsed = Parsed(number, {name: texts[name] for name in TIES if name in texts})
    _parse_keys(parsed, parsed.texts, facts)
    name = "external_number"
    if text := parsed.texts.get(name):
        is_read, value = parsed.read(name, _READERS[name], text, facts)
        if is_read:
            parsed.person[name] = value
    _parse_list(parsed, RELATIONS, facts, library)
    return parsed


def _parse_list(parsed: Parsed, column: ListColumn, facts: Facts, library: Library) -> None:
    if text := parsed.texts.get(column.name, "").strip():
        try:
            parsed.lists[column.name] = parse_list(column, text, facts, library.memberships)
        except RuleFault as fault:
            parsed.fault(column.name, fault)


def _parse_keys(parsed: Parsed, texts: Mapping[str, str], facts: Facts) -> None:
    try:
        if text := texts.get("actor_id", "").strip():
            parsed.actor_id = _positive(text)
        if text := texts.get("card_number", "").strip():
            parsed.card_number = _card_number(text)
            parsed.odd_card = not has_valid_check(parsed.card_number)
    except RuleFault as fault:
        parsed.fault("actor_id" if "actor_id" in fault.params else "card_number", fault)
    for name, parser in _CARD_PARSERS.items():
        if text := texts.get(f"card_{name}", "").strip():
            is_read, value = parsed.read(f"card_{name}", parser, text, facts)
            if is_read:
                parsed.card[name] = value


def _parse_addresses(parsed: Parsed, texts: Mapping[str, str], facts: Facts) -> None:
    if any(texts.get(name, "").strip() for name in ADDRESS if name != "country"):
        parsed.address = _address(parsed, texts, "", facts)
    if any(texts.get(name, "").strip() for name in SECOND_ADDRESS[:-1]):
        country = texts.get("address2_country", "").strip() or facts.country
        other = replace(facts, country=country)
        parsed.second_address = {**_address(parsed, texts, "address2_", other), "kind": "post"}


def _address(
    parsed: Parsed, texts: Mapping[str, str], before: str, facts: Facts
) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for name, parser in ADDRESS_PARSERS.items():
        plain_name = name if name in _PLAIN_ADDRESS_NAMES else f"address_{name}"
        text = texts.get(f"{before}{name}" if before else plain_name)
        if text is not None and (text or name not in ("kind", "country")):
            column = f"{before}{name}" if before else plain_name
            is_read, value = parsed.read(column, parser, text, facts)
            if is_read:
                values[name] = value
    return values


def _parse_membership(parsed: Parsed, texts: Mapping[str, str], library: Library) -> None:
    code = texts.get("membership", "").strip()
    if not code:
        return
    if code not in library.memberships:
        parsed.fault("membership", RuleFault(N_("Abonnement {code} bestaat niet."), code=code[:40]))
        return
    facts, values = library.facts, dict[str, Value](membership_code=code)
    for name, parser in _MEMBERSHIP_PARSERS.items():
        if text := texts.get(f"membership_{name}", "").strip():
            is_read, value = parsed.read(f"membership_{name}", parser, text, facts)
            if is_read:
                values[_PERIOD_NAMES.get(name, name)] = value
    parsed.period = values


def complete_period(
    values: dict[str, Value], begin: date, branch: str, months: int, today: date
) -> None:
    """Fill in what the file does not say of a new period.

    Raises RuleFault when it would end before it begins.
    """
    begin_on = values.setdefault("begin_on", begin)
    assert isinstance(begin_on, date)
    end_on = values.setdefault("end_on", period_end(begin_on, months))
    assert isinstance(end_on, date)
    if end_on < begin_on:
        raise RuleFault(N_("Het abonnement eindigt voordat het begint."))
    ended = end_on < today
    values.setdefault("status", int(MembershipStatus.ENDED if ended else MembershipStatus.NORMAL))
    values.setdefault("branch_code", branch)


def _parse_notes(parsed: Parsed, texts: Mapping[str, str]) -> None:
    for line, name in enumerate(MESSAGES, start=1):
        if name in texts:
            text = " ".join(inert(texts[name]).split())
            if len(text) > 60:
                parsed.fault(name, RuleFault(N_("{label}: hoogstens 60 tekens.")))
            parsed.messages = {**(parsed.messages or {}), line: text}
    for kind in (BlockKind.GENERAL, BlockKind.ADDRESS, BlockKind.MISSING):
        mark = texts.get(f"block_{kind}", "").strip()
        if mark and mark != "0":
            note = " ".join(inert(texts.get(f"block_{kind}_note", "")).split())
            parsed.blocks[kind] = note[:200]


def _positive(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or not 0 < int(text[:12]) < 2**31:
        raise RuleFault(N_("{actor_id} is geen actor-id."), actor_id=inert(text)[:40])
    return int(text)


def _card_number(text: str) -> str:
    number = clean(text)
    if not looks_like_card(number):
        raise RuleFault(
            N_("{number} is geen pasnummer: tien tot veertien cijfers."), number=inert(text)[:40]
        )
    return number


def _postcode(text: str, facts: Facts) -> Value:
    return normalise_postcode(inert(text)[:40], facts.country)


def membership_status(text: str, facts: Facts) -> Value:
    """One of Wise's numbers 1-9."""
    return int(str(_STATUS(text, facts)))


def _cents(text: str, _facts: Facts) -> Value:
    return parse_cents(text)


def _country(text: str, facts: Facts) -> Value:
    return parsers.choice("country")(text.strip().upper(), facts)


_PLAIN_ADDRESS_NAMES = ("street", "house_number", "house_addition", "postcode", "place", "country")
_STATUS = parsers.one_of(*(str(int(status)) for status in MembershipStatus))
ADDRESS_PARSERS: Mapping[str, Parser] = {
    "street": parsers.line(80),
    "house_number": parsers.line(20),
    "house_addition": parsers.line(20),
    "postcode": _postcode,
    "place": parsers.line(80),
    "country": _country,
    "kind": parsers.one_of(*ADDRESS_KINDS),
    "from_on": day,
    "until_on": day,
}
_CARD_PARSERS: Mapping[str, Parser] = {
    "status": parsers.one_of("active", "blocked"),
    "issued_on": day,
    "last_used_on": day,
}
_MEMBERSHIP_PARSERS: Mapping[str, Parser] = {
    "begin": day,
    "end": day,
    "status": membership_status,
    "end_reason": parsers.choice("end_reason"),
    "price": _cents,
    "sector": parsers.one_of(*_SECTORS),
    "branch": parsers.branch,
}
_PERIOD_NAMES = {
    "begin": "begin_on", "end": "end_on", "price": "price_cents", "branch": "branch_code",
}  # fmt: skip
_NEVER_EMPTY = {
    "surname", "branch_code", "registered_on",
    *(name for name, value in defaults("customer").items() if value),
}  # fmt: skip
_READERS: Mapping[str, Parser] = {
    name: READERS.get(parser, parser) for name, parser in PERSON.items()
}
_WHEN_EMPTY: Mapping[str, Value] = {
    name: parser("0" if parser is parsers.counter else "", NO_FACTS)
    for name, parser in PERSON.items()
    if name not in _NEVER_EMPTY
}
