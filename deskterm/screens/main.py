"""The main screen: menu bar, title, a place in the middle, notice, buttons and keys."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.screen import Screen

from deskterm.keys import BY_ID, Where
from deskterm.screens.desk_place import DeskPlace
from deskterm.screens.modules import MODULES
from deskterm.screens.place import Perform, Place
from deskterm.text import _, ngettext
from deskterm.widgets.bars import Piece, bar_row, piece_at, piece_spans
from deskterm.widgets.canvas import Canvas
from deskterm.widgets.sheet import BLANK, Look, Row, Span, pad, wrap

if TYPE_CHECKING:
    from deskterm.app import DesktermApp
    from deskterm.screens.common_actions import CommonActions
    from deskterm.screens.customer_place import CustomerPlace
    from deskterm.screens.enrolment.place import EnrolPlace
    from deskterm.screens.search_place import SearchPlace

WIDE = 130
"""From so many columns on the modules have their full names."""
FOOTER = {
    Where.DESK: ("help.show", "customer.search", "customer.previous", "menu.open", "palette",
                 "app.quit"),
    Where.SEARCH: ("help.show", "edit.cancel", "list.open", "search.clear", "desk.line"),
    Where.LIST: ("help.show", "edit.cancel", "list.open", "search.clear", "desk.line"),
    Where.CUSTOMER: ("help.show", "customer.search", "row.actions", "customer.loans", "menu.open",
                     "session.end"),
    Where.EDIT: ("help.show", "edit.save", "edit.cancel", "customer.switch"),
}  # fmt: skip
"""The keys shown at the bottom of each place."""


class MainScreen(Screen[None]):
    """The one screen of the desk; its middle is one of four places."""

    AUTO_FOCUS = ""
    search_place: "SearchPlace | None" = None
    enrol_place: "EnrolPlace | None" = None
    customer_place: "CustomerPlace"
    common: "CommonActions"

    def __init__(self) -> None:
        super().__init__()
        self.desk_place = DeskPlace()
        self.place: Place = self.desk_place
        self._notice: tuple[str, bool] = ("", False)
        self._waiting: tuple[str, ...] = ()

    @property
    def desk_app(self) -> "DesktermApp":
        return cast("DesktermApp", self.app)

    def compose(self) -> ComposeResult:
        yield Canvas(id="menu")
        yield Canvas(id="title")
        yield self.desk_place
        yield Canvas(id="notice")
        yield Canvas(id="buttons")
        yield Canvas(id="keys")

    def on_mount(self) -> None:
        self.draw_bars()
        self.set_focus(self.desk_place.line)

    async def mount_customer_place(self) -> None:
        """Load and mount what the first scan needs, after the first paint; keys wait for it."""
        from deskterm.screens.common_actions import CommonActions
        from deskterm.screens.customer_place import CustomerPlace

        self.common = CommonActions(self)
        self.customer_place = CustomerPlace()
        self.customer_place.display = False
        await self.mount(self.customer_place, before="#notice")

    async def mount_rest(self) -> None:
        """Mount what only searching and editing need: at leisure, or when they come first."""
        if self.search_place is None:
            from deskterm.screens.search_place import SearchPlace

            self.search_place = SearchPlace()
            self.search_place.display = False
            await self.mount(self.search_place, before="#notice")
            await self.customer_place.mount_form()

    async def mount_enrolment(self) -> None:
        """Mount what only enrolling needs, when somebody enrols."""
        if self.enrol_place is None:
            from deskterm.screens.enrolment.place import EnrolPlace

            self.enrol_place = EnrolPlace()
            self.enrol_place.display = False
            await self.mount(self.enrol_place, before="#notice")

    def on_resize(self) -> None:
        self.draw_bars()
        if self.desk_app.question is not None:
            self.desk_app.question.draw()

    async def go(self, name: str) -> None:
        """Show a place by its id."""
        if name == "search":
            await self.mount_rest()
        if name == "enrol":
            await self.mount_enrolment()
        places: dict[str, Place | None] = {
            "desk": self.desk_place,
            "search": self.search_place,
            "customer": self.customer_place,
            "enrol": self.enrol_place,
        }
        place = places[name] or self.desk_place
        if place is not self.place:
            self.place.display = False
            place.display = True
            self.place = place
        await place.enter()
        self.draw_bars()

    def performer(self, action_id: str) -> Perform | None:
        """The method that carries out an action here and now."""
        return self.place.performer(action_id) or self.common.performer(action_id)

    def why_not(self, action_id: str) -> str:
        """Why an action cannot be used here and now; empty when it can."""
        action = BY_ID.get(action_id)
        staff = self.desk_app.desk.staff if self.desk_app.ready else None
        if action is not None and action.right and staff and action.right not in staff.rights:
            return _("Hiervoor heeft u geen recht.")
        reason = self.place.why_not(action_id)
        if reason:
            return reason
        if self.performer(action_id) is None:
            return self.common.why_missing(action_id)
        return ""

    async def perform(self, action_id: str) -> None:
        """Carry out an action, or say why it cannot be."""
        reason = self.why_not(action_id)
        perform = self.performer(action_id)
        if reason or perform is None:
            self.desk_app.bell()
            self.say(reason, bad=True)
            return
        await perform()

    def say(self, text: str, *, bad: bool = False) -> None:
        """Show a sentence in the notice line."""
        self._notice = (text, bad)
        self._draw_notice()

    def show_waiting(self, codes: tuple[str, ...]) -> None:
        """Show the scans that wait, in front of any notice."""
        self._waiting = codes
        self._draw_notice()

    def _draw_notice(self) -> None:
        if not self.is_mounted:
            return
        width = self.app.size.width
        text, bad = self._notice
        if self._waiting:
            count = len(self._waiting)
            words = ngettext("{count} scan wacht", "{count} scans wachten", count)
            text = f"{words.format(count=count)}: {self._waiting[0]}{' …' if count > 1 else ''}"
            if self.place.where is Where.EDIT:
                text += "   " + _("Eerst opslaan (Ctrl+S) of annuleren (Esc).")
        look: Look = "bad" if bad and not self._waiting else "hint"
        rows = wrap(text, width - 1, look)[:2] or [BLANK]
        notice = self.query_one("#notice", Canvas)
        notice.styles.height = len(rows)
        notice.show([Row((Span(" "), *row.spans)) for row in rows])

    def draw_bars(self) -> None:
        """Draw everything around the place."""
        width = self.app.size.width
        self.query_one("#menu", Canvas).show((bar_row(self._modules(width), width),))
        self.draw_title()
        self.draw_buttons()
        self._draw_notice()
        self.query_one("#keys", Canvas).show((bar_row(self._key_pieces(), width),))

    @staticmethod
    def _modules(width: int) -> list[Piece]:
        return [
            Piece(str(index), _(menu.label if width >= WIDE else menu.short or menu.label))
            for index, menu in enumerate(MODULES)
        ]

    def draw_buttons(self) -> None:
        """Draw the bar of buttons of the place."""
        row = bar_row(self.place.buttons(), self.app.size.width)
        self.query_one("#buttons", Canvas).show((row,))

    def draw_title(self) -> None:
        """Draw the line of where one is, what is printed, and who works at which desk."""
        app, width = self.desk_app, self.app.size.width
        right = app.where_and_who()
        printing = app.print_status()
        heading, menus = [Span(f" {self.place.heading}", "title")], self._title_menus()
        status = [] if printing is None else [Span("  "), printing]
        left = [*heading, *menus, *status]
        # Who works here goes before the menus, which have keys and stand on F10 too.
        if _cells(left) + cell_len(right) + 2 > width:
            left = [*heading, *status]
        used = _cells(left)
        row = Row((*left, Span(" "), Span(pad(right, max(0, width - used - 2), right=True), "dim")))
        self.query_one("#title", Canvas).show((row,))

    def _title_menus(self) -> list[Span]:
        if self.place.id != "customer":
            return []
        names = ("menu.customer", "menu.close")
        letter = self.desk_app.keymap.alt_letter
        shown = [piece_spans(Piece("", _(BY_ID[name].label), letter(name)), "") for name in names]
        return [Span("   "), *shown[0], Span("  "), *shown[1]]

    def _key_pieces(self) -> Sequence[Piece]:
        keymap = self.desk_app.keymap
        return [
            Piece(name, f"{keymap.shown_key(name)} {_(BY_ID[name].label)}")
            for name in FOOTER[self.place.where]
            if keymap.shown_key(name)
        ]

    async def on_canvas_pressed(self, event: Canvas.Pressed) -> None:
        """A click on a bar does what its key does."""
        event.stop()
        width = self.app.size.width
        if event.canvas.id == "menu":
            piece = piece_at(self._modules(width), event.column, width)
            if piece:
                self.desk_app.work.start(self.common.open_modules(int(piece.key)))
        elif event.canvas.id in ("buttons", "keys"):
            bar = self.place.buttons() if event.canvas.id == "buttons" else self._key_pieces()
            piece = piece_at(bar, event.column, width)
            if piece:
                self.desk_app.work.start(self.perform(piece.key))


def _cells(spans: Sequence[Span]) -> int:
    return sum(cell_len(span.text) for span in spans)
