"""The palette (Ctrl+P): every action that is possible now, found by typing part of its name."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.widgets import Input

from deskterm.keys import key_name
from deskterm.screens.question import Question
from deskterm.text import _
from deskterm.widgets.sheet import Row, Span, line, pad
from deskterm.widgets.steady_input import SteadyInput

if TYPE_CHECKING:
    from deskterm.app import DesktermApp

KEY_WIDTH = 22


class Palette(Question[str]):
    """A list of actions that shortens as one types; Enter performs the one under the cursor."""

    takes_text = True
    input_rows = 2

    def __init__(self, app: "DesktermApp") -> None:
        super().__init__()
        self.heading = _("Acties")
        self.filtered = ""
        here = app.keymap.possible(app.main.place.where)
        self.possible = [action for action in here if not app.main.why_not(action.id)]

    def inputs(self) -> ComposeResult:
        yield SteadyInput(id="filter", compact=True, placeholder=_("typ een deel van de naam"))

    def prepare(self) -> None:
        self.screen.set_focus(self.query_one("#filter"))

    def content(self, width: int) -> Sequence[Row]:
        wanted = self.query_one("#filter", Input).value.casefold().split()
        rows = []
        for action in sorted(self.possible, key=lambda action: _rank(_(action.label), wanted)):
            name = _(action.label)
            if all(word in name.casefold() for word in wanted):
                keys = ", ".join(map(key_name, self.desk_app.keymap.keys_of(action.id)))
                spans = (Span(pad(name, width - KEY_WIDTH)), Span(pad(keys, KEY_WIDTH), "label"))
                rows.append(Row(spans, action.id))
        return rows or [line(_("Geen actie met die naam."), width, "dim")]

    def on_input_changed(self) -> None:
        self._shorten()

    def _shorten(self) -> None:
        """Draw the list for what is typed now; Enter right behind a letter counts with it."""
        typed = self.query_one("#filter", Input).value
        if typed != self.filtered:
            self.filtered = typed
            self.canvas.cursor = -1
            self.draw()

    async def take_key(self, key: str, character: str | None) -> None:
        if key == "enter":
            self._shorten()
            if self.canvas.cursor_key:
                await self.answer(self.canvas.cursor_key)
        elif key in ("escape", "up", "down", "pageup", "pagedown"):
            await super().take_key(key, character)
        else:
            await self.desk_app.type_key(key, character)


def _rank(name: str, wanted: Sequence[str]) -> int:
    """How near a name is to what was typed: it begins so, a word of it does, or it holds it."""
    name = name.casefold()
    if name.startswith(" ".join(wanted)):
        return 0
    return 1 if all(f" {word}" in f" {name}" for word in wanted) else 2
