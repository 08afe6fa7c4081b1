"""The pop-ups of a household: one person at a time, and the summary before it is saved."""

from collections.abc import Sequence

from deskterm import services
from deskterm.screens.question import Question
from deskterm.screens.series.inputs import ask_address
from deskterm.screens.series.walk import ADDRESS, Walk
from deskterm.text import _, date_text, ngettext
from deskterm.views.series import SeriesField
from deskterm.widgets.sheet import BLANK, Column, Row, Span, line, table_header, table_row, wrap

HELP = "series"


class AskPerson(Question[bool]):
    """Present and new values of one person; Alt+J is Ja, Alt+N is Nee and the next person.

    It answers True when staff want to save what they said Ja to.
    """

    help_page = HELP
    answers = " "

    def __init__(self, walk: Walk) -> None:
        super().__init__()
        self.walk = walk
        self.heading = _("Seriemutatie")
        self.note = ""

    def content(self, width: int) -> Sequence[Row]:
        walk, person = self.walk, self.walk.person
        source = walk.home.customer.name
        count = _("Te wijzigen klant {number} van {count}:").format(
            number=walk.at + 1, count=len(walk.home.others)
        )
        who = f"{count} {person.name} [{person.actor_id}] {date_text(person.born)}".rstrip()
        rows = [
            line(_("Overnemen van {name}").format(name=source), width, "value"),
            line(who, width, "bad"),
        ]
        if person.stayed:
            where = services.series.address_line(person.texts)
            rows.append(
                line(_("Woont op het oude adres: {where}").format(where=where), width, "bad")
            )
        rows.append(table_header(_columns(), width, gap=1))
        rows += [self._field(one, width) for one in walk.fields()]
        rows.append(line(self.note or self._said(), width, "bad" if self.note else "value"))
        rows.append(line(_("Spatie: aanvinken  Alt+J: Ja  Alt+N: Nee, volgende"), width, "hint"))
        rows.append(line(self._ways_out(), width, "hint"))
        return rows

    def _field(self, one: SeriesField, width: int) -> Row:
        walk = self.walk
        shown = services.series.shown_texts
        now, new = shown(one, walk.person.texts), shown(one, walk.texts)
        name = services.series.field_label(one)
        if not walk.differs(one):
            cells: Sequence[str | Span] = ("", name, now, Span(_("gelijk"), "dim"))
            return table_row(_columns(), cells, width, key=one.code, gap=1)
        mark = "[x]" if one.code in walk.ticked else "[ ]"
        return table_row(_columns(), (mark, name, now, new), width, key=one.code, gap=1)

    def _said(self) -> str:
        """What was answered about this person before."""
        said = self.walk.answers.get(self.walk.person.actor_id)
        if said is None:
            return ""
        names = ", ".join(map(services.series.field_label, said))
        return _("Ja gezegd: {names}").format(names=names) if said else _("Nee gezegd")

    def _ways_out(self) -> str:
        count = len(self.walk.chosen())
        words = ngettext(
            "Alt+A: nieuw adres  Ctrl+S: {count} klant opslaan  Esc: niets wijzigen",
            "Alt+A: nieuw adres  Ctrl+S: {count} klanten opslaan  Esc: niets wijzigen",
            count,
        )
        return words.format(count=count)

    async def take_key(self, key: str, character: str | None) -> None:
        code, walk = self.canvas.cursor_key, self.walk
        self.note = ""
        if key == "space" and code is not None:
            walk.tick(code)
        elif key == "alt+j":
            if walk.say_yes():
                await self._next()
                return
            self.desk_app.bell()
            self.note = _("Vink eerst met de spatiebalk aan wat gewijzigd wordt.")
        elif key == "alt+n":
            walk.say_no()
            await self._next()
            return
        elif key in ("left", "right"):
            walk.step(-1 if key == "left" else 1)
        elif key == "alt+a":
            self.desk_app.work.start(self._move())
            return
        else:
            await super().take_key(key, character)
            return
        self.draw()

    async def _next(self) -> None:
        """The next person; after the last one what was said is shown whole."""
        if self.walk.step(1):
            self.canvas.cursor = -1
            self.draw()
        elif self.walk.chosen():
            await self.answer(True)
        else:
            await self.answer(None)

    async def submit(self) -> None:
        if self.walk.chosen():
            await self.answer(True)
            return
        self.desk_app.bell()
        self.note = _("Nog bij niemand Ja gezegd (Alt+J).")
        self.draw()

    async def _move(self) -> None:
        typed = await ask_address(self.desk_app, self.walk.texts)
        if typed is not None:
            self.walk.take(typed)
            self.draw()
            self.canvas.put_cursor(ADDRESS)


class Summary(Question[bool]):
    """Everybody who changes and what of them; Ctrl+S saves, Esc goes back."""

    help_page = HELP

    def __init__(self, walk: Walk) -> None:
        super().__init__()
        self.walk = walk
        self.heading = _("Seriemutatie opslaan")

    def content(self, width: int) -> Sequence[Row]:
        rows: list[Row] = []
        for person, fields in self.walk.chosen():
            rows.append(line(f"{person.name} [{person.actor_id}]", width, "title"))
            for one in fields:
                name = services.series.field_label(one)
                now, new = (
                    services.series.shown_texts(one, texts)
                    for texts in (person.texts, self.walk.texts)
                )
                words = _("{field}: nu {old}, wordt {new}")
                rows += wrap(words.format(field=name, old=now, new=new), width, "value")
        return [*rows, BLANK, line(_("Ctrl+S: opslaan   Esc: terug"), width, "hint")]

    async def submit(self) -> None:
        await self.answer(True)


def _columns() -> tuple[Column, ...]:
    return (
        Column("", 3),
        Column(_("Veld"), 18),
        Column(_("Nu"), 14, grow=1),
        Column(_("Wordt"), 14, grow=1),
    )
