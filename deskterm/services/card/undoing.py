"""Herstel of a card that was handed out today: the old card counts again, the cost goes."""

from typing import TYPE_CHECKING

from deskterm.rules.rights import Right
from deskterm.services import opening
from deskterm.services.card.numbers import card_of
from deskterm.services.card.rows import the_card
from deskterm.services.desk import Desk
from deskterm.services.errors import DeskError
from deskterm.services.logbook import Logbook
from deskterm.services.settle.book import Book
from deskterm.services.settle.correcting import begin_undo
from deskterm.services.trouble import writing
from deskterm.services.versions import mark_changed, require_version, the_customer
from deskterm.text import _
from deskterm.views.customer import CustomerView

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskterm.store.tables import Card, CardIssue


def undo(desk: Desk, actor_id: int, version: int, card_id: int) -> CustomerView:
    """Take back that a card was handed out today; `card_id` is that card, or the one it replaced.

    The old card is again what it was, and what the new one cost is booked back. A number that was
    scanned is free again; one that was made stays dead, as a card with it may have been printed.

    Raises:
        DeskError: not handed out today, changed since, paid or waived already, or its cost was
            booked at another desk.
        NotAllowed, Conflict, NotFound: as `editing.save`.
    """
    desk.require(Right.CARD_REPLACE)
    with writing(desk) as session:
        customer = the_customer(session, actor_id)
        require_version(session, customer, version)
        issue = _issue_of(desk, session, the_card(session, actor_id, card_id))
        new, old = _cards_of(session, issue)
        book = _take_back_cost(desk, session, issue)
        logbook = book.log(actor_id) if book else Logbook(desk, session, actor_id)
        _take_away(session, issue, new)
        if old is not None:
            old.kind, old.status = issue.old_kind, issue.old_status
            session.add(old)
        logbook.line("card.undo", "card", issue.number, issue.old_number)
        issue.undone_at = logbook.at
        session.add(issue)
        if book is not None:
            book.close()
        else:
            mark_changed(desk, customer, logbook.at)
            session.add(customer)
    return opening.refresh(desk, actor_id)


def _issue_of(desk: Desk, session: "Session", card: "Card") -> "CardIssue":
    """The act that handed a card out, or that replaced it; the last, when there were several."""
    from sqlmodel import col, select

    from deskterm.store.tables import CardIssue

    about = (
        col(CardIssue.old_number) == card.number
        if card.status == "replaced"
        else col(CardIssue.number) == card.number
    )
    query = select(CardIssue).where(
        col(CardIssue.customer_id) == card.customer_id, about, col(CardIssue.undone_at).is_(None)
    )
    issue = session.exec(query.order_by(col(CardIssue.id).desc())).first()
    if issue is None:
        raise DeskError(
            _("Pas {number} is hier niet uitgegeven of vervangen.").format(number=card.number)
        )
    if issue.day != desk.today:
        raise DeskError(_("Herstel kan alleen op de dag zelf."), _("Vervang de pas nog een keer."))
    return issue


def _cards_of(session: "Session", issue: "CardIssue") -> "tuple[Card, Card | None]":
    """The card that was handed out and the one it replaced, still as that act left them."""
    new = card_of(session, issue.number)
    old = card_of(session, issue.old_number) if issue.old_number else None
    is_as_it_was = (
        new is not None
        and (new.customer_id, new.kind) == (issue.customer_id, issue.kind)
        and new.status != "replaced"
        and (old is not None and old.status == "replaced") == bool(issue.old_number)
    )
    if new is None or not is_as_it_was:
        raise DeskError(
            _("De passen zijn sindsdien gewijzigd; dit gaat niet meer terug."),
            _("Zet eerst terug wat daarna gewijzigd is."),
        )
    return new, old


def _take_back_cost(desk: Desk, session: "Session", issue: "CardIssue") -> Book | None:
    """Book back what the card cost; None when it cost nothing, or that was booked back already."""
    from sqlmodel import col, func, select

    from deskterm.store.tables import LedgerEntry

    if issue.charge_id is None:
        return None
    undone = select(LedgerEntry).where(col(LedgerEntry.undoes_id) == issue.charge_id)
    if session.exec(undone).first() is not None:
        return None
    settled = select(func.sum(LedgerEntry.amount_cents)).where(
        col(LedgerEntry.charge_id) == issue.charge_id
    )
    if session.exec(settled).one():
        raise DeskError(
            _("De kosten van deze pas zijn al betaald of kwijtgescholden."),
            _("Herstel eerst die betaling of kwijtschelding in Financieel (F8)."),
        )
    key = f"undo:{issue.charge_id}"
    return begin_undo(desk, session, issue.customer_id, issue.charge_id, key)


def _take_away(session: "Session", issue: "CardIssue", new: "Card") -> None:
    if issue.made:
        new.kind, new.status = "extra", "replaced"
        session.add(new)
    else:
        session.delete(new)
    # The database allows one hoofdpas: the new one goes before the old one is it again.
    session.flush()
