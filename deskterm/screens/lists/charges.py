"""Financieel, Openstaand: charges with what is still open of them (customers.md 3.3)."""

from collections.abc import Iterable

from deskterm.screens.wording import ACCOUNTS, CHARGE_MARKS, word
from deskterm.text import _, cents_text, date_text
from deskterm.views.lists import ChargeLine
from deskterm.widgets.sheet import Column, Row, table_header, table_row


def header(width: int) -> Row:
    """The titles of the columns."""
    return table_header(_columns(), width, gap=1)


def rows(lines: Iterable[ChargeLine], width: int) -> list[Row]:
    """A row for each charge, with its amount and the open part."""
    return [
        table_row(
            _columns(),
            (
                date_text(line.day),
                word(ACCOUNTS, line.account),
                line.description,
                line.branch_code,
                cents_text(line.amount_cents),
                cents_text(line.open_cents),
                # Of what is settled the last letter is no status any more.
                word(CHARGE_MARKS, line.mark) if line.open_cents else "",
            ),
            width,
            key=str(line.id),
            gap=1,
        )
        for line in lines
    ]


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Opgeboekt"), 10),
        Column(_("Soort"), 11),
        Column(_("Omschrijving"), 20, grow=1),
        Column(_("Vest"), 4),
        Column(_("Bedrag"), 8, right=True),
        Column(_("Open"), 8, right=True),
        Column(_("Status"), 11),
    )
