"""The pop-up of two records side by side: what stays of each, what goes along, what is decided.

No Enter does more here than turn a value: merging is Ctrl+S, which no scanner sends.
"""

from collections.abc import Sequence
from typing import Final

from textual.app import ComposeResult

from deskterm.screens.merging import side_rows
from deskterm.screens.merging.choosing import Choosing
from deskterm.screens.question import Question
from deskterm.text import _
from deskterm.views.merging import Comparison, Side
from deskterm.widgets.canvas import Canvas
from deskterm.widgets.sheet import Row

HELP = "merging"
SWAP: Final = "swap"
MERGE: Final = "merge"
WIDEST = 112


class SideBySide(Question[str]):
    """Two records to compare; answers with `SWAP` or `MERGE`, what was chosen is in `choosing`."""

    help_page = HELP
    input_rows = side_rows.HEAD_ROWS + side_rows.FOOT_ROWS + 1

    def __init__(self, comparison: Comparison, choosing: Choosing, said: str = "") -> None:
        """`said` is what there is to know first, such as that another desk changed something."""
        super().__init__()
        self.heading = _("Ontdubbelen")
        self.comparison = comparison
        self.choosing = choosing
        self.said = said
        self.heads, self.sums = Canvas(id="heads"), Canvas(id="sums")

    def compose(self) -> ComposeResult:
        yield self.heads
        yield self.canvas
        yield self.sums

    @property
    def room(self) -> int:
        return min(WIDEST, max(20, self.app.size.width - 6))

    def content(self, width: int) -> Sequence[Row]:
        return side_rows.body_rows(self.comparison, self.choosing, width)

    def draw(self) -> None:
        super().draw()
        width = self.room
        self.heads.show(side_rows.head_rows(self.comparison, width))
        foot = side_rows.foot_rows(self.comparison, self.choosing, self.said, width)
        self.sums.show(foot)

    async def take_key(self, key: str, character: str | None) -> None:
        if key in ("left", "right"):
            self._choose("keeper" if key == "left" else "loser")
        elif key == "enter":
            self._turn()
        elif key == "alt+w":
            await self.answer(SWAP)
        else:
            await super().take_key(key, character)

    async def submit(self) -> None:
        """Ontdubbelen, once everything is decided."""
        if left := self.choosing.left(self.comparison):
            self.app.bell()
            self._say("")
            self.canvas.put_cursor(side_rows.DECISION + left[0].name)
        else:
            await self.answer(MERGE)

    def _choose(self, side: Side) -> None:
        kind, _colon, name = (self.canvas.cursor_key or "").partition(":")
        if kind:
            chosen = self.choosing.decisions if kind == "decision" else self.choosing.fields
            chosen[name] = side
            self._say("")

    def _turn(self) -> None:
        """The other value stays; what is still to decide is decided with the arrows."""
        kind, _colon, name = (self.canvas.cursor_key or "").partition(":")
        chosen = self.choosing.decisions if kind == "decision" else self.choosing.fields
        if name in chosen:
            self._choose("keeper" if chosen[name] == "loser" else "loser")
        elif name:
            self.app.bell()
            self._say(_("Kies met pijl links of rechts wat blijft."))

    def _say(self, said: str) -> None:
        self.said = said
        self.draw()
