"""Things a library offers and a customer has or has not: rows and actions of tabs 9, B and C."""

from collections.abc import Iterable

from deskterm.screens.tabs import making
from deskterm.screens.tabs.tab import RowAction
from deskterm.screens.wording import yes_no
from deskterm.text import _, date_text
from deskterm.views.customer import ChoiceView
from deskterm.widgets.fields import Field
from deskterm.widgets.sheet import Column, Row, table_row


def field_name(subject: str, choice: ChoiceView) -> str:
    """What `services.editing.save` calls a choice; it is the row's key too."""
    if subject == "profile":
        return f"profile.{choice.kind}.{choice.code}"
    return f"{subject}.{choice.code}"


def choice_rows(
    subject: str, choices: Iterable[ChoiceView], columns: tuple[Column, ...], width: int
) -> list[Row]:
    """A row each: name, Ja or nothing, and since when if there is a column for it."""
    rows = []
    for choice in choices:
        chosen = yes_no(True) if choice.chosen else ""
        cells = (choice.name, chosen, date_text(choice.since))[: len(columns)]
        rows.append(table_row(columns, cells, width, key=field_name(subject, choice)))
    return rows


def choice_fields(subject: str, choices: Iterable[ChoiceView], section: str) -> list[Field]:
    """A flag each, by the name of the choice."""
    return [
        making.flag(field_name(subject, choice), choice.chosen, section, choice.name)
        for choice in choices
    ]


def choice_actions(
    subject: str,
    choices: Iterable[ChoiceView],
    row_key: str | None,
    give: str,
    take: str,
) -> list[RowAction]:
    """Give or take the choice of the row; the other of the two is greyed."""
    for choice in choices:
        name = field_name(subject, choice)
        if name != row_key:
            continue
        why_not = _("Heeft de klant al.") if choice.chosen else _("Heeft de klant niet.")
        return [
            RowAction(
                f"{subject}.give", give, not choice.chosen, why_not, choice.code, ((name, "1"),)
            ),
            RowAction(f"{subject}.take", take, choice.chosen, why_not, choice.code, ((name, ""),)),
        ]
    return []
