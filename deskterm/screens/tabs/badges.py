"""`C.Badges`: only where the library has any (1.12)."""

from deskterm.screens.tabs.choices import choice_actions, choice_fields, choice_rows
from deskterm.screens.tabs.tab import RowAction, Words
from deskterm.text import _
from deskterm.views.customer import CustomerView
from deskterm.widgets.fields import Field
from deskterm.widgets.sheet import Column, Row, table_header


def read(view: CustomerView, width: int) -> list[Row]:
    """Badge, whether the customer was given it, and since when."""
    columns = (
        Column(_("Badge"), 40, grow=1),
        Column(_("Toegewezen"), 10),
        Column(_("Sinds"), 10),
    )
    return [table_header(columns, width), *choice_rows("badge", view.badges, columns, width)]


def form(view: CustomerView, _words: Words) -> list[Field]:
    """Every badge as Ja or Nee."""
    return choice_fields("badge", view.badges, _("Badges"))


def actions(view: CustomerView, row_key: str | None) -> list[RowAction]:
    """Give the badge of the row, or take it back."""
    take = _("Badge ongedaan maken")
    return choice_actions("badge", view.badges, row_key, _("Toewijzen"), take)


def has_badges(view: CustomerView) -> bool:
    """Tell whether the library has badges at all."""
    return bool(view.badges)
