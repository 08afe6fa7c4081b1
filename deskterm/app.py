"""The application: wires screens, keys and scans to a desk. No rule of the library is here."""

import asyncio
from collections import deque
from time import monotonic
from typing import TypeVar

from textual import events
from textual.app import App
from textual.widgets import Input

from deskterm import services
from deskterm.bootstrap import Bootstrap, EmptyLibrary
from deskterm.colours import THEMES
from deskterm.keys import Action, Keymap, Where
from deskterm.keys_file import KeyFault, read
from deskterm.logs import note
from deskterm.rules.cards import CodeShapes, kind_of
from deskterm.scan import Mode, ScanGate
from deskterm.screens import flows, sign_in
from deskterm.screens.main import MainScreen
from deskterm.screens.pump import Footing, KeyPump
from deskterm.screens.question import Question
from deskterm.screens.session import Sessions
from deskterm.screens.work import Work
from deskterm.services.desk import Desk
from deskterm.services.errors import DeskError
from deskterm.text import _
from deskterm.views.desk import WordView
from deskterm.views.lists import FoundPage

Answer = TypeVar("Answer")
LOCK_CHECK_SECONDS = 5
MOST_JUMPS = 16


class DesktermApp(App[int]):
    """The desk. Keys go through the pump; Textual's own bindings and palette are off."""

    CSS_PATH = "screens/deskterm.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS = []
    TITLE = "deskterm"

    desk: Desk

    def __init__(self, bootstrap: Bootstrap) -> None:
        super().__init__()
        self.bootstrap = bootstrap
        keys = read(bootstrap.reading.source)
        self.keymap: Keymap = keys.keymap
        self.key_faults: tuple[KeyFault, ...] = keys.faults
        self.ready = False
        self.locked = False
        self.sessions = Sessions()
        self.words: dict[str, tuple[WordView, ...]] = {}
        self.last_list: tuple[str, FoundPage] | None = None
        self.shapes = CodeShapes()
        self.main = MainScreen()
        self.typed: deque[tuple[Input, str, int]] = deque(maxlen=64)
        self._opened = asyncio.Event()
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = f"deskterm-{bootstrap.settings.theme}"

    def on_mount(self) -> None:
        self.work = Work(self.trouble, self._opened)
        scanner = self.bootstrap.settings.scanner
        gate = ScanGate(
            self.is_code,
            scanner.prefix,
            tab_ends=scanner.tab_ends,
            navigation=self.keymap.navigation(),
        )
        self.pump = KeyPump(self, gate)
        self.push_screen(self.main)
        self.run_worker(self.pump.run(), name="keys", group="keys")
        self.call_after_refresh(self._start)

    def on_unmount(self) -> None:
        self.work.stop()

    async def _start(self) -> None:
        """After the first paint: the store, then what the first screen does not need."""
        opening = asyncio.get_running_loop().run_in_executor(None, self._open)
        await self.main.mount_other_places()
        try:
            self.desk, self.shapes = await opening
        except EmptyLibrary as empty:
            self.exit(3, message=f"{empty.sentence}\n{empty.hint}")
            return
        except DeskError as refused:
            self.exit(1, return_code=1, message=f"{refused.sentence}\n{refused.hint}")
            return
        self.ready = True
        self._opened.set()
        self.main.draw_bars()
        self.say(self._first_words())
        if self.desk.staff is None:
            self.work.start(sign_in.sign_in(self))
        if self.bootstrap.settings.idle_lock_minutes:
            self.set_interval(LOCK_CHECK_SECONDS, self._lock_when_idle)

    def _open(self) -> tuple[Desk, CodeShapes]:
        store = self.bootstrap.open_store()
        desk = self.bootstrap.make_desk(store)
        desk = desk.signed_in_as(self.bootstrap.first_staff(desk))
        return desk, services.libraries.card_shapes(desk)

    def _first_words(self) -> str:
        faults = [(fault.line, fault.sentence) for fault in self.bootstrap.reading.faults]
        faults += [(fault.line, _(fault.msgid).format(**fault.params)) for fault in self.key_faults]
        if not faults:
            return ""
        line, sentence = min(faults)
        words = _("config.toml, regel {line}: {fault} ({count} in totaal; de rest werkt)")
        return words.format(line=line, fault=sentence, count=len(faults))

    def _lock_when_idle(self) -> None:
        minutes = self.bootstrap.settings.idle_lock_minutes
        if not self.locked and monotonic() - self.pump.last_key_at > minutes * 60:
            self.work.start(sign_in.lock(self))

    async def on_event(self, event: events.Event) -> None:
        """Keys go to the pump first; it hands the ones that are typed back to Textual."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            self.pump.put(event)
            return
        await super().on_event(event)

    def is_code(self, text: str) -> bool:
        """Whether a text has the shape of a card or an item of this library."""
        return kind_of(text, self.shapes) is not None

    @property
    def question(self) -> Question[object] | None:
        """The pop-up on top, if there is one."""
        return self.screen if isinstance(self.screen, Question) else None

    def footing(self) -> Footing:
        question = self.question
        if question is None:
            return self.main.place.footing()
        if question.takes_text:
            return Footing(Mode.EDIT, question.shown_at, question.in_number_field)
        return Footing(Mode.QUESTION, question.shown_at, answers=question.answers)

    async def deliver(self, key: str, character: str | None) -> None:
        question, typed = self.question, types_a_character(key, character)
        action = None if typed else self.keymap.action_for(key, self.where)
        if question is not None:
            await self._deliver_to(question, key, character, action)
        elif action is not None:
            self.say("")
            self.work.start(self.main.perform(action.id))
        else:
            await self.main.place.take_key(key, character)

    async def _deliver_to(
        self, question: Question[object], key: str, character: str | None, action: Action | None
    ) -> None:
        if action is None:
            await question.take_key(key, character)
        elif action.id == "edit.cancel":
            await question.take_key("escape", None)
        elif action.id == "edit.save":
            await question.submit()
        elif question.lets_out:
            self.work.start(self.main.perform(action.id))

    async def navigate(self, key: str) -> None:
        place = self.main.customer_place
        if self.question is None and self.main.place is place and place.session:
            place.session.jumped_from.append(place.session.tab)
            del place.session.jumped_from[:-MOST_JUMPS]
            action = self.keymap.action_for(key, Where.CUSTOMER)
            tab = action.id.removeprefix("tab.") if action else ""
            if place.editing:
                self.work.start(place.open_tab(tab))
            else:
                await place.open_tab(tab)

    async def navigate_back(self, steps: int) -> None:
        session = self.main.customer_place.session
        if session is not None and steps <= len(session.jumped_from):
            tab = session.jumped_from[-steps]
            del session.jumped_from[-steps:]
            await self.main.customer_place.open_tab(tab)

    async def type_key(self, key: str, character: str | None) -> None:
        """Let the focused input have a key, and wait until it has dealt with it."""
        focused = self.focused
        if not isinstance(focused, Input):
            return
        if types_a_character(key, character):
            self.typed.append((focused, focused.value, focused.cursor_position))
        await super().on_event(events.Key(key, character))
        done = asyncio.Event()
        if focused.call_later(done.set):
            await done.wait()

    def take_back(self, count: int) -> None:
        """Give the field back what it had before the last characters, which were a scan's."""
        if not 0 < count <= len(self.typed):
            return
        field, value, cursor = self.typed[-count]
        self.typed.clear()
        if field.is_attached:
            field.value = value
            field.cursor_position = cursor

    def incomplete(self, text: str) -> None:
        self.bell()
        self.say(_("Onvolledige scan, scan opnieuw: {text}").format(text=text), bad=True)

    async def scanned(self, code: str) -> None:
        self.work.start(flows.open_text(self, code))

    def waiting(self, codes: tuple[str, ...]) -> None:
        if codes:
            self.bell()
        self.main.show_waiting(codes)

    async def ask(self, question: Question[Answer]) -> Answer | None:
        """Put a question on the screen and wait for its answer; None is Esc."""
        question.on_answered = self.work.resume
        await self.push_screen(question)
        self.work.pause()
        return await question.answered

    def say(self, text: str, *, bad: bool = False) -> None:
        """Show a sentence in the notice line."""
        self.main.say(text, bad=bad)

    def trouble(self, trouble: BaseException) -> None:
        """Show what went wrong in a flow; what nobody foresaw goes to the log, without data."""
        self.bell()
        if isinstance(trouble, DeskError):
            self.say(f"{trouble.sentence} {trouble.hint}".strip(), bad=True)
            return
        note(trouble)
        self.say(_("Dit ging niet goed; er is niets opgeslagen. Probeer het nog eens."), bad=True)

    def help_page(self) -> str:
        """The name of the help page of what is on the screen."""
        question = self.question
        return question.help_page if question else self.main.place.help_page

    def where_and_who(self) -> str:
        """Branch, desk and employee for the title line."""
        if not self.ready:
            return _("de bibliotheek wordt geopend …")
        place = self.desk.place
        parts = [f"{place.branch.code} {place.branch.name}", place.name]
        if self.desk.staff:
            parts.append(self.desk.staff.name)
        if self.bootstrap.practice:
            parts.insert(0, _("OEFENEN"))
        return "  ".join(parts)

    async def redraw(self) -> None:
        """Draw everything anew, as after a change of language."""
        self.main.desk_place.draw_welcome()
        self.main.customer_place.draw()
        self.main.draw_bars()

    @property
    def where(self) -> Where:
        """Where the keys are now."""
        return Where.QUESTION if self.question else self.main.place.where


def types_a_character(key: str, character: str | None) -> bool:
    """Whether a key puts a character in a field; Alt+W carries one too and does not."""
    modified = key.startswith(("alt+", "ctrl+"))
    return bool(character and character.isprintable()) and not modified
