"""`1.Klant`: the summary (customers.md 1.1). Read only."""

from collections.abc import Sequence

from deskterm.screens.tabs import making
from deskterm.screens.tabs.layout import Fact, facts
from deskterm.screens.tabs.tab import RowAction
from deskterm.screens.wording import CARD_KINDS, CARD_STATUSES, moment_text, word
from deskterm.services.labels import label
from deskterm.text import _, date_text
from deskterm.views.customer import CustomerView, Person
from deskterm.widgets.sheet import Row, Span

_WORDS = 24


def read(view: CustomerView, width: int) -> list[Row]:
    """Registration, cards, membership, how to reach the customer, hints, loans counted."""
    person = view.person
    pairs: list[Fact] = [
        (label("registered_on"), date_text(person.registered_on)),
        *_under(_("Passen"), _cards(view)),
        (label("customer_type"), making.shown(view, "customer_type")),
        (label("statistical_category"), making.shown(view, "statistical_category")),
        (_("Abonnement"), view.block.membership_name),
        (label("phone"), person.phone or person.mobile),
        (label("iban"), person.iban),
        (_("Laatste wijziging"), _last_change(view)),
        (label("email"), person.email),
        (_("Geleend"), _lent(person)),
        *_under(_("Bijzonderheden"), _particulars(view)),
    ]
    return facts(pairs, width, _WORDS)


def actions(_view: CustomerView, _row_key: str | None) -> list[RowAction]:
    """Refresh, and the chart of loans per year."""
    return [
        RowAction("customer.refresh", _("Ververs")),
        RowAction("customer.graph", _("Grafiek")),
    ]


def _under(title: str, values: Sequence[str | Span]) -> list[Fact]:
    """Give one row for each value, the title before the first."""
    return [("" if index else title, value) for index, value in enumerate(values or [""])]


def _cards(view: CustomerView) -> list[str]:
    """Give the numbers that work, or could again; tab 8 has those that were replaced."""
    living = [card for card in view.cards if card.status != "replaced"]
    return [
        f"{card.number} {word(CARD_KINDS, card.kind)}, {word(CARD_STATUSES, card.status)}"
        for card in living
    ]


def _lent(person: Person) -> str:
    """Give this period, the one before and the total on one line, so that all fits at 80x24."""
    words = _("deze periode {this}, vorige periode {last}, totaal {total}")
    return words.format(
        this=person.loans_this_year, last=person.loans_last_year, total=person.loans_total
    )


def _last_change(view: CustomerView) -> str:
    who = "" if view.changed_by is None else f" ({view.changed_by})"
    return moment_text(view.changed_at) + who


def _particulars(view: CustomerView) -> list[str | Span]:
    """Give Bijzonderheden: each thing that asks for attention."""
    hints: list[str | Span] = []
    if view.block.has_messages:
        hints.append(_("Er zijn meldingen, zie 5.Meldingen"))
    if not view.person.email:
        hints.append(_("E-mailadres ontbreekt"))
    if not view.block.valid:
        hints.append(Span(_("Abonnement niet geldig"), "bad"))
    if view.blocks:
        hints.append(Span(_("Er zijn blokkades, zie 6.Eigenschappen-1"), "bad"))
    return hints
