"""The pop-up of who may be the same person, with a field for somebody who is not in the list."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.widgets import Input

from deskterm.screens.merging.side_by_side import HELP, WIDEST
from deskterm.screens.money.asking import Asked
from deskterm.text import _, date_text
from deskterm.views.customer import Block
from deskterm.views.merging import Candidate
from deskterm.widgets.canvas import Canvas
from deskterm.widgets.sheet import BLANK, Column, Row, Span, line, pad, table_row, wrap

NUMBER = "number"
_INDENT = 9


@dataclass(frozen=True, slots=True)
class Seen:
    """Who it is about, as the heading of the list says it."""

    actor_id: int
    name: str

    @classmethod
    def of(cls, block: Block) -> "Seen":
        """The customer on the screen."""
        return cls(block.actor_id, block.display_name)


class Pick(Asked):
    """A list to choose from with the arrows; what is typed or scanned goes before it.

    Answers with the number of whom was chosen: an actor-id of the list, or what was typed.
    """

    help_page = HELP

    def __init__(
        self, seen: Seen, candidates: Sequence[Candidate], typed: str = "", refusal: str = ""
    ) -> None:
        fields = ((NUMBER, _("Ander actor-id of pasnummer (typ of scan)"), False),)
        super().__init__(_("Ontdubbelen"), (), fields, {NUMBER: typed}, (refusal,))
        self.seen = seen
        self.candidates = candidates

    def prepare(self) -> None:
        super().prepare()
        self.query_one(Input).action_select_all()

    @property
    def room(self) -> int:
        return min(WIDEST, max(20, self.app.size.width - 6))

    @property
    def in_number_field(self) -> bool:
        """A scan lands in the field, and its Enter only lays the two side by side."""
        return True

    def content(self, width: int) -> Sequence[Row]:
        asked = _("Wie is dezelfde persoon als {name} [{number}]?").format(
            name=self.seen.name, number=self.seen.actor_id
        )
        hint = line(_("Pijltjes en Enter: naast elkaar   Esc: terug"), width, "hint")
        refusals = [row for one in self.refusals if one for row in wrap(f"! {one}", width, "bad")]
        return [*wrap(asked, width, "title"), hint, *refusals, *self._listed(width)]

    def _listed(self, width: int) -> list[Row]:
        if not self.candidates:
            said = _("In het bestand lijkt niemand op deze klant.")
            return [BLANK, *wrap(said, width, "value")]
        rows: list[Row] = []
        for one in self.candidates:
            rows += [BLANK, *candidate_rows(one, width, str(one.actor_id)), why_row(one.why, width)]
        return rows

    async def take_key(self, key: str, character: str | None) -> None:
        if key in ("up", "down"):
            self.canvas.move(1 if key == "down" else -1)
        elif key in ("pageup", "pagedown"):
            self.canvas.page(1 if key == "pagedown" else -1)
        else:
            await super().take_key(key, character)
        show_whole(self.canvas)

    async def submit(self) -> None:
        typed = self.query_one(Input).value.strip()
        number = typed or self.canvas.cursor_key
        if number:
            await self.answer({NUMBER: number, "typed": typed})


def show_whole(canvas: Canvas) -> None:
    """Scroll until the lines that belong to the row under the cursor can be seen as well."""
    rows, last = canvas.rows, canvas.cursor
    while 0 <= last < len(rows) - 1 and rows[last + 1].key is None and rows[last + 1].spans:
        last += 1
    canvas.scroll_rows(max(0, last - canvas.top - canvas.size.height + 1))


def candidate_rows(one: Candidate, width: int, key: str | None) -> list[Row]:
    """Somebody in two lines: who it is and where, and with which card."""
    born = date_text(one.born) if one.born else "-"
    valid = "" if one.valid else f" ({_('niet geldig')})"
    membership = f"{one.membership_name or _('geen abonnement')}{valid}"
    where = f"{one.address}, {one.place}" if one.address else one.place
    first = table_row(_COLUMNS, (str(one.actor_id), one.name, born, one.card_number), width,
                      key=key, gap=1)  # fmt: skip
    room = max(1, width - _INDENT)
    return [first, _indented(f"{where}   {membership}", room)]


def why_row(why: Sequence[str], width: int) -> Row:
    """What is the same of two, in words."""
    same = _("Gelijk: {what}").format(what=", ".join(why))
    return _indented(same, max(1, width - _INDENT))


def _indented(text: str, room: int) -> Row:
    return Row((Span(" " * _INDENT), Span(pad(text, room), "dim")))


_COLUMNS = (Column("", 7), Column("", 20, grow=1), Column("", 10), Column("", 14))
