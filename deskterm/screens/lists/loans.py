"""Geleende exemplaren (F9): what is at home, by due date (desk.md 1.1)."""

from collections.abc import Iterable

from deskterm.text import _, date_text, ngettext
from deskterm.views.lists import LoanLine
from deskterm.widgets.sheet import Column, Look, Row, Span, table_header, table_row

WIDE = 100
"""From so many columns on a list has room for more than the title needs."""
_BILL_FROM = 3
"""From so many reminders on a loan is in the bill (nota) procedure."""


def header(width: int) -> Row:
    """The titles of the columns."""
    return table_header(_columns(width), width, gap=1)


def rows(lines: Iterable[LoanLine], width: int) -> list[Row]:
    """A row for each loan; a due date that is past is red and the remark says so."""
    return [_row(line, width) for line in lines]


def title_text(title: str, author: str) -> str:
    """Title and author in one column: *De avond / Reve, G.*."""
    return f"{title} / {author}" if author else title


def _columns(width: int) -> tuple[Column, ...]:
    columns = (
        Column(_("Geleend"), 10),
        Column(_("Inleveren"), 10),
        Column(_("Titel / auteur"), 20, grow=3),
        Column(_("Mat"), 3),
        Column(_("Opmerking"), 17, grow=1),
        Column(_("Exemplaar"), 14),
    )
    return columns if width < WIDE else (*columns, Column(_("Vest"), 4))


def _row(line: LoanLine, width: int) -> Row:
    look: Look = "bad" if line.overdue else "value"
    cells = (
        date_text(line.lent_on),
        Span(date_text(line.due_on), look),
        title_text(line.title, line.author),
        line.material,
        Span(_remarks(line), look),
        line.item_number,
        line.branch_code,
    )
    columns = _columns(width)
    return table_row(columns, cells[: len(columns)], width, key=str(line.id), gap=1)


def _remarks(line: LoanLine) -> str:
    remarks = []
    if line.reminders >= _BILL_FROM:
        remarks.append(_("nota"))
    elif line.reminders:
        words = ngettext("{count} herinnering", "{count} herinneringen", line.reminders)
        remarks.append(words.format(count=line.reminders))
    elif line.overdue:
        remarks.append(_("te laat"))
    if line.renewals:
        remarks.append(_("{count}x verl.").format(count=line.renewals))
    return ", ".join(remarks)
