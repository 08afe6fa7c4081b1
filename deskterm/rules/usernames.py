"""User names for login accounts: what a library's templates make of a customer."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from string import Formatter

from deskterm.rules.faults import N_, RuleFault
from deskterm.rules.names import fold, split_prefix

MOST = 100
"""So many names are tried for one customer; then somebody has to look at it."""
_NUMBERS = range(2, 52)
_PLACES = frozenset({"pas", "voorletter", "achternaam", "n"})
# An account made of nothing but somebody's initial or a number says nothing about whose it is.
_NEEDED = ("pas", "achternaam")


@dataclass(frozen=True, slots=True)
class Named:
    """What a user name is made of."""

    card: str = ""
    initials: str = ""
    first_name: str = ""
    surname: str = ""
    """With or without a tussenvoegsel, which no user name has."""


def check_templates(templates: Sequence[str], pattern: str) -> None:
    """Raise RuleFault for a template or a pattern that no user name can come from."""
    try:
        re.compile(pattern)
    except re.error as error:
        raise RuleFault(
            N_("{pattern} is geen patroon voor gebruikersnamen."), pattern=pattern
        ) from error
    if not templates:
        raise RuleFault(N_("Er is geen enkele vorm voor gebruikersnamen opgegeven."))
    for template in templates:
        if not _places(template) & set(_NEEDED):
            raise RuleFault(
                N_(
                    "{template} is geen vorm voor gebruikersnamen: gebruik {{pas}} of"
                    " {{achternaam}}, en desgewenst {{voorletter}} en {{n}}."
                ),
                template=template,
            )


def candidates(templates: Iterable[str], pattern: str, who: Named) -> Iterator[str]:
    """Give the user names to try for somebody, best first, each once and at most `MOST`.

    `{pas}` is the number of the card, `{voorletter}` one letter, `{achternaam}` the surname
    without tussenvoegsel; letters are folded (é to e, ł to l). `{n}` counts 2, 3, and so on. A
    template is passed over when the customer lacks what it asks for; a name that the whole of the
    pattern does not match is not given.
    """
    fits = re.compile(pattern)
    made = (name for template in templates for name in _of_template(template, who))
    yield from islice(dict.fromkeys(name for name in made if fits.fullmatch(name)), MOST)


def _of_template(template: str, who: Named) -> Iterator[str]:
    surname = split_prefix(who.surname)[1]
    values = {
        "pas": "".join(who.card.split()),
        "voorletter": _joined(who.initials or who.first_name)[:1],
        "achternaam": _joined(surname),
    }
    places = _places(template)
    if not places or any(not values[name] for name in _NEEDED if name in places):
        return
    for number in _NUMBERS if "n" in places else (0,):
        # A customer without initials leaves the point of `{voorletter}.{achternaam}` behind.
        yield template.format(**values, n=number).strip("._-@")


def _joined(text: str) -> str:
    return fold(text).replace("*", "").replace(" ", "")


def _places(template: str) -> set[str]:
    """The names between braces; nothing for a template that cannot be filled in."""
    try:
        parts = list(Formatter().parse(template))
    except ValueError:
        return set()
    found = {name for _text, name, _form, _conversion in parts if name is not None}
    plain = all(not form and not conversion for _text, _name, form, conversion in parts)
    return found if plain and found <= _PLACES else set()
