"""The start: one line that takes cards, numbers and names, and the list under it while typing.

This is what the first paint needs, so what only an answer needs is imported by the methods.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.widgets import Input

from deskterm import services
from deskterm.keys import Where
from deskterm.screens.found import FoundList
from deskterm.screens.place import Place
from deskterm.screens.session import LastList
from deskterm.text import _
from deskterm.widgets.bars import Piece
from deskterm.widgets.canvas import Canvas
from deskterm.widgets.sheet import BLANK, Row, Span, line
from deskterm.widgets.steady_input import SteadyInput

if TYPE_CHECKING:
    from deskterm.screens.pump import Footing
    from deskterm.views.lists import FoundPage

LETTERS_BEFORE_LISTING = 3


class DeskPlace(Place):
    """The desk line. It is empty and has the cursor whenever the desk is ready for the next."""

    where = Where.DESK
    help_page = "desk"

    def __init__(self) -> None:
        super().__init__(id="desk")
        self.listed = ""
        """The text whose results are in the list."""
        self.offered = ""
        """The text whose list staff had before them by Enter or an arrow: Enter opens its row."""
        self.unknown = ""
        """What was typed or scanned last and is nobody: it may be the card or name of a new one."""
        self._asked = 0

    def compose(self) -> ComposeResult:
        yield Canvas(id="welcome")
        yield SteadyInput(id="line", compact=True, max_length=200)
        yield FoundList()

    @property
    def heading(self) -> str:
        return _("Balie")

    @property
    def line(self) -> Input:
        return self.query_one("#line", Input)

    @property
    def found(self) -> FoundList:
        return self.query_one(FoundList)

    def on_mount(self) -> None:
        self.draw_welcome()

    def on_resize(self) -> None:
        self.draw_welcome()

    def draw_welcome(self) -> None:
        """What the line takes."""
        width = self.app.size.width
        rows: list[Row] = [
            BLANK,
            line(_(" Scan een pas, of typ een nummer of (een deel van) een naam."), width, "value"),
            line(_(" V = vorige klant   F2 = uitgebreid zoeken   F1 = hulp"), width, "dim"),
            BLANK,
            Row((Span(_(" klantnummer of naam"), "label"),)),
        ]
        self.query_one("#welcome", Canvas).show(rows)

    def footing(self) -> "Footing":
        from deskterm.scan import Mode
        from deskterm.screens.pump import Footing

        return Footing(Mode.DESK_LINE)

    def buttons(self) -> Sequence[Piece]:
        return (
            Piece("customer.search", _("Zoek klant"), "z"),
            Piece("customer.previous", _("Vorige klant")),
            Piece("customer.switch", _("Wissel klant")),
            Piece("customer.add", _("Nieuwe klant"), "t"),
            Piece("list.open", _("OK"), "O", enabled=bool(self.found.customers)),
            Piece("user.switch", _("Wissel gebruiker")),
        )

    async def enter(self) -> None:
        self.screen.set_focus(self.line)

    async def take_key(self, key: str, character: str | None) -> None:
        if key == "enter":
            self.desk_app.work.start(self._submit())
        elif key in ("up", "down", "pageup", "pagedown"):
            await self._move(key)
        else:
            await self.desk_app.type_key(key, character)

    async def act_list_open(self) -> None:
        from deskterm.screens import flows

        if self.found.chosen is not None:
            chosen = self.found.chosen
            self.desk_app.last_list = LastList("desk", self.listed, self.found.page, chosen)
            await flows.open_customer(self.desk_app, chosen)

    async def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        text = event.value.strip()
        if text == self.listed:
            return
        self._asked += 1
        if len(text) < LETTERS_BEFORE_LISTING or not text.lstrip("*")[:1].isalpha():
            self.clear_list()
            return
        listing: Callable[[], object] = partial(self._list_while_typing, text, self._asked)
        self.run_worker(listing, exit_on_error=False)

    async def _list_while_typing(self, text: str, turn: int) -> None:
        """Fill the list beside the typing; an answer that came too late is not shown."""
        app = self.desk_app
        if not app.ready:
            return
        page = await app.work.look_up(lambda: services.finding.find(app.desk, text))
        if turn == self._asked and self.line.value.strip() == text:
            self.show_page(text, page)

    def show_page(self, text: str, page: "FoundPage") -> None:
        """Show what was found for a text; the line keeps the text and the cursor."""
        self.listed = text
        self.found.load(page, _("Niets gevonden voor {text}").format(text=text))
        self.desk_app.main.draw_buttons()

    def reset(self) -> None:
        """Empty the line and the list: ready for the next customer."""
        self._asked += 1
        self.unknown = ""
        self.line.value = ""
        self.clear_list()

    def clear_list(self) -> None:
        if self.listed or self.found.customers or self.found.note:
            self.listed = self.offered = ""
            self.found.clear()
            self.desk_app.main.draw_buttons()

    async def _submit(self) -> None:
        from deskterm.screens import flows

        text = self.line.value.strip()
        if self.found.chosen is not None and text == self.listed == self.offered:
            await self.act_list_open()
        elif text:
            # The list may have come before or after this Enter: either way it only offers.
            self.offered = text
            await flows.open_text(self.desk_app, text)

    async def _move(self, key: str) -> None:
        canvas = self.found.canvas
        self.offered = self.listed
        if key.startswith("page"):
            canvas.page(1 if key == "pagedown" else -1)
        else:
            canvas.move(1 if key == "down" else -1)
        if self.found.at_end:
            self.desk_app.work.start(self._more())

    async def _more(self) -> None:
        app, text, after = self.desk_app, self.listed, self.found.next_key
        page = await app.work.call(lambda: services.finding.find(app.desk, text, after=after))
        self.found.add(page)

    async def act_customer_family(self) -> None:
        """Who lives with the customer that the cursor is on."""
        from deskterm.screens import flows

        if self.found.chosen is not None:
            chosen = self.found.chosen
            self.desk_app.last_list = LastList("desk", self.listed, self.found.page, chosen)
            await flows.show_family(self.desk_app, chosen)

    async def act_scans_drop(self) -> None:
        """Esc empties the line; in an empty one it offers to drop the scans that wait."""
        from deskterm.screens import flows

        if self.line.value or self.found.customers:
            self.reset()
        else:
            await flows.offer_to_drop_scans(self.desk_app)
