"""The pop-up of Dubbele klanten: pairs that may be one person, the likeliest first."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from textual.app import ComposeResult

from deskterm import services
from deskterm.screens.merging.picking import candidate_rows, show_whole, why_row
from deskterm.screens.merging.side_by_side import HELP, WIDEST
from deskterm.screens.question import Question
from deskterm.text import _, ngettext
from deskterm.views.merging import FoundPair, Pair
from deskterm.widgets.canvas import Canvas
from deskterm.widgets.sheet import BLANK, Row, line

if TYPE_CHECKING:
    from deskterm.app import DesktermApp

PAGE = 50
"""Pairs whose rows are read at a time."""


@dataclass(slots=True)
class Listed:
    """The pairs that nobody has dealt with yet; the rows of the first ones are read."""

    found: list[FoundPair]
    pairs: list[Pair] = field(default_factory=list)
    """Row for row those that `found` begins with."""
    at: int = 0
    """Which pair the cursor is on."""

    async def read(self, app: "DesktermApp", begin: int = 0) -> None:
        """Read a page more from `begin` on; from nought, all that was read before anew."""
        while begin < len(self.found):
            asked = self.found[begin : max(len(self.pairs), begin + PAGE)]
            rows = await app.work.call(partial(services.merging.pair_rows, app.desk, asked))
            there = {(row.one.actor_id, row.other.actor_id) for row in rows}
            self.found[begin : begin + len(asked)] = [
                one for one in asked if (one.one_id, one.other_id) in there
            ]
            self.pairs[begin:] = rows
            if self.pairs:
                return

    def drop(self, pair: Pair) -> None:
        """Take a pair off the list; the next one comes in its place."""
        self.at = self.pairs.index(pair)
        del self.pairs[self.at], self.found[self.at]


class PairList(Question[Pair]):
    """A list of pairs; Enter answers with one, Alt+G takes one that is none off the list."""

    help_page = HELP
    input_rows = 3

    def __init__(self, listed: Listed, said: str = "") -> None:
        super().__init__()
        self.heading = _("Dubbele klanten")
        self.listed = listed
        self.said = said
        self.foot = Canvas(id="sums")

    @property
    def room(self) -> int:
        return min(WIDEST, max(20, self.app.size.width - 6))

    @property
    def chosen(self) -> Pair | None:
        """The pair that the cursor is on."""
        key = self.canvas.cursor_key
        return next((pair for pair in self.listed.pairs if _key(pair) == key), None)

    def inputs(self) -> ComposeResult:
        yield self.foot

    def content(self, width: int) -> Sequence[Row]:
        rows: list[Row] = []
        for pair in self.listed.pairs:
            rows += [*candidate_rows(pair.one, width, _key(pair)),
                     *candidate_rows(pair.other, width, None), why_row(pair.why, width),
                     BLANK]  # fmt: skip
        return rows[:-1] or [line(_("Er zijn geen paren meer."), width, "value")]

    def draw(self) -> None:
        super().draw()
        pairs, width = self.listed.pairs, self.room
        if pairs:
            self.canvas.put_cursor(_key(pairs[min(self.listed.at, len(pairs) - 1)]))
            self.call_after_refresh(show_whole, self.canvas)
        self.foot.show(self._foot(width))

    def _foot(self, width: int) -> list[Row]:
        count = len(self.listed.found)
        words = ngettext("Nog {count} paar.", "Nog {count} paren.", count).format(count=count)
        keys = _("Enter: naast elkaar   Alt+G: geen dubbele   Esc: terug")
        first = line(self.said or words, width, "title" if self.said else "dim")
        return [first, line(keys, width, "hint")]

    async def take_key(self, key: str, character: str | None) -> None:
        pair = self.chosen
        if key == "enter":
            if pair is not None:
                await self.answer(pair)
        elif key == "alt+g":
            if pair is not None:
                self.listed.drop(pair)
                self.desk_app.work.start(self._more())
        else:
            await super().take_key(key, character)
            show_whole(self.canvas)
            if self.chosen is not None:
                self.listed.at = self.listed.pairs.index(self.chosen)
            self.desk_app.work.start(self._more())

    async def _more(self) -> None:
        """Read on where the list comes to its end, and draw it as it is now."""
        listed = self.listed
        if listed.at >= len(listed.pairs) - 1 and len(listed.found) > len(listed.pairs):
            await listed.read(self.desk_app, len(listed.pairs))
        self.said = ""
        if self.is_mounted:
            self.draw()


def _key(pair: Pair) -> str:
    return f"{pair.one.actor_id}-{pair.other.actor_id}"
