"""What each look is in the colours of the theme.

Computed here and not by Textual's component classes: those are worked out anew for every widget,
which costs a third of the first paint.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from rich.style import Style

from deskterm.widgets.sheet import Look


@dataclass(frozen=True, slots=True)
class Paint:
    """A colour of the theme to write in, one to write on, and how; empty is the widget's own."""

    ink: str = ""
    paper: str = ""
    bold: bool | None = None
    underline: bool | None = None
    italic: bool | None = None


PAINTS: Mapping[Look, Paint] = {
    "label": Paint("labels"),
    "value": Paint(),
    "bad": Paint("error", bold=True),
    "head": Paint("labels", underline=True),
    "dim": Paint("dimmed"),
    "title": Paint(bold=True),
    "hint": Paint("warning", italic=True),
    "bar": Paint("on-primary", "primary", bold=True),
    "key": Paint(underline=True),
    "cursor": Paint("on-primary", "primary", bold=True),
    "off": Paint("greyed"),
}


def paint(look: Look, base: Style, colours: Mapping[str, str], *, in_colour: bool) -> Style:
    """The style of a look on a widget whose own style is `base`; without colour, reversed."""
    own = PAINTS.get(look, PAINTS["value"])
    if not in_colour:
        reverse = bool(own.paper) or None
        return Style(
            bold=own.bold,
            underline=own.underline,
            italic=own.italic,
            reverse=reverse,
            dim=look == "off" or None,
        )
    return base + Style(
        color=colours[own.ink] if own.ink else None,
        bgcolor=colours[own.paper] if own.paper else None,
        bold=own.bold,
        underline=own.underline,
        italic=own.italic,
    )
