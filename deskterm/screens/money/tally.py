"""The first pop-up of Afrekenen: which lines are settled, and how much money was received."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from deskterm.rules.faults import RuleFault
from deskterm.rules.money import parse_received
from deskterm.screens.question import Question
from deskterm.screens.wording import CHARGE_MARKS, word
from deskterm.text import _, cents_text, date_text
from deskterm.views.money import OpenLine, Settlement
from deskterm.widgets.canvas import Canvas
from deskterm.widgets.sheet import BLANK, Column, Row, line, table_row, wrap
from deskterm.widgets.steady_input import SteadyInput

SUM_ROWS = 3
"""A blank line, the sums, and a hint or what is wrong with the amount."""
INPUT_ROWS = 3
LONGEST = 20
"""Characters of an amount: room for a card that was scanned, which is then refused by name."""


@dataclass(frozen=True, slots=True)
class Tallied:
    """What staff want to settle, in cents."""

    lines: tuple[OpenLine, ...]
    received_cents: int
    typed: str

    @property
    def charge_ids(self) -> tuple[int, ...]:
        """The ticked charges."""
        return tuple(one.charge_id for one in self.lines)

    @property
    def due_cents(self) -> int:
        """What is open of the ticked lines together."""
        return sum(one.open_cents for one in self.lines)

    @property
    def change_cents(self) -> int:
        """What was received beyond that."""
        return max(0, self.received_cents - self.due_cents)

    @property
    def short_cents(self) -> int:
        """What would stay open of them."""
        return max(0, self.due_cents - self.received_cents)


class Tally(Question[Tallied]):
    """Open lines to tick with the space bar, and the amount received: first their total."""

    help_page = "settle"
    takes_text = True
    input_rows = SUM_ROWS + INPUT_ROWS

    def __init__(
        self,
        settlement: Settlement,
        ticked: Collection[int],
        typed: str | None = None,
        said: str = "",
    ) -> None:
        """`typed` is the amount as it stood when staff came back a step; `said` comes on top."""
        super().__init__()
        self.heading = _("Afrekenen")
        self.settlement = settlement
        self.ticked = {one.charge_id for one in settlement.lines
                       if one.payable and one.charge_id in ticked}  # fmt: skip
        self.typed = typed
        self.said = said
        self.fault = ""
        self.in_amount = False
        """Whether an amount is being typed: a space is then part of it, however wrong."""

    @property
    def lines(self) -> tuple[OpenLine, ...]:
        """The ticked lines."""
        return tuple(one for one in self.settlement.lines if one.charge_id in self.ticked)

    @property
    def total(self) -> int:
        return sum(one.open_cents for one in self.lines)

    @property
    def field(self) -> Input:
        return self.query_one(Input)

    def inputs(self) -> ComposeResult:
        yield Canvas(id="sums")
        with Vertical(id="inputs"):
            field = SteadyInput(id="in-received", compact=True, max_length=LONGEST)
            field.border_title = _("Ontvangen")
            yield field

    def prepare(self) -> None:
        self._fill_in(cents_text(self.total) if self.typed is None else self.typed)
        self.screen.set_focus(self.field)

    def _fill_in(self, text: str) -> None:
        self.field.value = text
        self.field.action_select_all()

    def content(self, width: int) -> Sequence[Row]:
        self.query_one("#sums", Canvas).show(self._sums(width))
        told = [*wrap(self.said, width, "hint"), BLANK] if self.said else []
        return [*told, *(self._row(one, width) for one in self.settlement.lines)]

    def _row(self, one: OpenLine, width: int) -> Row:
        whose = "" if one.actor_id == self.settlement.actor_id else f" ({one.name})"
        tick = "[x]" if one.charge_id in self.ticked else "[ ]" if one.payable else " - "
        state = word(CHARGE_MARKS, one.mark)
        cells = (tick, date_text(one.day), one.description + whose, state,
                 cents_text(one.open_cents))  # fmt: skip
        key = str(one.charge_id) if one.payable else None
        return table_row(_COLUMNS, cells, width, key=key, look="value" if key else "dim", gap=1)

    def _sums(self, width: int) -> list[Row]:
        sums = _("Te betalen {total}    Tegoed {credit}").format(
            total=cents_text(self.total), credit=cents_text(self.settlement.credit_cents)
        )
        last = (
            line(f"! {self.fault}", width, "bad")
            if self.fault
            else line(_("Spatie: een post wel of niet. Enter: verder. Esc: terug."), width, "hint")
        )
        return [line(sums, width, "title"), last]

    async def submit(self) -> None:
        """Go on when the amount can be read; else say at the field what is wrong."""
        typed = self.field.value
        try:
            received = parse_received(typed, self.total)
        except RuleFault as fault:
            self._refuse(_(fault.msgid).format(**fault.params))
            return
        if not self.lines:
            self._refuse(_("Kies ten minste één post (spatie)."))
            return
        await self.answer(Tallied(self.lines, received, typed))

    def _refuse(self, sentence: str) -> None:
        self.fault = sentence
        self.in_amount = False
        self.app.bell()
        self.field.action_select_all()
        self.draw()

    def _tick(self) -> None:
        key = self.canvas.cursor_key
        if key is None:
            return
        self.ticked ^= {int(key)}
        self.fault = ""
        self._fill_in(cents_text(self.total))
        self.draw()

    async def take_key(self, key: str, character: str | None) -> None:
        if key == "enter":
            await self.submit()
        elif key == "space" and not self.in_amount:
            self._tick()
        elif key in ("escape", "up", "down", "pageup", "pagedown"):
            self.in_amount = False
            await super().take_key(key, character)
        else:
            self.in_amount = True
            await self.desk_app.type_key(key, character)


_COLUMNS = (
    Column("", 3),
    Column("", 10),
    Column("", 20, grow=1),
    Column("", 11),
    Column("", 9, right=True),
)
