"""Change, end, block and restore a membership: the buttons of tab 3 (customers.md 5.9)."""

from collections.abc import Sequence
from contextlib import nullcontext
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from deskterm.rules.membership import VALID_STATUSES, MembershipStatus
from deskterm.rules.rights import Right
from deskterm.services import enrolment, opening
from deskterm.services.desk import Desk
from deskterm.services.enrol import ending, ledger, pricing, writing
from deskterm.services.enrol.person import applicant
from deskterm.services.errors import DeskError
from deskterm.services.logbook import Logbook
from deskterm.services.trouble import reading_rows
from deskterm.services.trouble import writing as transaction
from deskterm.services.versions import mark_changed, require_version, the_customer
from deskterm.store.reads import library, tariffs
from deskterm.store.reads import memberships as reads
from deskterm.text import _, date_text
from deskterm.views.customer import CustomerView
from deskterm.views.enrolment import EndWarnings, Enrolled

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskterm.store.tables import MembershipPeriod


def change(desk: Desk, actor_id: int, version: int, membership_code: str, *, now: bool) -> Enrolled:
    """Let another type begin (Muteer abonnement): today, or when what runs has ended.

    Today cuts the running period short, gives back what the library's rule says, and takes back
    its open charge when it began today as well: that was a slip. Pressing twice does it once.

    Raises:
        FormFaults: the type is not offered to this customer.
        DeskError: there is no tariff, no running membership, or a next period already.
        NotAllowed, Conflict, NotFound: as `editing.save`.
    """
    desk.require(Right.CUSTOMER_ENROL)
    key = f"change {actor_id} {version}"
    with transaction(desk) as session:
        repeated = writing.done_before(session, key) is not None
        if not repeated:
            _change(desk, session, actor_id, version, membership_code, key, now=now)
    return enrolment.enrolled(desk, key, actor_id, repeated=repeated)


def end_warnings(desk: Desk, actor_id: int) -> EndWarnings:
    """Tell what stands open before a membership is ended; ending is possible all the same.

    Raises:
        NotFound: the customer is gone.
    """
    view = opening.refresh(desk, actor_id)
    with reading_rows(desk) as session:
        periods = running(session, actor_id, desk.today)
        refund = sum(ledger.refundable(session, one, desk.today) for one in periods)
        dependents = reads.pays_for(session.connection(), actor_id)
    return EndWarnings(
        loans=len(view.loans),
        holds=sum(hold.status in ending.OPEN_HOLDS for hold in view.holds),
        open_cents=view.block.contribution_cents + view.block.registration_cents,
        credit_cents=view.block.credit_cents,
        refund_cents=refund,
        pays_for=dependents,
    )


def end(
    desk: Desk,
    actor_id: int,
    version: int,
    when: Literal["now", "expiry"] | date,
    reason: str,
) -> CustomerView:
    """End the membership (Opzeggen) at once, per vervaldatum, or after a last day.

    At once makes the status 9, cancels holds and ends the role; the other two let it run until
    then, and the monthly run does the rest. Reason `OV` marks the customer as deceased, which
    Herstel can take back the same day (`services.deaths`).

    Raises:
        DeskError: nothing runs, the reason is not the library's, or the day is not in the period.
        NotAllowed, Conflict, NotFound: as `editing.save`.
    """
    desk.require(Right.CUSTOMER_ENROL)
    with transaction(desk) as session:
        customer = the_customer(session, actor_id)
        require_version(session, customer, version)
        _require_reason(session, reason)
        periods = running(session, actor_id, desk.today)
        if not periods:
            raise DeskError(_("Deze klant heeft geen abonnement dat loopt."))
        logbook = Logbook(desk, session, actor_id)
        last_day = _last_day(when, periods, desk.today)
        died = reason == ending.DECEASED
        with ending.recorded_death(desk, session, customer) if died else nullcontext():
            for period in periods:
                _end_period(desk, session, logbook, period, last_day, reason, at_once=when == "now")
            if when == "now":
                writing.end_role(session, logbook, actor_id, desk.today)
                ending.cancel_holds(session, logbook, actor_id)
            if died:
                ending.mark_deceased(session, logbook, customer)
        mark_changed(desk, customer, logbook.at)
        session.add(customer)
    return opening.refresh(desk, actor_id)


def end_at_once(
    desk: Desk, session: "Session", logbook: Logbook, actor_id: int, reason: str
) -> None:
    """End whatever runs today, inside the transaction of a use case; nothing may run."""
    for period in running(session, actor_id, desk.today):
        _end_period(desk, session, logbook, period, desk.today, reason, at_once=True)
    writing.end_role(session, logbook, actor_id, desk.today)
    ending.cancel_holds(session, logbook, actor_id)


def set_status(
    desk: Desk,
    actor_id: int,
    version: int,
    status: Literal["blacklist", "invalid", "back"],
    reason: str = "",
) -> CustomerView:
    """Put the membership on the blacklist (8), make it invalid (9), or restore it (Nieuwe status).

    Back gives 5 Normaal, or 2 Gefactureerd while its contribution is open.

    Raises:
        DeskError: there is no membership, its time is over, or the reason is not the library's.
        NotAllowed, Conflict, NotFound: as `editing.save`.
    """
    desk.require(Right.CUSTOMER_ENROL)
    with transaction(desk) as session:
        customer = the_customer(session, actor_id)
        require_version(session, customer, version)
        if status != "back":
            _require_reason(session, reason)
        period = _current(session, actor_id, desk.today)
        old = period.status
        period.status = int(_new_status(session, period, status, desk.today))
        period.end_reason = "" if status == "back" else reason
        period.status_on = desk.today
        session.add(period)
        logbook = Logbook(desk, session, actor_id)
        line = (str(old), f"{period.status} {reason}".strip())
        logbook.line("membership.status", "membership_status", *line)
        mark_changed(desk, customer, logbook.at)
        session.add(customer)
    return opening.refresh(desk, actor_id)


def _change(
    desk: Desk, session: "Session", actor_id: int, version: int, code: str, key: str, *, now: bool
) -> None:
    customer = the_customer(session, actor_id)
    require_version(session, customer, version)
    periods = running(session, actor_id, desk.today)
    if not periods:
        raise DeskError(_("Deze klant heeft geen abonnement dat loopt: schrijf opnieuw in."))
    if any(period.begin_on > desk.today for period in periods):
        raise DeskError(
            _("Er is al een volgende periode."),
            _("Beëindig die eerst, of wacht tot zij begint."),
        )
    logbook = Logbook(desk, session, actor_id)
    old = periods[0].membership_code
    if now:
        for period in periods:
            _cut_short(desk, session, logbook, period)
    session.flush()
    connection = session.connection()
    who = applicant(connection, desk, actor_id, {})
    prices = tariffs.price_list(connection)
    bought = pricing.quote(prices, who, customer.customer_type, code, "")
    sector = prices.limits[code].sector
    period, charge_id = writing.write_period(desk, session, actor_id, bought, sector)
    logbook.line(
        "membership.change", "membership", f"{old}-{prices.types[old].name}",
        f"{code}-{bought.membership_name}",
    )  # fmt: skip
    writing.remember(session, logbook, "change", key, actor_id, period.id, charge_id)
    mark_changed(desk, customer, logbook.at)
    session.add(customer)


def _cut_short(
    desk: Desk, session: "Session", logbook: Logbook, period: "MembershipPeriod"
) -> None:
    """End a running period yesterday; one that began today ends today and is taken back."""
    yesterday = desk.today - timedelta(days=1)
    if period.begin_on >= desk.today:
        ledger.cancel_charges(desk, session, logbook, period, "mutatie")
    ledger.refund(desk, session, logbook, period, yesterday)
    period.end_on = max(period.begin_on, yesterday)
    session.add(period)


def running(session: "Session", actor_id: int, today: date) -> "list[MembershipPeriod]":
    """The periods that are valid today or later, in order."""
    from sqlmodel import col, select

    from deskterm.store.tables import MembershipPeriod

    query = select(MembershipPeriod).where(
        col(MembershipPeriod.customer_id) == actor_id,
        col(MembershipPeriod.status).in_([int(status) for status in VALID_STATUSES]),
        col(MembershipPeriod.end_on) >= today,
    )
    found = session.exec(query)
    return sorted(found, key=lambda period: (period.begin_on, period.id or 0))


def _current(session: "Session", actor_id: int, today: date) -> "MembershipPeriod":
    """The period that the customer block is about."""
    from deskterm.services.viewing import current_period
    from deskterm.store.tables import MembershipPeriod

    row = current_period(reads.periods(session.connection(), actor_id), today)
    if row is None:
        raise DeskError(_("Deze klant heeft geen abonnement."))
    return session.get_one(MembershipPeriod, row.view.id)


def _new_status(
    session: "Session", period: "MembershipPeriod", wanted: str, today: date
) -> MembershipStatus:
    if wanted == "blacklist":
        return MembershipStatus.BLACKLISTED
    if wanted == "invalid":
        return MembershipStatus.ENDED
    if period.status not in (MembershipStatus.BLACKLISTED, MembershipStatus.ENDED):
        raise DeskError(_("Dit abonnement is niet geblokkeerd of beëindigd."))
    if period.end_on < today:
        raise DeskError(
            _("Dit abonnement liep tot {day}.").format(day=date_text(period.end_on)),
            _("Schrijf de klant opnieuw in."),
        )
    owes = ledger.open_cents(session, period) > 0
    return MembershipStatus.BILLED if owes else MembershipStatus.NORMAL


def _last_day(
    when: Literal["now", "expiry"] | date, periods: "Sequence[MembershipPeriod]", today: date
) -> date:
    latest = max(period.end_on for period in periods)
    if when == "now":
        return today
    if when == "expiry":
        return latest
    if not today <= when <= latest:
        raise DeskError(
            _("Kies een dag van vandaag tot en met {day}.").format(day=date_text(latest))
        )
    return when


def _end_period(
    desk: Desk,
    session: "Session",
    logbook: Logbook,
    period: "MembershipPeriod",
    last_day: date,
    reason: str,
    *,
    at_once: bool,
) -> None:
    name = period.membership_code
    if period.begin_on > last_day:
        # It never begins: its charge goes, what was paid of it comes back.
        ledger.cancel_charges(desk, session, logbook, period, "opzegging")
        ledger.refund(desk, session, logbook, period, period.begin_on - timedelta(days=1))
    elif period.end_on > last_day:
        ledger.refund(desk, session, logbook, period, last_day)
    if at_once or period.begin_on > last_day:
        period.status, period.end_reason = int(MembershipStatus.ENDED), reason
        period.status_on = desk.today
    else:
        period.ending_reason = reason
    period.end_on = max(period.begin_on, min(period.end_on, last_day))
    session.add(period)
    logbook.line("membership.end", "membership", name, f"{date_text(period.end_on)} {reason}")


def _require_reason(session: "Session", reason: str) -> None:
    if reason not in library.codes(session.connection()).get("end_reason", ()):
        raise DeskError(_("Kies een reden uit de lijst van de bibliotheek."))
