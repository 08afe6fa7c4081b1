"""Which card of a customer may be printed, and what stands on it."""

from typing import TYPE_CHECKING

from deskterm.printing.documents import CardDocument
from deskterm.rules import cards as card_rules
from deskterm.rules.names import display_name
from deskterm.services.customer_rows import the_row
from deskterm.services.errors import DeskError
from deskterm.store.reads import parts
from deskterm.text import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deskterm.store.light import Reader
    from deskterm.views.customer import CardView


def document(connection: "Reader", actor_id: int, number: str) -> CardDocument:
    """Make the card of a customer that has this number; an empty number is the hoofdpas.

    Raises:
        DeskError: they have no such card, it is blocked or replaced, or is no card number.
        NotFound: the customer is gone.
    """
    person = the_row(connection, actor_id).person
    card = _card(parts.cards(connection, actor_id), number)
    _require_printable(card)
    return CardDocument(
        number=card.number,
        name=display_name(
            person.surname,
            prefix=person.prefix,
            initials=person.initials,
            first=person.first_name,
        ),
        branch_code=card.branch_code,
        branch=card.branch_name,
    )


def _card(cards: "Sequence[CardView]", number: str) -> "CardView":
    for card in cards:
        is_living_main = card.kind == "main" and card.status != "replaced"
        if card.number == number if number else is_living_main:
            return card
    if not number:
        raise DeskError(
            _("Deze klant heeft geen hoofdpas."), _("Geef eerst een pas uit op tab 8.Passen.")
        )
    raise DeskError(_("Deze klant heeft geen pas {number}.").format(number=number))


def _require_printable(card: "CardView") -> None:
    if card.status == "replaced":
        raise DeskError(
            _("Pas {number} is vervangen en blijft ongeldig.").format(number=card.number),
            _("Print de pas die ervoor in de plaats kwam."),
        )
    if card.status == "blocked":
        raise DeskError(
            _("Pas {number} is geblokkeerd.").format(number=card.number),
            _("Deblokkeer de pas op tab 8.Passen, of vervang hem."),
        )
    if len(card.number) > card_rules.LONGEST_CARD:
        raise DeskError(
            _("Pasnummer {number} is te lang voor de streepjescode.").format(number=card.number),
            _("Vervang de pas door een met hoogstens 14 cijfers."),
        )
