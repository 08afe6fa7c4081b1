"""Block a card and lift the block; replacing one comes with its costs later."""

from deskterm.rules.rights import Right
from deskterm.services import opening
from deskterm.services.desk import Desk
from deskterm.services.errors import DeskError, NotFound
from deskterm.services.logbook import Logbook
from deskterm.services.trouble import writing
from deskterm.services.versions import mark_changed, require_version, the_customer
from deskterm.text import _
from deskterm.views.customer import CustomerView


def block(desk: Desk, actor_id: int, version: int, card_id: int) -> CustomerView:
    """Block an active card: no self-service and no web, the desk still opens the customer.

    Raises:
        DeskError: the card is not active.
        NotAllowed, Conflict, NotFound: as `editing.save`.
    """
    return _change(desk, actor_id, version, card_id, "active", "blocked")


def unblock(desk: Desk, actor_id: int, version: int, card_id: int) -> CustomerView:
    """Make a blocked card active again; a replaced one never is. Raises as `block`."""
    return _change(desk, actor_id, version, card_id, "blocked", "active")


def _change(
    desk: Desk, actor_id: int, version: int, card_id: int, old: str, new: str
) -> CustomerView:
    desk.require(Right.CARD_BLOCK)
    with writing(desk) as session:
        from deskterm.store.tables import Card

        customer = the_customer(session, actor_id)
        require_version(session, customer, version)
        card = session.get(Card, card_id)
        if card is None or card.customer_id != actor_id:
            raise NotFound(_("Deze klant heeft die pas niet."))
        if card.status != old:
            raise DeskError(_refusal(card.number, card.status))
        card.status = new
        session.add(card)
        logbook = Logbook(desk, session, actor_id)
        action = "card.block" if new == "blocked" else "card.unblock"
        logbook.line(action, "card", f"{card.number} {old}", f"{card.number} {new}")
        mark_changed(desk, customer, logbook.at)
        session.add(customer)
    return opening.refresh(desk, actor_id)


def _refusal(number: str, status: str) -> str:
    if status == "replaced":
        return _("Pas {number} is vervangen en blijft ongeldig.").format(number=number)
    if status == "blocked":
        return _("Pas {number} is al geblokkeerd.").format(number=number)
    return _("Pas {number} is niet geblokkeerd.").format(number=number)
