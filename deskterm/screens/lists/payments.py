"""Financieel, Historie: what settled a charge, and how (customers.md 3.3)."""

from collections.abc import Iterable

from deskterm.screens.wording import ENTRY_KINDS, word
from deskterm.text import _, cents_text, date_text
from deskterm.views.lists import PaymentLine
from deskterm.widgets.sheet import Column, Row, table_header, table_row


def header(width: int) -> Row:
    """The titles of the columns."""
    return table_header(_columns(), width, gap=1)


def rows(lines: Iterable[PaymentLine], width: int) -> list[Row]:
    """A row for each entry; a waiver says its reason."""
    return [
        table_row(
            _columns(),
            (
                date_text(line.day),
                line.journal,
                _("Teruggedraaid") if line.is_undone else word(ENTRY_KINDS, line.kind),
                _description(line),
                cents_text(line.amount_cents),
                line.staff,
            ),
            width,
            key=str(line.id),
            gap=1,
        )
        for line in lines
    ]


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Afgeboekt"), 10),
        Column(_("Dagboek"), 7),
        Column(_("Wijze"), 15),
        Column(_("Omschrijving"), 22, grow=2),
        Column(_("Bedrag"), 8, right=True),
        Column(_("Medewerker"), 12, grow=1),
    )


def _description(line: PaymentLine) -> str:
    return f"{line.description} ({line.reason})" if line.reason else line.description
