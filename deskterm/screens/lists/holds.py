"""Reserveringen of the customer (desk.md 1.2)."""

from collections.abc import Iterable

from deskterm.screens.lists.loans import WIDE, title_text
from deskterm.screens.wording import HOLD_CALLED, HOLD_KINDS, hold_status, word
from deskterm.text import _, date_text
from deskterm.views.lists import HoldLine
from deskterm.widgets.sheet import Column, Row, Span, table_header, table_row


def header(width: int) -> Row:
    """The titles of the columns."""
    return table_header(_columns(width), width, gap=1)


def rows(lines: Iterable[HoldLine], width: int) -> list[Row]:
    """A row for each hold; the date is until when it is kept, or when it was placed.

    A narrow screen has Wise's letter for the type.
    """
    return [_row(line, width) for line in lines]


def _columns(width: int) -> tuple[Column, ...]:
    return (
        Column(_("Pr"), 2, right=True),
        Column(_("Nummer"), 16),
        Column(_("Type"), 10 if width >= WIDE else 4),
        Column(_("Titel / auteur"), 12, grow=1),
        Column(_("Status"), 11),
        Column(_("Ophalen"), 7),
        Column(_("Datum"), 14),
    )


def _row(line: HoldLine, width: int) -> Row:
    called = line.status == HOLD_CALLED
    if called and line.expires_on:
        day = _("t/m {day}").format(day=date_text(line.expires_on))
    else:
        day = date_text(line.placed_on)
    cells = (
        str(line.priority),
        line.number,
        word(HOLD_KINDS, line.kind) if width >= WIDE else line.kind,
        title_text(line.title, line.author),
        # Wise shows those that the customer was told of red.
        Span(hold_status(line.status), "bad" if called else "value"),
        line.pickup_branch,
        day,
    )
    return table_row(_columns(width), cells, width, key=line.number, gap=1)
