"""Whether two records are of one person: name with birth date, address, e-mail, telephone."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from deskterm.rules.names import fold


class Match(StrEnum):
    """What two records have in common."""

    NAME_AND_BIRTH = "name_born"
    ADDRESS = "address"
    EMAIL = "email"
    PHONE = "phone"


class Likeness(StrEnum):
    """How sure it is that two records are of one person."""

    SAME = "same"
    """The same name and birth date, and nothing that speaks against it."""
    TWIN = "twin"
    """Surname, birth date and address agree, but the given names do not."""
    MAYBE = "maybe"
    """The birth date differs or is not known, but the name and something else agree."""


@dataclass(frozen=True, slots=True)
class Face:
    """What a person is recognised by."""

    surname: str
    prefix: str
    initials: str
    first_name: str
    born: date | None


def likeness(one: Face, other: Face, matches: frozenset[Match]) -> Likeness | None:
    """Judge two records by what they have in common; None for different people.

    People of one household share an address, a telephone and often a mailbox, so those only count
    beside the same surname and a given name that can be the same.
    """
    if _surname(one) != _surname(other):
        return None
    can_be_one = _may_be_called_the_same(one, other)
    if one.born is not None and one.born == other.born:
        return Likeness.SAME if can_be_one else Likeness.TWIN
    return Likeness.MAYBE if can_be_one and matches else None


def _surname(face: Face) -> str:
    """The surname without tussenvoegsel and without the mark of the deceased."""
    return fold(face.surname).replace("*", "").strip()


def _may_be_called_the_same(one: Face, other: Face) -> bool:
    """Whether first names agree where both are known, else first initials; unknown agrees."""
    first, second = fold(one.first_name), fold(other.first_name)
    if first and second:
        return first == second
    return not (_initial(one) and _initial(other)) or _initial(one) == _initial(other)


def _initial(face: Face) -> str:
    return fold(face.initials or face.first_name)[:1]
