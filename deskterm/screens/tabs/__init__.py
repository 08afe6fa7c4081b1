"""The tabs of the customer screen as data: what stands on each, what can be edited and done."""

from deskterm.screens.tabs import (
    address,
    badges,
    cards,
    contribution,
    customer,
    marketing,
    messages,
    other,
    profiles,
    properties1,
    properties2,
    roles,
)
from deskterm.screens.tabs.tab import RowAction, Tab, Words
from deskterm.text import N_
from deskterm.views.customer import CustomerView

__all__ = ["FIRST_TAB", "TABS", "RowAction", "Tab", "Words", "tabs_of"]

FIRST_TAB = "2"
"""The tab a customer opens on, as in Wise."""

TABS: tuple[Tab, ...] = (
    Tab("1", N_("Klant"), N_("Klant"), customer.read, actions=customer.actions),
    Tab("2", N_("NAW-Gegevens"), N_("NAW"), address.read, address.form, address.actions),
    Tab(
        "3",
        N_("Contributie"),
        N_("Cont"),
        contribution.read,
        contribution.form,
        contribution.actions,
    ),
    Tab("4", N_("Overig"), N_("Ovrg"), other.read),
    Tab("5", N_("Meldingen"), N_("Meld"), messages.read, messages.form, messages.actions),
    Tab(
        "6",
        N_("Eigenschappen-1"),
        N_("Eig1"),
        properties1.read,
        properties1.form,
        properties1.actions,
    ),
    Tab(
        "7",
        N_("Eigenschappen-2"),
        N_("Eig2"),
        properties2.read,
        properties2.form,
        properties2.actions,
    ),
    Tab("8", N_("Passen"), N_("Pas"), cards.read, actions=cards.actions),
    Tab("9", N_("Marketing"), N_("Mkt"), marketing.read, marketing.form, marketing.actions),
    Tab("A", N_("Rollen"), N_("Rol"), roles.read, actions=roles.actions),
    Tab("B", N_("Profielen"), N_("Prof"), profiles.read, profiles.form, profiles.actions),
    Tab(
        "C",
        N_("Badges"),
        N_("Bdg"),
        badges.read,
        badges.form,
        badges.actions,
        shown=badges.has_badges,
    ),
)


def tabs_of(view: CustomerView) -> tuple[Tab, ...]:
    """The tabs this customer has: badges only where the library has any."""
    return tuple(tab for tab in TABS if tab.shown(view))
