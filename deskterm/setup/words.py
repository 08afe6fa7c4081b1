"""What pydantic found, in a sentence of ours."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from pydantic_core import ErrorDetails

from deskterm.text import N_, _

_SENTENCES: Mapping[str, str] = {
    "missing": N_("ontbreekt"),
    "string_type": N_("hoort tekst tussen aanhalingstekens te zijn"),
    "string_too_short": N_("mag niet leeg zijn"),
    "string_too_long": N_("is langer dan 100 tekens"),
    "int_type": N_("hoort een heel getal te zijn"),
    "int_parsing": N_("hoort een heel getal te zijn"),
    "int_from_float": N_("hoort een heel getal te zijn"),
    "bool_type": N_("hoort true of false te zijn"),
    "bool_parsing": N_("hoort true of false te zijn"),
    "greater_than_equal": N_("is te laag"),
    "less_than_equal": N_("is te hoog"),
    "too_short": N_("mag niet leeg zijn"),
    "tuple_type": N_("hoort een lijst te zijn"),
    "model_type": N_("dit hoort een tabel te zijn"),
}
_CHOICES = ("enum", "literal_error")


def in_words(error: ErrorDetails, fields: Sequence[str]) -> str:
    """One fault as a sentence; `fields` are the names that the row knows."""
    kind = error["type"]
    if kind == "value_error":
        return str(error["ctx"]["error"])
    if kind == "extra_forbidden":
        near = get_close_matches(str(error["loc"][-1]), fields, n=1)
        unknown = _("dit veld bestaat niet")
        return unknown + (_("; bedoel je {name}?").format(name=near[0]) if near else "")
    if kind in _CHOICES:
        return _("kies uit {choices}").format(choices=error["ctx"]["expected"])
    if kind.startswith("date"):
        return _("hoort een datum te zijn, zoals 1985-01-31")
    return _(_SENTENCES.get(kind, N_("past hier niet")))
