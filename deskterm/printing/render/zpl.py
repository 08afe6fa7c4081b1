"""A card as a label, in ZPL II: for label printers, whose labels are stuck on a card.

The printer draws the bars itself; words go as dots, because its own letters have no ğ and ł.
The layout is that of the card.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from deskterm.printing.documents import Align, CardDocument, Symbology
from deskterm.printing.options import BranchOptions, PrinterOptions
from deskterm.printing.render import barcode, fonts
from deskterm.printing.render.card import dots, fit, in_dots
from deskterm.printing.render.layout import BarcodeField, CardTemplate, TextField
from deskterm.printing.render.lines import card_texts

if TYPE_CHECKING:
    from PIL.Image import Image

_INVERTED = bytes(range(255, -1, -1))
# N: upright; the N after the height: no digits below, which the layout has a field for.
_COMMANDS: Mapping[Symbology, str] = {
    Symbology.CODE128: "^BCN,{height},N,N,N,A",
    Symbology.CODABAR: "^BKN,N,{height},N,N,A,B",
    Symbology.CODE39: "^B3N,N,{height},N,N",
    Symbology.ITF: "^B2N,{height},N,N,N",
    Symbology.QR: "^BQN,2,{module}",
}
_MODULES = (3, 2)
"""Dots of the narrowest bar at 203 dpi; at more dots to the inch as wide in mm."""


def card_zpl(
    document: CardDocument,
    branch: BranchOptions,
    template: CardTemplate,
    printer: PrinterOptions,
) -> bytes:
    """The label. Raises RenderFault for a number that its bars cannot hold or that is too wide."""
    dpi = printer.dpi
    wide, high = (dots(side, dpi) for side in printer.media_mm)
    parts = [f"^XA^CI28^PW{wide}^LL{high}^LH0,0"]
    for name, text in card_texts(document, branch).items():
        if name in template.texts:
            parts.append(_words(template.texts[name], text, dpi))
    parts.append(_bars(document.number, document.symbology or branch.symbology, template, dpi))
    return "\n".join([*(part for part in parts if part), "^XZ", ""]).encode("ascii")


def _words(field: TextField, text: str, dpi: int) -> str:
    from PIL import Image

    fitted = fit(field, text, dpi)
    if not fitted.text:
        return ""
    left, top, wide, high = in_dots(field.box, dpi)
    long = fonts.width(fitted.text, fitted.size, bold=field.bold)
    left += {Align.LEFT: 0, Align.CENTRE: (wide - long) // 2, Align.RIGHT: wide - long}[field.align]
    top += (high - fonts.height(fitted.size)) // 2
    # A letter may lean over its own edge.
    image = Image.new("1", (long + 8, fonts.height(fitted.size)), 1)
    fonts.draw(image, (4, 0), fitted.text, fitted.size, bold=field.bold)
    return f"^FO{max(0, left - 4)},{top}{_graphic(image)}^FS"


def _graphic(image: Image) -> str:
    """Dots as hexadecimal digits, black is 1 (^GFA)."""
    from PIL import Image

    row = -(-image.width // 8)
    page = Image.new("1", (row * 8, image.height), 1)
    page.paste(image, (0, 0))
    data = page.tobytes().translate(_INVERTED)
    return f"^GFA,{len(data)},{len(data)},{row},{data.hex().upper()}"


def _bars(number: str, symbology: Symbology, template: CardTemplate, dpi: int) -> str:
    field: BarcodeField = template.barcode
    left, top, wide, high = in_dots(field.box, dpi)
    bars = barcode.encoded(number, symbology)
    modules = tuple(max(2, round(module * dpi / 203)) for module in _MODULES)
    module = barcode.largest(bars, modules, (wide, high))
    long = bars.width(module)
    left += (wide - long) // 2 + barcode.quiet(symbology) * module
    command = _COMMANDS[symbology].format(height=high, module=module)
    data = f"MA,{number}" if symbology is Symbology.QR else number
    # 2.5 is how wide a wide bar is, where there are two widths.
    return f"^FO{left},{top}^BY{module},2.5{command}^FD{data}^FS"
