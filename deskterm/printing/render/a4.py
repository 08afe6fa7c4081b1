"""A receipt as pages of A4, for a desk without a receipt printer: a PDF of black and white dots.

Dots, because the letters then are those of the card, Arabic too, whatever printer it ends at;
nothing is lost (CCITT G4), and a page takes some tens of kilobytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from deskterm.printing.documents import (
    Align,
    Barcode,
    Columns,
    ReceiptDocument,
    Rule,
    Space,
    Symbology,
    Text,
)
from deskterm.printing.render import barcode, fonts
from deskterm.printing.render.card import one_pdf
from deskterm.printing.rendering import RenderFault

if TYPE_CHECKING:
    from PIL.Image import Image

DPI = 300
SIZE = (2480, 3508)
"""A4 in dots."""
_MARGIN = 236
"""Two centimetres."""
_ROOM = SIZE[0] - 2 * _MARGIN
_LETTER, _LARGE = 44, 72
"""Dots to the em: 10.5 and 17 points."""
_GAP = 40
_MODULES = (4, 3)
_BAR_DOTS = 140
_QR_DOTS = 300


def a4_pdf(document: ReceiptDocument) -> bytes:
    """The receipt as a PDF of as many pages as it takes; the same one is the same bytes."""
    return one_pdf(a4_pages(document), DPI, "deskterm")


def a4_pages(document: ReceiptDocument) -> list[Image]:
    """The pages as pictures of mode "1"."""
    pages = _Pages()
    pages.put(*_text(Text(document.title, bold=True, large=True)), _Strip(_LETTER))
    for cells, group in groupby(document.lines, _alike):
        if cells:
            pages.put(*_table([line for line in group if isinstance(line, Columns)]))
            continue
        for line in group:
            if isinstance(line, Text):
                pages.put(*_text(line))
            elif isinstance(line, Rule):
                pages.put(_Strip(_LETTER, is_rule=True))
            elif isinstance(line, Space):
                pages.put(*[_Strip(fonts.height(_LETTER))] * line.count)
            elif isinstance(line, Barcode):
                pages.put(*_bars(line))
    return pages.pages


def _alike(line: object) -> int:
    return len(line.cells) if isinstance(line, Columns) else 0


@dataclass(frozen=True, slots=True)
class _Words:
    """Words that stand in a strip."""

    text: str
    left: int
    size: int = _LETTER
    bold: bool = False


@dataclass(frozen=True, slots=True)
class _Strip:
    """Part of a page from side to side, which no page break goes through."""

    height: int
    words: tuple[_Words, ...] = ()
    picture: Image | None = None
    is_rule: bool = False


class _Pages:
    """Pages that fill up from the top."""

    def __init__(self) -> None:
        self.pages: list[Image] = []
        self._top = SIZE[1]

    def put(self, *strips: _Strip) -> None:
        """Put strips below each other, on a new page where this one is full."""
        for strip in strips:
            if self._top + strip.height > SIZE[1] - _MARGIN:
                self._turn()
            self._draw(strip)
            self._top += strip.height

    def _turn(self) -> None:
        from PIL import Image

        self.pages.append(Image.new("1", SIZE, 1))
        self._top = _MARGIN

    def _draw(self, strip: _Strip) -> None:
        page = self.pages[-1]
        for words in strip.words:
            at = (_MARGIN + words.left, self._top)
            fonts.draw(page, at, words.text, words.size, bold=words.bold)
        if strip.picture is not None:
            page.paste(strip.picture, (_MARGIN, self._top))
        if strip.is_rule:
            middle = self._top + strip.height // 2
            page.paste(0, (_MARGIN, middle, _MARGIN + _ROOM, middle + 3))


def _text(line: Text) -> Iterator[_Strip]:
    size = _LARGE if line.large else _LETTER
    for part in _wrapped(line.text, _ROOM, size, line.bold):
        spare = _ROOM - fonts.width(part, size, bold=line.bold)
        left = {Align.LEFT: 0, Align.CENTRE: spare // 2, Align.RIGHT: spare}[line.align]
        yield _Strip(fonts.height(size), (_Words(part, left, size, line.bold),))


def _table(lines: Sequence[Columns]) -> Iterator[_Strip]:
    """Lines whose first cell takes the room, the others to the right under each other."""
    others = [line.cells[1:] for line in lines]
    widths = [
        max(_measure(cell, line.bold) for cell, line in zip(cells, lines, strict=True))
        for cells in zip(*others, strict=True)
    ]
    # Cells that leave nothing for the first are cut to the same share of the page.
    most = (_ROOM // 2) // max(1, len(widths)) - _GAP
    widths = [min(wide, most) for wide in widths] if sum(widths) > _ROOM // 2 else widths
    first = _ROOM - sum(widths) - _GAP * len(widths)
    for line in lines:
        parts = _wrapped(line.cells[0], first, _LETTER, line.bold)
        for part in parts[:-1]:
            yield _Strip(fonts.height(_LETTER), (_Words(part, 0, bold=line.bold),))
        words = [_Words(parts[-1], 0, bold=line.bold)]
        right = first
        for cell, wide in zip(line.cells[1:], widths, strict=True):
            right += _GAP + wide
            fitted = fonts.Fitted(cell, wide, _LETTER, _LETTER // 2, bold=line.bold)
            left = right - fonts.width(fitted.text, fitted.size, bold=line.bold)
            words.append(_Words(fitted.text, left, fitted.size, line.bold))
        yield _Strip(fonts.height(_LETTER), tuple(words))


def _measure(cell: str, bold: bool) -> int:
    return fonts.width(fonts.possible(cell), _LETTER, bold=bold)


def _bars(code: Barcode) -> Iterator[_Strip]:
    try:
        bars = barcode.encoded(code.number, code.symbology or Symbology.CODE128)
        module = barcode.largest(bars, _MODULES, (_ROOM, _QR_DOTS))
    except RenderFault:
        # Digits can be typed.
        yield from _text(Text(code.number))
        return
    picture = bars.image(module, _BAR_DOTS)
    yield _Strip(picture.height + _GAP, picture=picture)
    if code.shown:
        yield from _text(Text(code.number))


def _wrapped(text: str, room: int, size: int, bold: bool) -> list[str]:
    """The text in lines that fit; a word that is wider than a line is cut with an ellipsis."""
    lines = [""]
    for word in fonts.possible(text).split():
        longer = f"{lines[-1]} {word}".strip()
        if fonts.width(longer, size, bold=bold) <= room:
            lines[-1] = longer
            continue
        fitted = fonts.Fitted(word, room, size, size, bold=bold).text
        lines = [*lines, fitted] if lines[-1] else [fitted]
    return lines
