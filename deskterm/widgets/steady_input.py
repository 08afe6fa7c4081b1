"""The input that every screen uses."""

from textual.reactive import reactive
from textual.widgets import Input


class SteadyInput(Input):
    """An input whose cursor does not blink: over SSH that would send something twice a second,
    all day, for every desk."""

    cursor_blink = reactive(False, init=False)
