"""The pop-ups of handing out a card: the number, which a scan fills in, and what it comes to."""

from collections.abc import Sequence

from textual.widgets import Input

from deskterm.screens.asks import Choice, Choose
from deskterm.screens.money.asking import Asked
from deskterm.text import _, cents_text
from deskterm.views.cards import CardOffer

HELP = "cards"
NUMBER = "number"


class AskNumber(Asked):
    """The new card: scanned, typed, or `V` for a number that is made."""

    help_page = HELP

    def __init__(self, heading: str, said: Sequence[str], typed: str, refusal: str) -> None:
        fields = ((NUMBER, _("Nieuwe pas (of V: nieuw nummer, om te printen)"), False),)
        super().__init__(heading, said, fields, {NUMBER: typed}, (refusal,))

    def prepare(self) -> None:
        super().prepare()
        # What was refused stays to be read; the next scan takes its place.
        self.query_one(Input).action_select_all()

    @property
    def in_number_field(self) -> bool:
        """A scan lands in the field, and its Enter goes on."""
        return True


def confirm(heading: str, said: Sequence[str], offer: CardOffer) -> Choose:
    """What will be handed out and what it costs; OK comes first, as in the seed."""
    number = offer.number or _("een nieuw nummer, om te printen")
    lines = [*said, _("Nieuwe pas: {number}").format(number=number)]
    if offer.cost_cents:
        lines.append(
            _("Kosten: {name} {amount}").format(
                name=offer.cost_name, amount=cents_text(offer.cost_cents)
            )
        )
    question = Choose(
        heading, lines, (Choice("ok", _("OK"), "O"), Choice("back", _("Andere pas"), "A"))
    )
    question.help_page = HELP
    return question
