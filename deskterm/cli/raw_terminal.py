"""The keyboard as the screens get it: Textual's own parser over the raw bytes of the terminal.

What these tools show is what the program receives, because the same code reads the bytes: the
table of escape sequences, our repair of it, and the waiting after Escape.
"""

from __future__ import annotations

import os
import select
import sys
import time
from codecs import getincrementaldecoder
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from deskterm.services.errors import DeskError
from deskterm.text import _

_TICK_SECONDS = 0.02
# As Textual asks on starting: the kitty keyboard protocol where the terminal has it, and paste
# in brackets; and back.
_ASK = "\x1b[>25u\x1b[?2004h"
_LEAVE = "\x1b[?2004l\x1b[<u"


@dataclass(frozen=True, slots=True)
class Stroke:
    """One key (or one paste) that arrived."""

    key: str
    """Textual's name of it; `paste` for a pasted text."""
    character: str
    """What it types; empty for a key that types nothing."""
    sent: str
    """The characters that the terminal sent for it; empty when one sequence gave more keys."""
    at: float
    """Seconds on a clock that only goes forward."""


class Keyboard:
    """Keys out of the bytes of one terminal."""

    def __init__(self, descriptor: int) -> None:
        from textual._xterm_parser import XTermParser

        from deskterm.terminal_keys import repair

        repair()
        self._descriptor = descriptor
        self._parser = XTermParser()
        self._decode = getincrementaldecoder("utf-8")(errors="replace").decode
        self._pending = ""
        self.closed = False

    def wait(self, seconds: float) -> list[Stroke]:
        """The keys that arrive within this time; returns as soon as there are any."""
        deadline = time.monotonic() + seconds
        strokes: list[Stroke] = []
        while not strokes and not self.closed and time.monotonic() < deadline:
            ready, _writable, _errors = select.select([self._descriptor], [], [], _TICK_SECONDS)
            if ready:
                strokes += self._read()
            strokes += self._strokes(list(self._parser.tick()))
        return strokes

    def _read(self) -> list[Stroke]:
        try:
            received = os.read(self._descriptor, 4096)
        except OSError:
            received = b""
        self.closed = not received
        strokes = []
        for character in self._decode(received):
            self._pending += character
            strokes += self._strokes(list(self._parser.feed(character)))
        return strokes

    def _strokes(self, messages: list[object]) -> list[Stroke]:
        from textual.events import Key, Paste

        at = time.monotonic()
        strokes = []
        for message in messages:
            if isinstance(message, Key):
                strokes.append(Stroke(message.key, message.character or "", self._pending, at))
            elif isinstance(message, Paste):
                strokes.append(Stroke("paste", message.text, self._pending, at))
            self._pending = ""
        return strokes


@contextmanager
def raw_keyboard() -> Iterator[Keyboard]:
    """The keyboard of this terminal, every key unhindered; the terminal is itself again after.

    Raises:
        DeskError: there is no terminal to read from.
    """
    try:
        import termios
        import tty
    except ImportError as error:
        raise DeskError(_("Dit kan alleen op Linux, macOS of via SSH.")) from error
    descriptor = sys.stdin.fileno()
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise DeskError(
            _("Hier is geen terminal om toetsen van te lezen."),
            _("Start dit zonder omleiding, in het venster waarin straks gewerkt wordt."),
        )
    before = termios.tcgetattr(descriptor)
    try:
        tty.setraw(descriptor, termios.TCSANOW)
        # Raw also stops turning line ends into new lines, which is only wanted of the keyboard.
        during = termios.tcgetattr(descriptor)
        during[1] = before[1]
        termios.tcsetattr(descriptor, termios.TCSANOW, during)
        print(_ASK, end="", flush=True)
        yield Keyboard(descriptor)
    finally:
        print(_LEAVE, end="", flush=True)
        termios.tcsetattr(descriptor, termios.TCSAFLUSH, before)


_CONTROLS = {"\x1b": "ESC", "\r": "CR", "\n": "LF", "\t": "TAB", "\x7f": "DEL", " ": "SPATIE"}


def spelled(sent: str) -> str:
    """Characters as somebody can read them out: `ESC [ 1 1 ~`."""
    return " ".join(_CONTROLS.get(one) or _spelled_control(one) for one in sent)


def _spelled_control(character: str) -> str:
    code = ord(character)
    if code < 32:
        return "^" + chr(code + 64)
    return character if character.isprintable() else f"U+{code:04X}"
