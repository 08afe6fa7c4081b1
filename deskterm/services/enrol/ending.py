"""What goes with the end of a membership: holds, the role, and the mark of the deceased."""

from typing import TYPE_CHECKING

from deskterm.services.edit import addresses
from deskterm.store.search import index_customer

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from sqlmodel import Session

    from deskterm.services.deeds.recording import Recording
    from deskterm.services.desk import Desk
    from deskterm.services.logbook import Logbook
    from deskterm.store.tables import Customer

DECEASED = "OV"
"""Overleden, in the word list `end_reason`."""
MARK = "*"
"""Stands before the surname of who has died (customers.md 5.9)."""
OPEN_HOLDS = ("A", "T", "O", "B")
"""Statuses of holds that still wait; Z is done with (desk.md 2.4)."""
_NO_LETTERS = ("no_information", "no_marketing", "no_mail", "no_email", "no_phone")


def cancel_holds(session: "Session", logbook: "Logbook", actor_id: int) -> int:
    """Take the customer's waiting holds off; the answer is how many there were."""
    from sqlmodel import col, select

    from deskterm.store.tables import Hold

    query = select(Hold).where(col(Hold.customer_id) == actor_id, col(Hold.status).in_(OPEN_HOLDS))
    found = list(session.exec(query))
    for hold in found:
        logbook.line("hold.cancel", "hold", f"{hold.number} {hold.status}", f"{hold.number} Z")
        hold.status = "Z"
        session.add(hold)
    return len(found)


def recorded_death(
    desk: "Desk", session: "Session", customer: "Customer"
) -> "AbstractContextManager[Recording]":
    """Record what the block changes, so that `services.deaths` can take it back today.

    The deed is a series of one customer.
    """
    from deskterm.services.deeds.recording import recorded

    actor_id = customer.actor_id or 0
    key = f"died {actor_id} {customer.version}"
    return recorded(desk, session, "series", key, until=desk.today, customer_id=actor_id)


def mark_deceased(session: "Session", logbook: "Logbook", customer: "Customer") -> None:
    """Put `*` before the surname, so that name searches tell, and let nothing be sent any more.

    Newsletters and interest profiles go: their news would come to the family.
    """
    if not customer.surname.startswith(MARK):
        old = customer.surname
        customer.surname = MARK + old
        logbook.line("edit", "surname", old, customer.surname)
    for name in _NO_LETTERS:
        if not getattr(customer, name):
            setattr(customer, name, True)
            logbook.line("edit", name, "", "1")
    if customer.hold_messages:
        customer.hold_messages = False
        logbook.line("edit", "hold_messages", "1", "")
    _stop_news(session, logbook, customer.actor_id or 0)
    index_customer(customer, addresses.of(session, customer.actor_id or 0))
    session.add(customer)


def _stop_news(session: "Session", logbook: "Logbook", actor_id: int) -> None:
    from sqlmodel import col, select

    from deskterm.store.tables import CustomerLabel, CustomerProfile

    letters = select(CustomerLabel).where(
        col(CustomerLabel.customer_id) == actor_id, col(CustomerLabel.kind) == "newsletter"
    )
    for letter in session.exec(letters):
        logbook.line("edit", f"newsletter.{letter.code}", "1", "")
        session.delete(letter)
    profiles = select(CustomerProfile).where(col(CustomerProfile.customer_id) == actor_id)
    for profile in session.exec(profiles):
        logbook.line("edit", f"profile.{profile.kind}.{profile.code}", "1", "")
        session.delete(profile)
