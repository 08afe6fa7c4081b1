"""Rows of text with looks: what a screen in read mode is made of, before any widget draws it.

Everything is measured in terminal cells, so wide letters and emoji keep columns aligned. Text that
is too long ends in `…`; no row is ever wider than it was made for.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from rich.cells import cell_len, chop_cells, set_cell_size

from deskterm.rules.names import inert

Look = Literal[
    "", "label", "value", "bad", "head", "dim", "title", "hint", "bar", "key", "cursor", "off"
]
"""How a span is drawn. `bad` is red and its words say so too; `hint` is italic; `bar`, `key`,
`cursor` and `off` are for the bars: background, access letter, where one is, greyed."""

ELLIPSIS = "…"
LEAST = 5
"""Cells below which a column says too little to shrink it further before the others."""


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text in one look."""

    text: str
    look: Look = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line; a cursor can stand on it when it has a key."""

    spans: tuple[Span, ...] = ()
    key: str | None = None

    @property
    def text(self) -> str:
        """The line without its looks."""
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its narrowest width in cells, and its share of what is left over."""

    title: str
    width: int
    grow: int = 0
    right: bool = False


BLANK = Row()


def cut(text: str, width: int) -> str:
    """Make a text fit a number of cells, ending in `…` when something had to go."""
    # Five times the width holds every text that could fit, and keeps endless ones cheap.
    shown = inert(text[: max(0, width) * 5 + 5])
    if cell_len(shown) <= width:
        return shown
    if width <= 1:
        return ELLIPSIS[:width]
    return set_cell_size(shown, width - 1).rstrip() + ELLIPSIS


def pad(text: str, width: int, *, right: bool = False) -> str:
    """Cut or fill a text to exactly so many cells."""
    shown = cut(text, width)
    blanks = " " * (width - cell_len(shown))
    return blanks + shown if right else shown + blanks


def line(text: str, width: int, look: Look = "", key: str | None = None) -> Row:
    """A row of one text, cut to the width."""
    return Row((Span(cut(text, width), look),), key)


def wrap(text: str, width: int, look: Look = "") -> list[Row]:
    """A long text over as many rows as it needs; lines that were typed stay lines."""
    rows: list[Row] = []
    for typed in text.splitlines():
        current = ""
        for word in inert(typed).split():
            joined = f"{current} {word}" if current else word
            if cell_len(joined) <= width:
                current = joined
                continue
            if current:
                rows.append(line(current, width, look))
            # Two cells hold any letter; a narrower row is cut when it is made.
            *full, current = chop_cells(word, max(2, width))
            rows.extend(line(part, width, look) for part in full)
        rows.append(line(current, width, look))
    return rows


def spread(columns: Sequence[Column], width: int, gap: int = 2) -> tuple[int, ...]:
    """Widths of the columns in a table of so many cells, one cell of margin before it.

    What is left over goes to the columns that grow; what is lacking is taken from the widest of
    those, so that numbers and dates stay whole, and from the others when nothing else is left.
    """
    room = width - 1 - gap * (len(columns) - 1)
    widths = [column.width for column in columns]
    shares = sum(column.grow for column in columns)
    spare = room - sum(widths)
    if spare > 0 and shares:
        for index, column in enumerate(columns):
            widths[index] += spare * column.grow // shares
    while sum(widths) > max(room, 0):
        elastic = [i for i, column in enumerate(columns) if column.grow and widths[i] > LEAST]
        widest = max(elastic or range(len(widths)), key=lambda index: widths[index])
        widths[widest] -= 1
    return tuple(widths)


def table_row(
    columns: Sequence[Column],
    cells: Iterable[str | Span],
    width: int,
    *,
    key: str | None = None,
    look: Look = "value",
    gap: int = 2,
) -> Row:
    """A row of a table; a cell is a text in the row's look, or a span with its own."""
    spans = [Span(" "[:width])]
    for column, wide, cell in zip(columns, spread(columns, width, gap), cells, strict=True):
        own = cell if isinstance(cell, Span) else Span(cell, look)
        spans.append(Span(pad(own.text, wide, right=column.right), own.look))
        spans.append(Span(" " * gap))
    return Row(tuple(spans[:-1]), key)


def table_header(columns: Sequence[Column], width: int, *, gap: int = 2) -> Row:
    """The row of a table's titles."""
    titles = [column.title for column in columns]
    return table_row(columns, titles, width, look="head", gap=gap)
