"""`5.Meldingen`: four public lines and the private comment (1.5)."""

from deskterm.screens.tabs import making
from deskterm.screens.tabs.layout import facts, heading
from deskterm.screens.tabs.tab import RowAction, Words
from deskterm.services.labels import label
from deskterm.text import _
from deskterm.views.customer import CustomerView
from deskterm.widgets.fields import Field
from deskterm.widgets.sheet import Row, Span, wrap

PUBLIC_LINES = 4
LINE_LENGTH = 60
"""Characters in a public line, as in Wise."""


def read(view: CustomerView, width: int) -> list[Row]:
    """The public lines by number, then the private comment as it was typed."""
    public = [(str(number), _message(view, number)) for number in range(1, PUBLIC_LINES + 1)]
    rows = [heading(_("Publieke meldingen"), width), *facts(public, width, label=2)]
    rows.append(heading(label("private_comment"), width))
    for row in wrap(view.person.private_comment, width - 1, "value"):
        rows.append(Row((Span(" "), *row.spans)))
    return rows


def form(view: CustomerView, words: Words) -> list[Field]:
    """Four lines that take a predefined text or any other, and the private comment."""
    predefined = tuple((word.name, word.name) for word in words.get("predefined_message", ()))
    public = _("Publieke meldingen")
    fields = [
        Field(
            f"message.{number}",
            label(f"message.{number}"),
            value=_message(view, number),
            choices=predefined,
            width=LINE_LENGTH,
            section=public,
            max_length=LINE_LENGTH,
        )
        for number in range(1, PUBLIC_LINES + 1)
    ]
    private = making.value_of(view.person, "private_comment")
    name = label("private_comment")
    fields.append(Field("private_comment", name, "long", private, width=60, section=name))
    return fields


def actions(view: CustomerView, _row_key: str | None) -> list[RowAction]:
    """Insert one of the library's predefined texts on the first line that is free."""
    numbers = range(1, PUBLIC_LINES + 1)
    free = next((f"message.{number}" for number in numbers if not _message(view, number)), "")
    return [
        RowAction(
            "message.predefined",
            _("Voorgedefinieerde melding invoegen"),
            enabled=bool(free),
            why_not=_("Alle vier de regels zijn vol."),
            target=free,
        )
    ]


def _message(view: CustomerView, number: int) -> str:
    return view.messages[number - 1] if number <= len(view.messages) else ""
