"""Fields of the forms, made from the view: name and label from one place, value as it stands."""

from collections.abc import Iterable
from datetime import date

from rich.cells import cell_len

from deskterm.screens.tabs.tab import Words
from deskterm.services.labels import label
from deskterm.text import N_, _, date_text
from deskterm.views.customer import CustomerView, Person
from deskterm.widgets.fields import Field

Choices = tuple[tuple[str, str], ...]

_CHOICE = 18
"""Cells of a choice; of one with longer answers as many as they need."""
DATE_HINT = N_("dag, maand, jaar, zoals 31-12-1985")


def as_typed(value: str | int | bool | date | None) -> str:
    """A value as it stands in a field: `06-07-2022`, `1` or nothing for a flag."""
    if isinstance(value, bool):
        return "1" if value else ""
    if isinstance(value, date) or value is None:
        return date_text(value)
    return str(value)


def value_of(person: Person, name: str) -> str:
    """The value of a column of the customer, as it stands in a field."""
    value: str | int | bool | date | None = getattr(person, name)
    return as_typed(value)


def shown(view: CustomerView, name: str) -> str:
    """The value of a column as staff read it: the word of a code, the code where it has none."""
    return view.names.get(name) or value_of(view.person, name)


def text(
    person: Person,
    name: str,
    *,
    section: str = "",
    width: int = 18,
    required: bool = False,
    hint: str = "",
) -> Field:
    """A text of the customer."""
    return Field(
        name,
        label(name),
        value=value_of(person, name),
        section=section,
        width=width,
        required=required,
        help=hint,
    )


def texts(person: Person, names: Iterable[str], section: str = "", width: int = 18) -> list[Field]:
    """Several texts of the customer, one after the other."""
    return [text(person, name, section=section, width=width) for name in names]


def day(person: Person, name: str, section: str = "") -> Field:
    """A date of the customer, typed in any way a desk writes one."""
    value = value_of(person, name)
    return Field(name, label(name), "date", value, section=section, width=10, help=_(DATE_HINT))


def flag(name: str, chosen: bool, section: str = "", words: str = "") -> Field:
    """A yes or no, by the label of its name or by words of its own."""
    return Field(name, words or label(name), "flag", as_typed(chosen), width=7, section=section)


def flags(person: Person, names: Iterable[str], section: str = "") -> list[Field]:
    """Several yes-or-no columns of the customer."""
    return [flag(name, value_of(person, name) == "1", section) for name in names]


def pick(
    name: str, value: str, choices: Choices, section: str = "", *, blank: bool = True
) -> Field:
    """One of a list; a value that is no longer in the list stays possible for who has it."""
    known = {code for code, _name in choices}
    offered = choices
    if value and value not in known:
        offered = ((value, value), *offered)
    if blank and "" not in known:
        offered = (("", ""), *offered)
    longest = max((cell_len(words) for _code, words in offered), default=0)
    width = max(_CHOICE, longest + len("<  >"))
    return Field(name, label(name), "choice", value, offered, section=section, width=width)


def pick_word(
    person: Person,
    name: str,
    words: Words,
    kind: str,
    section: str = "",
    *,
    blank: bool = True,
) -> Field:
    """One of the library's words; only to be read where the library has no such list."""
    choices = word_choices(words, kind)
    if not choices:
        return Field(name, label(name), "readonly", value_of(person, name), section=section)
    return pick(name, value_of(person, name), choices, section, blank=blank)


def word_choices(words: Words, kind: str) -> Choices:
    """A word list as pairs of code and name."""
    return tuple((word.code, word.name) for word in words.get(kind, ()))
