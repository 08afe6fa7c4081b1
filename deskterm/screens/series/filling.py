"""What everybody of a selection gets: the fields with their new values, chosen one by one."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from deskterm import services
from deskterm.screens.asks import Choice, Choose
from deskterm.screens.question import Question
from deskterm.screens.series.inputs import ask_address, ask_texts
from deskterm.text import _, ngettext
from deskterm.views.series import SeriesField
from deskterm.widgets.sheet import Column, Row, line, table_row

if TYPE_CHECKING:
    from deskterm.app import DesktermApp

_LISTS = {
    "branch_code": "branch",
    "statistical_category": "statistical_category",
    "selection_code": "selection",
}
"""The word list of each field that has one."""
_FLAGS = frozenset(services.series.FLAGS)
_NONE = "-"
"""The code of the choice that empties a field; no word has it."""


class Fill(Question[bool]):
    """The fields that can change; Space gives one a new value, or takes it back. Ctrl+S goes on."""

    help_page = "series"
    answers = " "

    def __init__(self, people: int, filled: dict[str, dict[str, str]]) -> None:
        """`filled` is written in: the new texts by the code of each field that changes."""
        super().__init__()
        self.heading = _("Seriemutatie van een selectie")
        self.people = people
        self.filled = filled

    def content(self, width: int) -> Sequence[Row]:
        words = ngettext(
            "{count} klant krijgt wat hier aangevinkt is.",
            "{count} klanten krijgen wat hier aangevinkt is.",
            self.people,
        )
        columns = (Column("", 3), Column("", 26), Column("", 20, grow=1))
        hint = _("Spatie: nieuwe waarde of toch niet  Ctrl+S: verder  Esc: niets wijzigen")
        # On top: in a small window the fields go on below its edge.
        rows = [line(words.format(count=self.people), width, "title"), line(hint, width, "hint")]
        for one in services.series.OF_SELECTION:
            texts = self.filled.get(one.code)
            mark = "[ ]" if texts is None else "[x]"
            value = "" if texts is None else in_words(self.desk_app, one, texts)
            cells = (mark, services.series.field_label(one), value)
            rows.append(table_row(columns, cells, width, key=one.code, gap=1))
        return rows

    async def take_key(self, key: str, character: str | None) -> None:
        code = self.canvas.cursor_key
        if key == "space" and code is not None:
            if self.filled.pop(code, None) is None:
                self.desk_app.work.start(self._fill(code))
            else:
                self.draw()
        else:
            await super().take_key(key, character)

    async def submit(self) -> None:
        if self.filled:
            await self.answer(True)
        else:
            self.desk_app.bell()

    async def _fill(self, code: str) -> None:
        one = next(one for one in services.series.OF_SELECTION if one.code == code)
        texts = await ask_value(self.desk_app, one)
        if texts is not None:
            self.filled[code] = texts
        self.draw()


async def ask_value(app: "DesktermApp", one: SeriesField) -> dict[str, str] | None:
    """Have a new value chosen or typed; None for Esc."""
    first, *others = one.names
    heading = services.series.field_label(one)
    if one.code in _LISTS:
        blank = [] if one.code == "branch_code" else [Choice(_NONE, _("leegmaken"))]
        offered = [Choice(word.code, word.name) for word in app.words[_LISTS[one.code]]]
        code = await app.ask(Choose(heading, (), [*blank, *offered]))
        return None if code is None else {first: "" if code == _NONE else code}
    if one.code in _FLAGS:
        said = await _ask_flag(app, heading, _("Ja"), _("Nee"))
        return None if said is None else {first: said}
    if one.code.startswith("block."):
        said = await _ask_flag(app, heading, _("Blokkade zetten"), _("Blokkade opheffen"))
        if said != "1":
            return None if said is None else {first: ""}
        note = await ask_texts(app, heading, others, {})
        return None if note is None else {first: "1", **note}
    if one.code == "direct_debit":
        said = await _ask_flag(app, heading, _("Ja"), _("Nee"))
        if said != "1":
            return None if said is None else {first: ""}
        day = await ask_texts(app, heading, ("mandate_given_on",), {})
        return None if day is None else {first: "1", **day}
    if one.code == "address":
        return await ask_address(app, {})
    said_texts = (_("Leeg laten maakt het veld bij iedereen leeg."),)
    return await ask_texts(app, heading, one.names, {}, said_texts)


async def _ask_flag(app: "DesktermApp", heading: str, yes: str, no: str) -> str | None:
    chosen = await app.ask(Choose(heading, (), (Choice("no", no), Choice("yes", yes))))
    return None if chosen is None else "1" if chosen == "yes" else ""


def in_words(app: "DesktermApp", one: SeriesField, texts: Mapping[str, str]) -> str:
    """The new value as staff read it; that a field is emptied is said so."""
    names = {word.code: word.name for word in app.words.get(_LISTS.get(one.code, ""), ())}
    value = texts.get(one.names[0], "")
    if value in names:
        return names[value]
    shown = services.series.shown_texts(one, texts)
    return _("leegmaken") if shown == "-" else shown
