"""Text as it can be drawn: only characters there is a glyph for, in the order they stand.

Names of people hold every letter there is. What no font has is left out or marked, never
printed as a box: symbols (emoji) go, and letters of a script without a font become one `…`.
Arabic is joined and put from right to left here, because Pillow does so only on machines that
have FriBiDi, and a card has to look the same on each.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

MARK = "…"
"""Stands for letters that cannot be printed."""
MOST_LETTERS = 1000
"""Of one text that is printed: no name is as long, and a roll of paper is soon empty."""
_TATWEEL = "ـ"
_MIRRORED = str.maketrans("()[]{}<>«»", ")(][}{><»«")


@dataclass(frozen=True, slots=True)
class Drawable:
    """What can be drawn of a text."""

    text: str
    """In reading order."""
    lost: bool = False
    """Whether something of it is gone."""


def drawable(text: str, has_glyph: Callable[[str], bool]) -> Drawable:
    """The text without what has no glyph; control characters and double spaces go silently."""
    kept: list[str] = []
    lost = len(text) > MOST_LETTERS
    for character in unicodedata.normalize("NFC", text[:MOST_LETTERS]):
        category = unicodedata.category(character)
        if character.isspace():
            kept.append(" ")
        elif category in ("Cc", "Cf", "Cs"):
            # Invisible ones carry no name; joiners between emoji are of this kind too.
            continue
        elif has_glyph(character):
            kept.append(character)
        elif base := _without_marks(character, has_glyph):
            kept.append(base)
        elif category[0] == "M" and kept and kept[-1] != MARK:
            # A vowel sign that our fonts have no place for: the name is read without it.
            continue
        else:
            lost = True
            if category[0] == "L" and kept[-1:] != [MARK]:
                kept.append(MARK)
    words = "".join(kept).split()
    plain = [word for place, word in enumerate(words) if word != MARK or words[place - 1] != MARK]
    # A name of which nothing is left says nothing.
    shown = " ".join(plain) if any(word != MARK for word in plain) else ""
    return Drawable(shown, lost)


def _without_marks(character: str, has_glyph: Callable[[str], bool]) -> str:
    """A letter with a rare accent as the letter alone, where that can be drawn."""
    decomposed = unicodedata.normalize("NFKD", character)
    base = "".join(one for one in decomposed if not unicodedata.combining(one))
    return base if base != character and base and all(map(has_glyph, base)) else ""


def visual(text: str) -> str:
    """The text as it is drawn from left to right: Arabic letters joined, their runs turned.

    Unicode's order of two directions (UAX 9) as far as one line of a name needs it: the first
    letter gives the direction of the line, numbers keep theirs.
    """
    directions = [_direction(character) for character in text]
    if "R" not in directions:
        return text
    base = next(one for one in directions if one in "LR")
    runs = list(_runs(text, _settled(directions, base)))
    turned = [_turned(run) if way == "R" else run for run, way in runs]
    return "".join(reversed(turned) if base == "R" else turned)


def _direction(character: str) -> str:
    kind = unicodedata.bidirectional(character)
    if kind in ("R", "AL"):
        return "R"
    return "L" if kind in ("L", "EN", "AN") else "-"


def _settled(directions: list[str], base: str) -> list[str]:
    """Give what has no direction the one of both its neighbours, or else of the line."""
    settled = list(directions)
    for place, way in enumerate(directions):
        if way != "-":
            continue
        before = next((one for one in reversed(directions[:place]) if one != "-"), base)
        after = next((one for one in directions[place:] if one != "-"), base)
        settled[place] = before if before == after else base
    return settled


def _runs(text: str, directions: list[str]) -> Iterator[tuple[str, str]]:
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or directions[place] != directions[start]:
            yield text[start:place], directions[start]
            start = place


def _turned(run: str) -> str:
    return _joined(run)[::-1].translate(_MIRRORED)


@cache
def _forms() -> dict[tuple[str, str], str]:
    """Which glyph a letter, or lam with alef, has in which place of a word."""
    forms: dict[tuple[str, str], str] = {}
    for code in (*range(0xFB50, 0xFBB2), *range(0xFBD3, 0xFC00), *range(0xFE80, 0xFEFD)):
        place, _, letters = unicodedata.decomposition(chr(code)).partition(" ")
        source = "".join(chr(int(letter, 16)) for letter in letters.split())
        is_letter = len(source) == 1 or code >= 0xFEF5
        if is_letter and place in ("<isolated>", "<final>", "<initial>", "<medial>"):
            forms.setdefault((source, place), chr(code))
    return forms


def _joined(word: str) -> str:
    """Arabic letters in the form that their place in the word asks for."""
    forms = _forms()
    letters = _with_ligatures(word)
    out: list[str] = []
    for place, letter in enumerate(letters):
        before = letters[place - 1] if place else ""
        after = letters[place + 1] if place + 1 < len(letters) else ""
        joins_before = _joins_left(before) and _joins_right(letter)
        joins_after = _joins_left(letter) and _joins_right(after)
        wanted = {
            (True, True): "<medial>",
            (True, False): "<final>",
            (False, True): "<initial>",
            (False, False): "<isolated>",
        }[joins_before, joins_after]
        out.append(forms.get((letter, wanted), letter))
    return "".join(out)


def _with_ligatures(word: str) -> list[str]:
    """The letters, lam with alef as one."""
    letters: list[str] = []
    for character in word:
        if letters and (letters[-1] + character, "<isolated>") in _forms():
            letters[-1] += character
        else:
            letters.append(character)
    return letters


def _joins_left(letter: str) -> bool:
    """Whether a letter reaches to the one after it, which stands to its left."""
    return letter == _TATWEEL or (letter, "<initial>") in _forms()


def _joins_right(letter: str) -> bool:
    """Whether a letter reaches to the one before it."""
    return letter == _TATWEEL or (letter, "<final>") in _forms()
