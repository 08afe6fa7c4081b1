"""What a key or a scan does with what is on the screen: the pump's other end."""

import asyncio
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from textual import events
from textual.widgets import Input

from deskterm.keys import Action, Where
from deskterm.rules.cards import CodeKind, CodeShapes, kind_of
from deskterm.scan import Mode, ScanGate
from deskterm.screens import flows
from deskterm.screens.pump import Footing, KeyPump
from deskterm.screens.question import Question
from deskterm.text import _
from deskterm.widgets.form import Form

if TYPE_CHECKING:
    from deskterm.app import DesktermApp

FIRST_MOMENT = 0.4
"""Seconds in which a key was still meant for what stood there before a printer was at work."""
MOST_JUMPS = 16
"""Tabs remembered for undoing jumps: more than the digits of a card cannot be a scan's."""


class Keyboard:
    """Hands keys to the question or place on the screen, and scans to the desk."""

    def __init__(self, app: "DesktermApp") -> None:
        self.app = app
        self.work = app.work
        self.shapes = CodeShapes()
        scanner = app.bootstrap.settings.scanner
        gate = ScanGate(
            self.is_code,
            scanner.prefix,
            tab_ends=scanner.tab_ends,
            navigation=app.keymap.navigation(),
        )
        self.pump = KeyPump(self, gate)
        self._typed: deque[Callable[[], None]] = deque(maxlen=64)
        """What undoes each of the last characters in the field that took it."""

    def is_code(self, text: str) -> bool:
        """Whether a text has the shape of a card or an item of this library."""
        return kind_of(text, self.shapes) is not None

    def is_item(self, text: str) -> bool:
        """Whether it has the shape of an item."""
        return kind_of(text, self.shapes) is CodeKind.ITEM

    @property
    def question(self) -> Question[object] | None:
        """The pop-up on top, if there is one."""
        return self.app.question

    def footing(self) -> Footing:
        """What keys mean now: those of the pop-up on top, else of the place."""
        question = self.question
        if question is None:
            return self.app.main.place.footing()
        if question.takes_text:
            return Footing(Mode.EDIT, question.shown_at, question.in_number_field)
        if question.at_printer:
            return Footing(Mode.PRINTING, question.shown_at + FIRST_MOMENT)
        return Footing(Mode.QUESTION, question.shown_at, answers=question.answers)

    async def deliver(self, key: str, character: str | None) -> None:
        """An ordinary key: an action, or for the question or place to deal with."""
        question, typed = self.question, types_a_character(key, character)
        if typed:
            self._remember_field()
        where = Where.QUESTION if question else self.app.main.place.where
        action = None if typed else self.app.keymap.action_for(key, where)
        if question is not None:
            await self._deliver_to(question, key, character, action)
        elif action is not None:
            self.app.say("")
            self.work.start(self.app.main.perform(action.id))
        else:
            await self.app.main.place.take_key(key, character)

    async def _deliver_to(
        self, question: Question[object], key: str, character: str | None, action: Action | None
    ) -> None:
        if action is None:
            await question.take_key(key, character)
        elif action.id == "edit.cancel":
            await question.take_key("escape", None)
        elif action.id == "edit.save":
            await question.submit()
        elif action.id == question.closed_by:
            await question.answer(None)
        elif question.lets_out:
            self.work.start(self.app.main.perform(action.id))

    async def navigate(self, key: str) -> None:
        """Jump to the tab of a key, remembering where from."""
        place = self.app.main.customer_place
        action = self.app.keymap.action_for(key, Where.CUSTOMER)
        session = place.session
        if self.question or self.app.main.place is not place or not session or not action:
            return
        session.jumped_from.append(session.tab)
        del session.jumped_from[:-MOST_JUMPS]
        tab = action.id.removeprefix("tab.")
        if place.editing:
            self.work.start(place.open_tab(tab))
        else:
            await place.open_tab(tab)

    async def navigate_back(self, steps: int) -> None:
        """Undo the last jumps: their keys were the beginning of a scan."""
        session = self.app.main.customer_place.session
        if session is not None and steps <= len(session.jumped_from):
            tab = session.jumped_from[-steps]
            del session.jumped_from[-steps:]
            await self.app.main.customer_place.open_tab(tab)

    async def type(self, key: str, character: str | None) -> None:
        """Let the focused input have a key, and wait until it has dealt with it."""
        focused = self.app.focused
        if not isinstance(focused, Input):
            return
        await self.app.hand_to_textual(events.Key(key, character))
        done = asyncio.Event()
        if focused.call_later(done.set):
            await done.wait()

    def _remember_field(self) -> None:
        focused = self.app.focused
        if isinstance(focused, Input):
            given_back = partial(_give_back, focused, focused.value, focused.cursor_position)
            self._typed.append(given_back)
            return
        # A choice takes letters and digits too.
        forms = self.app.main.place.query(Form)
        self._typed.append(forms.first().given_back() if forms else _nothing)

    def take_back(self, count: int) -> None:
        """Give the field back what it had before the last characters, which were a scan's."""
        if 0 < count <= len(self._typed):
            give_back = self._typed[-count]
            self._typed.clear()
            give_back()

    def incomplete(self, text: str) -> None:
        """Say that something looked scanned and is no code."""
        self.app.bell()
        self.app.say(_("Onvolledige scan, scan opnieuw: {text}").format(text=text), bad=True)

    async def take_scan(self, code: str) -> bool:
        """Let the pop-up over a printer have a scan that it was waiting for."""
        question = self.question
        return question is not None and question.at_printer and await question.take_scan(code)

    async def scanned(self, code: str) -> None:
        """Open the customer of a scan."""
        self.work.start(self._open(code))

    async def _open(self, code: str) -> None:
        await flows.open_text(self.app, code)
        # However fast the next scan came: every customer has stood on the screen.
        painted = asyncio.Event()
        self.app.main.call_after_refresh(painted.set)
        await painted.wait()

    def waiting(self, codes: tuple[str, ...]) -> None:
        """Show the scans that wait."""
        if codes:
            self.app.bell()
        self.app.main.show_waiting(codes)


def _give_back(field: Input, value: str, cursor: int) -> None:
    if field.is_attached:
        field.value = value
        field.cursor_position = cursor


def _nothing() -> None:
    """For a character that nothing took."""


def types_a_character(key: str, character: str | None) -> bool:
    """Whether a key puts a character in a field; Alt+W carries one too and does not."""
    modified = key.startswith(("alt+", "ctrl+"))
    return bool(character and character.isprintable()) and not modified
