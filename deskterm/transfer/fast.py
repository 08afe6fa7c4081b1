"""Readers that give what editing's give, sooner, for values that come in hundreds of thousands."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache

from deskterm.rules.faults import RuleFault
from deskterm.services.edit import parsers
from deskterm.services.edit.draft import Facts, Parser, Value

NO_FACTS = Facts(date.min, "", frozenset(), {}, {})
"""For readers that judge a text by itself."""

_PLAIN_ADDRESS = re.compile(r"([A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*)@([A-Za-z0-9.-]+)", re.ASCII)
_LONGEST_LOCAL = 64


def email(text: str, facts: Facts) -> Value:
    """A mail address: a plain one is judged by its domain alone, which others share."""
    match = _PLAIN_ADDRESS.fullmatch(text)
    if match is None or len(match[1]) > _LONGEST_LOCAL or len(text) > 254:
        return parsers.email(text, facts)
    domain = _domain(match[2])
    return f"{match[1]}@{domain}" if domain else parsers.email(text, facts)


def day(text: str, facts: Facts) -> Value:
    """A date, or nothing: there are few days on which people enrol or memberships end."""
    return _read(parsers.day, text, facts.today)


def birth(text: str, facts: Facts) -> Value:
    """A date of birth, never in the future, or nothing."""
    return _read(parsers.birth, text, facts.today)


READERS: Mapping[Parser, Parser] = {
    parsers.day: day,
    parsers.birth: birth,
    parsers.email: email,
}
"""Which reader gives what another one gives."""


@lru_cache(maxsize=50_000)
def _read(parser: Parser, text: str, today: date) -> Value:
    return parser(text, replace(NO_FACTS, today=today))


@lru_cache(maxsize=10_000)
def _domain(domain: str) -> str:
    """The domain as it is kept; empty when it is refused."""
    try:
        address = parsers.email(f"a@{domain}", NO_FACTS)
    except RuleFault:
        return ""
    return str(address).removeprefix("a@")
