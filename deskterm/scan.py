"""The scan gate: keystrokes with their times in, scans and ordinary keys out.

A scanner types, and over SSH its characters bunch up and stall, so the gate decides from the
characters, their order, their shape and the mode; times only part a person's keys from a run.
Pure: it knows no screen, no clock and no card numbers (``is_code`` does). Every key goes through
``feed``, one after the other; when ``due`` gives a time, ``tick`` is called then.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from deskterm.strokes import (
    BURST_LENGTH,
    Stroke,
    awaits_stop_letter,
    is_burst,
    is_half_scan,
    may_begin_at,
    run_start,
    text_of,
    without_codabar,
)

SCAN_LENGTH = 6
"""A run of so many characters is a scanner's: the Enter that ends it answers nothing."""
_MEMORY = 64
_ENTERS = frozenset({"enter", "ctrl+j"})
_ALT_DIGIT = re.compile(r"alt\+([0-9])")


class Mode(Enum):
    """What keys mean where the person is now."""

    DESK_LINE = auto()
    """A line that takes numbers and names; Enter looks up."""
    READ = auto()
    """A screen without a field: single characters jump to tabs."""
    EDIT = auto()
    """A form: characters go to the field."""
    QUESTION = auto()
    """A pop-up: Enter answers, characters never do."""
    PRINTING = auto()
    """A card is in the printer: Enter does nothing at all."""


@dataclass(frozen=True, slots=True)
class Deliver:
    """Hand this key to the application now, as if there were no gate."""

    key: str
    char: str | None


@dataclass(frozen=True, slots=True)
class Navigate:
    """Jump to the tab of this key; remember where it jumped from, it may be undone."""

    key: str
    char: str | None


@dataclass(frozen=True, slots=True)
class RestoreNavigation:
    """Undo the last so many ``Navigate``: their keys belonged to a scan."""

    steps: int


@dataclass(frozen=True, slots=True)
class Scan:
    """A complete code.

    ``takes_back`` is how many of the last printable ``Deliver`` belonged to it: the fields that
    got them must lose them again. ``mode`` is the mode it ended in: in a question it waits.
    """

    code: str
    mode: Mode
    takes_back: int = 0


@dataclass(frozen=True, slots=True)
class Incomplete:
    """It looked scanned and is no code: opens nothing (``Onvolledige scan, scan opnieuw``)."""

    text: str
    takes_back: int = 0


Outcome = Deliver | Navigate | RestoreNavigation | Scan | Incomplete


class ScanGate:
    """Tells scans from typing.

    ``is_code`` knows the library's codes. ``prefix`` is what the scanner is set to send first: one
    control character, or printable ones such as ``]C0``. CR, LF and CRLF end a scan, Tab only with
    ``tab_ends``; ``run_ms`` is how soon a character follows another to belong to its run;
    ``navigation`` holds the characters that jump to tabs in read mode.

    Raises ValueError for a prefix that no scanner could be told from a person's keys by.
    """

    def __init__(
        self,
        is_code: Callable[[str], bool],
        prefix: str = "",
        *,
        tab_ends: bool = False,
        run_ms: int = 300,
        navigation: str = "123456789abc",
    ) -> None:
        if not prefix.isprintable() and (len(prefix) > 1 or prefix in "\r\n\t\x1b\b\x7f"):
            raise ValueError("a scan prefix is one control character or printable characters")
        self._is_code = is_code
        self._prefix = prefix
        self._ends = _ENTERS | ({"tab"} if tab_ends else set())
        self._run = run_ms / 1000
        self._navigation = navigation
        self._mode = Mode.DESK_LINE
        self._since = float("-inf")
        self._in_number_field = False
        self._answers = ""
        self._strokes: list[Stroke] = []
        self._behind_prefix = False
        self._after_return = False
        self._end_is_owed = False

    @property
    def mode(self) -> Mode:
        """The mode that keys are judged by now."""
        return self._mode

    def set_mode(
        self, mode: Mode, since: float, *, in_number_field: bool = False, answers: str = ""
    ) -> None:
        """Say what is on the screen, and since when it could be seen.

        A run goes on through the change. ``in_number_field``: the field takes card numbers itself.
        ``answers``: letters that a question, such as an open menu, takes; digits never answer.
        """
        if mode is not self._mode:
            for stroke in self._strokes:
                stroke.held = False
        self._mode, self._since = mode, since
        self._in_number_field, self._answers = in_number_field, answers

    def feed(self, key: str, char: str | None, at: float) -> list[Outcome]:
        """Take one key, in Textual's names, with the time it arrived; give what to do now."""
        outcomes = self.tick(at)
        if key == "ctrl+j" and self._after_return:
            self._after_return = False
            return outcomes
        self._after_return = key == "enter"
        if key in self._ends:
            return outcomes + self._end(key, char, at)
        self._end_is_owed = False
        if self._prefix and char == self._prefix and not char.isprintable():
            outcomes += self._flush()
            self._behind_prefix = True
            return outcomes
        if match := _ALT_DIGIT.fullmatch(key):
            return outcomes + self._alt_digit(key, match[1], at)
        if _is_printable(key, char):
            return outcomes + self._character(Stroke(key, char or "", at))
        outcomes += self._flush()
        asks = self._mode in (Mode.QUESTION, Mode.PRINTING)
        if asks and key.startswith("alt+") and at < self._since:
            return outcomes
        # A terminal's Alt+K brings the letter along, which no field may take for typing.
        return [*outcomes, Deliver(key, None if _is_chord(key) else char)]

    def due(self) -> float | None:
        """Give the time at which ``tick`` must be called, or None when nothing waits."""
        if not self._strokes:
            return None
        waits = self._strokes[-1].held or self._burst_code() is not None
        return self._strokes[-1].at + self._run if waits else None

    def tick(self, at: float) -> list[Outcome]:
        """Let the time pass: a run that no key followed has died, or was a scan without Enter."""
        due = self.due()
        if due is None or at <= due:
            return []
        if (start := self._burst_code()) is not None:
            outcomes = self._scan(start)
            self._end_is_owed = True
            return outcomes
        return self._die()

    def _character(self, stroke: Stroke) -> list[Outcome]:
        fresh = not self._is_alive(stroke.at) and not self._behind_prefix
        if fresh and self._answers_with(stroke):
            self._forget()
            return [Deliver(stroke.key, stroke.char)]
        self._strokes = [*self._strokes[1 - _MEMORY :], stroke]
        if self._mode in (Mode.DESK_LINE, Mode.EDIT):
            stroke.landed = True
            return [Deliver(stroke.key, stroke.char)]
        if self._mode is Mode.READ:
            if fresh and self._navigates(stroke):
                stroke.navigated = True
                return [Navigate(stroke.key, stroke.char)]
            stroke.held = True
        return []

    def _alt_digit(self, key: str, digit: str, at: float) -> list[Outcome]:
        """Esc with a scan right behind it arrives as Alt and the first digit: keep the digit."""
        outcomes = self._flush()
        moves = self._mode not in (Mode.QUESTION, Mode.PRINTING)
        self._strokes.append(Stroke(key, digit, at, navigated=moves))
        return [*outcomes, Navigate(key, None)] if moves else outcomes

    def _end(self, key: str, char: str | None, at: float) -> list[Outcome]:
        if self._end_is_owed:
            self._forget()
            return []
        start = self._code_start()
        if start is not None and not (self._mode is Mode.EDIT and self._in_number_field):
            return self._scan(start)
        ending = Deliver("enter", "\r") if key == "ctrl+j" else Deliver(key, char)
        if self._mode is Mode.READ:
            return self._end_in_read(ending, at)
        if self._mode is Mode.QUESTION:
            return self._end_in_question(ending, at)
        printing = self._mode is Mode.PRINTING
        if printing and len(self._strokes) - self._run_start() < SCAN_LENGTH:
            self._forget()
            return []
        at_desk_line = self._mode is Mode.DESK_LINE
        looks_scanned = printing or (at_desk_line and is_half_scan(self._strokes, at))
        outcomes: list[Outcome] = self._incomplete(0) if looks_scanned else [ending]
        self._forget()
        return outcomes

    def _end_in_read(self, ending: Deliver, at: float) -> list[Outcome]:
        start = self._run_start()
        if len(self._strokes) - start >= SCAN_LENGTH:
            return self._incomplete(start)
        if self._is_alive(at):
            outcomes = self._die()
            self._forget()
            return outcomes
        self._forget()
        return [ending]

    def _end_in_question(self, ending: Deliver, at: float) -> list[Outcome]:
        jumps = sum(stroke.navigated for stroke in self._strokes)
        if len(self._strokes) - max(0, jumps - 1) >= SCAN_LENGTH:
            return self._incomplete(0)
        unfinished = [stroke for stroke in self._strokes if not stroke.navigated]
        typed_before = at < self._since or any(s.at < self._since for s in unfinished)
        belongs_to_a_run = self._is_alive(at) or self._behind_prefix
        self._forget()
        return [] if typed_before or belongs_to_a_run else [ending]

    def _flush(self) -> list[Outcome]:
        outcomes = self._die()
        self._forget()
        return outcomes

    def _die(self) -> list[Outcome]:
        """End the waiting of a run that became no scan: its last key was meant after all."""
        if not self._strokes or not self._strokes[-1].held:
            return []
        last, length = self._strokes[-1], len(self._strokes) - self._run_start()
        for stroke in self._strokes:
            stroke.held = False
        if length >= SCAN_LENGTH or self._behind_prefix or not self._navigates(last):
            return []
        last.navigated = True
        return [Navigate(last.key, last.char)]

    def _scan(self, start: int) -> list[Outcome]:
        return self._close(start, Scan(self._code(start), self._mode, self._landed(start)))

    def _incomplete(self, start: int) -> list[Outcome]:
        return self._close(start, Incomplete(self._text()[start:], self._landed(start)))

    def _close(self, start: int, outcome: Outcome) -> list[Outcome]:
        steps = sum(stroke.navigated for stroke in self._strokes[start:])
        self._forget()
        return [RestoreNavigation(steps), outcome] if steps else [outcome]

    def _forget(self) -> None:
        self._strokes = []
        self._behind_prefix = False
        self._end_is_owed = False

    def _code(self, start: int) -> str:
        return without_codabar(self._text()[start:].removeprefix(self._prefix))

    def _code_start(self) -> int | None:
        """Find where a code begins that the characters since the last other key end in."""
        text = self._text()
        if self._behind_prefix:
            return 0 if len(text) >= SCAN_LENGTH else None
        if self._prefix and (start := text.rfind(self._prefix)) >= 0:
            return start if len(text) - start - len(self._prefix) >= SCAN_LENGTH else None
        for start in range(len(text) - SCAN_LENGTH + 1):
            is_code = self._is_code(without_codabar(text[start:]))
            if is_code and may_begin_at(self._strokes, start):
                return start
        return None

    def _burst_code(self) -> int | None:
        """Find the code that a burst in a form's field ends in: a scanner that sends no Enter."""
        if self._mode is not Mode.EDIT or self._in_number_field:
            return None
        if not is_burst(self._strokes[-BURST_LENGTH:]):
            return None
        start = self._code_start()
        if start is None or not is_burst(self._strokes[start:]):
            return None
        if not self._is_code(self._code(start)) or awaits_stop_letter(self._strokes, start):
            return None
        return start

    def _run_start(self) -> int:
        return run_start(self._strokes, self._run)

    def _is_alive(self, at: float) -> bool:
        if not self._strokes:
            return False
        last = self._strokes[-1]
        return at - last.at <= self._run or (last.landed and self._mode is Mode.READ)

    def _navigates(self, stroke: Stroke) -> bool:
        return stroke.char.lower() in self._navigation

    def _answers_with(self, stroke: Stroke) -> bool:
        if self._mode is not Mode.QUESTION or stroke.at < self._since or stroke.char.isdigit():
            return False
        return stroke.char.lower() in self._answers

    def _text(self) -> str:
        return text_of(self._strokes)

    def _landed(self, start: int) -> int:
        return sum(stroke.landed for stroke in self._strokes[start:])


def _is_printable(key: str, char: str | None) -> bool:
    return char is not None and len(char) == 1 and char.isprintable() and not _is_chord(key)


def _is_chord(key: str) -> bool:
    return "+" in key and not key.startswith("shift+")
