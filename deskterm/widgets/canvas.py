"""A widget that draws rows of text itself: one widget for a tab, a list, a bar.

Drawing a full tab this way takes a tenth of the time of mounting a widget per line, which is what
makes a customer appear at once. It has no focus and no bindings: the screens tell it what to do.
"""

from collections.abc import Sequence

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from deskterm.widgets.looks import paint
from deskterm.widgets.sheet import Look, Row

ABOVE, BELOW = "↑", "↓"
"""Signs that there are more rows than are shown."""


class Canvas(Widget):
    """Rows of spans, with an optional cursor on the rows that have a key, scrolled when longer.

    One that `tells_more` marks its first and last line when rows stand above or below them.
    """

    can_focus = False

    class Pressed(Message):
        """A row was clicked: its index, and the column within it."""

        def __init__(self, canvas: "Canvas", index: int, column: int) -> None:
            super().__init__()
            self.canvas = canvas
            self.index = index
            self.column = column

        @property
        def control(self) -> "Canvas":
            return self.canvas

    def __init__(
        self,
        *,
        id: str | None = None,
        classes: str | None = None,
        cursor: bool = False,
        tells_more: bool = False,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.rows: Sequence[Row] = ()
        self.top = 0
        self.has_cursor = cursor
        self.tells_more = tells_more
        self.cursor = -1
        self._styles_of: dict[Look, Style] = {}

    def show(self, rows: Sequence[Row], *, keep: bool = False) -> None:
        """Draw other rows; `keep` leaves scroll and cursor where they are as far as they fit."""
        self.rows = rows
        if not keep:
            self.top = 0
            self.cursor = -1
        self.top = max(0, min(self.top, len(rows) - 1))
        if self.has_cursor:
            self._settle_cursor()
        self.refresh()

    @property
    def cursor_key(self) -> str | None:
        """The key of the row that the cursor is on."""
        return self.rows[self.cursor].key if 0 <= self.cursor < len(self.rows) else None

    def put_cursor(self, key: str | None) -> None:
        """Put the cursor on the row with this key, if it is there, and scroll to it."""
        for index, row in enumerate(self.rows):
            if key is not None and row.key == key:
                self.cursor = index
        self._reveal()
        self.refresh()

    def move(self, step: int) -> None:
        """Move the cursor by so many rows that can hold it; scroll when there is no cursor."""
        stops = [index for index, row in enumerate(self.rows) if row.key is not None]
        if not (self.has_cursor and stops):
            self.scroll_rows(step)
            return
        here = stops.index(self.cursor) if self.cursor in stops else -1
        there = max(0, min(here + step, len(stops) - 1))
        if stops[there] == self.cursor:
            self.scroll_rows(step)
            return
        self.cursor = stops[there]
        self._reveal()
        self.refresh()

    def page(self, direction: int) -> None:
        """Move a window's height up (-1) or down (1)."""
        self.move(direction * max(1, self.size.height - 1))

    def scroll_rows(self, step: int) -> None:
        limit = max(0, len(self.rows) - self.size.height)
        top = max(0, min(self.top + step, limit))
        if top != self.top:
            self.top = top
            self.refresh()

    def _settle_cursor(self) -> None:
        if self.cursor_key is None:
            self.cursor = next((i for i, row in enumerate(self.rows) if row.key is not None), -1)
        self._reveal()

    def _reveal(self) -> None:
        height = self.size.height
        # Before it has a size there is nothing to scroll in; on_resize comes back here.
        if self.cursor >= 0 and height:
            self.top = min(self.top, self.cursor)
            self.top = max(self.top, self.cursor - height + 1)
        self.top = max(0, min(self.top, len(self.rows) - height))

    def on_resize(self) -> None:
        top = self.top
        self._reveal()
        # It may have been painted in its new size before this came.
        if self.top != top:
            self.refresh()

    def on_click(self, event: events.Click) -> None:
        index = self.top + event.y
        if index < len(self.rows):
            self.post_message(self.Pressed(self, index, event.x))

    def style_of(self, look: Look) -> Style:
        """The colours of a look on this widget."""
        known = self._styles_of.get(look)
        if known is None:
            # Textual works its own style out anew each time, from all that the widget lies on.
            colours, in_colour = self.app.theme_variables, not self.app.no_color
            known = paint(look, self.rich_style, colours, in_colour=in_colour)
            self._styles_of[look] = known
        return known

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._styles_of.clear()

    def render_line(self, y: int) -> Strip:
        strip = self._line(y)
        return self._marked(strip, y) if self.tells_more else strip

    def _marked(self, strip: Strip, y: int) -> Strip:
        """The line with a sign at its end that says there is more; it stands over blanks only."""
        last = self.size.height - 1
        if y == last and self.top + y < len(self.rows) - 1:
            sign = Strip([Segment(BELOW, self.style_of("dim"))])
        elif y == 0 and self.top:
            sign = Strip([Segment(ABOVE, self.style_of("dim"))])
        else:
            return strip
        width = self.size.width
        if strip.text.endswith(" "):
            return Strip.join([strip.crop(0, width - 1), sign])
        if strip.text.startswith(" "):
            return Strip.join([sign, strip.crop(1, width)])
        return strip

    def _line(self, y: int) -> Strip:
        width = self.size.width
        index = self.top + y
        if index >= len(self.rows):
            return Strip.blank(width, self.style_of(""))
        row = self.rows[index]
        if self.has_cursor and index == self.cursor:
            style = self.style_of("cursor")
            text = "".join(printable(span.text) for span in row.spans)
            return Strip([Segment(text, style)]).adjust_cell_length(width, style)
        segments = [Segment(printable(span.text), self.style_of(span.look)) for span in row.spans]
        fill = segments[-1].style if segments and row.spans[-1].look == "bar" else self.style_of("")
        return Strip(segments).adjust_cell_length(width, fill)


def printable(text: str) -> str:
    """The text with anything that a terminal would obey replaced by a mark: a last guard."""
    if text.isprintable():
        return text
    return "".join(character if character.isprintable() else "\ufffd" for character in text)
