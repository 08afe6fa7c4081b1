"""The one-line bars: menu bar, title, tabs, buttons, keys. Rows only; a Canvas draws them."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from deskterm.widgets.sheet import Look, Row, Span


@dataclass(frozen=True, slots=True)
class Piece:
    """A label on a bar: its text, the letter to underline, whether it can be used now."""

    key: str
    label: str
    letter: str = ""
    enabled: bool = True
    current: bool = False


def gap_for(pieces: Sequence[Piece], width: int) -> int:
    """Blanks between the pieces of a bar: two when all fit so, else one."""
    roomy = 1 + sum(cell_len(piece.label) + 2 for piece in pieces) - 2
    return 2 if roomy <= width else 1


def bar_row(pieces: Sequence[Piece], width: int, look: Look = "") -> Row:
    """Pieces side by side; those that do not fit are left off and `>` stands at the end."""
    gap = gap_for(pieces, width)
    spans: list[Span] = [Span(" ", look)]
    used = 1
    for index, piece in enumerate(pieces):
        last = index == len(pieces) - 1
        needed = cell_len(piece.label) + (0 if last else gap)
        if used + needed > width - (0 if last else 2):
            spans.append(Span(">", look or "dim"))
            break
        spans.extend(piece_spans(piece, look))
        if not last:
            spans.append(Span(" " * gap, look))
        used += needed
    return Row(tuple(spans))


def piece_spans(piece: Piece, look: Look) -> list[Span]:
    """A label with its Alt letter marked."""
    if not piece.enabled:
        return [Span(piece.label, "off")]
    if piece.current:
        return [Span(piece.label, "cursor")]
    at = piece.label.lower().find(piece.letter.lower()) if piece.letter else -1
    if at < 0:
        return [Span(piece.label, look)]
    return [
        Span(piece.label[:at], look),
        Span(piece.label[at], "key"),
        Span(piece.label[at + 1 :], look),
    ]


def piece_at(pieces: Sequence[Piece], column: int, width: int) -> Piece | None:
    """The piece under a column of a bar so wide, for a click."""
    gap = gap_for(pieces, width)
    at = 1
    for piece in pieces:
        end = at + cell_len(piece.label)
        if at <= column < end:
            return piece
        at = end + gap
    return None
