"""What a row of keystrokes looks like: a run, a burst, a code with its letters; pure.

The scan gate (`deskterm.scan`) decides by it what a scanner sent and what a person typed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

BURST_LENGTH = 8
BURST_GAP = 0.05
"""Seconds between the characters of a burst, at most."""
CERTAIN_LENGTH = 14
"""A code of so many characters is no part of a longer one."""
_SERIAL_LENGTH = 6
_CODABAR_LETTERS = "ABCDENT*"
_CODABAR = re.compile(r"[A-DENT*](\d{6,})[A-DENT*]", re.ASCII | re.IGNORECASE)


@dataclass(slots=True)
class Stroke:
    """A character with the moment it came, in seconds, and what became of it."""

    key: str
    char: str
    at: float
    landed: bool = False
    """A field has it."""
    navigated: bool = False
    """It opened a tab."""
    held: bool = False
    """It waits until it is known whether it belongs to a scan."""


def text_of(strokes: Sequence[Stroke]) -> str:
    """The characters of strokes."""
    return "".join(stroke.char for stroke in strokes)


def run_start(strokes: Sequence[Stroke], gap: float) -> int:
    """Find the first stroke of the run that goes on: none later by `gap`, or in a field before."""
    start = max(0, len(strokes) - 1)
    while start and (strokes[start].at - strokes[start - 1].at <= gap or strokes[start - 1].landed):
        start -= 1
    return start


def is_burst(strokes: Sequence[Stroke]) -> bool:
    """Judge whether strokes are enough, and too close upon each other for a person."""
    return len(strokes) >= BURST_LENGTH and _is_quick(strokes)


def is_half_scan(strokes: Sequence[Stroke], at: float) -> bool:
    """Judge whether digits came as no person types them and are no number one looks up by.

    Up to six may be an actor-id or a serial, ten to fourteen an old card of another scheme.
    """
    text = text_of(strokes)
    odd = _SERIAL_LENGTH < len(text) < 10 or len(text) > CERTAIN_LENGTH
    if not odd or not text.isdigit() or at - strokes[-1].at >= BURST_GAP:
        return False
    return _is_quick(strokes)


def may_begin_at(strokes: Sequence[Stroke], start: int) -> bool:
    """Judge whether digits before a code are a person's and not the code's own beginning.

    A misread code of fourteen holds thirteen digits that may be another scheme's card. So a
    shorter code is cut out of longer digits only behind a pause longer than any inside it.
    """
    is_certain = len(strokes) - start >= CERTAIN_LENGTH
    if start == 0 or is_certain or not strokes[start - 1].char.isdigit():
        return True
    gaps = [b.at - a.at for a, b in pairwise(strokes[start - 1 :])]
    return gaps[0] > max(gaps[1:])


def awaits_stop_letter(strokes: Sequence[Stroke], start: int) -> bool:
    """Tell whether a Codabar's start letter came right before: its stop letter will follow."""
    if start == 0 or strokes[start - 1].char.upper() not in _CODABAR_LETTERS:
        return False
    return strokes[start].at - strokes[start - 1].at < BURST_GAP


def without_codabar(text: str) -> str:
    """The digits between a Codabar's start and stop letters; other text as it is."""
    match = _CODABAR.fullmatch(text)
    return match[1] if match else text


def _is_quick(strokes: Sequence[Stroke]) -> bool:
    return all(b.at - a.at < BURST_GAP for a, b in pairwise(strokes))
