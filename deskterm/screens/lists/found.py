"""Customers that were found: sorted by surname, ended memberships red and in words."""

import re
from collections.abc import Iterable

from rich.cells import cell_len

from deskterm.rules.membership import MembershipStatus
from deskterm.screens.wording import short_status
from deskterm.text import _, date_text
from deskterm.views.lists import FoundCustomer
from deskterm.widgets.sheet import (
    LEAST,
    Column,
    Look,
    Row,
    Span,
    cut,
    line,
    spread,
    table_header,
    table_row,
)

WIDE = 130
"""From here on there is room for the membership and the postcode too."""
_ADDRESS = 3
"""Where the column of the address stands."""
_NUMBER = re.compile(r"^(.+)( \d.*)$")
"""A street and the number in it, which tells one neighbour from another."""


def header(width: int) -> Row:
    """The titles of the columns."""
    return table_header(_columns(width), width, gap=1)


def rows(customers: Iterable[FoundCustomer], width: int) -> list[Row]:
    """A row for each customer; the key is the actor-id."""
    columns = _columns(width)
    room = spread(columns, width, gap=1)[_ADDRESS]
    return [
        table_row(
            columns,
            _cells(one, room, wide=width >= WIDE),
            width,
            key=str(one.actor_id),
            look="value" if one.valid else "bad",
            gap=1,
        )
        for one in customers
    ]


def rest(customer: FoundCustomer, width: int) -> Row:
    """Address, postcode, place and membership of one customer in full."""
    place = f"{customer.postcode} {customer.place}".strip()
    parts = (customer.address, place, customer.membership_name or _("Geen abonn."))
    return line(" " + " · ".join(part for part in parts if part), width, "label")


def _columns(width: int) -> tuple[Column, ...]:
    number, born = Column(_("Pasnummer"), 14), Column(_("Geboren"), 10)
    branch = Column(_("Vest"), 4)
    if width >= WIDE:
        return (
            number,
            Column(_("Naam"), 24, grow=3),
            born,
            Column(_("Adres"), 20, grow=2),
            Column(_("Postcode"), 8),
            Column(_("Plaats"), 14, grow=1),
            branch,
            Column(_("Abonnement"), 12, grow=1),
            Column(_("Status"), 14),
        )
    return (
        number,
        Column(_("Naam"), 15, grow=2),
        born,
        Column(_("Adres"), 11, grow=2),
        Column(_("Plaats"), 7, grow=1),
        branch,
        Column(_("Status"), 12),
    )


def _street(address: str, room: int) -> str:
    """The address in so many cells; of one that is too long the number stays."""
    parts = _NUMBER.match(address)
    if cell_len(address) <= room or parts is None or cell_len(parts[2]) > room - LEAST:
        return address
    return cut(parts[1], room - cell_len(parts[2])) + parts[2]


def _cells(line: FoundCustomer, room: int, *, wide: bool) -> list[str | Span]:
    look: Look = "value" if line.valid else "bad"
    address = _street(line.address, room)
    number, born, status = line.card_number, date_text(line.born), Span(_status(line), look)
    if wide:
        return [
            number,
            line.name,
            born,
            address,
            line.postcode,
            line.place,
            line.branch_code,
            line.membership_name,
            status,
        ]
    return [number, line.name, born, address, line.place, line.branch_code, status]


def _status(line: FoundCustomer) -> str:
    """Give the word; a membership that ran out is *Vervallen* whatever its status still says."""
    if line.status is None:
        return _("Geen abonn.")
    ended = line.status in (MembershipStatus.ENDED, MembershipStatus.BLACKLISTED)
    if line.valid or ended:
        return short_status(line.status)
    return _("Vervallen")
