"""House numbers and streets as they may be asked of a register of addresses."""

import re

from deskterm.rules.faults import N_, RuleFault

_PLAIN = re.compile(
    r"([1-9]\d{0,4})(?!\d)[ -]*([A-Z0-9][A-Z0-9 -]{0,9})?", re.ASCII | re.IGNORECASE
)
_BELGIAN = re.compile(
    r"([1-9]\d{0,4}(?!\d)[A-Z]?)(?: *(?:bus|/|-) *([A-Z0-9.]{1,8}))?", re.ASCII | re.IGNORECASE
)
_STREET = re.compile(r"[^\W_][\w .,'’()/&-]{0,79}")


def part_house_number(text: str, country: str = "NL") -> tuple[str, str]:
    """Part a house number from what is typed behind it: `41a`, `41-2`, `41 bis`, in Belgium
    `4A bus 1`, where a letter belongs to the number.

    Raises RuleFault for what cannot be a house number.
    """
    pattern = _BELGIAN if country == "BE" else _PLAIN
    match = pattern.fullmatch(" ".join(text.split()))
    if match is None:
        raise RuleFault(N_("{text} is geen huisnummer, zoals 41, 41a of 41-2."), text=text)
    number, addition = match[1].upper(), match[2] or ""
    return number, f"bus {addition}" if addition and country == "BE" else addition


def street_name(text: str) -> str:
    """Write a street on one line; raises RuleFault for what is no name of a street."""
    name = " ".join(text.split())
    if not _STREET.fullmatch(name):
        raise RuleFault(N_("{text} is geen naam van een straat."), text=text)
    return name
