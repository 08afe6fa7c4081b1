"""`4.Overig`: the change log, newest first (1.4). Read only."""

from dataclasses import fields

from deskterm.screens.wording import LOG_ACTIONS, moment_text, word, yes_no
from deskterm.services.labels import label
from deskterm.text import _
from deskterm.views.customer import CustomerView, LogLine, Person
from deskterm.widgets.sheet import BLANK, Column, Row, line, spread, table_header, table_row, wrap

_FIELD_SAYS_MORE = ("edit", "import")
_FLAG_COLUMNS = frozenset(column.name for column in fields(Person) if column.type is bool)
_FLAG_LISTS = frozenset({"profile", "badge", "label", "newsletter"})


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
        cells = (moment_text(change.at), change.staff or _("automatisch"), change.desk, first.text)
        rows.append(table_row(columns, cells, width))
        rows += [table_row(columns, ("", "", "", other.text), width) for other in others]
    if not view.log:
        rows.append(line(" " + _("Er is nog niets gewijzigd."), width, "dim"))
    return rows


def change_text(change: LogLine) -> str:
    """What a line of the log says: *E-mail: jan@oud.nl -> jan@nieuw.nl*, *Incasso: Ja*.

    An action with words of its own says enough; another one says which field it changed.
    """
    what = word(LOG_ACTIONS, change.action)
    if change.field and (change.action in _FIELD_SAYS_MORE or change.action not in LOG_ACTIONS):
        what = label(change.field)
        if _is_flag(change.field):
            return f"{what}: {yes_no(change.new == '1')}"
    if change.old and change.new:
        return f"{what}: {change.old} -> {change.new}"
    if change.old:
        return _("{what}: {old} gewist").format(what=what, old=change.old)
    return f"{what}: {change.new}" if change.new else what


def _is_flag(name: str) -> bool:
    """Tell whether a field holds yes or no, which the log keeps as `1` and nothing."""
    subject, _point, rest = name.partition(".")
    if subject == "block":
        return not rest.endswith(".note")
    return name in _FLAG_COLUMNS or subject in _FLAG_LISTS
