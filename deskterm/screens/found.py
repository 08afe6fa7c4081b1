"""A result list that grows by pages: what the desk line and the search screen both show."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message

from deskterm.text import _, ngettext
from deskterm.widgets.canvas import Canvas
from deskterm.widgets.sheet import Row, line

if TYPE_CHECKING:
    from deskterm.views.lists import FoundCustomer, FoundPage


class FoundRows(Canvas):
    """The rows, which tell the list above them when the cursor goes to another customer."""

    def move(self, step: int) -> None:
        super().move(step)
        self.post_message(FoundList.Moved())

    def put_cursor(self, key: str | None) -> None:
        super().put_cursor(key)
        self.post_message(FoundList.Moved())


class FoundList(Vertical):
    """Customers that were found, with a cursor; `load` replaces, `add` appends a page.

    Where the columns are too few for all, a line below has the rest of the one with the cursor.
    """

    class Moved(Message):
        """The cursor went to another customer."""

    def __init__(self) -> None:
        super().__init__()
        self.customers: list[FoundCustomer] = []
        self.next_key: str | None = None
        self.note = ""

    def compose(self) -> ComposeResult:
        yield Canvas(classes="heading")
        yield FoundRows(classes="rows", cursor=True, tells_more=True)
        yield Canvas(classes="rest")

    @property
    def canvas(self) -> Canvas:
        return self.query_one(".rows", FoundRows)

    def load(self, page: "FoundPage", note: str = "") -> None:
        """Show the first page of other results."""
        self.customers = list(page.rows)
        self.next_key = page.next_key
        self.note = note
        self._draw(keep=False)

    def add(self, page: "FoundPage") -> None:
        """Append the following page."""
        self.customers.extend(page.rows)
        self.next_key = page.next_key
        self._draw(keep=True)

    def clear(self, note: str = "") -> None:
        """Empty the list."""
        self.customers, self.next_key, self.note = [], None, note
        self._draw(keep=False)

    @property
    def page(self) -> "FoundPage":
        """All that was fetched, as one page."""
        from deskterm.views.lists import FoundPage

        return FoundPage(tuple(self.customers), self.next_key)

    @property
    def chosen(self) -> int | None:
        """The actor-id that the cursor is on."""
        key = self.canvas.cursor_key
        return int(key) if key else None

    @property
    def at_end(self) -> bool:
        """Whether the cursor is on the last row while there is more to fetch."""
        last = self.customers[-1].actor_id if self.customers else None
        return self.next_key is not None and self.chosen == last

    def on_resize(self) -> None:
        self._draw(keep=True)

    def on_found_list_moved(self, event: Moved) -> None:
        event.stop()
        self._draw_rest()

    def _draw_rest(self) -> None:
        """Draw what the row of the cursor has no column for, unless there is room for all."""
        chosen, rest = self.chosen, self.query_one(".rest", Canvas)
        of = next((one for one in self.customers if one.actor_id == chosen), None)
        if of is None:
            rest.display = False
            return
        from deskterm.screens.lists import found

        width = self.size.width or self.app.size.width
        rest.display = width < found.WIDE
        rest.show((found.rest(of, width),))

    def _draw(self, *, keep: bool) -> None:
        width = self.size.width or self.app.size.width
        top: Sequence[Row] = (line(self.note, width, "dim"),) if self.note else ()
        rows: Sequence[Row] = ()
        if self.customers:
            from deskterm.screens.lists import found

            top, rows = (found.header(width),), found.rows(self.customers, width)
        self.query_one(".heading", Canvas).show(top)
        self.canvas.show(rows, keep=keep)
        self._draw_rest()

    @property
    def count_text(self) -> str:
        """How many customers are in the list: `12 klanten gevonden`, or `100+`."""
        count = len(self.customers)
        if not count:
            return _("Geen klanten gevonden")
        more = "+" if self.next_key else ""
        words = ngettext("{count}{more} klant gevonden", "{count}{more} klanten gevonden", count)
        return words.format(count=count, more=more)
