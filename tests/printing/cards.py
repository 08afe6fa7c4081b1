"""A card as the tests print it."""

from PIL import ImageOps
from PIL.Image import Image

from deskterm.printing.documents import CardDocument, Symbology
from deskterm.printing.options import BranchOptions
from deskterm.printing.render.card import RenderedCard, render_card
from deskterm.printing.render.layout import load_template

NUMBER = "29401000075868"
BRANCH = BranchOptions("9401", card_title="Bibliotheek Annen")


def ink(image: Image) -> tuple[int, int, int, int]:
    """The smallest box around all that is black."""
    box = ImageOps.invert(image.convert("L")).getbbox()
    assert box is not None
    return box


def card(
    name: str = "Zoë d’Arrière", number: str = NUMBER, symbology: Symbology | None = None
) -> RenderedCard:
    """A card by the template that comes with the program."""
    document = CardDocument(number, name, "9401", "Annen", symbology=symbology)
    return render_card(document, BRANCH, load_template())
