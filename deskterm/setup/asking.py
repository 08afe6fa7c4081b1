"""Asking for a set-up, question by question, for who has no file."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from deskterm.rules.cards import CardScheme
from deskterm.rules.dates import parse_date
from deskterm.rules.faults import RuleFault
from deskterm.rules.money import parse_cents
from deskterm.rules.rights import Role
from deskterm.setup.defaults import example_memberships
from deskterm.setup.model import (
    BranchRow,
    InstitutionRow,
    MembershipRow,
    SetUp,
    StaffRow,
    TariffRow,
)
from deskterm.text import _

_Value = TypeVar("_Value")

SCHEMES = {
    CardScheme.STANDARD_14: "2VVVV NNNNNNNN C",
    CardScheme.LIBRARY_13: "VVVV NNNNNNNNN",
    CardScheme.SCHOOL_13: "VVVV NNN 9 NNNNN",
    CardScheme.BRANCH_12: "VVVV NNNNNNNN",
    CardScheme.ELEVEN_11: "VVVV NNNNNN C",
    CardScheme.BRANCH_10: "VVVV NNNNNN",
}
"""How each scheme writes a number: branch V, serial N, check digit C."""


class Asker:
    """Asks until the answer is right. `ask` shows a question and gives the line that is typed."""

    def __init__(self, ask: Callable[[str], str], say: Callable[[str], None], today: date) -> None:
        self._ask = ask
        self._say = say
        self._today = today

    def library(self, *, is_new: bool, institution: str = "") -> SetUp:
        """Everything a new library needs, or what is to be added to one that is there."""
        institutions: tuple[InstitutionRow, ...] = ()
        if is_new:
            institutions = (self._institution(),)
            institution = institutions[0].code
        branches = self._several(
            _("Nog een vestiging?"), lambda: self._branch(institution), first=is_new
        )
        memberships = self._memberships(is_new=is_new)
        home = branches[0].code if branches else ""
        staff = self._several(
            _("Nog een medewerker?"), lambda: self._employee(home, is_first=is_new), first=is_new,
            again=not is_new,
        )  # fmt: skip
        return SetUp(institutions, branches, memberships, staff)

    def _institution(self) -> InstitutionRow:
        return InstitutionRow(
            code=self._text(_("Nummer van de instantie"), "1001"),
            name=self._text(_("Naam van de bibliotheek")),
        )

    def _branch(self, institution: str) -> BranchRow:
        code = self._checked(_("Vestigingsnummer (vier cijfers)"), "", _branch_code)
        name = self._text(_("Naam van de vestiging"))
        for number, (scheme, shape) in enumerate(SCHEMES.items(), start=1):
            self._say(f"  {number}  {shape}  ({scheme.value})")
        schemes = dict(enumerate(SCHEMES, start=1))
        choice = self._checked(
            _("Vorm van de pasnummers"), "1", lambda typed: _one_of(typed, len(schemes))
        )
        desks = self._text(_("Balies, met komma's ertussen"), "balie1")
        return BranchRow(
            code=code,
            institution_code=institution,
            name=name,
            place=name.upper(),
            card_scheme=schemes[choice],
            desks=tuple(part.strip() for part in desks.split(",") if part.strip()),
        )

    def _memberships(self, *, is_new: bool) -> tuple[MembershipRow, ...]:
        examples = example_memberships()
        if is_new:
            self._say(_("Voorbeelden van abonnementen:"))
            for one in examples:
                self._say(f"  {one.code}  {one.name}")
            if self._yes(_("Deze overnemen?"), default=True):
                return examples
        return self._several(_("Nog een abonnement?"), self._membership, first=is_new)

    def _membership(self) -> MembershipRow:
        code = self._text(_("Nummer van het abonnement"))
        name = self._text(_("Naam van het abonnement"))
        from_age = self._checked(_("Vanaf leeftijd"), "0", _age)
        to_age = self._checked(_("Tot en met leeftijd"), "999", _age)
        price = self._checked(_("Prijs per jaar"), "", parse_cents)
        tariff = TariffRow(
            tariff_code="V",
            from_age=from_age,
            to_age=to_age,
            price_cents=price,
            valid_from=self._today,
        )
        return MembershipRow(
            code=code, name=name, from_age=from_age, to_age=max(from_age, to_age), tariffs=(tariff,)
        )

    def _employee(self, home: str, *, is_first: bool) -> StaffRow:
        if is_first:
            self._say(_("De eerste medewerker is de beheerder."))
        name = self._text(_("Naam van de medewerker, zoals J. Prins"))
        return StaffRow(
            name=name,
            username=self._text(_("Gebruikersnaam")),
            actor_id=self._checked(_("Actor-id"), "9001" if is_first else "", _number),
            born=self._checked(_("Geboortedatum"), "", self._birth_date),
            role=Role.ADMIN.name if is_first else self._role(),
            branch_code=self._checked(_("Werkt in vestiging"), home, _branch_code),
        )

    def _role(self) -> str:
        names = ", ".join(Role.__members__)
        question = _("Rol ({names})").format(names=names)
        return self._checked(question, Role.BALIEBHR.name, lambda typed: Role[typed.upper()].name)

    def _birth_date(self, typed: str) -> date:
        return parse_date(typed, self._today, birth=True)

    def _several(
        self, question: str, one: Callable[[], _Value], *, first: bool, again: bool = True
    ) -> tuple[_Value, ...]:
        found = [one()] if first else []
        while again and self._yes(question, default=False):
            found.append(one())
        return tuple(found)

    def _yes(self, question: str, *, default: bool) -> bool:
        choices = _("[J/n]") if default else _("[j/N]")
        answer = self._ask(f"{question} {choices} ").strip().casefold()
        return answer[0] in "jy" if answer else default

    def _text(self, question: str, default: str = "") -> str:
        return self._checked(question, default, _filled)

    def _checked(self, question: str, default: str, check: Callable[[str], _Value]) -> _Value:
        shown = f"{question} [{default}]: " if default else f"{question}: "
        while True:
            typed = self._ask(shown).strip() or default
            try:
                return check(typed)
            except RuleFault as fault:
                self._say("  " + _(fault.msgid).format(**fault.params))
            except (ValueError, KeyError):
                self._say("  " + _("{typed}: dat past hier niet.").format(typed=typed))


def _filled(typed: str) -> str:
    if not typed or len(typed) > 100:
        raise ValueError(typed)
    return typed


def _branch_code(typed: str) -> str:
    if len(typed) != 4 or not (typed.isascii() and typed.isdigit()):
        raise ValueError(typed)
    return typed


def _number(typed: str) -> int:
    return _one_of(typed, 2_147_483_647)


def _age(typed: str) -> int:
    number = int(typed)
    if not 0 <= number <= 999:
        raise ValueError(typed)
    return number


def _one_of(typed: str, most: int) -> int:
    number = int(typed)
    if not 1 <= number <= most:
        raise ValueError(typed)
    return number
