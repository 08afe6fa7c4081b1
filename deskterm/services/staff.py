"""Staff: signing in with a PIN, changing it, adding an employee."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import TYPE_CHECKING

from deskterm.rules.names import inert
from deskterm.rules.rights import Right, Role, rights_of
from deskterm.services import pins
from deskterm.services.desk import Desk
from deskterm.services.errors import DeskError, FormFaults, NotFound
from deskterm.services.logbook import Logbook
from deskterm.services.staff_form import checked
from deskterm.services.trouble import reading, writing
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


@dataclass(frozen=True, slots=True)
class _Lock:
    """Which columns of an employee count wrong tries, and lock after too many."""

    tries: str
    until: str


_SIGNING_IN = _Lock("failed_tries", "locked_until")
_SIGNING_AN_ACT = _Lock("sign_tries", "sign_locked_until")


class SignInRefused(DeskError):
    """The name or the PIN is wrong, or there were too many wrong tries."""


def sign_in(desk: Desk, name: str, pin: str) -> StaffView:
    """Sign an employee in by actor-id or user name, and PIN.

    Raises:
        SignInRefused: wrong, without telling which of the two, or locked after five wrong tries.
    """
    return _sign_in(desk, lambda connection: _by_name(connection, name), pin, "sign_in")


def sign_in_card(desk: Desk, card_number: str, pin: str) -> StaffView:
    """Sign an employee in by staff card and PIN; raises SignInRefused."""
    number = inert(card_number).strip()
    return _sign_in(desk, lambda connection: reads.by_card(connection, number), pin, "sign_in")


def check_pin(desk: Desk, name: str, pin: str) -> StaffView:
    """Have an employee confirm one act, such as waiving, without signing in; raises SignInRefused.

    Wrong tries are counted apart from those of signing in: after five this employee cannot sign
    acts for a while, but they and the desk can go on working.
    """
    return _sign_in(
        desk, lambda connection: _by_name(connection, name), pin, "authorise", _SIGNING_AN_ACT
    )


def by_actor_id(desk: Desk, actor_id: int) -> StaffView | None:
    """Give an active employee; the practice library signs its employee in with this."""
    with reading(desk) as connection:
        row = reads.by_actor_id(connection, actor_id)
    return _view(row) if row is not None else None


def sign_out(desk: Desk) -> None:
    """Write down that the signed-in employee left; nothing when nobody is."""
    if desk.staff is not None and desk.staff is not MACHINE:
        with writing(desk) as session:
            Logbook(desk, session).line("sign_out")


def change_pin(desk: Desk, old: str, new: str) -> StaffView:
    """Let the signed-in employee choose a new PIN.

    Raises:
        FormFaults: the old one is wrong (`old`) or the new one may not be chosen (`new`).
        SignInRefused: too many wrong tries with the old one.
    """
    staff = _signed_in(desk)
    try:
        checked_row = _checked(desk, lambda c: reads.by_actor_id(c, staff.actor_id), old)
    except SignInRefused as refused:
        if refused.hint:
            raise
        raise FormFaults((("old", _("De oude pincode klopt niet.")),)) from refused
    pins.check_new(new, old, checked_row.born)
    with writing(desk) as session:
        row = _row(session, staff.id)
        row.pin_hash = pins.hash_of(new)
        row.pin_must_change = False
        row.failed_tries = 0
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


def _read_again(desk: Desk, actor_id: int) -> reads.StaffRow:
    with reading(desk) as connection:
        row = reads.by_actor_id(connection, actor_id)
    if row is None:
        raise NotFound(_("Er is geen medewerker met actor-id {number}.").format(number=actor_id))
    return row


def _sign_in(
    desk: Desk,
    find: "Callable[[Reader], reads.StaffRow | None]",
    pin: str,
    action: str,
    lock: _Lock = _SIGNING_IN,
) -> StaffView:
    row = _checked(desk, find, pin, lock)
    view = _view(row)
    with writing(desk) as session:
        found = _row(session, row.id)
        setattr(found, lock.tries, 0)
        setattr(found, lock.until, None)
        if pins.is_outdated(found.pin_hash):
            found.pin_hash = pins.hash_of(pin)
        session.add(found)
        Logbook(desk.signed_in_as(view), session).line(action)
    return view


def _checked(
    desk: Desk,
    find: "Callable[[Reader], reads.StaffRow | None]",
    pin: str,
    lock: _Lock = _SIGNING_IN,
) -> reads.StaffRow:
    """Give the employee when the PIN is right and nothing is locked; count a wrong try.

    The slow hash is computed outside any transaction, so that other desks need not wait for it.
    """
    now = desk.clock.now()
    with reading(desk) as connection:
        row = find(connection)
    right = pins.is_right(pin, row.pin_hash if row else None)
    if row is None:
        raise _wrong()
    locked_until: datetime | None = getattr(row, lock.until)
    if locked_until is not None and locked_until > now:
        raise _locked(locked_until, now)
    if right:
        return row
    locked_until = _count_wrong_try(desk, row.id, now, lock)
    raise _locked(locked_until, now) if locked_until else _wrong()


def _count_wrong_try(desk: Desk, staff_id: int, now: datetime, lock: _Lock) -> datetime | None:
    with writing(desk) as session:
        row = _row(session, staff_id)
        tries: int = getattr(row, lock.tries) + 1
        wait = pins.lock_time(tries)
        locked_until = now + wait if wait else None
        setattr(row, lock.tries, tries)
        setattr(row, lock.until, locked_until)
        session.add(row)
        Logbook(desk, session).line("sign_in.refused", field=row.username)
    return locked_until


def _row(session: "Session", staff_id: int) -> "Staff":
    from deskterm.store.tables import Staff

    return session.get_one(Staff, staff_id)


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
