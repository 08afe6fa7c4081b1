"""What somebody typed to find a customer, taken apart into needles to look for in `name_text`."""

import re
from dataclasses import dataclass
from datetime import date

from deskterm.rules.dates import parse_date
from deskterm.rules.faults import RuleFault
from deskterm.rules.names import fold, inert, is_prefix
from deskterm.store.search.keys import HOUSE

_MOST_WORDS = 8
_DATE = re.compile(
    r"\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})|\d{4}-\d{1,2}-\d{1,2}|\d{8}|\d{6}", re.ASCII
)
_POSTCODE = re.compile(r"(\d{4})([a-z]{2})", re.ASCII)

Needle = tuple[str, ...]
"""Texts of which one has to stand in `name_text`; a blank is the begin or end of a word."""


@dataclass(frozen=True, slots=True)
class Question:
    """All needles have to match; who has a surname that begins with `lead` comes first."""

    lead: str
    needles: tuple[Needle, ...]

    @property
    def is_lead_only(self) -> bool:
        """Whether the surname's begin is all that was asked."""
        return self.needles == (needle_of(self.lead),)


def question_of(text: str, today: date) -> Question:
    """Take a line apart: words of a name in any order, postcode, house number, birth date.

    A text without any letter or digit gives a question without needles.
    """
    words: list[str] = []
    needles: list[Needle] = []
    for piece in re.split(r"[\s,;]+", inert(text)):
        born = _birth_date(piece, today)
        if born:
            needles.append((f" {born} ",))
            continue
        found = fold(_POSTCODE.sub(r"\1 \2", piece.lower())).split()
        words += found
        needles += [needle_of(word) for word in found]
    return Question(_lead(words), tuple(dict.fromkeys(needles))[:_MOST_WORDS])


def needle_of(word: str) -> Needle:
    """How one folded word is looked for.

    Three letters and more are any part of a name, fewer the begin of one. Digits are a whole
    house number, the begin of a postcode, or a word.
    """
    if word.isdecimal():
        return (f"{HOUSE}{word} ", f" {word}" if len(word) >= 4 else f" {word} ")
    if word[:1].isdecimal():
        return (f"{HOUSE}{word} ", f" {word}")
    return (word,) if len(word) >= 3 else (f" {word}",)


def _birth_date(piece: str, today: date) -> str:
    if not _DATE.fullmatch(piece):
        return ""
    try:
        born = parse_date(piece, today, birth=True)
    except RuleFault:
        return ""
    return f"{born.day:02}{born.month:02}{born.year:04}"


def _lead(words: list[str]) -> str:
    """The word that is most likely the surname: the first that is no tussenvoegsel or number."""
    names = [word for word in words if not word[:1].isdecimal()]
    own = [word for word in names if not is_prefix(word)]
    return next(iter(own or names), "").lstrip("*")
