"""`4.Overig`: the change log, newest first (1.4). Read only."""

from deskterm.screens.log_words import change_text, names_of
from deskterm.screens.wording import moment_text
from deskterm.text import _
from deskterm.views.customer import CustomerView
from deskterm.widgets.sheet import BLANK, Column, Row, line, spread, table_header, table_row, wrap


def read(view: CustomerView, width: int) -> list[Row]:
    """Date and time, who, at which desk, and what changed from what into what, in full."""
    columns = (
        Column(_("Datum en tijd"), 16),
        Column(_("Medewerker"), 12, grow=1),
        Column(_("Balie"), 7, grow=1),
        Column(_("Wijziging"), 37, grow=5),
    )
    rows = [table_header(columns, width)]
    room = spread(columns, width)[-1]
    names = names_of(view)
    for change in view.log:
        first, *others = wrap(change_text(change, names), room) or [BLANK]
        cells = (moment_text(change.at), change.staff or _("automatisch"), change.desk, first.text)
        rows.append(table_row(columns, cells, width))
        rows += [table_row(columns, ("", "", "", other.text), width) for other in others]
    if not view.log:
        rows.append(line(" " + _("Er is nog niets gewijzigd."), width, "dim"))
    return rows
