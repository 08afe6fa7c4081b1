"""The application: wires screens, keys and scans to a desk. No rule of the library is here.

What the first paint does not need is imported after it: staff see the desk line at once, and the
keys they type meanwhile wait in order.
"""

import asyncio
import gc
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from rich.text import Text
from textual import events
from textual.app import App, ScreenStackError
from textual.css.query import NoMatches
from textual.dom import NoScreen
from textual.filter import LineFilter, NoColor

from deskterm import process, services
from deskterm.bootstrap import Bootstrap, EmptyLibrary
from deskterm.colours import THEMES
from deskterm.keys import Keymap, default_keymap
from deskterm.screens.main import MainScreen
from deskterm.screens.session import LastList, Sessions
from deskterm.screens.work import Work
from deskterm.services.errors import DeskError
from deskterm.text import _

if TYPE_CHECKING:
    from deskterm.rules.cards import CodeShapes
    from deskterm.screens.errands import Errands
    from deskterm.screens.keyboard import Keyboard
    from deskterm.screens.printing.watch import Watch
    from deskterm.screens.privacy.looks import Looks
    from deskterm.screens.pump import KeyPump
    from deskterm.screens.question import Question
    from deskterm.services.desk import Desk
    from deskterm.views.desk import WordView
    from deskterm.widgets.sheet import Span

Answer = TypeVar("Answer")
IDLE_CHECK_SECONDS = 5
REST_SECONDS = 1.0
"""After the start, when what only searching and editing need is mounted."""
MOST_REST = 90
"""Seconds that loading beforehand waits for a machine on which a whole branch is starting."""


class DesktermApp(App[int]):
    """The desk. Keys go through the pump; Textual's own bindings and palette are off."""

    CSS_PATH = "screens/deskterm.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS = []
    TITLE = "deskterm"

    desk: "Desk"
    keyboard: "Keyboard"

    def __init__(self, bootstrap: Bootstrap) -> None:
        super().__init__()
        self.bootstrap = bootstrap
        self.keymap: Keymap = default_keymap()
        self.faults: list[tuple[int, str]] = []
        """Lines of config.toml that are wrong, each with its sentence."""
        self.ready = False
        self.locked = False
        self.sessions = Sessions()
        self.words: dict[str, tuple[WordView, ...]] = {}
        self.last_list: LastList | None = None
        self.start_worker: Callable[[], None] = lambda: None
        """Starts a worker beside the screens; set by whoever knows how. Blocks for a moment."""
        self.main = MainScreen()
        self._opened = asyncio.Event()
        self.work = Work(self.trouble, self._opened)
        self._questions: list[Question[Any]] = []
        self._prints: Watch | None = None
        self._errands: Errands | None = None
        self._looks: Looks | None = None
        self._early: list[events.Key] | None = []
        for theme in THEMES:
            self.register_theme(theme)
        # Without its watcher, which would parse the stylesheet a second time.
        self.set_reactive(App.theme, f"deskterm-{bootstrap.settings.theme}")
        self.stylesheet.set_variables(self.get_css_variables())

    def on_mount(self) -> None:
        self.push_screen(self.main)
        self.call_after_refresh(self._start)

    async def on_unmount(self) -> None:
        if self._looks is not None:
            await self._looks.finish()
        self.work.stop()

    @property
    def pump(self) -> "KeyPump":
        return self.keyboard.pump

    async def _start(self) -> None:
        """After the first paint: the store in a thread, beside it what the screens need."""
        opening = asyncio.get_running_loop().run_in_executor(None, self._open)
        self._read_keys()
        await self.main.mount_customer_place()
        self._connect_keyboard()
        try:
            self.desk, self.keyboard.shapes = await opening
        except EmptyLibrary as empty:
            self.exit(return_code=3, message=_in_plain(empty))
            return
        except DeskError as refused:
            self.exit(return_code=1, message=_in_plain(refused))
            return
        self.ready = True
        self._opened.set()
        self.main.draw_bars()
        self.say(self._first_words())
        if self.desk.staff is None:
            from deskterm.screens.sign_in import sign_in

            self.work.start(sign_in(self))
        elif self.bootstrap.signs_in_by_login:
            from deskterm.screens.sign_in import come_in

            self.work.start(come_in(self, self.desk.staff))
        self.set_timer(REST_SECONDS, self._settle_down)
        self.set_interval(IDLE_CHECK_SECONDS, self._look_how_idle)

    async def _settle_down(self) -> None:
        """When the first customer stands on the screen: what was put off at the start."""
        await self.main.mount_rest()
        # Beside the keys: whoever comes in on a swamped machine would type in vain for as long.
        loading: Callable[[], object] = self._load_beforehand
        self.run_worker(loading, name="loading", group="loading")

    async def _load_beforehand(self) -> None:
        for _second in range(MOST_REST):
            if self.work.stopped or not process.is_swamped():
                break
            await asyncio.sleep(1)
        if self.work.stopped:
            return
        await self._warm_up()
        gc.collect()
        gc.freeze()
        gc.enable()
        self.errands.begin()
        self.prints.begin()

    async def _warm_up(self) -> None:
        # The module is imported in the thread too.
        parts = await self.work.call(lambda: services.warming.PARTS)
        for part in parts:
            if not self.work.stopped:
                await self.work.call(part)

    def _open(self) -> "tuple[Desk, CodeShapes]":
        store = self.bootstrap.open_store()
        desk = self.bootstrap.make_desk(store)
        desk = desk.signed_in_as(self.bootstrap.first_staff(desk))
        return desk, services.libraries.card_shapes(desk)

    def _read_keys(self) -> None:
        reading = self.bootstrap.reading
        self.faults = [(fault.line, fault.sentence) for fault in reading.faults]
        if reading.elsewhere.keys() - {"keys"}:
            from deskterm import sections

            self.faults += [(fault.line, fault.sentence) for fault in sections.faults(reading)]
        if "keys" not in reading.source:
            return
        from deskterm import keys_file

        keys = keys_file.read(reading.source)
        self.keymap = keys.keymap
        self.faults += [(one.line, _(one.msgid).format(**one.params)) for one in keys.faults]

    def _connect_keyboard(self) -> None:
        from deskterm.screens.keyboard import Keyboard

        self.keyboard = Keyboard(self)
        for key in self._early or ():
            self.pump.put(key)
        self._early = None
        # Not called here: a program that ends first would never await it.
        taking: Callable[[], object] = self._take_keys
        self.run_worker(taking, name="keys", group="keys")

    async def _take_keys(self) -> None:
        try:
            await self.pump.run()
        except (NoMatches, NoScreen, ScreenStackError):
            # What the keys are about is taken down when the program ends in the midst of them.
            if self.is_running:
                raise

    def _first_words(self) -> str:
        if not self.faults:
            return ""
        line, sentence = min(self.faults)
        words = _("config.toml, regel {line}: {fault} ({count} in totaal; de rest werkt)")
        return words.format(line=line, fault=sentence, count=len(self.faults))

    def _look_how_idle(self) -> None:
        from deskterm.screens import idle

        idle.look(self)

    async def on_event(self, event: events.Event) -> None:
        """Keys go to the pump first; it hands the ones that are typed back to Textual."""
        if isinstance(event, events.MouseEvent) and self._is_beside_question(event):
            return
        if not isinstance(event, events.Key) or event.is_forwarded:
            await super().on_event(event)
        elif self._early is not None:
            self._early.append(event)
        else:
            self.pump.put(event)

    def _is_beside_question(self, event: events.MouseEvent) -> bool:
        question = self.question
        return question is not None and not question.region.contains(event.x, event.y)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Under NO_COLOR no colour at all, where Textual would send shades of grey."""
        return (NoColor(),) if self.no_color else super().get_line_filters()

    async def hand_to_textual(self, key: events.Key) -> None:
        """Let Textual have a key: it goes to the widget with the focus."""
        await super().on_event(key)

    async def type_key(self, key: str, character: str | None) -> None:
        """Type a key into the focused input, and wait until it is there."""
        await self.keyboard.type(key, character)

    async def ask(self, question: "Question[Answer]") -> Answer | None:
        """Put a question on the screen and wait for its answer; None is Esc."""
        self._questions.append(question)
        self.main.set_focus(None)
        self._cover()
        await self.main.mount(question)
        self.work.pause()
        return await question.answered

    @property
    def question(self) -> "Question[object] | None":
        """The pop-up on top, if there is one."""
        return self._questions[-1] if self._questions else None

    async def close(self, question: "Question[Answer]") -> None:
        """Take an answered question off the screen; the flow that asked goes on."""
        self.work.resume()
        self._questions.remove(question)
        await question.remove()
        self._cover()
        if self.question is not None:
            self.question.prepare()
        else:
            await self.main.place.enter()

    def _cover(self) -> None:
        """Hide the screen, and the pop-ups on it, that a pop-up covers."""
        covers = [at for at, question in enumerate(self._questions) if question.covers_all]
        self.main.set_class(bool(covers), "blank")
        for at, question in enumerate(self._questions):
            question.visible = at >= max(covers, default=0)

    def say(self, text: str, *, bad: bool = False) -> None:
        """Show a sentence in the notice line."""
        self.main.say(text, bad=bad)

    def trouble(self, trouble: BaseException) -> None:
        """Show what went wrong in a flow; what nobody foresaw goes to the log, without data.

        A program that ends takes the screens away from the flows that go on: nothing is wrong then.
        """
        if not self.is_running:
            return
        self.bell()
        if isinstance(trouble, DeskError):
            self.say(f"{trouble.sentence} {trouble.hint}".strip(), bad=True)
            return
        from deskterm.logs import note

        note(trouble)
        self.say(_("Dit ging niet goed; er is niets opgeslagen. Probeer het nog eens."), bad=True)

    def _handle_exception(self, error: Exception) -> None:
        """Deal with an error in the screens themselves: it ends the program.

        One that comes as the screens are taken down, after staff left, changes nothing about that.
        """
        if self._exit:
            self._note(error)
        else:
            super()._handle_exception(error)

    def _note(self, error: Exception) -> None:
        from textual.worker import WorkerFailed

        from deskterm.logs import note

        # A failed worker was raised nowhere itself: what failed is within.
        note(error.error if isinstance(error, WorkerFailed) else error)

    def _fatal_error(self) -> None:
        """End after an error in the screens themselves.

        Textual would print the values of all variables, which are people's.
        """
        if self._exception is not None:
            self._note(self._exception)
        sentence = _("Het programma is gestopt door een fout. Wat opgeslagen was, is bewaard.")
        self._exit_renderables.append(Text(sentence))
        self._close_messages_no_wait()

    def help_page(self) -> str:
        """The name of the help page of what is on the screen."""
        question = self.keyboard.question
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

    @property
    def looks(self) -> "Looks":
        """Who was opened, on its way to be written down."""
        if self._looks is None:
            from deskterm.screens.privacy.looks import Looks

            self._looks = Looks(self)
        return self._looks

    @property
    def errands(self) -> "Errands":
        """What waits beside the desk, and is looked after."""
        if self._errands is None:
            from deskterm.screens.errands import Errands

            self._errands = Errands(self)
        return self._errands

    @property
    def prints(self) -> "Watch":
        """What this desk prints while staff do something else."""
        if self._prints is None:
            from deskterm.screens.printing.watch import Watch

            self._prints = Watch(self)
        return self._prints

    def print_status(self) -> "Span | None":
        """How printing goes, for the title line; None when nothing is printed."""
        return self._prints.status() if self._prints else None

    async def redraw(self) -> None:
        """Draw everything anew, as after a change of language."""
        self.main.desk_place.draw_welcome()
        self.main.customer_place.draw()
        self.main.draw_bars()


def _in_plain(trouble: DeskError) -> Text:
    """What is left on the terminal; a plain string would have its `:words:` drawn as emoji."""
    return Text(f"{trouble.sentence}\n{trouble.hint}")
