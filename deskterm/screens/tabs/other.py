"""`4.Overig`: the change log, newest first (1.4). Read only."""

from deskterm.screens.wording import LOG_ACTIONS, moment_text, word
from deskterm.services.labels import label
from deskterm.text import _
from deskterm.views.customer import CustomerView, LogLine
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
    for change in view.log:
        first, *others = wrap(change_text(change), room) or [BLANK]
        cells = (moment_text(change.at), change.staff, change.desk, first.text)
        rows.append(table_row(columns, cells, width))
        rows += [table_row(columns, ("", "", "", other.text), width) for other in others]
    if not view.log:
        rows.append(line(" " + _("Er is nog niets gewijzigd."), width, "dim"))
    return rows


def change_text(change: LogLine) -> str:
    """What a line of the log says: *E-mail: jan@oud.nl -> jan@nieuw.nl*."""
    action = "" if change.action == "edit" else word(LOG_ACTIONS, change.action)
    field = label(change.field) if change.field else ""
    what = ", ".join(part for part in (action, field) if part)
    if change.old and change.new:
        return f"{what}: {change.old} -> {change.new}"
    if change.old:
        return _("{what}: {old} gewist").format(what=what, old=change.old)
    return f"{what}: {change.new}" if change.new else what
