"""What a register of addresses is to us: two questions, plain answers, errors safe to show."""

from collections.abc import Sequence
from typing import ClassVar, Protocol

from deskterm.rules.names import inert
from deskterm.views.addresses import FoundAddress

LONGEST = 80
"""Characters of a street or place; a longer one is none."""


class AddressRegister(Protocol):
    """Who knows addresses. Each question blocks, within a budget, and may raise RegisterError.

    What is asked has been checked: postcodes as `rules.postcodes` writes them, without blanks.
    """

    name: str
    """`pdok`, `vlaanderen`: what kept answers are marked with."""
    country: str
    """The country of which it knows addresses, as ISO 3166 has it."""
    url: str
    """Where it answers, for who looks after it."""

    def by_postcode(self, postcode: str, number: str) -> Sequence[FoundAddress]:
        """The doors with this house number, one for each addition; nothing when there is none.

        Where a postcode has many streets these are its places, without a street.
        """

    def suggest(self, postcode: str, street: str, number: str) -> Sequence[FoundAddress]:
        """The doors with this number in a street; else streets that are written like it."""


class RegisterError(Exception):
    """Something a register did; `code` may be shown and logged."""

    code: ClassVar[str] = "error"

    def __init__(self, detail: str = "") -> None:
        """`detail` says more for the log, such as a status; never what was asked."""
        super().__init__(f"{self.code} {detail}".strip())
        self.detail = detail


class Unavailable(RegisterError):
    """No answer in time, or one that says: later."""

    code = "unavailable"


class BadAnswer(RegisterError):
    """Something answered that does not speak as the register does."""

    code = "bad_answer"


def part(answer: object, *path: str) -> object:
    """What stands at a path in an answer; BadAnswer where there is no such thing."""
    for name in path:
        if not isinstance(answer, dict) or name not in answer:
            raise BadAnswer(f"no {name}")
        answer = answer[name]
    return answer


def parts(answer: object, *path: str) -> list[object]:
    """The list at a path in an answer; BadAnswer for anything else."""
    found = part(answer, *path)
    if not isinstance(found, list):
        raise BadAnswer(f"{path[-1]} is no list")
    return found


def words(answer: object, *path: str) -> str:
    """A text at a path in an answer, safe to draw; BadAnswer for none, or what is no name."""
    found = part(answer, *path)
    if not isinstance(found, str):
        raise BadAnswer(f"{path[-1]} is no text")
    text = " ".join(inert(found).split())
    if not 0 < len(text) <= LONGEST:
        raise BadAnswer(f"{path[-1]} is no name")
    return text
