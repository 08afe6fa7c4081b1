"""Typing a few texts that a service may refuse, each refusal told with what was typed kept."""

from collections.abc import Mapping, Sequence

from textual.widgets import Input

from deskterm.screens.asks import TypeIn
from deskterm.widgets.sheet import Row, wrap


class Asked(TypeIn):
    """A `TypeIn` that opens with what was typed before, and says what was wrong with it."""

    help_page = "settle"

    def __init__(
        self,
        heading: str,
        text: Sequence[str],
        fields: Sequence[tuple[str, str, bool]],
        typed: Mapping[str, str] | None = None,
        refusals: Sequence[str] = (),
    ) -> None:
        """`fields` are (name, label, secret); the cursor comes in the first that is empty."""
        super().__init__(heading, text, fields)
        self.typed = typed or {}
        self.refusals = refusals

    def prepare(self) -> None:
        inputs = list(self.query(Input))
        for field, (name, _label, _secret) in zip(inputs, self.fields, strict=True):
            field.value = self.typed.get(name, "")
        first = next((field for field in inputs if not field.value), inputs[0])
        self.screen.set_focus(first)

    def content(self, width: int) -> Sequence[Row]:
        refusals = [
            row
            for refusal in self.refusals
            if refusal
            for row in wrap(f"! {refusal}", width, "bad")
        ]
        return [*super().content(width), *refusals]
