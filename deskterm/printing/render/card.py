"""A card as a picture of pure black and white, and what its printers take: PDF and PNG.

300 dots to the inch and nothing grey: card printers burn black from a panel or a rewritable
layer, and one grey dot would send the whole picture, bars and all, to the coloured panels.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from deskterm.printing.documents import Align, CardDocument
from deskterm.printing.options import BranchOptions, PrinterOptions
from deskterm.printing.render import barcode, fonts
from deskterm.printing.render.layout import Box, CardTemplate, LogoField, TextField
from deskterm.printing.render.lines import card_texts
from deskterm.printing.rendering import CardNote, Problem, RenderFault

if TYPE_CHECKING:
    from PIL.Image import Image

DPI = 300
SIZE = (1011, 638)
"""The card in dots."""
# A PDF holds the moment it was made; the same card is to be the same bytes.
_ALWAYS = time.gmtime(0)


@dataclass(frozen=True, slots=True)
class RenderedCard:
    """A card whose bars have been read back."""

    image: Image
    """Mode "1", SIZE."""
    notes: tuple[CardNote, ...] = ()
    """What staff may want to know before it is printed."""

    def page(self, printer: PrinterOptions | None = None) -> Image:
        """The card on the page of a printer: in the middle of its medium, turned as it asks."""
        from PIL import Image

        if printer is None:
            return self.image
        wide, high = (dots(side + 2 * printer.bleed_mm) for side in printer.media_mm)
        page = self.image
        if (wide, high) != SIZE:
            page = Image.new("1", (wide, high), 1)
            page.paste(self.image, ((wide - SIZE[0]) // 2, (high - SIZE[1]) // 2))
        return page.rotate(-printer.rotate, expand=True) if printer.rotate else page

    def pdf(self, printer: PrinterOptions | None = None) -> bytes:
        """One page without loss (CCITT G4); no name in what the file says of itself."""
        return one_pdf([self.page(printer)], DPI, "deskterm")

    def png(self, printer: PrinterOptions | None = None) -> bytes:
        """The same dots for a preview, or for a printer that wants a picture."""
        out = BytesIO()
        self.page(printer).save(out, "PNG", dpi=(DPI, DPI))
        return out.getvalue()


def one_pdf(pages: list[Image], dpi: int, title: str) -> bytes:
    """Pages of mode "1" as a PDF without loss; the same pages always give the same bytes."""
    out = BytesIO()
    pages[0].save(
        out,
        "PDF",
        resolution=dpi,
        save_all=True,
        append_images=pages[1:],
        title=title,
        creationDate=_ALWAYS,
        modDate=_ALWAYS,
    )
    return out.getvalue()


def render_card(
    document: CardDocument, branch: BranchOptions, template: CardTemplate
) -> RenderedCard:
    """Draw a card and read its bars back.

    Raises RenderFault: no number, a number its code cannot hold or that is too wide for the
    card, or bars that cannot be read as they came out.
    """
    from PIL import Image

    image = Image.new("1", SIZE, 1)
    notes: dict[CardNote, None] = {}
    for field, text in card_texts(document, branch).items():
        if field in template.texts:
            fitted = _put_text(image, template.texts[field], text)
            notes.update(dict.fromkeys(_noted(field, fitted)))
    if template.logo is not None:
        _put_logo(image, template.logo)
    symbology = document.symbology or branch.symbology
    _put_barcode(image, document, branch, template)
    if barcode.read(image, symbology) != [document.number]:
        raise RenderFault(Problem.BARCODE_UNREADABLE)
    return RenderedCard(image, tuple(notes))


def fit(field: TextField, text: str, dpi: int = DPI) -> fonts.Fitted:
    """A text as it fits its field."""
    most, least = (dots(size, dpi) for size in field.letter_mm)
    return fonts.Fitted(text, dots(field.box.width, dpi), most, least, bold=field.bold)


def _noted(field: str, fitted: fonts.Fitted) -> list[CardNote]:
    if field != "name":
        return [CardNote.TEXT_CUT] if fitted.was_cut else []
    notes = {
        CardNote.NAME_CUT: fitted.was_cut,
        CardNote.NAME_LOST: fitted.lost,
        CardNote.NAME_MISSING: not fitted.text,
    }
    return [note for note, holds in notes.items() if holds]


def _put_text(image: Image, field: TextField, text: str) -> fonts.Fitted:
    fitted = fit(field, text)
    left, top, wide, high = in_dots(field.box)
    spare = wide - fonts.width(fitted.text, fitted.size, bold=field.bold)
    left += {Align.LEFT: 0, Align.CENTRE: spare // 2, Align.RIGHT: spare}[field.align]
    top += (high - fonts.height(fitted.size)) // 2
    fonts.draw(image, (left, top), fitted.text, fitted.size, bold=field.bold)
    return fitted


def _put_barcode(
    image: Image, document: CardDocument, branch: BranchOptions, template: CardTemplate
) -> None:
    bars = barcode.encoded(document.number, document.symbology or branch.symbology)
    left, top, wide, high = in_dots(template.barcode.box)
    module = barcode.largest(bars, template.barcode.modules, (wide, high))
    code = bars.image(module, high)
    image.paste(code, (left + (wide - code.width) // 2, top + (high - code.height) // 2))


def _put_logo(image: Image, field: LogoField) -> None:
    from PIL import Image, UnidentifiedImageError

    left, top, wide, high = in_dots(field.box)
    try:
        with Image.open(field.file) as source:
            # What is see-through is the card's white.
            clear = source.convert("RGBA")
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise RenderFault(Problem.TEMPLATE) from error
    solid = Image.new("RGBA", clear.size, "white")
    solid.alpha_composite(clear)
    solid.thumbnail((wide, high))
    logo = solid.convert("L").point(lambda grey: 255 if grey > 127 else 0)
    image.paste(
        logo.convert("1", dither=Image.Dither.NONE),
        (left + (wide - logo.width) // 2, top + (high - logo.height) // 2),
    )


def in_dots(box: Box, dpi: int = DPI) -> tuple[int, int, int, int]:
    """Left, top, width and height of a box in dots."""
    left, top = dots(box.left, dpi), dots(box.top, dpi)
    return (
        left,
        top,
        dots(box.left + box.width, dpi) - left,
        dots(box.top + box.height, dpi) - top,
    )


def dots(mm: float, dpi: int = DPI) -> int:
    """A length in whole dots."""
    return round(mm * dpi / 25.4)
