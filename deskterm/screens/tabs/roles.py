"""`A.Rollen`: the roles of the customer with begin and end (1.10)."""

from deskterm.screens.tabs.tab import RowAction, target_of
from deskterm.text import _, date_text
from deskterm.views.customer import CustomerView
from deskterm.widgets.sheet import Column, Look, Row, line, table_header, table_row


def read(view: CustomerView, width: int) -> list[Row]:
    """Role, begin, and end; a role that ended stays."""
    columns = (Column(_("Rol"), 40, grow=1), Column(_("Begin"), 10), Column(_("Eind"), 10))
    rows = [table_header(columns, width)]
    for role in view.roles:
        cells = (role.name, date_text(role.begin_on), date_text(role.end_on))
        look: Look = "value" if role.end_on is None else "dim"
        rows.append(table_row(columns, cells, width, key=f"role:{role.id}", look=look))
    if not view.roles:
        rows.append(line(" " + _("Deze klant heeft geen rollen."), width, "dim"))
    return rows


def actions(view: CustomerView, row_key: str | None) -> list[RowAction]:
    """A new role, or the end of the one on the row.

    Ending *abonnementhouder* does not end the membership.
    """
    found = [RowAction("role.start", _("Nieuwe rol"))]
    target = target_of(row_key, "role")
    role = next((role for role in view.roles if str(role.id) == target), None)
    if role is not None:
        found.append(
            RowAction(
                "role.end",
                _("Rol beëindigen"),
                enabled=role.end_on is None,
                why_not=_("Deze rol is al beëindigd."),
                target=target,
            )
        )
    return found
