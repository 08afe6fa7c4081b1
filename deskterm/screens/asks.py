"""Questions that recur: choose one of some answers, confirm, read a notice, type a few fields."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input

from deskterm.screens.question import Question
from deskterm.text import _
from deskterm.widgets.bars import Piece, piece_spans
from deskterm.widgets.sheet import BLANK, Row, Span, line, pad, wrap
from deskterm.widgets.steady_input import SteadyInput


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer: its code, its words, the Alt letter, and why it cannot be chosen now."""

    code: str
    label: str
    letter: str = ""
    why_not: str = ""
    note: str = ""
    """Stands behind the words, such as the key that does the same."""


class Choose(Question[str]):
    """A list of answers: arrows and Enter, or the letter of one. The first is the harmless one."""

    def __init__(
        self, heading: str, text: Sequence[str], choices: Sequence[Choice], *, bad: bool = False
    ) -> None:
        super().__init__()
        self.heading = heading
        self.said = text
        self.choices = choices
        self.look: bool = bad

    def content(self, width: int) -> Sequence[Row]:
        rows: list[Row] = []
        for paragraph in self.said:
            rows.extend(wrap(paragraph, width, "bad" if self.look else "value"))
        # However long a name or a message is, the answers stay on the screen.
        most = max(2, self.app.size.height - 8 - len(self.choices))
        if len(rows) > most:
            rows[most:] = [line("…", width, "dim")]
        if rows:
            rows.append(BLANK)
        for choice in self.choices:
            piece = Piece(choice.code, choice.label, choice.letter, not choice.why_not)
            spans = [Span("  "), *piece_spans(piece, "")]
            behind = choice.why_not or choice.note
            if behind:
                used = sum(cell_len(span.text) for span in spans)
                room = max(0, width - used - 2)
                spans.append(Span("  " + pad(behind, room, right=not choice.why_not), "dim"))
            key = None if choice.why_not else choice.code
            rows.append(Row(tuple(spans), key))
        return rows

    async def take_key(self, key: str, character: str | None) -> None:
        if key == "enter":
            if self.canvas.cursor_key is not None:
                await self.answer(self.canvas.cursor_key)
            return
        letter = key.removeprefix("alt+")
        for choice in self.choices:
            if choice.letter and choice.letter.lower() == letter.lower() and not choice.why_not:
                await self.answer(choice.code)
                return
        await super().take_key(key, character)


class Confirm(Choose):
    """Yes or no, with No first: only staff who mean it change something."""

    def __init__(self, heading: str, text: Sequence[str], yes: str = "") -> None:
        super().__init__(
            heading, text, (Choice("no", _("Nee"), _("N")), Choice("yes", yes or _("Ja"), _("J")))
        )


class Notice(Choose):
    """Something to read, with OK."""

    def __init__(self, heading: str, text: Sequence[str]) -> None:
        super().__init__(heading, text, (Choice("ok", _("OK"), "o"),))


class TypeIn(Question[dict[str, str]]):
    """A few labelled inputs; Enter goes on, and from the last one answers."""

    takes_text = True

    def __init__(
        self,
        heading: str,
        text: Sequence[str],
        fields: Sequence[tuple[str, str, bool]],
    ) -> None:
        """`fields` are (name, label, secret)."""
        super().__init__()
        self.heading = heading
        self.said = text
        self.fields = fields
        self.input_rows = 3 * len(fields)

    def inputs(self) -> ComposeResult:
        with Vertical(id="inputs"):
            for name, label, secret in self.fields:
                field = SteadyInput(id=f"in-{name}", password=secret, compact=True, max_length=60)
                field.border_title = Content(label)
                yield field

    def prepare(self) -> None:
        self.screen.set_focus(self.query(Input).first())

    def content(self, width: int) -> Sequence[Row]:
        rows = [row for paragraph in self.said for row in wrap(paragraph, width, "value")]
        return rows or [line("", width)]

    async def submit(self) -> None:
        await self.answer({(field.id or "")[3:]: field.value for field in self.query(Input)})

    def fill(self, name: str, value: str) -> None:
        """Fill in a field beforehand and put the cursor in the next one."""
        inputs = list(self.query(Input))
        field = self.query_one(f"#in-{name}", Input)
        field.value = value
        self.screen.set_focus(inputs[(inputs.index(field) + 1) % len(inputs)])

    async def take_key(self, key: str, character: str | None) -> None:
        inputs = list(self.query(Input))
        focused = self.screen.focused
        at = inputs.index(focused) if isinstance(focused, Input) and focused in inputs else 0
        if key == "escape":
            await self.answer(None)
        elif key == "enter" and at == len(inputs) - 1:
            await self.submit()
        elif key in ("enter", "tab", "down"):
            self.screen.set_focus(inputs[(at + 1) % len(inputs)])
        elif key in ("shift+tab", "up"):
            self.screen.set_focus(inputs[at - 1])
        else:
            await self.desk_app.type_key(key, character)
