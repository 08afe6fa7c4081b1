"""Telephone numbers: digits to search by, and whether a number can exist."""

import re

from deskterm.rules.faults import N_, RuleFault

COUNTRY_CODES = {"NL": "31", "BE": "32", "DE": "49", "FR": "33", "LU": "352", "GB": "44"}

_ALLOWED = re.compile(r"\+?[\d\s().,/-]+", re.ASCII)
_NOT_DIGIT = re.compile(r"\D", re.ASCII)
_DUTCH = re.compile(
    r"31(?:[1-57]\d{8}|6\d{8}|8[458]\d{7}|97\d{9}|800\d{4,7}|90[069]\d{4,7})", re.ASCII
)
_BELGIAN = re.compile(r"32(?:4\d{8}|[1-9]\d{7})", re.ASCII)
_PLAUSIBLE = {"NL": _DUTCH, "BE": _BELGIAN}
_SHORTEST, _LONGEST = 7, 15


def search_digits(text: str, country: str = "NL") -> str:
    """Give the digits a number is found by: with country code, without plus or trunk zero.

    ``06-12 34 56 78``, ``0031 6 12345678`` and ``+31 (0)6 12345678`` are all ``31612345678``.
    A part of a number, which begins with neither 0 nor +, is its own digits.
    """
    international = text.strip().startswith("+")
    digits = _NOT_DIGIT.sub("", text)
    if not international and digits.startswith("00"):
        international, digits = True, digits[2:]
    if international:
        return _without_trunk_zero(digits)
    code = COUNTRY_CODES.get(country, "")
    return code + digits[1:] if digits.startswith("0") and code else digits


def check_phone(text: str, country: str = "NL") -> str:
    """Tidy a number as typed; raises RuleFault when it has letters or cannot be a number.

    Dutch and Belgian numbers are held against their numbering plans, others against E.164's length.
    """
    typed = " ".join(text.split())
    if not typed:
        return ""
    digits = search_digits(typed, country)
    if not _ALLOWED.fullmatch(typed) or not _SHORTEST <= len(digits) <= _LONGEST:
        raise RuleFault(N_("{text} is geen telefoonnummer."), text=typed)
    home = next((c for c in _PLAUSIBLE if digits.startswith(COUNTRY_CODES[c])), None)
    if home is not None and not _PLAUSIBLE[home].fullmatch(digits):
        raise RuleFault(N_("{text} kan geen telefoonnummer zijn: tel de cijfers na."), text=typed)
    if home is None and country in _PLAUSIBLE and not typed.startswith(("+", "00")):
        raise RuleFault(N_("{text}: schrijf het telefoonnummer met het kengetal."), text=typed)
    return typed


def _without_trunk_zero(digits: str) -> str:
    for code in COUNTRY_CODES.values():
        if digits.startswith(code + "0"):
            return code + digits[len(code) + 1 :]
    return digits
