"""The base of every pop-up: a box over the main screen that a flow waits for.

A question is drawn by one canvas and answered by keys that the pump hands to it. Only keys typed
after it was painted count, and a scan never answers it: the scan gate sees to that. It is no
screen of Textual's own, because opening one of those takes three times as long.
"""

import asyncio
from abc import abstractmethod
from collections.abc import Sequence
from time import monotonic
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.geometry import Offset

from deskterm.text import _
from deskterm.widgets.canvas import Canvas
from deskterm.widgets.sheet import Row

if TYPE_CHECKING:
    from deskterm.app import DesktermApp

Answer = TypeVar("Answer")


class Question(Container, Generic[Answer]):
    """A pop-up; `answer` gives the waiting flow what was chosen, None for Esc."""

    help_page = "pop-ups"
    heading = ""
    lets_out = True
    """Whether help, locking and quitting work while it is open."""
    closed_by = ""
    """The action whose key closes it again, though it lets nobody out."""
    answers = ""
    """Letters that are answers without Alt: only where none of them changes anything."""
    input_rows = 0
    """Lines that what is typed into takes under the rows."""
    covers_all = False
    """Whether nothing of the screen under it may be seen."""
    at_printer = False
    """Whether a printer is at work under it: Enter does nothing at all, and no key of its first
    moment counts."""
    takes_text = False
    """Whether printable keys are typed into it rather than looked at as answers."""

    def __init__(self) -> None:
        super().__init__()
        self.answered: asyncio.Future[Answer | None] = asyncio.get_running_loop().create_future()
        self.shown_at = float("inf")
        self.canvas = Canvas(id="question", cursor=True)

    def compose(self) -> ComposeResult:
        yield self.canvas
        yield from self.inputs()

    def inputs(self) -> ComposeResult:
        """What is typed into, under the rows; most questions have nothing."""
        yield from ()

    def on_mount(self) -> None:
        self.prepare()
        self.draw()
        self.call_after_refresh(self._painted)

    def prepare(self) -> None:
        """Fill in and put the cursor where typing begins, before the first paint.

        Not `on_mount`: Textual calls that of every base class too, after the own one.
        """

    def _painted(self) -> None:
        self.shown_at = monotonic()

    @property
    def in_number_field(self) -> bool:
        """Whether a scan may land in the input that has the cursor."""
        return False

    @property
    def desk_app(self) -> "DesktermApp":
        return cast("DesktermApp", self.app)

    @property
    def room(self) -> int:
        """The columns a question has to write in."""
        return min(72, max(20, self.app.size.width - 8))

    @abstractmethod
    def content(self, width: int) -> Sequence[Row]:
        """The rows of the question; each kind of question writes its own."""

    def draw(self) -> None:
        rows = self.content(self.room)
        screen = self.app.size
        most = screen.height - 6 - self.input_rows
        height = max(1, min(len(rows), most))
        width, tall = self.room + 4, height + self.input_rows + 2
        # A name in it is text, and never markup.
        self.border_title = Content(self.heading)
        self.border_subtitle = _("pijltjes: meer") if len(rows) > height else ""
        self.styles.width, self.styles.height = width, tall
        # The line above the buttons stays in sight: it tells of scans that wait.
        top = min((screen.height - tall) // 2, screen.height - tall - 3)
        self.styles.offset = Offset(max(0, screen.width - width) // 2, max(0, top))
        self.canvas.styles.height = height
        self.canvas.show(rows, keep=True)

    async def answer(self, value: Answer | None) -> None:
        """Close with this answer; a second one, from a key that came too late, does nothing."""
        if self.answered.done() or self.desk_app.question is not self:
            return
        await self.desk_app.close(self)
        self.answered.set_result(value)

    async def take_scan(self, _code: str) -> bool:
        """Deal with a scan while a printer is at work; False lets it wait as any other."""
        return False

    async def submit(self) -> None:
        """Ctrl+S: the primary button, where a question has one that is asked for on purpose."""

    async def take_key(self, key: str, _character: str | None) -> None:
        """Answer or move; Esc gives no answer."""
        if key == "escape":
            await self.answer(None)
        elif key in ("up", "down"):
            self.canvas.move(1 if key == "down" else -1)
        elif key in ("home", "end"):
            rows = len(self.canvas.rows)
            self.canvas.move(rows if key == "end" else -rows)
        elif key in ("pageup", "pagedown"):
            self.canvas.page(1 if key == "pagedown" else -1)
