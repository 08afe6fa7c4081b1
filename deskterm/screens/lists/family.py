"""Gezin: everybody at the door and everybody related, with what each has at home and owes."""

from collections.abc import Iterable

from deskterm.rules.membership import MembershipStatus
from deskterm.screens.wording import short_status
from deskterm.text import N_, _, cents_text
from deskterm.views.family import FamilyMember, FamilyView
from deskterm.widgets.sheet import BLANK, Column, Look, Row, Span, line, table_header, table_row

TIE_WORDS = {
    "parent": N_("ouder"),
    "child": N_("kind"),
    "payer": N_("betaler"),
    "pays_for": N_("wordt betaald"),
    "partner": N_("partner"),
    "institution": N_("instelling"),
    "member": N_("lid"),
}
"""What one of the family is to the open customer, as short as a column wants it."""


def header(width: int) -> Row:
    """The titles of the columns."""
    return table_header(_columns(), width, gap=1)


def rows(view: FamilyView, width: int) -> list[Row]:
    """A row for each, the open customer first, then what they have together."""
    shown = [_row(view, member, width) for member in view.members]
    total = (_("Samen"), "", "", "", str(view.on_loan), cents_text(view.open_cents))
    shown += [BLANK, table_row(_columns(), total, width, look="title", gap=1)]
    if view.has_more:
        shown.append(line(f" {_('Er zijn er meer; zoek ze op naam of adres (F2).')}", width, "dim"))
    if len(view.members) == 1:
        words = _("Er woont niemand anders op dit adres en er zijn geen relaties.")
        shown.append(line(f" {words}", width, "dim"))
    return shown


def relation_text(view: FamilyView, member: FamilyMember) -> str:
    """What somebody is to the open customer: *partner, betaler*, or only at the same address."""
    if member.actor_id == view.actor_id:
        return _("deze klant")
    return ", ".join(_ties(member)) or _("zelfde adres")


def _ties(member: FamilyMember) -> Iterable[str]:
    return (_(TIE_WORDS[tie]) for tie in member.ties)


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Naam"), 20, grow=2),
        Column(_("Jr."), 3, right=True),
        Column(_("Relatie"), 18, grow=1),
        Column(_("Abonnement"), 16, grow=1),
        Column(_("Bezit"), 5, right=True),
        Column(_("Open"), 8, right=True),
    )


def _row(view: FamilyView, member: FamilyMember, width: int) -> Row:
    look: Look = "value" if member.valid else "bad"
    cells = (
        Span(member.name, look),
        "" if member.age is None else str(member.age),
        relation_text(view, member),
        Span(_membership(member), look),
        str(member.on_loan),
        cents_text(member.open_cents),
    )
    return table_row(_columns(), cells, width, key=f"member:{member.actor_id}", gap=1)


def _membership(member: FamilyMember) -> str:
    """The type while it is valid; else in words what it is instead."""
    if member.status is None:
        return _("Geen abonn.")
    if member.valid:
        return member.membership_name
    if member.status in (MembershipStatus.ENDED, MembershipStatus.BLACKLISTED):
        return short_status(member.status)
    return _("Vervallen")
