"""A form that draws its fields itself and moves one input from field to field.

Mounting an input per field costs more than a tenth of a second; one that moves costs nothing, and
keeps Textual's editing. What was typed lives in `values`, never only in the input.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial

from textual.app import ComposeResult
from textual.containers import Container
from textual.geometry import Offset
from textual.message import Message
from textual.widgets import Input

from deskterm.text import _
from deskterm.widgets.canvas import Canvas
from deskterm.widgets.fields import Field
from deskterm.widgets.form_layout import Placed, field_rows, place_fields
from deskterm.widgets.steady_input import SteadyInput

TYPED = ("text", "date", "long")


class FormInput(SteadyInput):
    """The one input of a form; Enter, Tab and the arrows are the form's, not its own."""


class Form(Container):
    """Fields in sections and columns; `values` holds what they contain now, as typed."""

    can_focus = False

    class Changed(Message):
        """The contents of a field changed."""

        def __init__(self, form: "Form", name: str, value: str) -> None:
            super().__init__()
            self.form = form
            self.name = name
            self.value = value

    class Left(Message):
        """The cursor left a field."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.fields: Sequence[Field] = ()
        self.values: dict[str, str] = {}
        self.initial: dict[str, str] = {}
        self.faults: dict[str, str] = {}
        self.placed: list[Placed] = []
        self.current = 0
        self.top = 0
        self._height = 0

    def compose(self) -> ComposeResult:
        yield Canvas(tells_more=True)
        yield FormInput(compact=True, select_on_focus=True)

    @property
    def canvas(self) -> Canvas:
        return self.query_one(Canvas)

    @property
    def input(self) -> FormInput:
        return self.query_one(FormInput)

    @property
    def field(self) -> Field | None:
        """The field that has the cursor."""
        return self.fields[self.current] if self.fields else None

    def load(self, fields: Sequence[Field], values: Mapping[str, str] | None = None) -> None:
        """Show these fields; `values` are a draft that was being typed before."""
        self.fields = fields
        self.initial = {field.name: field.value for field in fields}
        self.values = {**self.initial, **(values or {})}
        self.faults = {}
        self.current = next((i for i, f in enumerate(fields) if f.kind != "readonly"), 0)
        self.top = 0
        self.lay_out()
        self._enter(self.current)

    def changes(self) -> dict[str, str]:
        """Names and typed texts of the fields that differ from what was loaded."""
        self.take_typing()
        return {name: value for name, value in self.values.items() if value != self.initial[name]}

    def show_faults(self, faults: Mapping[str, str]) -> None:
        """Mark faulty fields, each with its sentence, and go to the first of them."""
        self.faults = dict(faults)
        self.lay_out()
        names = [field.name for field in self.fields]
        first = next((names.index(name) for name in names if name in self.faults), None)
        self.go_to(self.current if first is None else first)

    def step(self, direction: int) -> None:
        """Go to the next (1) or previous (-1) field that can be edited, round the ends."""
        index = self.current
        for _unused in self.fields:
            index = (index + direction) % len(self.fields)
            if self.fields[index].kind != "readonly":
                break
        self.go_to(index)

    def page(self, direction: int) -> None:
        """Go a window's height down (1) or up (-1), to the field nearest to it."""
        if not self.fields:
            return
        wanted = self.placed[self.current].y + direction * max(1, self.size.height - 2)
        near = [(abs(place.y - wanted), place.x, index)
                for index, place in enumerate(self.placed)
                if self.fields[index].kind != "readonly"]  # fmt: skip
        self.go_to(min(near)[2])

    def go_to(self, index: int) -> None:
        """Put the cursor in a field: the input moves there, or the choice is marked."""
        if self.fields:
            self.take_typing()
            if index != self.current:
                self.post_message(self.Left(self.fields[self.current].name))
            self._enter(index)

    def go_to_name(self, name: str) -> None:
        """Put the cursor in the field of this name."""
        self.go_to([field.name for field in self.fields].index(name))

    def _enter(self, index: int) -> None:
        if not self.fields:
            return
        self.current = index
        field = self.fields[index]
        typed = field.kind in TYPED
        self.input.display = typed
        if typed:
            self.input.max_length = field.max_length or 0
            self.input.value = self.values[field.name]
            self.input.cursor_position = len(self.input.value)
            self.screen.set_focus(self.input)
            self.input.action_select_all()
        else:
            self.screen.set_focus(None)
        self._put_input()

    def _put_input(self) -> None:
        """Scroll to the field that has the cursor, and lay the input over it."""
        place = self.placed[self.current]
        visible = max(1, self.size.height)
        self.top = max(min(self.top, max(0, place.y - 1)), place.y - visible + 1)
        self.input.styles.width = min(place.width + 1, max(8, self.size.width - place.x))
        self.input.styles.offset = Offset(place.x, place.y - self.top)
        self.draw()

    def set_value(self, name: str, value: str) -> None:
        """Give a field other contents, as when a scan is taken back out of it."""
        self.values[name] = value
        if self.field is not None and self.field.name == name and self.field.kind in TYPED:
            self.input.value = value
            self.input.cursor_position = len(value)
        self.draw()

    def require(self, names: Collection[str]) -> None:
        """Mark these fields as the ones that must be filled in, and no others."""
        self.fields = [replace(one, required=one.name in names) for one in self.fields]
        self.lay_out()
        self._put_input()

    def given_back(self) -> Callable[[], None]:
        """What gives the field that has the cursor the contents back that it has now."""
        field = self.field
        if field is None:
            return self.draw
        return partial(self.set_value, field.name, self.values[field.name])

    def turn(self, direction: int) -> None:
        """Take the next or previous answer of a choice or flag."""
        field = self.field
        if field is None or field.kind not in ("choice", "flag"):
            return
        codes = ["", "1"] if field.kind == "flag" else [code for code, _name in field.choices]
        value = self.values[field.name]
        here = codes.index(value) if value in codes else 0
        self.set_value(field.name, codes[(here + direction) % len(codes)])
        self.post_message(self.Changed(self, field.name, self.values[field.name]))

    def pick(self, character: str) -> None:
        """Answer a flag with J/N, a choice with the first letter of its answer."""
        field = self.field
        if field is None:
            return
        if field.kind == "flag" and character.upper() in (_("J"), _("N")):
            self.set_value(field.name, "1" if character.upper() == _("J") else "")
        elif field.kind == "choice":
            match = [code for code, name in field.choices if name[:1].upper() == character.upper()]
            here = match.index(self.values[field.name]) if self.values[field.name] in match else -1
            if match:
                self.set_value(field.name, match[(here + 1) % len(match)])
        self.post_message(self.Changed(self, field.name, self.values[field.name]))

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.take_typing()

    def take_typing(self) -> None:
        """Note what the input holds now: its own messages come after the keys that follow."""
        field = self.field
        if field is None or field.kind not in TYPED:
            return
        value = self.input.value
        if value == self.values[field.name]:
            return
        self.values[field.name] = value
        if self.faults.pop(field.name, None):
            self.lay_out()
            self._put_input()
        self.post_message(self.Changed(self, field.name, value))

    def on_resize(self) -> None:
        if self.fields:
            self.lay_out()
            self._put_input()

    def on_canvas_pressed(self, event: Canvas.Pressed) -> None:
        event.stop()
        for index, place in enumerate(self.placed):
            editable = self.fields[index].kind != "readonly"
            if editable and place.y == event.index and event.column >= place.label_x:
                self.go_to(index)

    def lay_out(self) -> None:
        """Compute where each field stands for the width there is."""
        self.placed, self._height = place_fields(self.fields, self.faults, max(40, self.size.width))

    def draw(self) -> None:
        """Paint labels, values and faults."""
        rows = field_rows(
            self.fields, self.placed, self.values, self.faults, self.current, self._height
        )
        self.canvas.show(rows, keep=True)
        self.canvas.top = self.top
        self.canvas.refresh()
