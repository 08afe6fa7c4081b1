"""The pop-up of Kastelling: so many of each note and coin, with the sum and the difference."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from textual.app import ComposeResult

from deskterm.rules.faults import RuleFault
from deskterm.rules.money import parse_cents
from deskterm.rules.till import DENOMINATIONS, total
from deskterm.screens.question import Question
from deskterm.text import _, cents_text
from deskterm.views.money import TillState
from deskterm.widgets.fields import Field
from deskterm.widgets.form import Form
from deskterm.widgets.sheet import Row, line

MOST_PIECES = 99_999
"""Of one note or coin; more is a number that was scanned."""
FORM_ROWS = 11
LONGEST = 20
"""Characters of a field: room for a scanned card, which is then refused by name."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted, in cents, and how it was typed."""

    pieces: Mapping[int, int]
    other_cents: int
    deposit_cents: int
    typed: Mapping[str, str]

    @property
    def total_cents(self) -> int:
        """All that is in the drawer."""
        return total(self.pieces) + self.other_cents


class Count(Question[Counted]):
    """A form for the drawer; Enter goes on, and from the last field answers, as Ctrl+S does."""

    help_page = "till"
    takes_text = True
    input_rows = FORM_ROWS

    def __init__(
        self, state: TillState, typed: Mapping[str, str], faults: Mapping[str, str]
    ) -> None:
        super().__init__()
        self.state = state
        self.typed = typed
        self.faults = faults
        self.heading = _("Kastelling {desk}").format(desk=state.desk)

    def inputs(self) -> ComposeResult:
        yield Form(id="count")

    @property
    def form(self) -> Form:
        return self.query_one(Form)

    def prepare(self) -> None:
        self.form.load(_fields(), self.typed)
        if self.faults:
            self.form.show_faults(self.faults)

    def content(self, width: int) -> Sequence[Row]:
        counted, _faults = self._read()
        difference = counted.total_cents - self.state.expected_cents
        expected = _("Begin {begin}, sindsdien {cash}: in de lade hoort {expected}").format(
            begin=cents_text(self.state.begin_cents),
            cash=cents_text(self.state.cash_cents),
            expected=cents_text(self.state.expected_cents),
        )
        sums = _("Geteld {total}   Verschil {difference}").format(
            total=cents_text(counted.total_cents), difference=cents_text(difference)
        )
        return [
            line(expected, width, "value"),
            line(sums, width, "bad" if difference else "title"),
            line(_("Enter: verder. Ctrl+S: tellen klaar. Esc: terug."), width, "hint"),
        ]

    def _read(self) -> tuple[Counted, dict[str, str]]:
        """What is typed now, and what of it cannot be read, by field."""
        self.form.take_typing()
        faults: dict[str, str] = {}
        values = self.form.values
        pieces = {
            value: _number(values.get(str(value), ""), str(value), faults)
            for value in DENOMINATIONS
        }
        amounts = {
            name: _amount(values.get(name, ""), name, faults) for name in ("other", "deposit")
        }
        counted = Counted(pieces, amounts["other"], amounts["deposit"], dict(values))
        return counted, faults

    async def submit(self) -> None:
        """Answer when everything can be read; else say at the fields what is wrong."""
        counted, faults = self._read()
        if not faults and counted.deposit_cents > counted.total_cents:
            faults = {"deposit": _("Dat is meer dan er geteld is.")}
        if faults:
            self.app.bell()
            self.form.show_faults(faults)
            return
        await self.answer(counted)

    def on_form_changed(self, event: Form.Changed) -> None:
        event.stop()
        self.draw()

    async def take_key(self, key: str, character: str | None) -> None:
        if key == "escape":
            await self.answer(None)
        elif key == "enter" and self.form.current == len(self.form.fields) - 1:
            await self.submit()
        elif key in ("enter", "tab", "down"):
            self.form.step(1)
        elif key in ("shift+tab", "up"):
            self.form.step(-1)
        else:
            await self.desk_app.type_key(key, character)


def _fields() -> list[Field]:
    pieces = [
        Field(str(value), cents_text(value), width=8, max_length=LONGEST) for value in DENOMINATIONS
    ]
    return [
        *pieces,
        Field("other", _("Overig (bedrag)"), width=12, max_length=LONGEST),
        Field("deposit", _("Afstorting"), width=12, max_length=LONGEST),
    ]


def _number(text: str, name: str, faults: dict[str, str]) -> int:
    """So many pieces; nothing typed is none."""
    typed = text.strip()
    if not typed:
        return 0
    if not (typed.isascii() and typed.isdigit()) or int(typed) > MOST_PIECES:
        faults[name] = _("{text} is geen aantal.").format(text=typed)
        return 0
    return int(typed)


def _amount(text: str, name: str, faults: dict[str, str]) -> int:
    """An amount in cents; nothing typed is none."""
    if not text.strip():
        return 0
    try:
        return parse_cents(text)
    except RuleFault as fault:
        faults[name] = _(fault.msgid).format(**fault.params)
        return 0
