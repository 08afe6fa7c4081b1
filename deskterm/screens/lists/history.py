"""Leenhistorie: what was lent before, as far as the customer lets it be kept."""

from collections.abc import Iterable

from deskterm.screens.lists.loans import title_text
from deskterm.text import _, date_text
from deskterm.views.lists import LoanLine
from deskterm.widgets.sheet import Column, Row, table_header, table_row


def header(width: int) -> Row:
    """The titles of the columns."""
    return table_header(_columns(), width, gap=1)


def rows(lines: Iterable[LoanLine], width: int) -> list[Row]:
    """A row for each loan that ended."""
    return [
        table_row(
            _columns(),
            (
                date_text(line.lent_on),
                date_text(line.returned_on),
                title_text(line.title, line.author),
                line.material,
                line.item_number,
                line.branch_code,
            ),
            width,
            key=str(line.id),
            gap=1,
        )
        for line in lines
    ]


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Geleend"), 10),
        Column(_("Ingeleverd"), 10),
        Column(_("Titel / auteur"), 33, grow=1),
        Column(_("Mat"), 3),
        Column(_("Exemplaar"), 14),
        Column(_("Vest"), 4),
    )
