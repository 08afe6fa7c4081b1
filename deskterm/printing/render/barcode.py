"""A number in bars: what zxing-cpp encodes, drawn in whole dots, and read back.

Widths of bars are whole dots, so no scaling ever blurs an edge.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Any, cast

from deskterm.printing.documents import Symbology
from deskterm.printing.rendering import Problem, RenderFault
from deskterm.rules.cards import strip_codabar

if TYPE_CHECKING:
    from PIL.Image import Image
    from zxingcpp import BarcodeFormat

QUIET = 10
"""Modules of white that every linear code asks for on both sides."""
_QUIET_QR = 4
_MOST_QR = 8
_FORMATS: Mapping[Symbology, str] = {
    Symbology.CODE128: "Code128",
    Symbology.CODABAR: "Codabar",
    Symbology.CODE39: "Code39",
    Symbology.ITF: "ITF",
    Symbology.QR: "QRCode",
}
# Codes of two widths. Twice as wide is the least the standards allow, and worn cards miss it;
# zxing-cpp writes ITF with three to one already.
_TWO_WIDTHS = (Symbology.CODABAR, Symbology.CODE39)


@dataclass(frozen=True, slots=True)
class Bars:
    """A code as modules, not yet in dots."""

    symbology: Symbology
    runs: tuple[int, ...] = ()
    """Of a linear code: how many modules each bar and each space takes, in turn."""
    rows: tuple[bytes, ...] = ()
    """Of a QR code: a byte for each module, 0 for black and 255 for white."""

    def width(self, module: int) -> int:
        """Dots from edge to edge, quiet zones and all, at `module` dots to the narrowest bar."""
        if self.rows:
            return (len(self.rows) + 2 * _QUIET_QR) * module
        return sum(self._dots(run, module) for run in self.runs) + 2 * QUIET * module

    def _dots(self, run: int, module: int) -> int:
        if run > 1 and self.symbology in _TWO_WIDTHS:
            # Two and a half narrow ones, rounded up to whole dots.
            return (5 * module + 1) // 2
        return run * module

    def image(self, module: int, height: int) -> Image:
        """Black bars on white with quiet zones; a QR code is as high as it is wide."""
        from PIL import Image

        wide = self.width(module)
        if self.rows:
            side = len(self.rows)
            code = Image.frombytes("L", (side, side), b"".join(self.rows))
            code = code.resize((side * module, side * module), Image.Resampling.NEAREST)
            page = Image.new("1", (wide, wide), 1)
            page.paste(code.convert("1", dither=Image.Dither.NONE), (_QUIET_QR * module,) * 2)
            return page
        white = b"\xff" * (QUIET * module)
        dots = b"".join(
            (b"\xff" if place % 2 else b"\x00") * self._dots(run, module)
            for place, run in enumerate(self.runs)
        )
        line = Image.frombytes("L", (wide, 1), white + dots + white)
        code = line.convert("1", dither=Image.Dither.NONE)
        return code.resize((wide, height), Image.Resampling.NEAREST)


@lru_cache(maxsize=64)
def encoded(number: str, symbology: Symbology) -> Bars:
    """The modules of a number. Raises RenderFault for one that this kind of code cannot hold."""
    import zxingcpp

    if not number:
        raise RenderFault(Problem.NUMBER_EMPTY)
    # zxing-cpp puts a zero before an odd number of digits, which is another number.
    if symbology is Symbology.ITF and (len(number) % 2 or not number.isdigit()):
        raise RenderFault(Problem.NUMBER_UNFIT)
    content = f"A{number}B" if symbology is Symbology.CODABAR else number
    try:
        image = zxingcpp.create_barcode(content, _format(symbology)).to_image(
            scale=1, add_quiet_zones=False
        )
    except ValueError as error:
        raise RenderFault(Problem.NUMBER_UNFIT) from error
    height, width = image.shape
    # Its stubs do not say that it is a buffer; its documentation does.
    data = memoryview(cast(Any, image)).tobytes()
    rows = tuple(data[start : start + width] for start in range(0, height * width, width))
    if symbology is Symbology.QR:
        return Bars(symbology, rows=rows)
    line = rows[0].rstrip(b"\xff")
    return Bars(symbology, runs=tuple(len(list(run)) for _dot, run in groupby(line)))


def quiet(symbology: Symbology) -> int:
    """Modules of white on either side."""
    return _QUIET_QR if symbology is Symbology.QR else QUIET


def largest(bars: Bars, modules: tuple[int, ...], room: tuple[int, int]) -> int:
    """The first of `modules` at which the code fits in `room` dots; for a QR code the largest.

    Raises RenderFault when it fits at none.
    """
    for module in range(_MOST_QR, min(modules) - 1, -1) if bars.rows else modules:
        wide = bars.width(module)
        if wide <= room[0] and (not bars.rows or wide <= room[1]):
            return module
    raise RenderFault(Problem.NUMBER_TOO_LONG)


def read(image: Image, symbology: Symbology) -> list[str]:
    """Every number of this kind that a scanner finds in the picture, upright."""
    import zxingcpp

    found = zxingcpp.read_barcodes(
        image.convert("L"),
        formats=zxingcpp.BarcodeFormats(_format(symbology)),
        try_rotate=False,
        try_downscale=False,
        try_invert=False,
    )
    texts = [code.text for code in found]
    return [strip_codabar(text) for text in texts] if symbology is Symbology.CODABAR else texts


def _format(symbology: Symbology) -> BarcodeFormat:
    import zxingcpp

    return zxingcpp.BarcodeFormat[_FORMATS[symbology]]
