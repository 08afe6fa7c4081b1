"""The data step of an enrolment: a form, with who may be the same person below it."""

from collections.abc import Sequence

from textual.app import ComposeResult

from deskterm.keys import Where
from deskterm.scan import Mode
from deskterm.screens.address_help import AddressHelp
from deskterm.screens.enrolment import helping, keeping, leaving, walking
from deskterm.screens.enrolment.data_fields import CARD, USE_ACCOUNT, data_fields
from deskterm.screens.enrolment.questions import described
from deskterm.screens.enrolment.walk import Walk
from deskterm.screens.place import Place
from deskterm.screens.pump import Footing
from deskterm.text import _, ngettext
from deskterm.views.enrolment import Candidate
from deskterm.widgets.bars import Piece
from deskterm.widgets.canvas import Canvas
from deskterm.widgets.form import TYPED, Form
from deskterm.widgets.sheet import Row, line


class EnrolPlace(Place):
    """Nieuwe klant toevoegen and Herinschrijven; `walk` is None when nobody is being enrolled."""

    where = Where.EDIT
    help_page = "enrol"

    def __init__(self) -> None:
        super().__init__(id="enrol")
        self.walk: Walk | None = None
        self.candidates: tuple[Candidate, ...] = ()
        self.helper = helping.Helper(self)
        self.addresses = AddressHelp(self, lambda: self.form)
        self._kept: dict[str, object] = {}

    def compose(self) -> ComposeResult:
        yield Canvas(id="enrol-who")
        yield Form()
        yield Canvas(id="enrol-alike")

    @property
    def form(self) -> Form:
        return self.query_one(Form)

    @property
    def heading(self) -> str:
        return _("Nieuwe klant toevoegen")

    def footing(self) -> Footing:
        field = self.form.field
        return Footing(Mode.EDIT, in_number_field=bool(field and field.number_field))

    def buttons(self) -> Sequence[Piece]:
        return (
            Piece("edit.cancel", _("Een stap terug")),
            Piece("edit.save", _("OK, Vervolg")),
            Piece("customer.quit", _("Quit"), "Q"),
            Piece("row.actions", _("Al bekend?"), enabled=bool(self.candidates)),
        )

    def why_not(self, action_id: str) -> str:
        if action_id == "row.actions" and not self.candidates:
            return _("Er is niemand gevonden die hierop lijkt.")
        return ""

    def load(self, walk: Walk) -> None:
        """Show the data form of a walk, with what was typed before."""
        self.walk, self.candidates, self._kept = walk, (), walk.payload()
        account = "1" if walk.use_account else ""
        self.form.load(
            data_fields(walk, self.desk_app.words),
            {**walk.typed, CARD: walk.card, USE_ACCOUNT: account},
        )
        self.draw()
        self.helper.ask_again()
        self.addresses.begin()

    def take(self) -> Walk:
        """The walk with what the form holds now."""
        if self.walk is None:
            raise ValueError("nobody is being enrolled")
        typed = self.form.changes()
        self.walk.card = self.form.values[CARD]
        self.walk.use_account = self.form.values[USE_ACCOUNT] == "1"
        typed.pop(CARD, None)
        typed.pop(USE_ACCOUNT, None)
        self.walk.typed = typed
        return self.walk

    def draw(self) -> None:
        """Draw who it is about above the form, and who may be the same below it."""
        walk, width = self.walk, self.app.size.width
        if walk is None:
            return
        self.query_one("#enrol-who", Canvas).show((line(f" {self._who(walk)}", width, "title"),))
        self.query_one("#enrol-alike", Canvas).show(self._alike(width))
        self.desk_app.main.draw_buttons()

    def _who(self, walk: Walk) -> str:
        kinds = {word.code: word.name for word in self.desk_app.words.get("customer_type", ())}
        code = walk.start.customer_type
        kind = f"{code} - {kinds.get(code, '')}"
        if walk.is_new:
            return _("Nieuwe klant met klanttype {kind}").format(kind=kind)
        card = walk.start.card_number
        words = _("Herinschrijven {card} [{number}] met klanttype {kind}")
        return words.format(card=card, number=walk.start.actor_id, kind=kind)

    def _alike(self, width: int) -> list[Row]:
        if not self.candidates:
            return [
                line(
                    _(" * moet ingevuld worden   Pas: scan, V = nieuw nummer, P = later"),
                    width,
                    "dim",
                )
            ]
        count, first = len(self.candidates), self.candidates[0]
        words = ngettext(
            " Al bekend? {count} klant lijkt hierop; F8 toont wie.",
            " Al bekend? {count} klanten lijken hierop; F8 toont wie.",
            count,
        )
        return [
            line(words.format(count=count), width, "bad"),
            line(f" {first.name}  {described(first)[0]}", width, "dim"),
        ]

    def on_resize(self) -> None:
        self.draw()

    async def enter(self) -> None:
        self.form.go_to(self.form.current)

    async def take_key(self, key: str, character: str | None) -> None:
        form, field = self.form, self.form.field
        if key in ("enter", "tab", "down", "shift+tab", "up"):
            form.step(-1 if key in ("shift+tab", "up") else 1)
            self.desk_app.work.start(self.keep())
        elif field is not None and field.kind in TYPED:
            await self.desk_app.type_key(key, character)
        elif key in ("space", "right", "left"):
            form.turn(-1 if key == "left" else 1)
        elif character:
            form.pick(character)

    async def keep(self) -> None:
        """Keep what was typed as a draft, as when a field is left: a dropped line loses no more."""
        if self.walk is None:
            return
        payload = self.take().payload()
        if payload != self._kept:
            self._kept = payload
            await keeping.keep(self.desk_app, self.walk)

    async def on_form_changed(self, event: Form.Changed) -> None:
        event.stop()
        if self.walk is None:
            return
        if event.name == "sex":
            self.form.require(self.walk.start.needed(event.value))
        self.helper.changed(event.name, event.value)

    def on_form_left(self, event: Form.Left) -> None:
        event.stop()
        if self.walk is not None:
            self.addresses.left(event.name)

    async def act_edit_address(self) -> None:
        await self.addresses.choose()

    async def act_edit_save(self) -> None:
        """OK, Vervolg."""
        await self.addresses.settle()
        await walking.go_on(self)

    async def act_edit_cancel(self) -> None:
        """One step back: to the customer type, and from there out of the enrolment."""
        await walking.back_to_type(self)

    async def act_row_actions(self) -> None:
        await walking.show_alike(self)

    async def act_customer_quit(self) -> None:
        await leaving.leave(self)

    async def act_session_end(self) -> None:
        await leaving.leave(self)
