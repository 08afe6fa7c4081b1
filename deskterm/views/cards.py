"""Handing out cards, as screens and scripts get it."""

from dataclasses import dataclass

from deskterm.views.customer import CustomerView


@dataclass(frozen=True, slots=True)
class CardOffer:
    """What handing out a card would do; nothing of it has been written."""

    number: str
    """Empty while it is still to be made."""
    cost_name: str = ""
    cost_cents: int = 0


@dataclass(frozen=True, slots=True)
class CardIssued:
    """A card that was handed out, and the customer as it is then."""

    customer: CustomerView
    number: str
    made: bool
    """Whether the number was made for a card to be printed, and not read from one."""
    old_number: str
    """The card it replaced; empty when it replaced none."""
    charge_id: int | None
    """What the new card costs; None when it costs nothing."""
    repeated: bool
    """Whether this was done before with the same key, and nothing now."""
