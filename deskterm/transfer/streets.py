"""Street, house number and addition out of one text: `Kerkstraat 12a`."""

import re
from dataclasses import dataclass

_STREET = r"(?P<street>.*[^\W\d].*?)"
_WITH_BOX = re.compile(
    rf"{_STREET},?\s+(?P<number>\d{{1,5}})\s*(?P<addition>(?:bus|bis)\b.{{0,8}})", re.I
)
_PLAIN = re.compile(r"(?P<street>.*\S)\s+(?P<number>\d{1,5})\s*-?(?P<addition>[^\W\d][\w-]{0,9})?")

MOST = 250
"""Characters of an address line. A longer one is none, and would take hours to be parted."""


@dataclass(frozen=True, slots=True)
class Door:
    """An address line in parts; without a number all of it is street."""

    street: str
    number: str = ""
    addition: str = ""


def split_street(text: str) -> Door:
    """Part an address line at its last house number, a Belgian box (`bus 3`) aside.

    A street that holds a number itself (`Plein 1940 12`) keeps it.
    """
    line = " ".join(text.split())
    match = _WITH_BOX.fullmatch(line) or _PLAIN.fullmatch(line) if len(line) <= MOST else None
    if match is None or not any(letter.isalpha() for letter in match["street"]):
        return Door(line)
    return Door(match["street"].rstrip(","), match["number"], match["addition"] or "")
