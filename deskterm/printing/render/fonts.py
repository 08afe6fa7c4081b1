"""The letters of cards and pages: Noto Sans, and its Arabic (SIL Open Font License 1.1).

They come as packages, so every machine draws the same. Text is drawn without grey: a card
printer burns black or nothing.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from deskterm.printing.render.words import MARK, drawable, visual

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

_FILES = (
    ("fontpkg_noto_sans", "NotoSans[wdth,wght].ttf"),
    ("fontpkg_noto_sans_arabic", "NotoSansArabic[wdth,wght].ttf"),
)
_USUAL, _BOLD = 500, 700
# No character: every font draws its box for it.
_NOTHING = "\U0010ffff"


@cache
def _face(which: int, size: int, is_bold: bool) -> FreeTypeFont:
    from PIL import ImageFont

    package, name = _FILES[which]
    path = files(package) / "files" / name
    face = ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC)
    face.set_variation_by_axes([_BOLD if is_bold else _USUAL, 100])
    return face


@lru_cache(maxsize=4096)
def _font_of(character: str) -> int | None:
    """The first font that has the character; None when none has."""
    for which in range(len(_FILES)):
        face = _face(which, 40, False)
        if bytes(face.getmask(character)) != bytes(face.getmask(_NOTHING)):
            return which
    return None


def has_glyph(character: str) -> bool:
    """Whether one of the fonts can draw it."""
    return _font_of(character) is not None


def possible(text: str) -> str:
    """What can be drawn of a text."""
    return drawable(text, has_glyph).text


def _pieces(text: str) -> list[tuple[int, str]]:
    """The text from left to right, cut where another font takes over."""
    pieces: list[tuple[int, str]] = []
    for character in visual(text):
        which = _font_of(character) or 0
        if pieces and (pieces[-1][0] == which or character == " "):
            pieces[-1] = (pieces[-1][0], pieces[-1][1] + character)
        else:
            pieces.append((which, character))
    return pieces


def width(text: str, size: int, *, bold: bool = False) -> int:
    """How many dots wide a text is at `size` dots to the em."""
    return round(sum(_length(run, which, size, bold) for which, run in _pieces(text)))


def _length(run: str, which: int, size: int, is_bold: bool) -> float:
    # Pillow's basic layout knows no kerning in these fonts: letters are as wide as they are alone.
    return sum(_advance(character, which, size, is_bold) for character in run)


@lru_cache(maxsize=4096)
def _advance(character: str, which: int, size: int, is_bold: bool) -> float:
    return _face(which, size, is_bold).getlength(character)


def height(size: int) -> int:
    """How many dots a line takes, from the top of an É to the bottom of a ğ."""
    ascent, descent = _face(0, size, False).getmetrics()
    return ascent + descent


def draw(image: Image, at: tuple[int, int], text: str, size: int, *, bold: bool = False) -> None:
    """Draw a text in black, its line's top left corner at `at`."""
    from PIL import ImageDraw

    pen = ImageDraw.Draw(image)
    pen.fontmode = "1"
    x, y = at
    baseline = y + _face(0, size, False).getmetrics()[0]
    place = float(x)
    for which, run in _pieces(text):
        face = _face(which, size, bold)
        pen.text((round(place), baseline), run, fill=0, font=face, anchor="ls")
        place += _length(run, which, size, bold)


class Fitted:
    """A text that fits: shrunk as far as may be, then cut with an ellipsis."""

    __slots__ = ("lost", "size", "text", "was_cut")

    def __init__(self, text: str, room: int, most: int, least: int, *, bold: bool = False) -> None:
        """Fit `text` in `room` dots, at `most` down to `least` dots to the em."""
        possible = drawable(text, has_glyph)
        self.lost = possible.lost
        """Whether characters were left out that cannot be drawn."""
        self.text = possible.text
        self.was_cut = False
        # Widths grow with the size, all but their rounding.
        full = width(self.text, most, bold=bold)
        self.size = most if full <= room else max(least, most * room // full)
        while self.size > least and width(self.text, self.size, bold=bold) > room:
            self.size -= 1
        if width(self.text, self.size, bold=bold) > room:
            self.was_cut = True
            self.text = _cut(self.text, room, self.size, bold)


def _cut(text: str, room: int, size: int, bold: bool) -> str:
    """The longest beginning that fits with an ellipsis behind it."""
    fits, too_long = 0, len(text)
    while too_long - fits > 1:
        middle = (fits + too_long) // 2
        if width(text[:middle].rstrip() + MARK, size, bold=bold) <= room:
            fits = middle
        else:
            too_long = middle
    return text[:fits].rstrip() + MARK
