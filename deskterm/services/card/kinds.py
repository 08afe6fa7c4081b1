"""What a card is: blocked or not, hoofdpas or volgpas."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from deskterm.rules.rights import Right
from deskterm.services import opening
from deskterm.services.card.rows import living_main, require_usable, the_card
from deskterm.services.desk import Desk
from deskterm.services.errors import DeskError
from deskterm.services.logbook import Logbook
from deskterm.services.trouble import writing
from deskterm.services.versions import mark_changed, require_version, the_customer
from deskterm.text import _
from deskterm.views.customer import CustomerView

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskterm.store.tables import Card


def block(desk: Desk, actor_id: int, version: int, card_id: int) -> CustomerView:
    """Block an active card: no self-service and no web, the desk still opens the customer.

    Raises:
        DeskError: the card is not active.
        NotAllowed, Conflict, NotFound: as `editing.save`.
    """
    desk.require(Right.CARD_BLOCK)
    with _changing(desk, actor_id, version, card_id) as (session, logbook, card):
        _set_status(session, logbook, card, "active", "blocked")
    return opening.refresh(desk, actor_id)


def unblock(desk: Desk, actor_id: int, version: int, card_id: int) -> CustomerView:
    """Make a blocked card active again; a replaced one never is. Raises as `block`."""
    desk.require(Right.CARD_BLOCK)
    with _changing(desk, actor_id, version, card_id) as (session, logbook, card):
        _set_status(session, logbook, card, "blocked", "active")
    return opening.refresh(desk, actor_id)


def to_extra(desk: Desk, actor_id: int, version: int, card_id: int) -> CustomerView:
    """Wijzigen naar volgpas: the hoofdpas becomes a further card and works on.

    The customer has no hoofdpas then, until another card becomes it or is handed out as it.

    Raises:
        DeskError: the card is no hoofdpas, or was replaced.
        NotAllowed, Conflict, NotFound: as `editing.save`.
    """
    desk.require(Right.CARD_REPLACE)
    with _changing(desk, actor_id, version, card_id) as (session, logbook, card):
        require_usable(card)
        if card.kind != "main":
            raise DeskError(_("Pas {number} is al een volgpas.").format(number=card.number))
        _set_kind(session, logbook, card, "extra")
    return opening.refresh(desk, actor_id)


def to_main(desk: Desk, actor_id: int, version: int, card_id: int) -> CustomerView:
    """Wijzigen naar hoofdpas: the card that was the hoofdpas becomes a volgpas and works on.

    Raises:
        DeskError: the card is the hoofdpas, is blocked, or was replaced.
        NotAllowed, Conflict, NotFound: as `editing.save`.
    """
    desk.require(Right.CARD_REPLACE)
    with _changing(desk, actor_id, version, card_id) as (session, logbook, card):
        require_usable(card)
        if card.kind == "main":
            raise DeskError(_("Pas {number} is al de hoofdpas.").format(number=card.number))
        if card.status == "blocked":
            raise DeskError(
                _("Pas {number} is geblokkeerd.").format(number=card.number),
                _("Deblokkeer hem eerst, of vervang hem."),
            )
        main = living_main(session, actor_id)
        if main is not None:
            _set_kind(session, logbook, main, "extra")
        _set_kind(session, logbook, card, "main")
    return opening.refresh(desk, actor_id)


@contextmanager
def _changing(
    desk: Desk, actor_id: int, version: int, card_id: int
) -> "Iterator[tuple[Session, Logbook, Card]]":
    """One change of a card: a transaction, a logbook, the card, and the customer's next version."""
    with writing(desk) as session:
        customer = the_customer(session, actor_id)
        require_version(session, customer, version)
        card = the_card(session, actor_id, card_id)
        logbook = Logbook(desk, session, actor_id)
        yield session, logbook, card
        mark_changed(desk, customer, logbook.at)
        session.add(customer)


def _set_status(session: "Session", logbook: Logbook, card: "Card", old: str, new: str) -> None:
    if card.status != old:
        raise DeskError(_refusal(card.number, card.status))
    card.status = new
    session.add(card)
    action = "card.block" if new == "blocked" else "card.unblock"
    logbook.line(action, "card", f"{card.number} {old}", f"{card.number} {new}")


def _set_kind(session: "Session", logbook: Logbook, card: "Card", kind: str) -> None:
    logbook.line("card.kind", "card", f"{card.number} {card.kind}", f"{card.number} {kind}")
    card.kind = kind
    session.add(card)
    # The database allows one hoofdpas: the one that was goes first.
    session.flush()


def _refusal(number: str, status: str) -> str:
    if status == "replaced":
        return _("Pas {number} is vervangen en blijft ongeldig.").format(number=number)
    if status == "blocked":
        return _("Pas {number} is al geblokkeerd.").format(number=number)
    return _("Pas {number} is niet geblokkeerd.").format(number=number)
