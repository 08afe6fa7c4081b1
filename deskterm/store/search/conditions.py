"""Pieces of SQL that searching is made of, in the words of each engine; values are always bound."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from deskterm.rules.membership import VALID_STATUSES
from deskterm.store.search.needles import Needle

Value = str | int | date | list[int]

LAST_LETTER = "\U0010ffff"
"""Sorts after every letter, so `word + LAST_LETTER` ends the range of what begins with a word."""

_VALID = ", ".join(str(int(status)) for status in sorted(VALID_STATUSES))


@dataclass(slots=True)
class Conditions:
    """A WHERE clause in the making: parts that must all hold, and their bound values."""

    dialect: str
    parts: list[str] = field(default_factory=list)
    values: dict[str, Value] = field(default_factory=dict)

    def bind(self, value: Value) -> str:
        """Take a value, answer its place in the SQL."""
        name = f"v{len(self.values)}"
        self.values[name] = value
        return f":{name}"

    def bind_day(self, day: date) -> str:
        """Take a day, which SQLite keeps as text."""
        return self.bind(day.isoformat() if self.dialect == "sqlite" else day)

    def never(self) -> None:
        """What was typed holds nothing to look for, so nobody matches it."""
        self.parts.append("1 = 0")

    def equals(self, column: str, value: Value) -> None:
        """The column has exactly this value."""
        self.parts.append(f"{column} = {self.bind(value)}")

    def on_day(self, column: str, day: date) -> None:
        """The column holds this day."""
        self.parts.append(f"{column} = {self.bind_day(day)}")

    def among(self, column: str, ids: list[int]) -> None:
        """The column is one of these numbers."""
        if self.dialect == "sqlite":
            place = self.bind(json.dumps(ids))
            self.parts.append(f"{column} IN (SELECT value FROM json_each({place}))")
        else:
            self.parts.append(f"{column} = ANY({self.bind(ids)})")

    def begins(self, column: str, start: str) -> None:
        """The column begins with a text; an index on it is used. Nothing begins with no text."""
        if not start:
            self.never()
            return
        low, high = self.bind(start), self.bind(start + LAST_LETTER)
        self.parts.append(f"({column} >= {low} AND {column} < {high})")

    def holds(self, column: str, needle: Needle) -> None:
        """One of a needle's texts stands anywhere in the column."""
        if self.dialect == "sqlite":
            parts = [f"instr({column}, {self.bind(text)}) > 0" for text in needle]
        else:
            parts = [f"{column} LIKE {self.bind(_pattern(text))}" for text in needle]
        self.parts.append(f"({' OR '.join(parts)})")

    def holds_all(self, column: str, needles: Sequence[Needle]) -> None:
        """Every needle stands in the column."""
        for needle in needles:
            self.holds(column, needle)

    def exists(self, rows: str, tie: str, fill: "Callable[[Conditions], None]") -> None:
        """There is a row, tied to the customer, for which what `fill` adds holds."""
        inner = Conditions(self.dialect, [tie], self.values)
        fill(inner)
        self.parts.append(f"EXISTS (SELECT 1 FROM {rows} WHERE {inner.sql})")

    def lives(self, today: date) -> None:
        """The customer has a membership that is valid today."""
        day = self.bind_day(today)
        self.parts.append(
            "EXISTS (SELECT 1 FROM membership_period p WHERE p.customer_id = c.actor_id"
            f" AND p.status IN ({_VALID}) AND p.begin_on <= {day} AND p.end_on >= {day})"
        )

    @property
    def sql(self) -> str:
        """The clause, with what looks into other tables last; true when nothing was asked."""
        cheap_first = sorted(self.parts, key=lambda part: part.startswith("EXISTS"))
        return " AND ".join(cheap_first) or "1 = 1"


def customers_by_name(dialect: str) -> str:
    """The FROM of a walk along the names, which SQLite would rather collect and sort."""
    return "customer c INDEXED BY ix_customer_sort" if dialect == "sqlite" else "customer c"


def trigrams(needles: Sequence[Needle]) -> str:
    """The FTS5 question whose answers include every text that holds all needles.

    Every piece is a quoted string, so nothing that was typed is read as FTS5's own language.
    Needles shorter than three letters have no trigram; empty when no needle has one.
    """
    asked = []
    for needle in needles:
        if all(len(text) >= 3 for text in needle):
            asked.append(" OR ".join(f"({_all_trigrams(text)})" for text in needle))
    return " AND ".join(f"({part})" for part in asked)


def _all_trigrams(text: str) -> str:
    pieces = dict.fromkeys(text[i : i + 3] for i in range(len(text) - 2))
    return " AND ".join('"' + piece.replace('"', '""') + '"' for piece in pieces)


def _pattern(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
