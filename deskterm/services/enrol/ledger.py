"""What ending or changing a membership does to the money: cancelled charges and refunds."""

from typing import TYPE_CHECKING

from deskterm.rules.terms import refund_cents
from deskterm.services.desk import Desk
from deskterm.services.settings import value_of
from deskterm.store.reads import library
from deskterm.text import cents_text

if TYPE_CHECKING:
    from datetime import date

    from sqlmodel import Session

    from deskterm.services.logbook import Logbook
    from deskterm.store.tables import LedgerEntry, MembershipPeriod

CREDIT_CODE = CREDIT_JOURNAL = "R000"
"""Tegoed: money that the library keeps for the customer (desk.md 1.3)."""


def cancel_charges(
    desk: Desk, session: "Session", logbook: "Logbook", period: "MembershipPeriod", reason: str
) -> None:
    """Take back what is still open of a period that never counted, by counter-entries."""
    for charge, settled in _charges(session, period):
        left = charge.amount_cents + settled
        if left > 0:
            _entry(
                desk, session, charge.customer_id, "correction", "contribution", -left,
                booking_code=charge.booking_code, description=charge.description,
                charge_id=charge.id, period_id=period.id, reason=reason,
            )  # fmt: skip
            logbook.line("correction", "contribution", cents_text(left), cents_text(0))


def refund(
    desk: Desk,
    session: "Session",
    logbook: "Logbook",
    period: "MembershipPeriod",
    last_day: "date",
) -> int:
    """Give back as credit what was paid for the months after the last day, if the library does.

    To be called before the period is cut short. The answer is the amount in cents.
    """
    cents = refundable(session, period, last_day)
    if cents:
        _entry(
            desk, session, period.customer_id, "credit", "credit", -cents,
            booking_code=CREDIT_CODE, journal=CREDIT_JOURNAL, description="Teruggave contributie",
        )  # fmt: skip
        logbook.line("refund", "credit", "", cents_text(cents))
    return cents


def refundable(session: "Session", period: "MembershipPeriod", last_day: "date") -> int:
    """What the library's rule gives back of a period that ends on another day."""
    settings = library.settings(session.connection())
    if value_of(settings, "membership.refund") != "months":
        return 0
    paid = sum(_paid(session, charge) for charge, _settled in _charges(session, period))
    return refund_cents(paid, period.begin_on, period.end_on, last_day)


def open_cents(session: "Session", period: "MembershipPeriod") -> int:
    """What is still to be paid of a period."""
    return sum(charge.amount_cents + settled for charge, settled in _charges(session, period))


def _charges(session: "Session", period: "MembershipPeriod") -> "list[tuple[LedgerEntry, int]]":
    """The charges of a period, each with the sum of what settled it."""
    from sqlmodel import col, select

    from deskterm.store.tables import LedgerEntry

    # By customer first: that is the column with an index.
    query = select(LedgerEntry).where(
        col(LedgerEntry.customer_id) == period.customer_id,
        col(LedgerEntry.period_id) == period.id,
        col(LedgerEntry.kind) == "charge",
    )
    return [
        (charge, sum(one.amount_cents for one in _settlements(session, charge)))
        for charge in session.exec(query)
    ]


def _paid(session: "Session", charge: "LedgerEntry") -> int:
    """Money that came in for a charge; what was waived is not given back."""
    found = _settlements(session, charge)
    return -sum(one.amount_cents for one in found if one.kind == "payment")


def _settlements(session: "Session", charge: "LedgerEntry") -> "list[LedgerEntry]":
    from sqlmodel import col, select

    from deskterm.store.tables import LedgerEntry

    return list(session.exec(select(LedgerEntry).where(col(LedgerEntry.charge_id) == charge.id)))


def _entry(
    desk: Desk,
    session: "Session",
    actor_id: int,
    kind: str,
    account: str,
    cents: int,
    *,
    booking_code: str,
    description: str,
    journal: str = "",
    charge_id: int | None = None,
    period_id: int | None = None,
    reason: str = "",
) -> None:
    from deskterm.store.tables import LedgerEntry

    session.add(
        LedgerEntry(
            customer_id=actor_id,
            kind=kind,
            account=account,
            booking_code=booking_code,
            journal=journal,
            amount_cents=cents,
            description=description,
            charge_id=charge_id,
            period_id=period_id,
            reason=reason,
            day=desk.today,
            at=desk.clock.now(),
            staff_id=(desk.staff.id or None) if desk.staff else None,
            desk_id=desk.place.id,
            branch_code=desk.place.branch.code,
        )
    )
    session.flush()
