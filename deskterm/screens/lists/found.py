"""Customers that were found: sorted by surname, ended memberships red and in words."""

from collections.abc import Iterable

from deskterm.rules.membership import MembershipStatus
from deskterm.screens.wording import short_status
from deskterm.text import _, date_text
from deskterm.views.lists import FoundCustomer
from deskterm.widgets.sheet import Column, Look, Row, Span, table_header, table_row

_WIDE = 130
"""From here on there is room for the membership and the postcode too."""


def header(width: int) -> Row:
    """The titles of the columns."""
    return table_header(_columns(width), width, gap=1)


def rows(lines: Iterable[FoundCustomer], width: int) -> list[Row]:
    """A row for each customer; the key is the actor-id."""
    columns = _columns(width)
    return [
        table_row(
            columns,
            _cells(line, wide=width >= _WIDE),
            width,
            key=str(line.actor_id),
            look="value" if line.valid else "bad",
            gap=1,
        )
        for line in lines
    ]


def _columns(width: int) -> tuple[Column, ...]:
    number, born = Column(_("Pasnummer"), 14), Column(_("Geboren"), 10)
    branch = Column(_("Vest"), 4)
    if width >= _WIDE:
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


def _cells(line: FoundCustomer, *, wide: bool) -> list[str | Span]:
    look: Look = "value" if line.valid else "bad"
    number, born, status = line.card_number, date_text(line.born), Span(_status(line), look)
    if wide:
        return [
            number,
            line.name,
            born,
            line.address,
            line.postcode,
            line.place,
            line.branch_code,
            line.membership_name,
            status,
        ]
    return [number, line.name, born, line.address, line.place, line.branch_code, status]


def _status(line: FoundCustomer) -> str:
    """Give the word; a membership that ran out is *Vervallen* whatever its status still says."""
    if line.status is None:
        return _("Geen abonn.")
    ended = line.status in (MembershipStatus.ENDED, MembershipStatus.BLACKLISTED)
    if line.valid or ended:
        return short_status(line.status)
    return _("Vervallen")
