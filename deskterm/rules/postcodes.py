"""Postcodes of the Netherlands (9468 BG) and Belgium (3550); other countries pass as they are."""

import re

from deskterm.rules.faults import N_, RuleFault

_DUTCH = re.compile(r"([1-9]\d{3})\s*([A-Z]{2})", re.ASCII)
_BELGIAN = re.compile(r"(?:B-?)?([1-9]\d{3})", re.ASCII)
_NEVER_ISSUED = frozenset({"SA", "SD", "SS"})


def normalise_postcode(text: str, country: str = "NL") -> str:
    """Write a postcode as the country's post does; raises RuleFault for one that cannot be.

    PostNL never issues the letters SA, SD and SS. An empty postcode stays empty: whether an
    address needs one is the form's question.
    """
    typed = " ".join(text.split()).upper()
    if not typed:
        return ""
    if country == "NL":
        return _dutch(typed)
    if country == "BE":
        return _belgian(typed)
    return typed


def _dutch(typed: str) -> str:
    match = _DUTCH.fullmatch(typed)
    if match is None and _BELGIAN.fullmatch(typed):
        raise RuleFault(
            N_("{text} is geen postcode: typ ook de letters, of kies bij Land België."), text=typed
        )
    if match is None:
        raise RuleFault(
            N_("{text} is geen postcode: vier cijfers en twee letters, zoals 9468 BG."), text=typed
        )
    if match[2] in _NEVER_ISSUED:
        raise RuleFault(
            N_("{text} is geen postcode: {letters} komt niet voor."), text=typed, letters=match[2]
        )
    return f"{match[1]} {match[2]}"


def _belgian(typed: str) -> str:
    match = _BELGIAN.fullmatch(typed)
    if match is None:
        raise RuleFault(
            N_("{text} is geen Belgische postcode: vier cijfers, zoals 3550."), text=typed
        )
    return match[1]
