"""Whom a series is for: the list on the screen, numbers, a kept search, a search word, a file."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from deskterm import services
from deskterm.rules.rights import Right
from deskterm.screens.asks import Choice, Choose, Confirm, TypeIn
from deskterm.screens.printing.batch import listed
from deskterm.screens.question import Question
from deskterm.text import _, ngettext
from deskterm.views.series import KeptSearch, Selection
from deskterm.widgets.sheet import BLANK, Row, line, wrap
from deskterm.widgets.steady_input import SteadyInput

if TYPE_CHECKING:
    from deskterm.app import DesktermApp

LIST, NUMBERS, SEARCH, TAG, FILE = "list", "numbers", "search", "tag", "file"
LONGEST = 100_000
"""Characters that can be pasted at once: six thousand card numbers."""


class NumberInput(SteadyInput):
    """An input that takes every line of what is pasted; Textual's own keeps the first."""

    def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        self.insert_text_at_cursor(" ".join(event.text.split()))


class Numbers(Question[tuple[str, ...]]):
    """Numbers that are typed, pasted or scanned one after the other; Ctrl+S goes on with them."""

    help_page = "series"
    takes_text = True
    in_number_field = True
    input_rows = 3

    def __init__(self) -> None:
        super().__init__()
        self.heading = _("Seriemutatie: nummers")
        self.numbers: list[str] = []

    def inputs(self) -> ComposeResult:
        with Vertical(id="inputs"):
            field = NumberInput(id="in-number", compact=True, max_length=LONGEST)
            field.border_title = _("Pasnummer of actor-id")
            yield field

    def prepare(self) -> None:
        self.screen.set_focus(self.query_one(Input))

    def content(self, width: int) -> Sequence[Row]:
        words = ngettext("{count} nummer", "{count} nummers", len(self.numbers))
        last = self.numbers[-8:]
        return [
            *wrap(_("Scan, typ of plak nummers; Enter neemt ze op."), width, "value"),
            line(words.format(count=len(self.numbers)), width, "title"),
            *(line(f"  {number}", width, "value") for number in last),
            *(BLANK for _place in range(8 - len(last))),
            line(_("Enter: opnemen   Ctrl+S: verder   Esc: terug"), width, "hint"),
        ]

    async def take_key(self, key: str, character: str | None) -> None:
        if key == "enter":
            self._take()
        elif key == "escape":
            await self.answer(None)
        else:
            await self.desk_app.type_key(key, character)

    async def submit(self) -> None:
        self._take()
        if self.numbers:
            await self.answer(tuple(self.numbers))

    def _take(self) -> None:
        field = self.query_one(Input)
        typed = field.value.replace(",", " ").replace(";", " ").split()
        self.numbers += [one for one in dict.fromkeys(typed) if one not in self.numbers]
        field.value = ""
        self.draw()


class KeptSearches(Choose):
    """The searches that were kept; Alt+V throws the one under the cursor away."""

    help_page = "series"

    def __init__(self, kept: Sequence[KeptSearch]) -> None:
        hint = _("Enter: kiezen   Alt+V: weggooien   Esc: terug")
        super().__init__(
            _("Bewaarde zoekvragen"), (hint,), [Choice(one.name, one.name) for one in kept]
        )

    async def take_key(self, key: str, character: str | None) -> None:
        name = self.canvas.cursor_key
        if key == "alt+v" and name is not None:
            self.desk_app.work.start(self._drop(name))
        else:
            await super().take_key(key, character)

    async def _drop(self, name: str) -> None:
        app = self.desk_app
        words = _("Zoekvraag {name} weggooien?").format(name=name)
        if await app.ask(Confirm(_("Weggooien"), (words,))) == "yes":
            await app.work.call(lambda: services.searches.drop(app.desk, name))
            self.choices = [one for one in self.choices if one.code != name]
            self.draw()


async def choose(app: "DesktermApp") -> Selection | None:
    """Have customers chosen one way or another; None when staff step back."""
    choices = [
        Choice(LIST, _("De klanten in de lijst op het scherm"), why_not=_why_no_list(app)),
        Choice(NUMBERS, _("Nummers: scannen, typen of plakken")),
        Choice(SEARCH, _("Een bewaarde zoekvraag")),
        Choice(TAG, _("Een klas of groep (Zoekwoord)")),
    ]
    if app.desk.staff and Right.IMPORT in app.desk.staff.rights:
        choices.append(Choice(FILE, _("Een bestand met nummers")))
    question = Choose(_("Seriemutatie van een selectie"), (), choices)
    question.help_page = "series"
    ways = {LIST: _listed, NUMBERS: _numbers, SEARCH: _kept, TAG: _tagged, FILE: _file}
    chosen = await app.ask(question)
    return await ways[chosen](app) if chosen else None


def _why_no_list(app: "DesktermApp") -> str:
    return "" if listed(app) else _("Zoek eerst klanten (F2).")


async def _listed(app: "DesktermApp") -> Selection | None:
    """All that the search on the screen finds, also what is not shown yet."""
    place = app.main.search_place
    if place is not None and app.main.place is place and place.searched is not None:
        form = place.searched
        return await app.work.call(lambda: services.series.of_search(app.desk, form))
    numbers = " ".join(str(one.actor_id) for one in listed(app))
    return await app.work.call(lambda: services.series.of_numbers(app.desk, numbers))


async def _numbers(app: "DesktermApp") -> Selection | None:
    numbers = await app.ask(Numbers())
    if not numbers:
        return None
    return await app.work.call(lambda: services.series.of_numbers(app.desk, " ".join(numbers)))


async def _kept(app: "DesktermApp") -> Selection | None:
    kept = await app.work.call(lambda: services.searches.kept(app.desk))
    if not kept:
        app.say(_("Er is nog geen zoekvraag bewaard. Dat kan op het zoekscherm (F2)."), bad=True)
        return None
    name = await app.ask(KeptSearches(kept))
    form = next((one.form for one in kept if one.name == name), None)
    if form is None:
        return None
    return await app.work.call(lambda: services.series.of_search(app.desk, form))


async def _tagged(app: "DesktermApp") -> Selection | None:
    tags = await app.work.call(lambda: services.series.tags(app.desk))
    if not tags:
        app.say(_("Geen enkele klant heeft een zoekwoord (tab 2)."), bad=True)
        return None
    choices = [
        Choice(
            tag, tag, note=ngettext("{count} klant", "{count} klanten", count).format(count=count)
        )
        for tag, count in tags
    ]
    tag = await app.ask(Choose(_("Klas of groep"), (), choices))
    if tag is None:
        return None
    return await app.work.call(lambda: services.series.of_tag(app.desk, tag))


async def _file(app: "DesktermApp") -> Selection | None:
    fields = (("file", _("Bestand"), False),)
    typed = await app.ask(TypeIn(_("Bestand met nummers"), (), fields))
    if not typed or not typed["file"].strip():
        return None
    path = Path(typed["file"].strip()).expanduser()
    return await app.work.call(lambda: services.series.of_file(app.desk, path))


async def keep_search(app: "DesktermApp") -> None:
    """Zoekvraag bewaren: the search on the screen, under a name."""
    place = app.main.search_place
    if place is None or app.main.place is not place:
        app.say(_("Zoek eerst klanten (F2)."), bad=True)
        return
    form = place.asked_for()
    fields = (("name", _("Naam van de zoekvraag"), False),)
    typed = await app.ask(TypeIn(_("Zoekvraag bewaren"), (), fields))
    if typed is None:
        return
    await app.work.call(lambda: services.searches.keep(app.desk, typed["name"], form))
    app.say(_("Zoekvraag {name} is bewaard.").format(name=typed["name"].strip()))
