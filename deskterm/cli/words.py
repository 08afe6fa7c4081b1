"""argparse's own words in our language.

argparse asks gettext's default domain, in the language of the environment; ours comes from the
settings file and its source is Dutch. The only door is the two functions that it looks up at
call time, so those are replaced. A text that is not listed stays English.
"""

import argparse

from deskterm import text
from deskterm.text import N_, _

_WORDS = {
    "usage: ": N_("gebruik: "),
    "options": N_("opties"),
    "positional arguments": N_("wat erbij hoort"),
    "show this help message and exit": N_("toon deze uitleg"),
    "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
    "the following arguments are required: %s": N_("er ontbreekt: %s"),
    "one of the arguments %s is required": N_("geef een van deze: %s"),
    "unrecognized arguments: %s": N_("dit is onbekend: %s"),
    "not allowed with argument %s": N_("kan niet samen met %s"),
    "expected one argument": N_("hier hoort iets achter"),
    "expected at least one argument": N_("hier hoort iets achter"),
    "invalid choice: %(value)r (choose from %(choices)s)": N_(
        "%(value)r bestaat niet; kies uit %(choices)s"
    ),
    "invalid %(type)s value: %(value)r": N_("%(value)r past hier niet"),
    "ambiguous option: %(option)s could match %(matches)s": N_(
        "%(option)s kan meer dan een optie zijn: %(matches)s"
    ),
}


def speak() -> None:
    """Let argparse speak the current language from now on."""
    doors = vars(argparse)
    doors["_"] = _ours
    doors["ngettext"] = lambda one, many, count: _ours(one if count == 1 else many)


def _ours(english: str) -> str:
    if text.language() == "en" or english not in _WORDS:
        return english
    return _(_WORDS[english])
