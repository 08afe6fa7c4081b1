"""One edit on its way: what is known, what is wrong with it so far, and what it would change."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, TypeAlias

from deskterm.rules.faults import RuleFault
from deskterm.services.labels import label
from deskterm.text import _, date_text

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskterm.services.desk import Desk
    from deskterm.store.tables import Block, Customer

Value: TypeAlias = str | int | date | None
"""What a column can hold; a flag is a bool, which is an int."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What checks need to know besides the text itself."""

    today: date
    country: str
    """Country of the postal address: it decides how telephone numbers are read."""
    branches: frozenset[str]
    words: Mapping[str, frozenset[str]]
    """Codes by pick list."""
    settings: Mapping[str, str]


Parser: TypeAlias = Callable[[str, Facts], Value]
"""Reads a typed text; raises RuleFault. A message may name `{label}`: it is filled in here."""


@dataclass(frozen=True, slots=True)
class Change:
    """A field that would get another value, and how to write it."""

    name: str
    old: str
    new: str
    value: Value
    write: Callable[[], None]


@dataclass(slots=True)
class Draft:
    """An edit of one customer inside its transaction; parts add faults and changes to it."""

    desk: "Desk"
    session: "Session"
    customer: "Customer"
    facts: Facts
    now: datetime
    faults: dict[str, str] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    blocks: "dict[str, Block] | None" = None
    """Those in force by kind, where they were read for many customers at once."""

    @property
    def actor_id(self) -> int:
        """The customer's actor-id; a row that was read has one."""
        number = self.customer.actor_id
        if number is None:
            raise ValueError("a customer without actor-id cannot be edited")
        return number

    def fault(self, name: str, msgid: str, /, **params: str | int) -> None:
        """Note what is wrong with a field; the first sentence about a field stays."""
        sentence = _(msgid).format(**{"label": label(name), **params})
        self.faults.setdefault(name, sentence)

    def parse(self, name: str, parser: Parser, text: str) -> tuple[bool, Value]:
        """Read a typed text; the answer's first half is False when it was noted as a fault."""
        try:
            return True, parser(text, self.facts)
        except RuleFault as fault:
            self.fault(name, fault.msgid, **fault.params)
            return False, None

    def change(self, name: str, old: Value, new: Value, write: Callable[[], None]) -> None:
        """Note a field's new value, unless it is the old one."""
        if old != new:
            self.changes.append(Change(name, as_text(old), as_text(new), new, write))


def as_text(value: Value) -> str:
    """Give a value as a form has it: a flag is `1` or empty, a day `06-07-2022`."""
    if isinstance(value, bool):
        return "1" if value else ""
    if isinstance(value, date):
        return date_text(value)
    return "" if value is None else str(value)
