"""The customer screen: block, numbered tabs, and the tab or list that is open."""

from collections.abc import Sequence

from textual.app import ComposeResult

from deskterm.keys import Where
from deskterm.scan import Mode
from deskterm.screens import editing, flows, overviews, row_menu
from deskterm.screens.address_help import AddressHelp
from deskterm.screens.block_rows import block_rows
from deskterm.screens.place import Place
from deskterm.screens.pump import Footing
from deskterm.screens.session import Session
from deskterm.screens.tabs import TABS
from deskterm.screens.tabs.tab import Tab
from deskterm.text import _
from deskterm.widgets.bars import Piece, bar_row, piece_at
from deskterm.widgets.canvas import Canvas
from deskterm.widgets.form import Form

NARROW = 100
"""Below so many columns the tabs have their short labels."""


class CustomerPlace(Place):
    """One customer, in read mode or being edited; the session holds the state."""

    def __init__(self) -> None:
        super().__init__(id="customer")
        self.session: Session | None = None
        self.addresses = AddressHelp(self, lambda: self.form)

    def compose(self) -> ComposeResult:
        yield Canvas(id="block")
        yield Canvas(id="tabs")
        yield Canvas(id="body", cursor=True, tells_more=True)

    @property
    def body(self) -> Canvas:
        return self.query_one("#body", Canvas)

    @property
    def form(self) -> Form:
        return self.query_one("#edit", Form)

    async def mount_form(self) -> None:
        """Mount the form, which nothing needs until the first Wijzig."""
        if not self.query(Form):
            await self.mount(Form(id="edit"))

    @property
    def editing(self) -> bool:
        return self.session is not None and self.session.editing

    @property
    def where(self) -> Where:  # type: ignore[override]
        return Where.EDIT if self.editing else Where.CUSTOMER

    @property
    def help_page(self) -> str:  # type: ignore[override]
        if self.editing:
            return "edit"
        if self.session and self.session.overview:
            return "family" if self.session.overview == "family" else "lists"
        return "cards" if self.tab.key == row_menu.CARDS else "customer"

    @property
    def heading(self) -> str:
        overview = self.session.overview if self.session else ""
        return overviews.title(overview) if overview else _("Klantenadministratie")

    @property
    def tab(self) -> Tab:
        """The tab that is open."""
        key = self.session.tab if self.session else "2"
        return next(tab for tab in TABS if tab.key == key)

    def tabs(self) -> list[Tab]:
        """The tabs this customer has."""
        return [tab for tab in TABS if self.session and tab.shown(self.session.view)]

    def footing(self) -> Footing:
        if not self.editing:
            return Footing(Mode.READ)
        field = self.form.field
        return Footing(Mode.EDIT, in_number_field=bool(field and field.number_field))

    def buttons(self) -> Sequence[Piece]:
        later = (
            ("customer.delete", _("Verwijder"), "V"),
            ("edit.start", _("Wijzig"), "W"),
            ("edit.cancel", _("Annuleer"), ""),
            ("edit.save", _("Opslaan"), ""),
            ("customer.quit", _("Quit"), "Q"),
            ("customer.series", _("Seriemutatie"), "S"),
            ("customer.enrol", _("Inschrijven"), "I"),
            ("customer.merge", _("Ontdubbelen"), "D"),
        )
        cancels = self.editing or bool(self.session and self.session.overview)
        return [
            Piece(a, label, letter, not self.why_not(a) and (a != "edit.cancel" or cancels))
            for a, label, letter in later
        ]

    def why_not(self, action_id: str) -> str:
        if action_id == "edit.save":
            return "" if self.editing else _("Kies eerst Wijzig (Alt+W).")
        if action_id == "edit.start" and self.session:
            return editing.why_not(self)
        return ""

    def show(self, session: Session) -> None:
        """Put this customer on the screen as its session was left."""
        self.keep_state()
        self.session = session
        self.draw()
        if session.editing:
            editing.mount_form(self)
        else:
            self._show_body()
            self.body.top = session.top
            self.body.put_cursor(session.cursor_key)

    def keep_state(self) -> None:
        """Remember scroll, cursor and what was typed, before another customer comes."""
        if self.session is None:
            return
        self.session.top = self.body.top
        self.session.cursor_key = self.body.cursor_key
        if self.session.editing:
            self.session.draft = self.form.changes()

    def draw(self) -> None:
        """Draw all of it: the block, the tabs, and the tab or list."""
        if self.session is None:
            return
        width = self.app.size.width
        self.query_one("#block", Canvas).show(block_rows(self.session.view.block, width))
        self.query_one("#tabs", Canvas).show((bar_row(self._strip(), width),))
        if not self.editing:
            self.draw_body()

    def draw_body(self, *, keep: bool = False) -> None:
        """Draw the tab or list that is open, in read mode."""
        if self.session is None:
            return
        width = self.app.size.width
        if self.session.overview:
            rows = overviews.rows(self.session, self.session.overview, width)
        else:
            rows = self.tab.read(self.session.view, width)
        self.body.show(rows, keep=keep)

    def _show_body(self) -> None:
        for form in self.query(Form):
            form.display = False
        self.body.display = True
        self.screen.set_focus(None)

    def _strip(self) -> list[Piece]:
        wide = self.app.size.width >= NARROW
        overview = self.session.overview if self.session else ""
        return [
            Piece(tab.key, f"{tab.key}.{_(tab.label if wide else tab.short)}",
                  current=not overview and tab is self.tab)
            for tab in self.tabs()
        ]  # fmt: skip

    def on_resize(self) -> None:
        self.draw()

    async def enter(self) -> None:
        if not self.editing:
            self.screen.set_focus(None)

    async def open_tab(self, key: str) -> None:
        """Open a numbered tab; while editing, what was typed is kept only by Opslaan."""
        session = self.session
        if session is None or key not in {tab.key for tab in self.tabs()}:
            return
        # What was said of the tab before is past; saving it on the way out says it anew.
        self.desk_app.say("")
        if session.editing and not await editing.leave(self):
            return
        if session.overview:
            session.overview = ""
            self.desk_app.main.draw_bars()
        session.tab = key
        self.draw()

    async def take_key(self, key: str, character: str | None) -> None:
        if self.editing:
            await editing.take_key(self, key, character)
        elif key in ("up", "down"):
            self.body.move(1 if key == "down" else -1)
        elif key in ("pageup", "pagedown"):
            self.body.page(1 if key == "pagedown" else -1)
        elif key in ("home", "end"):
            self.body.move(-len(self.body.rows) if key == "home" else len(self.body.rows))
        elif key == "enter" and self.body.cursor_key:
            self.desk_app.work.start(row_menu.enter(self))

    async def on_canvas_pressed(self, event: Canvas.Pressed) -> None:
        event.stop()
        if event.canvas.id == "tabs":
            piece = piece_at(self._strip(), event.column, self.app.size.width)
            if piece and piece.key:
                self.desk_app.work.start(self.open_tab(piece.key))
        elif event.canvas is self.body and self.body.rows[event.index].key:
            self.body.put_cursor(self.body.rows[event.index].key)

    async def act_edit_start(self) -> None:
        await editing.start(self)

    def on_form_left(self, event: Form.Left) -> None:
        event.stop()
        if self.editing:
            self.addresses.left(event.name)

    async def act_edit_address(self) -> None:
        await self.addresses.choose()

    async def act_edit_save(self) -> None:
        await self.addresses.settle()
        await editing.save(self)

    async def act_edit_cancel(self) -> None:
        """Annuleer while editing; else one step back, from a list to the tab it covers."""
        if self.editing:
            await editing.cancel(self)
        elif self.session and self.session.overview:
            self.session.overview = ""
            self.draw()
            self.desk_app.main.draw_bars()

    async def act_row_actions(self) -> None:
        await row_menu.open_menu(self)

    async def act_customer_quit(self) -> None:
        await flows.end_session(self.desk_app)

    async def act_customer_loans(self) -> None:
        await overviews.open_overview(self, "loans")

    async def act_customer_holds(self) -> None:
        await overviews.open_overview(self, "holds")

    async def act_customer_history(self) -> None:
        await overviews.open_overview(self, "history")

    async def act_customer_financial(self) -> None:
        await overviews.open_overview(self, "money")

    async def act_customer_settle(self) -> None:
        from deskterm.screens import settle  # at the first Afrekenen, not before the first scan

        if self.session is not None:
            await settle.settle(self.desk_app, self.session.actor_id)

    async def act_customer_series(self) -> None:
        from deskterm.screens.series import household

        await household.start(self)

    async def act_customer_enrol(self) -> None:
        from deskterm.screens.enrolment import walking

        if self.session is not None:
            await walking.start(self.desk_app, self.session.actor_id)

    async def act_customer_add_relative(self) -> None:
        from deskterm.screens.enrolment import walking

        if self.session is not None:
            await walking.start(self.desk_app, like=self.session.actor_id)

    async def act_customer_account(self) -> None:
        from deskterm.screens.accounts import menu

        await menu.open_menu(self)

    async def act_customer_print(self) -> None:
        from deskterm.screens.printing import menu

        await menu.open_menu(self)

    async def act_customer_viewers(self) -> None:
        from deskterm.screens.privacy import viewers

        if self.session is not None:
            name = self.session.view.block.display_name
            await viewers.show(self.desk_app, self.session.actor_id, name)

    async def act_customer_insight(self) -> None:
        from deskterm.screens.privacy import insight

        if self.session is not None:
            await insight.give(self.desk_app, self.session.actor_id)

    async def act_card_print(self) -> None:
        from deskterm.screens.printing import menu

        await menu.print_card(self)

    async def act_customer_deceased(self) -> None:
        from deskterm.screens.family import deceased

        await deceased.record(self)

    async def act_customer_family(self) -> None:
        await overviews.open_overview(self, "family")

    async def act_customer_merge(self) -> None:
        from deskterm.screens.merging import flow

        await flow.start(self)

    async def act_customer_delete(self) -> None:
        from deskterm.screens import removing

        await removing.remove(self)

    async def act_customer_undo(self) -> None:
        from deskterm.screens.undoing import choosing

        if self.session is not None:
            await choosing.undo(self.desk_app, self.session.actor_id)

    async def act_tab_next(self) -> None:
        await self._turn(1)

    async def act_tab_previous(self) -> None:
        await self._turn(-1)

    async def _turn(self, step: int) -> None:
        keys = [tab.key for tab in self.tabs()]
        await self.open_tab(keys[(keys.index(self.tab.key) + step) % len(keys)])
