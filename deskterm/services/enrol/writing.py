"""What Opslaan writes: the period, its charge, the role, the account's job, and the act itself."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from deskterm.rules.membership import MembershipStatus
from deskterm.services.desk import Desk
from deskterm.services.enrol import ledger
from deskterm.services.logbook import Logbook
from deskterm.store.reads import library
from deskterm.views.enrolment import EnrolmentForm, Quote

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskterm.store.tables import DoneAct, MembershipPeriod

MEMBER_ROLE = "ABO"
"""Abonnementhouder, in the word list `role`."""
CONTRIBUTION_CODE = "1001"
"""Booking codes from 1000 on are contributie (desk.md 1.3)."""
_WEB = (MembershipStatus.WEB_VERIFIED, MembershipStatus.WEB_UNVERIFIED)
_OVER = MembershipStatus.ENDED
_ADULT = 18
ENROLMENT_DRAFT = "enrolment"
"""The kind of draft that a walk keeps while it is under way."""


def write_period(
    desk: Desk, session: "Session", actor_id: int, bought: Quote, sector: str
) -> "tuple[MembershipPeriod, int | None]":
    """Add a period and, when it costs anything, its charge; the answer's last is the charge's id.

    What is not paid yet starts as 1 Nieuw and what is free as 5 Normaal: settling moves the first
    on to 2 Gefactureerd (Registreren) or 5.
    """
    from deskterm.store.tables import LedgerEntry, MembershipPeriod

    owes = bought.balance_cents > 0
    status = MembershipStatus.NEW if owes else MembershipStatus.NORMAL
    period = MembershipPeriod(
        customer_id=actor_id,
        branch_code=bought.branch_code,
        membership_code=bought.membership_code,
        begin_on=bought.begin_on,
        end_on=bought.end_on,
        status=int(status),
        price_cents=bought.balance_cents,
        tariff_code=bought.tariff_code,
        status_on=desk.today,
        sector=sector,
    )
    session.add(period)
    session.flush()
    if not owes:
        return period, None
    charge = LedgerEntry(
        customer_id=actor_id,
        kind="charge",
        account="contribution",
        booking_code=CONTRIBUTION_CODE,
        amount_cents=bought.balance_cents,
        description=f"Contributie {bought.membership_code}-{bought.membership_name}",
        day=desk.today,
        at=desk.clock.now(),
        period_id=period.id,
        staff_id=(desk.staff.id or None) if desk.staff else None,
        desk_id=desk.place.id,
        branch_code=bought.branch_code,
    )
    session.add(charge)
    session.flush()
    return period, charge.id


def supersede_web(desk: Desk, session: "Session", logbook: Logbook, actor_id: int) -> None:
    """End an enrolment on the web that the desk's takes the place of, with what it would cost."""
    from sqlmodel import col, select

    from deskterm.store.tables import MembershipPeriod

    waiting = [int(status) for status in _WEB]
    query = select(MembershipPeriod).where(
        col(MembershipPeriod.customer_id) == actor_id, col(MembershipPeriod.status).in_(waiting)
    )
    for period in session.exec(query):
        ledger.cancel_charges(desk, session, logbook, period, "inschrijving aan de balie")
        logbook.line("membership.status", "membership_status", str(period.status), str(int(_OVER)))
        period.status, period.status_on = int(_OVER), desk.today
        period.end_on = max(period.begin_on, min(period.end_on, desk.today))
        session.add(period)


def write_role(desk: Desk, session: "Session", logbook: Logbook, actor_id: int) -> None:
    """Let the role of abonnementhouder begin, unless it runs or the library has none."""
    from sqlmodel import col, select

    from deskterm.store.tables import CustomerRole

    if MEMBER_ROLE not in library.codes(session.connection()).get("role", ()):
        return
    running = select(CustomerRole).where(
        col(CustomerRole.customer_id) == actor_id,
        col(CustomerRole.code) == MEMBER_ROLE,
        col(CustomerRole.end_on).is_(None),
    )
    if session.exec(running).first() is None:
        session.add(CustomerRole(customer_id=actor_id, code=MEMBER_ROLE, begin_on=desk.today))
        logbook.line("role.start", "role", "", MEMBER_ROLE)


def end_role(session: "Session", logbook: Logbook, actor_id: int, day: date) -> None:
    """Let the role of abonnementhouder end on a day."""
    from sqlmodel import col, select

    from deskterm.store.tables import CustomerRole

    running = select(CustomerRole).where(
        col(CustomerRole.customer_id) == actor_id,
        col(CustomerRole.code) == MEMBER_ROLE,
        col(CustomerRole.end_on).is_(None),
    )
    for role in session.exec(running):
        role.end_on = max(day, role.begin_on)
        session.add(role)
        logbook.line("role.end", "role", MEMBER_ROLE, "")


def write_relative(session: "Session", actor_id: int, form: EnrolmentForm, age: int | None) -> None:
    """Tie somebody new to whose address was taken over: a child to its parent, else partners."""
    from deskterm.store.tables import Relation

    if form.relative_id is not None and form.actor_id is None:
        kind = "parent" if age is not None and age < _ADULT else "partner"
        session.add(Relation(customer_id=actor_id, other_id=form.relative_id, kind=kind))


def remember(
    session: "Session",
    logbook: Logbook,
    act: str,
    key: str,
    actor_id: int,
    period_id: int | None,
    charge_id: int | None,
) -> None:
    """Write down that a form was carried out, so that its key never does it again."""
    from deskterm.store.tables import DoneAct

    session.add(
        DoneAct(
            key=key,
            act=act,
            customer_id=actor_id,
            at=logbook.at,
            period_id=period_id,
            charge_id=charge_id,
        )
    )


def done_before(session: "Session", key: str) -> "DoneAct | None":
    """What a form with this key did, if it was carried out."""
    from deskterm.store.tables import DoneAct

    return session.get(DoneAct, key)


def account_job_of(session: "Session", actor_id: int, at: datetime) -> int | None:
    """The job that was queued in the same act."""
    from sqlmodel import col, select

    from deskterm.store.tables import AccountJob

    query = select(AccountJob.id).where(
        col(AccountJob.customer_id) == actor_id, col(AccountJob.at) == at
    )
    return session.exec(query).first()


def drop_draft(desk: Desk, session: "Session", key: str) -> None:
    """Forget what was kept of a walk that has come to its end."""
    from sqlmodel import col, delete

    from deskterm.store.tables import Draft

    if desk.staff is not None:
        session.exec(
            delete(Draft).where(
                col(Draft.staff_id) == desk.staff.id,
                col(Draft.kind) == ENROLMENT_DRAFT,
                col(Draft.key) == key,
            )
        )
