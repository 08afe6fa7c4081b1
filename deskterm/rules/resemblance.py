"""How much two records are alike: whether they may be of one person (ontdubbelen).

Wise asks for the same surname, address and birth date (customers.md 5.12); weighing what is nearly
the same, and what speaks against it, is ours.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from deskterm.rules.names import fold


class Clue(StrEnum):
    """What two records have in common."""

    NAME = "name"
    BORN = "born"
    NEARLY_BORN = "nearly_born"
    """Two of day, month and year are the same, or day and month changed places."""
    DOOR = "door"
    EMAIL = "email"
    PHONE = "phone"
    EXTERNAL = "external"


@dataclass(frozen=True, slots=True)
class Record:
    """What a person is recognised by."""

    surname: str
    first_name: str
    initials: str
    sex: str
    born: date | None
    emails: frozenset[str] = frozenset()
    """As typed, and without capitals."""
    phones: frozenset[str] = frozenset()
    """Digits with the country code."""
    doors: frozenset[str] = frozenset()
    externals: frozenset[str] = frozenset()


Similarity: TypeAlias = Callable[[str, str], float]
"""How alike two texts are, from 0 to 1."""

LEAST_NAME = 0.85
"""Below this two surnames are not the same one written differently."""
_POINTS = {
    Clue.BORN: 30, Clue.NEARLY_BORN: 10, Clue.DOOR: 10, Clue.EMAIL: 15, Clue.PHONE: 15,
    Clue.EXTERNAL: 25,
}  # fmt: skip
_OF_A_HOUSE = frozenset({Clue.DOOR, Clue.EMAIL, Clue.PHONE})
"""What a household shares, so that it says nothing of people who are called differently."""
_SURNAME, _GIVEN = 35, 20
_OTHER_GIVEN, _OTHER_BIRTH, _OTHER_SEX = 25, 30, 15


def resemblance(one: Record, other: Record, similar: Similarity) -> tuple[int, tuple[Clue, ...]]:
    """Weigh two records: 0 to 100, and what they have in common."""
    surname = similar(folded(one.surname), folded(other.surname))
    given = _given(one, other, similar)
    clues = list(_clues(one, other))
    score = _SURNAME * max(0.0, (surname - 0.7) / 0.3) + _GIVEN * max(0.0, 2 * given - 1)
    if given < 0.6:
        score -= _OTHER_GIVEN
        score += sum(_POINTS[clue] for clue in clues if clue not in _OF_A_HOUSE)
    else:
        score += sum(_POINTS[clue] for clue in clues)
    if one.born and other.born and not {Clue.BORN, Clue.NEARLY_BORN} & set(clues):
        score -= _OTHER_BIRTH
    if one.sex != other.sex and "X" not in (one.sex, other.sex):
        score -= _OTHER_SEX
    if surname >= LEAST_NAME and given >= 0.6:
        clues.insert(0, Clue.NAME)
    return min(100, max(0, round(score))), tuple(clues)


def folded(surname: str) -> str:
    """A surname to compare by: without case, accents, or the mark of the deceased."""
    return fold(surname).replace("*", "").strip()


def _given(one: Record, other: Record, similar: Similarity) -> float:
    """How well given names agree: first names, else their first letters; unknown agrees mostly."""
    first, second = fold(one.first_name), fold(other.first_name)
    if first and second:
        return similar(first, second)
    short, long = sorted((_letters(one), _letters(other)), key=len)
    if not short:
        return 0.75
    if long.startswith(short):
        return 0.95
    return 0.65 if long[0] == short[0] else 0.0


def _letters(record: Record) -> str:
    """The initials, or the first letter of the first name."""
    return "".join(fold(record.initials).split()) or fold(record.first_name)[:1]


def _clues(one: Record, other: Record) -> list[Clue]:
    found = []
    if one.born and other.born:
        if one.born == other.born:
            found.append(Clue.BORN)
        elif _nearly(one.born, other.born):
            found.append(Clue.NEARLY_BORN)
    shared = {
        Clue.DOOR: one.doors & other.doors,
        Clue.EMAIL: one.emails & other.emails,
        Clue.PHONE: one.phones & other.phones,
        Clue.EXTERNAL: one.externals & other.externals,
    }
    return [*found, *(clue for clue, values in shared.items() if values)]


def _nearly(one: date, other: date) -> bool:
    parts = ((one.day, other.day), (one.month, other.month), (one.year, other.year))
    swapped = (one.day, one.month, one.year) == (other.month, other.day, other.year)
    return swapped or sum(mine == theirs for mine, theirs in parts) == 2
