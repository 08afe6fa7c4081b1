"""A receipt or a card as plain text, for the screen: standard library only."""

from __future__ import annotations

from deskterm.printing.documents import Align, Barcode, Document, ReceiptDocument
from deskterm.printing.options import BranchOptions
from deskterm.printing.render.lines import SetLine, card_texts, clean, set_lines

COLUMNS = 42
_CARD_COLUMNS = 36


def preview(document: Document, branch: BranchOptions, columns: int = COLUMNS) -> str:
    """What comes out of the printer, in lines of at most `columns` characters."""
    if isinstance(document, ReceiptDocument):
        lines = [_drawn(line, columns) for line in set_lines(document, columns)]
        return "\n".join(lines) + "\n"
    inside = min(columns, _CARD_COLUMNS) - 4
    texts = card_texts(document, branch)
    rows = [texts["title"], "", texts["name"], texts["branch"], ""]
    drawn = [_cut(clean(row), inside).ljust(inside) for row in rows]
    drawn.append(_bars(document.number).center(inside))
    edge = "─" * (inside + 2)
    body = "\n".join(f"│ {row} │" for row in drawn)
    return f"┌{edge}┐\n{body}\n└{edge}┘\n"


def _drawn(line: SetLine | Barcode, columns: int) -> str:
    if isinstance(line, Barcode):
        return _bars(line.number).center(columns).rstrip()
    # Large letters take two places each, which a terminal cannot show.
    if line.align is Align.CENTRE:
        return line.text.center(columns).rstrip()
    return line.text.rjust(columns) if line.align is Align.RIGHT else line.text.rstrip()


def _bars(number: str) -> str:
    return f"║▌║█ {number} █║▌║"


def _cut(text: str, room: int) -> str:
    return text if len(text) <= room else text[: room - 1].rstrip() + "…"
