"""`B.Profielen`: interest profiles by type (1.11)."""

from deskterm.screens.tabs.choices import choice_actions, choice_fields, choice_rows
from deskterm.screens.tabs.layout import heading
from deskterm.screens.tabs.tab import RowAction, Words
from deskterm.text import _
from deskterm.views.customer import ChoiceView, CustomerView
from deskterm.widgets.fields import Field
from deskterm.widgets.sheet import Column, Row, line, table_header


def read(view: CustomerView, width: int) -> list[Row]:
    """A heading for each type, then description and membership (nothing or Ja)."""
    columns = (Column(_("Omschrijving"), 50, grow=1), Column(_("Lidmaatschap"), 12))
    rows = [table_header(columns, width)]
    for group, choices in _by_group(view.profiles).items():
        rows.append(heading(group, width))
        rows += choice_rows("profile", choices, columns, width)
    if not view.profiles:
        rows.append(line(" " + _("De bibliotheek heeft geen profielen."), width, "dim"))
    elif not view.person.email:
        rows.append(line(" " + _("Profielen vragen een e-mailadres."), width, "hint"))
    return rows


def form(view: CustomerView, _words: Words) -> list[Field]:
    """Every profile as Ja or Nee, by type."""
    fields: list[Field] = []
    for group, choices in _by_group(view.profiles).items():
        fields += choice_fields("profile", choices, group)
    return fields


def actions(view: CustomerView, row_key: str | None) -> list[RowAction]:
    """Activate or end the profile of the row."""
    return choice_actions("profile", view.profiles, row_key, _("Activeren"), _("Beëindigen"))


def _by_group(profiles: tuple[ChoiceView, ...]) -> dict[str, list[ChoiceView]]:
    grouped: dict[str, list[ChoiceView]] = {}
    for profile in profiles:
        grouped.setdefault(profile.group, []).append(profile)
    return grouped
