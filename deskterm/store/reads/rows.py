"""What every read shares: cleaned texts, and the column that holds a word in the reader's language.

Texts of people and of imports come out inert, so nothing that is drawn can carry an escape.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TypeAlias

from deskterm.rules.names import inert
from deskterm.store.light import Reader, Record, Statement
from deskterm.store.values import as_date
from deskterm.text import language

Parameter: TypeAlias = str | int | date | Sequence[str] | Sequence[int] | None


def rows(
    connection: Reader, statement: Statement, values: Mapping[str, Parameter]
) -> Iterable[Record]:
    """Run a statement and give its rows by column name."""
    found: Iterable[Record] = connection.execute(statement, values).mappings()
    return found


def text_of(value: object) -> str:
    """Give a text column as something safe to draw; NULL is the empty text."""
    return "" if value is None else inert(str(value))


def speaks_english() -> bool:
    """Tell whether words are wanted in English; Dutch is every other case."""
    return language() == "en"


def word(nl: object, en: object) -> str:
    """Choose the word in the reader's language; Dutch where no other is filled in."""
    return text_of(en) if en and speaks_english() else text_of(nl)


def as_day(value: object) -> date:
    """Give a date column that is never NULL; ValueError if it is all the same."""
    day = as_date(value)
    if day is None:
        raise ValueError("a date is missing that the store does not allow to be missing")
    return day
