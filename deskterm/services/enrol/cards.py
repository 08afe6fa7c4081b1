"""The card of who enrols: a scanned one, one with a new number, or one that comes later."""

from typing import TYPE_CHECKING

from deskterm.services.card import numbers
from deskterm.services.desk import Desk
from deskterm.text import _

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskterm.services.logbook import Logbook


def number_for(session: "Session", typed: str, branch: str, actor_id: int | None = None) -> str:
    """Give the new card number that a form asks for; empty for none now, or the customer's own.

    Raises:
        FormFaults: it is no card of this library, or somebody has it.
    """
    wanted = numbers.tidy(typed)
    if wanted in ("", numbers.LATER):
        return ""
    if wanted == numbers.GENERATE:
        return numbers.made_number(session, branch)
    numbers.require_card(session, wanted)
    if actor_id is not None and wanted == main_card(session, actor_id):
        return ""
    if (card := numbers.card_of(session, wanted)) is not None:
        # Who has lapsed is enrolled again, not once more.
        raise numbers.fault(
            _("Pas {number} is van klant {actor_id}: schrijf die opnieuw in.").format(
                number=wanted, actor_id=card.customer_id
            )
        )
    if numbers.is_of_staff(session, wanted):
        raise numbers.fault(_("Pas {number} is al uitgegeven.").format(number=wanted))
    return wanted


def give(
    desk: Desk, session: "Session", logbook: "Logbook", actor_id: int, number: str, branch: str
) -> None:
    """Make a number the customer's hoofdpas; one there was before counts as replaced."""
    from sqlmodel import col, select

    from deskterm.store.tables import Card

    living = select(Card).where(
        col(Card.customer_id) == actor_id, col(Card.kind) == "main", col(Card.status) != "replaced"
    )
    old = session.exec(living).first()
    if old is not None:
        # What was replaced is a volgpas, as in Wise (customers.md 5.10).
        old.status, old.kind = "replaced", "extra"
        session.add(old)
        session.flush()
    session.add(Card(number=number, customer_id=actor_id, branch_code=branch, issued_on=desk.today))
    logbook.line("card.new", "card", old.number if old else "", number)


def main_card(session: "Session", actor_id: int) -> str:
    """The number of the hoofdpas there is; empty without one."""
    from sqlmodel import col, select

    from deskterm.store.tables import Card

    living = select(Card.number).where(
        col(Card.customer_id) == actor_id, col(Card.kind) == "main", col(Card.status) != "replaced"
    )
    return session.exec(living).first() or ""
