"""Labels with values in columns: how most tabs look in read mode."""

from collections.abc import Sequence
from itertools import zip_longest

from deskterm.widgets.sheet import Row, Span, pad

Fact = tuple[str, str | Span]
"""A label and its value; a value with a look of its own is a span."""

_GAP = 2
_LEFT_WIDEST = 70


def facts(pairs: Sequence[Fact], width: int, label: int = 30) -> list[Row]:
    """One fact a row."""
    return [Row((Span(" "), *_fact(pair, width - 1, label))) for pair in pairs]


def two_columns(
    left: Sequence[Fact], right: Sequence[Fact], width: int, labels: tuple[int, int] = (14, 14)
) -> list[Row]:
    """Two columns of facts side by side, with the widths of their labels; the right is wider."""
    left_width = min((width - 1 - _GAP) * 4 // 9, _LEFT_WIDEST)
    right_width = width - 1 - _GAP - left_width
    rows: list[Row] = []
    for first, second in zip_longest(left, right, fillvalue=("", "")):
        spans = [Span(" "), *_fact(first, left_width, labels[0]), Span(" " * _GAP)]
        rows.append(Row((*spans, *_fact(second, right_width, labels[1]))))
    return rows


def heading(text: str, width: int) -> Row:
    """A heading over the rows that follow."""
    return Row((Span(pad(f" {text}", width).rstrip(), "head"),))


def _fact(fact: Fact, width: int, label: int) -> tuple[Span, Span]:
    name, value = fact
    shown = value if isinstance(value, Span) else Span(value, "value")
    label = max(0, min(label, width - 1))
    return (
        Span(pad(name, label) + " ", "label"),
        Span(pad(shown.text, width - label - 1), shown.look),
    )
