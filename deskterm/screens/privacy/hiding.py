"""The privacy key: cover everything about customers until it is pressed again."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from deskterm.screens.question import Question
from deskterm.text import _
from deskterm.widgets.sheet import BLANK, Row, wrap

if TYPE_CHECKING:
    from deskterm.app import DesktermApp


class Hidden(Question[None]):
    """Covers the screen. No other key does anything, and scans wait to be carried out."""

    help_page = "privacy"
    lets_out = False
    covers_all = True
    closed_by = "privacy.hide"

    def __init__(self, key: str) -> None:
        super().__init__()
        self.heading = _("Scherm afgedekt")
        self.key = key

    def content(self, width: int) -> Sequence[Row]:
        said = (
            _("{key} toont het scherm weer, zoals het was.").format(key=self.key),
            _("Wat u intussen scant, wacht."),
        )
        return [*wrap(said[0], width, "value"), BLANK, *wrap(said[1], width, "dim")]

    async def take_key(self, key: str, character: str | None) -> None:
        """Nothing: what is pressed without seeing anything must not do anything."""


async def hide(app: "DesktermApp") -> None:
    """Cover the screen, unless it is covered or locked already."""
    if app.locked or isinstance(app.question, Hidden) or app.desk.staff is None:
        return
    await app.ask(Hidden(app.keymap.shown_key("privacy.hide")))
