"""Rows of cards, and what may not be done with them."""

from typing import TYPE_CHECKING

from deskterm.services.errors import DeskError, NotFound
from deskterm.text import _

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskterm.store.tables import Card


def the_card(session: "Session", actor_id: int, card_id: int) -> "Card":
    """Read a card of this customer; raises NotFound when the customer has it not."""
    from deskterm.store.tables import Card

    card = session.get(Card, card_id)
    if card is None or card.customer_id != actor_id:
        raise NotFound(_("Deze klant heeft die pas niet."))
    return card


def living_main(session: "Session", actor_id: int) -> "Card | None":
    """The hoofdpas that was not replaced; there is one at most."""
    from sqlmodel import col, select

    from deskterm.store.tables import Card

    living = select(Card).where(
        col(Card.customer_id) == actor_id, col(Card.kind) == "main", col(Card.status) != "replaced"
    )
    return session.exec(living).first()


def require_usable(card: "Card") -> None:
    """Raise DeskError for a card that was replaced: it never counts again."""
    if card.status == "replaced":
        raise DeskError(
            _("Pas {number} is vervangen en blijft ongeldig.").format(number=card.number)
        )
