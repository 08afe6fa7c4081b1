"""Zoek klant: a form whose fields must all match, with the results under it."""

from collections.abc import Callable, Sequence
from dataclasses import fields
from functools import partial

from textual.app import ComposeResult

from deskterm import services
from deskterm.keys import Where
from deskterm.scan import Mode
from deskterm.screens import flows, words
from deskterm.screens.found import FoundList
from deskterm.screens.place import Place
from deskterm.screens.pump import Footing
from deskterm.screens.session import LastList
from deskterm.text import _
from deskterm.views.forms import SearchForm
from deskterm.views.lists import FoundPage
from deskterm.widgets.bars import Piece
from deskterm.widgets.fields import Field
from deskterm.widgets.form import TYPED, Form


class SearchPlace(Place):
    """The search screen: cursor in the form, or in the list once something was found."""

    def __init__(self) -> None:
        super().__init__(id="search")
        self.in_list = False
        self.searched: SearchForm | None = None
        self._asked = 0

    def compose(self) -> ComposeResult:
        yield Form()
        yield FoundList()

    @property
    def form(self) -> Form:
        return self.query_one(Form)

    @property
    def found(self) -> FoundList:
        return self.query_one(FoundList)

    @property
    def where(self) -> Where:  # type: ignore[override]
        return Where.LIST if self.in_list else Where.SEARCH

    @property
    def help_page(self) -> str:  # type: ignore[override]
        return "results" if self.in_list else "search"

    @property
    def heading(self) -> str:
        return _("Zoek klant")

    def footing(self) -> Footing:
        if self.in_list:
            return Footing(Mode.READ)
        field = self.form.field
        in_number_field = bool(field and field.number_field)
        return Footing(Mode.EDIT, in_number_field=in_number_field, nothing_to_lose=True)

    def buttons(self) -> Sequence[Piece]:
        return (
            Piece("list.open", _("OK"), "O", enabled=bool(self.found.customers)),
            Piece("search.clear", _("Wis velden")),
            Piece("desk.line", _("Terug naar balie")),
        )

    async def enter(self) -> None:
        if not self.form.fields:
            await words.load(self.desk_app)
            self.form.load(self._fields())
        if self.in_list:
            self.screen.set_focus(None)
        else:
            self.form.go_to(self.form.current)

    async def start(self, field: str = "name") -> None:
        """A fresh search, with the cursor in one of the fields."""
        self.clear()
        names = [one.name for one in self.form.fields]
        if field in names:
            self.form.go_to(names.index(field))

    def clear(self) -> None:
        """Empty fields, empty list."""
        self._asked += 1
        self.in_list, self.searched = False, None
        if self.form.fields:
            self.form.load(self._fields())
        self.found.clear()
        self.desk_app.main.draw_bars()

    def _fields(self) -> list[Field]:
        branches = tuple((word.code, word.name) for word in self.desk_app.words["branch"])
        return [
            Field("name", _("Naam"), width=18),
            Field("given_name", _("Voornaam/-letters"), width=18),
            Field("born", _("Geboortedatum"), kind="date", width=12),
            Field("number", _("Nummer"), width=18, number_field=True),
            Field("postcode", _("Postcode"), width=10),
            Field("house_number", _("Huisnummer"), width=10),
            Field("street", _("Straat"), width=18),
            Field("place", _("Plaats"), width=18),
            Field("phone", _("Telefoon"), width=18),
            Field("email", _("E-mail"), width=18),
            Field("external_number", _("Extern nummer"), width=18),
            Field("item_number", _("Exemplaarnummer"), width=18, number_field=True),
            Field("branch", _("Vestiging"), kind="choice", choices=(("", _("alle")), *branches),
                  width=16),
            Field("include_ended", _("Ook uitgeschreven"), kind="flag", value="1", width=6),
        ]  # fmt: skip

    def asked_for(self) -> SearchForm:
        """The form as it is filled in now."""
        self.form.take_typing()
        values = self.form.values
        texts = {one.name: values[one.name] for one in fields(SearchForm)
                 if one.name != "include_ended"}  # fmt: skip
        return SearchForm(**texts, include_ended=values["include_ended"] == "1")

    async def take_key(self, key: str, character: str | None) -> None:
        if self.in_list:
            await self._key_in_list(key)
            return
        field = self.form.field
        if key == "enter":
            self.desk_app.work.start(self._search())
        elif key in ("tab", "down"):
            self.form.step(1)
        elif key in ("shift+tab", "up"):
            self.form.step(-1)
        elif key in ("pagedown", "pageup") and self.found.customers:
            self._into_list()
        elif field is not None and field.kind in TYPED:
            await self.desk_app.type_key(key, character)
        elif key in ("space", "right", "left"):
            self.form.turn(-1 if key == "left" else 1)
        elif character:
            self.form.pick(character)

    async def _key_in_list(self, key: str) -> None:
        canvas = self.found.canvas
        if key in ("up", "down"):
            canvas.move(1 if key == "down" else -1)
        elif key in ("pageup", "pagedown"):
            canvas.page(1 if key == "pagedown" else -1)
        elif key == "enter":
            self.desk_app.work.start(self.act_list_open())
        if self.found.at_end:
            self.desk_app.work.start(self._more())

    async def act_edit_cancel(self) -> None:
        """A step back: from the list to the fields, to empty fields, to the desk line."""
        if self.in_list:
            self.in_list = False
            self.form.go_to(self.form.current)
            self.desk_app.main.draw_bars()
        elif self.form.changes():
            self.clear()
        else:
            await self.desk_app.main.go("desk")

    async def act_edit_save(self) -> None:
        """The primary button here is searching."""
        await self._search()

    async def act_list_open(self) -> None:
        if self.found.chosen is not None:
            chosen = self.found.chosen
            self.desk_app.last_list = LastList("search", "", self.found.page, chosen)
            number = self.searched.number if self.searched else ""
            await flows.open_customer(self.desk_app, chosen, number)

    async def act_customer_family(self) -> None:
        """Who lives with the customer that the cursor is on."""
        if self.found.chosen is not None:
            chosen = self.found.chosen
            self.desk_app.last_list = LastList("search", "", self.found.page, chosen)
            await flows.show_family(self.desk_app, chosen)

    async def act_search_clear(self) -> None:
        self.clear()

    async def on_form_changed(self, event: Form.Changed) -> None:
        event.stop()
        self._asked += 1
        if len(event.value.strip()) >= 3 or event.name in ("branch", "include_ended"):
            listing: Callable[[], object] = partial(self._list_while_typing, self._asked)
            self.run_worker(listing, exit_on_error=False)

    async def _list_while_typing(self, turn: int) -> None:
        app, asked = self.desk_app, self.asked_for()
        try:
            page = await app.work.look_up(lambda: services.finding.search(app.desk, asked))
        except services.errors.FormFaults:
            return
        if turn == self._asked:
            self._show(asked, page)

    async def _search(self) -> None:
        app, asked = self.desk_app, self.asked_for()
        self._asked += 1
        if asked.is_item:
            await flows.open_by_item(app, asked.item_number)
            return
        if asked != self.searched:
            try:
                page = await app.work.call(lambda: services.finding.search(app.desk, asked))
            except services.errors.FormFaults as faults:
                self.form.show_faults(dict(faults.faults))
                app.say(faults.sentence, bad=True)
                return
            self._show(asked, page)
        app.say(self.found.count_text)
        if len(self.found.customers) == 1 and self.found.next_key is None:
            await self.act_list_open()
        elif self.found.customers:
            self._into_list()

    def _show(self, asked: SearchForm, page: FoundPage) -> None:
        self.searched = asked
        self.found.load(page, _("Niets gevonden."))
        self.desk_app.main.draw_bars()

    def _into_list(self) -> None:
        self.in_list = True
        self.screen.set_focus(None)
        self.desk_app.main.draw_bars()

    async def _more(self) -> None:
        app, asked, after = self.desk_app, self.searched, self.found.next_key
        if asked is not None:
            page = await app.work.call(
                lambda: services.finding.search(app.desk, asked, after=after)
            )
            self.found.add(page)
