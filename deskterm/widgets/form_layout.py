"""Where the fields of a form stand, and how they are drawn. Pure: no widget is touched.

A field takes half the width when label and contents fit in it, else a whole line. A fault stands
on its own line under the field.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size

from deskterm.text import _
from deskterm.widgets.fields import Field
from deskterm.widgets.sheet import Look, Row, Span

LABEL_WIDTH = 18


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a field stands: its line, where its label and its contents begin, their width."""

    y: int
    label_x: int
    x: int
    width: int


def place_fields(
    fields: Sequence[Field], faults: Mapping[str, str], width: int
) -> tuple[list[Placed], int]:
    """Places for all fields within `width` columns, and the number of lines they take."""
    half = width // 2
    labels = _label_widths(fields, half)
    placed: list[Placed] = []
    y, left_free, section = 0, True, None
    row_has_fault = False
    for field in fields:
        if field.section != section:
            if placed:
                y, left_free = y + 1 + row_has_fault, True
            row_has_fault = False
            section = field.section
            y += 1 if section else 0
        label = labels[field.section]
        wide = field.kind == "long" or label > LABEL_WIDTH or label + field.width + 2 > half
        if not left_free and not wide:
            placed.append(Placed(y, half, half + LABEL_WIDTH, half - LABEL_WIDTH - 2))
            left_free = True
            row_has_fault = row_has_fault or field.name in faults
            continue
        if placed and placed[-1].y == y:
            y, row_has_fault = y + 1 + row_has_fault, False
        room = (width if wide else half) - label - 2
        placed.append(Placed(y, 0, label, min(max(field.width, 8), room) if wide else room))
        row_has_fault = field.name in faults
        left_free = wide
    return placed, y + 2 + row_has_fault


def _marked(field: Field) -> str:
    return field.label + ("*" if field.required else "")


def _label_widths(fields: Sequence[Field], half: int) -> dict[str, int]:
    """Cells for labels by section: one that is too long for a half line makes all of its section
    stand below each other, so that contents stay in one column and labels whole.
    """
    widths: dict[str, int] = {}
    for field in fields:
        needed = min(cell_len(_marked(field)) + 1, half)
        widths[field.section] = max(widths.get(field.section, LABEL_WIDTH), needed)
    return widths


def shown_value(field: Field, value: str) -> str:
    """What a field shows for its value: an answer's name, Ja or Nee, or the text itself."""
    if field.kind == "flag":
        return _("Ja") if value else _("Nee")
    if field.kind == "choice":
        return dict(field.choices).get(value, value)
    return value


def field_rows(
    fields: Sequence[Field],
    placed: Sequence[Placed],
    values: Mapping[str, str],
    faults: Mapping[str, str],
    current: int,
    height: int,
) -> list[Row]:
    """The rows of a form: section heads, labels with `*` when required, contents and faults."""
    lines: list[list[tuple[int, Span]]] = [[] for _unused in range(height + 1)]
    section = None
    for index, (field, place) in enumerate(zip(fields, placed, strict=True)):
        if field.section != section:
            section = field.section
            if section:
                lines[place.y - 1].append((0, Span(section, "head")))
        look: Look = "bad" if field.name in faults else "label"
        marked = _marked(field)
        label = set_cell_size(marked, place.x - place.label_x - 1)
        lines[place.y].append((place.label_x, Span(label, look)))
        lines[place.y].append((place.x, _contents(field, values, place, index == current)))
        if field.name in faults:
            lines[place.y + 1].append((place.label_x, Span("! " + faults[field.name], "bad")))
    return [_row(line) for line in lines]


def _contents(field: Field, values: Mapping[str, str], place: Placed, current: bool) -> Span:
    text = shown_value(field, values[field.name])
    if field.kind == "readonly":
        return Span(set_cell_size(text, place.width), "dim")
    if field.kind in ("choice", "flag"):
        text = f"< {text} >" if current else f"  {text}"
        return Span(set_cell_size(text, place.width), "cursor" if current else "value")
    return Span(set_cell_size(text or "_" * min(place.width, field.width), place.width), "value")


def _row(line: list[tuple[int, Span]]) -> Row:
    spans: list[Span] = []
    at = 0
    for x, span in sorted(line, key=lambda part: part[0]):
        if x > at:
            spans.append(Span(" " * (x - at)))
            at = x
        spans.append(span)
        at += cell_len(span.text)
    return Row(tuple(spans))
