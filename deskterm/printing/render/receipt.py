"""A receipt as the bytes of a receipt printer (ESC/POS).

Letters go in one code page, chosen once: python-escpos by itself looks for `€` in the Greek
page first. What is not in the page goes as dots, and so do bars, so that every printer that
knows GS v 0 prints the same. The question whether all of it was printed (GS ( H) is added by
the drivers.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from deskterm.printing.documents import Align, Barcode, ReceiptDocument, Symbology
from deskterm.printing.options import PrinterOptions
from deskterm.printing.render.encoder import encoder
from deskterm.printing.render.lines import SetLine, set_lines
from deskterm.printing.rendering import RenderFault

if TYPE_CHECKING:
    from PIL.Image import Image

_ALIGNS = {Align.LEFT: "left", Align.CENTRE: "center", Align.RIGHT: "right"}
# What typesetters write, as a typewriter has it.
_PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "…": "...", "−": "-"}
)
_PLAINER = str.maketrans({"€": "EUR", "ß": "ss", "æ": "ae", "Æ": "AE", "ø": "o", "Ø": "O"})
_BAR_MODULES = (3, 2)
# Not a multiple of 48: some small printers print rubbish for pictures of such a height.
_BAR_DOTS = 80
_QR_DOTS = 200
_LETTER_DOTS = 24
"""How high the letters of a line are that goes as dots: as high as the printer's own."""
_FEED = 4
_INVERTED = bytes(range(255, -1, -1))


def receipt_bytes(document: ReceiptDocument, printer: PrinterOptions) -> bytes:
    """The receipt for this printer; the same receipt always gives the same bytes."""
    paper = _Paper(printer)
    for line in set_lines(document, printer.model.columns):
        if isinstance(line, Barcode):
            paper.bars(line)
        else:
            paper.line(line)
    paper.end(is_cut=document.cut and printer.cut != "none")
    return paper.output


class _Paper:
    """The paper of one receipt, line by line."""

    def __init__(self, printer: PrinterOptions) -> None:
        self._printer = printer
        self._model = printer.model
        self._encoder: Any = encoder(printer.profile)
        self._encoder.hw("INIT")
        self._codec = "ascii"
        if self._model.codepages:
            self._encoder.charcode(printer.codepage)
            self._codec = printer.codepage.lower()
        self._style = SetLine()

    @property
    def output(self) -> bytes:
        """All bytes so far."""
        return bytes(self._encoder.output)

    def line(self, line: SetLine) -> None:
        """One line of text; as dots when its letters are not in the code page."""
        text = line.text.translate(_PLAIN)
        if not self._has(text):
            if self._model.has_raster:
                # Dots know no style of the printer, and its other lines know none of theirs.
                self._raster(_as_dots(line, self._printer))
                return
            text = _plainest(text, self._codec)[: self._model.columns]
        self._set_style(line)
        self._encoder.text(f"{text}\n")

    def bars(self, code: Barcode) -> None:
        """A number in bars, or in digits alone where its bars do not fit the paper."""
        image = _bars(code, self._printer) if self._model.has_raster else None
        if image is not None:
            self._raster(image)
        if code.shown or image is None:
            self.line(SetLine(code.number, align=Align.CENTRE))

    def end(self, *, is_cut: bool) -> None:
        """Push the paper out, and cut it."""
        self._set_style(SetLine())
        if is_cut and self._model.has_cutter:
            self._encoder.cut("FULL" if self._printer.cut == "full" else "PART")
        else:
            self._encoder.ln(_FEED)

    def _has(self, text: str) -> bool:
        try:
            text.encode(self._codec)
        except UnicodeEncodeError:
            return False
        return True

    def _set_style(self, line: SetLine) -> None:
        now = self._style
        if line.large != now.large:
            size = {"double_width": True, "double_height": True} if line.large else {}
            self._encoder.set(**(size or {"normal_textsize": True}))
        # The command for a size makes letters light again.
        if line.bold != now.bold or (line.bold and line.large != now.large):
            self._encoder.set(bold=line.bold)
        if line.align != now.align:
            self._encoder.set(align=_ALIGNS[line.align])
        self._style = line

    def _raster(self, image: Image) -> None:
        """GS v 0: eight dots to the byte, 1 is black. Pillow's 1 is white."""
        from PIL import Image

        self._set_style(SetLine())
        wide = -(-image.width // 8) * 8
        if wide != image.width:
            page = Image.new("1", (wide, image.height), 1)
            page.paste(image, (0, 0))
            image = page
        dots = image.tobytes().translate(_INVERTED)
        size = (wide // 8).to_bytes(2, "little") + image.height.to_bytes(2, "little")
        self._encoder._raw(b"\x1dv0\x00" + size + dots)


def _plainest(text: str, codec: str) -> str:
    """The text in letters that a printer without pictures has; what is left becomes `?`."""
    parts = []
    for one in text:
        try:
            one.encode(codec)
            parts.append(one)
        except UnicodeEncodeError:
            decomposed = unicodedata.normalize("NFKD", one.translate(_PLAINER))
            parts += (part for part in decomposed if not unicodedata.combining(part))
    return "".join(parts).encode(codec, "replace").decode(codec)


def _bars(code: Barcode, printer: PrinterOptions) -> Image | None:
    from deskterm.printing.render import barcode

    try:
        bars = barcode.encoded(code.number, code.symbology or Symbology.CODE128)
        module = barcode.largest(bars, _BAR_MODULES, (printer.dots, _QR_DOTS))
    except RenderFault:
        return None
    return _placed(bars.image(module, _BAR_DOTS), printer.dots, Align.CENTRE)


def _placed(image: Image, dots: int, align: Align) -> Image:
    """The picture with white to its left, which every printer understands."""
    from PIL import Image

    spare = max(0, dots - image.width)
    left = {Align.LEFT: 0, Align.CENTRE: spare // 2, Align.RIGHT: spare}[align]
    if not left:
        return image
    page = Image.new("1", (left + image.width, image.height), 1)
    page.paste(image, (left, 0))
    return page


def _as_dots(line: SetLine, printer: PrinterOptions) -> Image:
    """A line drawn with our letters, its words where they would have stood."""
    from PIL import Image

    from deskterm.printing.render import fonts

    zoom = 2 if line.large else 1
    letter = zoom * printer.dots // printer.model.columns
    size = zoom * _LETTER_DOTS
    room = letter * len(line.text)
    image = Image.new("1", (max(room, letter), fonts.height(size)), 1)
    # Parts of a table stand apart by more than one space: the first begins where it would in
    # letters, the others end there, and may take half of the space before them.
    for part in re.finditer(r"\S+(?: \S+)*", line.text):
        own = letter * len(part[0]) + (letter // 2 if part.start() else 0)
        fitted = fonts.Fitted(part[0], own, size, size // 2, bold=line.bold)
        left = letter * part.start()
        if part.start():
            left = letter * part.end() - fonts.width(fitted.text, fitted.size, bold=line.bold)
        top = (image.height - fonts.height(fitted.size)) // 2
        fonts.draw(image, (left, top), fitted.text, fitted.size, bold=line.bold)
    return _placed(image, printer.dots, line.align)
