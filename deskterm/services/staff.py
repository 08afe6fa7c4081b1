"""Staff: signing in with a PIN, changing it, adding an employee."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import TYPE_CHECKING

from deskterm.rules.names import inert
from deskterm.rules.rights import Right, Role, rights_of
from deskterm.services import lockout, pins
from deskterm.services.desk import Desk
from deskterm.services.errors import DeskError, FormFaults, NotFound
from deskterm.services.logbook import Logbook
from deskterm.services.staff_form import checked
from deskterm.services.trouble import reading, writing
from deskterm.store.reads import pin_tries
from deskterm.store.reads import staff as reads
from deskterm.text import _, ngettext
from deskterm.views.desk import StaffView
from deskterm.views.forms import StaffForm

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskterm.store.light import Reader
    from deskterm.store.tables import Staff

MACHINE = StaffView(
    id=0,
    actor_id=0,
    username="",
    name="",
    role=Role.ADMIN.name,
    language="",
    branch_code="",
    pin_must_change=False,
    rights=frozenset(right.value for right in rights_of(Role.ADMIN)),
)
"""Who works when nobody is signed in: a script that may read the store's file anyway."""


SIGN_IN, AUTHORISE = "sign_in", "authorise"
"""Signing in and signing one act, such as a waiver: each has its own count of wrong PINs."""


@dataclass(frozen=True, slots=True)
class _Claim:
    """Who somebody says to be: what was typed or scanned, and where that is looked up."""

    typed: str
    find: "Callable[[Reader], reads.StaffRow | None]"


class SignInRefused(DeskError):
    """The name or the PIN is wrong, or there were too many wrong tries."""


def sign_in(desk: Desk, name: str, pin: str) -> StaffView:
    """Sign an employee in by actor-id or user name, and PIN.

    Raises:
        SignInRefused: wrong, without telling which of the two, or locked after five wrong tries.
    """
    return _sign_in(desk, _named(name), pin, SIGN_IN)


def sign_in_card(desk: Desk, card_number: str, pin: str) -> StaffView:
    """Sign an employee in by staff card and PIN; raises SignInRefused."""
    number = inert(card_number).strip()
    claim = _Claim(number, lambda connection: reads.by_card(connection, number))
    return _sign_in(desk, claim, pin, SIGN_IN)


def check_pin(desk: Desk, name: str, pin: str) -> StaffView:
    """Have an employee confirm one act, such as waiving, without signing in; raises SignInRefused.

    Wrong tries are counted apart from those of signing in: after five this employee cannot sign
    acts for a while, but they and the desk can go on working.
    """
    return _sign_in(desk, _named(name), pin, AUTHORISE)


def by_actor_id(desk: Desk, actor_id: int) -> StaffView | None:
    """Give an active employee; the practice library signs its employee in with this."""
    with reading(desk) as connection:
        row = reads.by_actor_id(connection, actor_id)
    return _view(row) if row is not None else None


def change_pin(desk: Desk, old: str, new: str) -> StaffView:
    """Let the signed-in employee choose a new PIN.

    Raises:
        FormFaults: the old one is wrong (`old`) or the new one may not be chosen (`new`).
        SignInRefused: too many wrong tries with the old one.
    """
    staff = _signed_in(desk)
    try:
        checked_row = _checked(desk, _named(str(staff.actor_id)), old, SIGN_IN)
    except SignInRefused as refused:
        if refused.hint:
            raise
        raise FormFaults((("old", _("De oude pincode klopt niet.")),)) from refused
    pins.check_new(new, old, checked_row.born)
    with writing(desk) as session:
        row = _row(session, staff.id)
        row.pin_hash = pins.hash_of(new)
        row.pin_must_change = False
        session.add(row)
        Logbook(desk, session).line("pin.change")
    return _view(_read_again(desk, staff.actor_id))


def add(desk: Desk, form: StaffForm) -> StaffView:
    """Add an employee, with day and month of birth as first PIN.

    Raises:
        NotAllowed: the signed-in employee is no administrator.
        FormFaults: every field that is wrong.
    """
    desk.require(Right.STAFF_MANAGE)
    with writing(desk) as session:
        row = checked(session.connection(), form, desk.today)
        session.add(row)
        Logbook(desk, session).line("staff.add", field=row.username, new=row.role)
    return _view(_read_again(desk, row.actor_id))


def unlock(desk: Desk, name: str = "") -> None:
    """Begin counting wrong PINs anew for one employee, or for everybody who is locked out.

    Raises:
        NotAllowed: the signed-in employee is no administrator.
        NotFound: nobody has this name or actor-id.
    """
    desk.require(Right.STAFF_MANAGE)
    with writing(desk) as session:
        connection = session.connection()
        row = _by_name(connection, name) if name else None
        if name and row is None:
            raise NotFound(_("Er is geen medewerker {name}.").format(name=inert(name)))
        pin_tries.forget(connection, lockout.subject_of(row.id, "") if row else None)
        Logbook(desk, session).line("staff.unlock", field=row.username if row else "")


def set_active(desk: Desk, name: str, *, active: bool) -> None:
    """Let an employee go, who signs in nowhere from then on, or take one back.

    What they did stays theirs. Where they are signed in they stay so until the screen locks.

    Raises:
        NotAllowed: the signed-in employee is no administrator.
        NotFound: nobody had ever this name or actor-id.
        DeskError: the only administrator who is left.
    """
    desk.require(Right.STAFF_MANAGE)
    with writing(desk) as session:
        row = _ever(session, name)
        if not active and row.role == Role.ADMIN.name and not _another_admin(session, row):
            raise DeskError(
                _("{name} is de enige beheerder.").format(name=inert(row.username)),
                _("Maak eerst iemand anders beheerder."),
            )
        row.active = active
        session.add(row)
        Logbook(desk, session).line("staff.back" if active else "staff.end", field=row.username)


def reset_pin(desk: Desk, name: str) -> None:
    """Give an employee who forgot the PIN the first one again, to be changed when signing in.

    Raises:
        NotAllowed: the signed-in employee is no administrator.
        NotFound: nobody had ever this name or actor-id.
        DeskError: the date of birth, which it is made of, is not known.
    """
    desk.require(Right.STAFF_MANAGE)
    with writing(desk) as session:
        row = _ever(session, name)
        if row.born is None:
            raise DeskError(
                _("Van {name} is geen geboortedatum bekend.").format(name=inert(row.username))
            )
        row.pin_hash, row.pin_must_change = pins.hash_of(pins.first_pin(row.born)), True
        session.add(row)
        pin_tries.forget(session.connection(), lockout.subject_of(row.id, ""))
        Logbook(desk, session).line("pin.reset", field=row.username)


def _ever(session: "Session", name: str) -> "Staff":
    """An employee by actor-id or user name, also one who was let go."""
    from sqlmodel import func, select

    from deskterm.store.tables import Staff

    typed = inert(name).strip()
    is_number = typed.isascii() and typed.isdigit() and len(typed) < 10
    theirs = (
        Staff.actor_id == int(typed) if is_number else func.lower(Staff.username) == typed.lower()
    )
    row = session.exec(select(Staff).where(theirs)).first()
    if row is None:
        raise NotFound(_("Er is geen medewerker {name}.").format(name=typed))
    return row


def _another_admin(session: "Session", but: "Staff") -> bool:
    from sqlmodel import select

    from deskterm.store.tables import Staff

    admins = select(Staff.id).where(Staff.role == Role.ADMIN.name, Staff.active)
    return any(number != but.id for number in session.exec(admins))


def _read_again(desk: Desk, actor_id: int) -> reads.StaffRow:
    with reading(desk) as connection:
        row = reads.by_actor_id(connection, actor_id)
    if row is None:
        raise NotFound(_("Er is geen medewerker met actor-id {number}.").format(number=actor_id))
    return row


def _sign_in(desk: Desk, claim: _Claim, pin: str, act: str) -> StaffView:
    row = _checked(desk, claim, pin, act)
    view = _view(row)
    now = desk.clock.now()
    with writing(desk) as session:
        connection = session.connection()
        tries = lockout.tries_of(connection, f"staff:{row.id}", act, desk.place.id, now)
        # Others may have guessed while this PIN was looked at.
        if until := lockout.locked_until(tries, now):
            raise _locked(until, now)
        lockout.forgive(connection, tries, desk.place.id, now)
        found = _row(session, row.id)
        if pins.is_outdated(found.pin_hash):
            found.pin_hash = pins.hash_of(pin)
            session.add(found)
        Logbook(desk.signed_in_as(view), session).line(act)
    return view


def _checked(desk: Desk, claim: _Claim, pin: str, act: str) -> reads.StaffRow:
    """Give the employee when the PIN is right and nothing is locked; count a wrong try.

    For a name that nobody has the same is done and said. The slow hash is computed outside any
    transaction, so that other desks need not wait for it.
    """
    now = desk.clock.now()
    with reading(desk) as connection:
        row = claim.find(connection)
        subject = lockout.subject_of(row.id if row else None, claim.typed)
        tries = lockout.tries_of(connection, subject, act, desk.place.id, now)
    right = pins.is_right(pin, row.pin_hash if row else None)
    if until := lockout.locked_until(tries, now):
        raise _locked(until, now)
    if right and row is not None:
        return row
    with writing(desk) as session:
        tries = lockout.tries_of(session.connection(), subject, act, desk.place.id, now)
        until = lockout.count_wrong(session.connection(), tries, now)
        # What was typed for a name may be a PIN, so a name that nobody has is not written down.
        Logbook(desk, session).line("sign_in.refused", field=row.username if row else "")
    raise _locked(until, now) if until else _wrong()


def _row(session: "Session", staff_id: int) -> "Staff":
    from deskterm.store.tables import Staff

    return session.get_one(Staff, staff_id)


def _named(name: str) -> _Claim:
    return _Claim(inert(name).strip(), lambda connection: _by_name(connection, name))


def _by_name(connection: "Reader", name: str) -> reads.StaffRow | None:
    typed = inert(name).strip()
    if typed.isascii() and typed.isdigit() and len(typed) < 10:
        return reads.by_actor_id(connection, int(typed))
    return reads.by_username(connection, typed) if typed else None


def _signed_in(desk: Desk) -> StaffView:
    if desk.staff is None:
        raise SignInRefused(_("Er is niemand aangemeld."))
    return desk.staff


def _wrong() -> SignInRefused:
    return SignInRefused(_("Naam of pincode klopt niet."))


def _locked(until: datetime, now: datetime) -> SignInRefused:
    minutes = max(1, ceil((until - now).total_seconds() / 60))
    return SignInRefused(
        _("Te vaak een verkeerde pincode."),
        ngettext(
            "Probeer het over {count} minuut opnieuw.",
            "Probeer het over {count} minuten opnieuw.",
            minutes,
        ).format(count=minutes),
    )


def _view(row: reads.StaffRow) -> StaffView:
    return StaffView(
        id=row.id,
        actor_id=row.actor_id,
        username=row.username,
        name=row.name,
        role=row.role,
        language=row.language,
        branch_code=row.branch_code,
        pin_must_change=row.pin_must_change,
        rights=frozenset(right.value for right in rights_of(Role[row.role])),
    )
