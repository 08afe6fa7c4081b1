"""What printers and a preview share: a receipt in lines of characters, the words of a card."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from deskterm.printing.documents import (
    Align,
    Barcode,
    CardDocument,
    Columns,
    Line,
    ReceiptDocument,
    Rule,
    Space,
    Text,
)
from deskterm.printing.options import BranchOptions
from deskterm.printing.render.words import MARK, MOST_LETTERS
from deskterm.rules.names import inert
from deskterm.text import _

_GAP = 1
_LEAST_FIRST = 12
"""Characters under which the first cell of a table gets lines of its own."""


@dataclass(frozen=True, slots=True)
class SetLine:
    """One line of text that fits."""

    text: str = ""
    bold: bool = False
    large: bool = False
    align: Align = Align.LEFT


def clean(text: str) -> str:
    """The text without what would steer a printer or a terminal; spaces become single.

    What is endless ends in an ellipsis.
    """
    shown = inert(text[:MOST_LETTERS]) + (MARK if len(text) > MOST_LETTERS else "")
    kept = (
        one for one in unicodedata.normalize("NFC", shown) if unicodedata.category(one)[0] != "C"
    )
    return " ".join("".join(kept).split())


def set_lines(document: ReceiptDocument, columns: int) -> Iterator[SetLine | Barcode]:
    """The lines of a receipt at `columns` characters, the title first; bars are left to others."""
    yield from _wrapped(Text(document.title, bold=True, large=True, align=Align.CENTRE), columns)
    for kind, group in groupby(document.lines, _alike):
        if kind:
            yield from _table([line for line in group if isinstance(line, Columns)], columns)
            continue
        for line in group:
            yield from _set(line, columns)


def card_texts(document: CardDocument, branch: BranchOptions) -> dict[str, str]:
    """What stands in each field of a card; a branch that is its title is not named twice."""
    title = document.title or branch.card_title or _("Bibliotheekpas")
    is_named = document.branch.casefold() == title.casefold()
    return {
        "title": title,
        "name": document.name,
        "branch": "" if is_named else document.branch,
        "number": document.number,
    }


def _alike(line: Line) -> int:
    """How many cells; 0 for what is no line of a table. Neighbours share their widths."""
    return len(line.cells) if isinstance(line, Columns) else 0


def _set(line: Line, columns: int) -> Iterator[SetLine | Barcode]:
    if isinstance(line, Text):
        yield from _wrapped(line, columns)
    elif isinstance(line, Rule):
        yield SetLine("-" * columns)
    elif isinstance(line, Space):
        yield from (SetLine() for _line in range(line.count))
    elif isinstance(line, Barcode):
        yield line


def _wrapped(line: Text, columns: int) -> Iterator[SetLine]:
    for part in wrap(line.text, columns // 2 if line.large else columns):
        yield SetLine(part, line.bold, line.large, line.align)


def wrap(text: str, columns: int) -> list[str]:
    """The text in lines of at most `columns` characters, at least one."""
    return textwrap.wrap(clean(text), max(1, columns), break_on_hyphens=False) or [""]


def _table(lines: Sequence[Columns], columns: int) -> Iterator[SetLine]:
    rows = [tuple(clean(cell) for cell in line.cells) for line in lines]
    widths = [max(map(len, cells)) for cells in zip(*(row[1:] for row in rows), strict=True)]
    first = columns - sum(widths) - _GAP * len(widths)
    for line, row in zip(lines, rows, strict=True):
        rest = "".join(
            " " * _GAP + cell.rjust(wide) for cell, wide in zip(row[1:], widths, strict=True)
        )
        if len(rest) > columns:
            # No table fits here: each cell for itself.
            for cell in row:
                yield from (SetLine(part, line.bold) for part in wrap(cell, columns))
            continue
        beside = first >= _LEAST_FIRST or not widths
        parts = wrap(row[0], first if beside else columns)
        if beside:
            # The amounts stand where the words end.
            parts[-1] = parts[-1].ljust(first) + rest
        else:
            parts.append(rest.rjust(columns))
        yield from (SetLine(part, line.bold) for part in parts)
