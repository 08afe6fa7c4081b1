"""A new employee's form: every field checked at once."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from deskterm.rules.dates import parse_date
from deskterm.rules.faults import RuleFault
from deskterm.rules.names import inert
from deskterm.rules.rights import Role
from deskterm.services import pins
from deskterm.services.errors import FormFaults
from deskterm.services.settings import value_of
from deskterm.store.reads import library, staff
from deskterm.text import LANGUAGES, _
from deskterm.views.forms import StaffForm

if TYPE_CHECKING:
    from deskterm.store.light import Reader
    from deskterm.store.tables import Staff

_LONGEST = 80


def checked(connection: "Reader", form: StaffForm, today: date) -> "Staff":
    """Make the row of a new employee, with the first PIN set.

    Raises:
        FormFaults: every field that is wrong.
    """
    from deskterm.store.tables import Staff

    faults: dict[str, str] = {}

    def tell(name: str, check: Callable[[], str]) -> None:
        if sentence := check():
            faults[name] = sentence

    born = _born(form.born, today, faults)
    tell("actor_id", lambda: _actor_id_fault(connection, form.actor_id))
    tell("username", lambda: _username_fault(connection, form.username))
    tell("name", lambda: _text_fault(form.name))
    tell("role", lambda: "" if form.role in Role.__members__ else _("Kies een rol."))
    tell("branch_code", lambda: _branch_fault(connection, form.branch_code))
    tell("card_number", lambda: _card_fault(connection, form.card_number))
    tell("language", lambda: _language_fault(form.language))
    if faults or born is None:
        raise FormFaults(tuple(faults.items()))
    settings = library.settings(connection)
    return Staff(
        actor_id=int(form.actor_id),
        username=form.username.strip(),
        name=inert(form.name).strip(),
        born=born,
        role=form.role,
        branch_code=form.branch_code,
        card_number=form.card_number.strip() or None,
        language=form.language,
        pin_hash=pins.hash_of(pins.first_pin(born)),
        pin_must_change=value_of(settings, "staff.first_pin_must_change") == "1",
    )


def _born(typed: str, today: date, faults: dict[str, str]) -> date | None:
    try:
        return parse_date(typed, today, birth=True)
    except RuleFault as fault:
        faults["born"] = _(fault.msgid).format(**fault.params)
        return None


def _actor_id_fault(connection: "Reader", typed: str) -> str:
    if not (typed.isascii() and typed.isdigit() and len(typed) < 10 and int(typed)):
        return _("Een actor-id is een getal.")
    if staff.is_taken(connection, "actor_id", int(typed)):
        return _("Actor-id {number} is al van een medewerker.").format(number=typed)
    return ""


def _username_fault(connection: "Reader", typed: str) -> str:
    name = typed.strip()
    if not 2 <= len(name) <= _LONGEST or not name.isprintable() or " " in name or name.isdigit():
        return _("Een gebruikersnaam heeft letters en geen spaties.")
    if staff.is_taken(connection, "username", name):
        return _("Gebruikersnaam {name} is al in gebruik.").format(name=name)
    return ""


def _text_fault(typed: str) -> str:
    name = inert(typed).strip()
    if not name:
        return _("Vul een naam in.")
    if len(name) > _LONGEST:
        return _("Hoogstens {most} tekens.").format(most=_LONGEST)
    return ""


def _branch_fault(connection: "Reader", code: str) -> str:
    known = {branch.code for branch in library.branches(connection)}
    return "" if code in known else _("Vestiging {code} bestaat niet.").format(code=code)


def _card_fault(connection: "Reader", typed: str) -> str:
    number = typed.strip()
    if number and not (number.isascii() and number.isalnum() and len(number) <= _LONGEST):
        return _("Een pasnummer heeft alleen cijfers en letters.")
    if number and staff.is_taken(connection, "card_number", number):
        return _("Pas {number} is al van een medewerker.").format(number=number)
    return ""


def _language_fault(code: str) -> str:
    return "" if not code or code in LANGUAGES else _("Kies nl of en.")
