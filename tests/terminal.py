"""A program in a real pseudo-terminal, and the screen it paints.

The journeys, the benchmarks and the pictures of the README use this: what they see went
through the terminal's bytes in both directions, as at a desk.
"""

from __future__ import annotations

import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import pyte

# pyte prints the questions and modes it does not know; a terminal stays silent.
_UNKNOWN = re.compile(
    rb"\x1b\[[<>=][0-9;]*[a-zA-Z]"  # kitty keyboard, secondary attributes
    rb"|\x1b\[\?[0-9;]*\$p"  # is this mode supported?
    rb"|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)"  # titles and colours
    rb"|\x1bP[^\x1b]*\x1b\\"
)
# The first terminal that a new session opens becomes its own: resizing and hanging up then reach
# the program as signals. A hook between fork and exec would do it too, but not beside threads.
_TAKE_TERMINAL = 'exec <>"$0" >&0 2>&0; exec "$@"'
PATIENCE_S = 60.0
"""For what a program does at once, on a machine that others keep busy."""
_LOOK_S = 0.005
"""Between two looks at whether the program sleeps."""
KEYS: Mapping[str, str] = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "backspace": "\x7f",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "ctrl+pageup": "\x1b[5;5~",
    "ctrl+pagedown": "\x1b[6;5~",
    "f1": "\x1bOP",
    "f2": "\x1bOQ",
    "f3": "\x1bOR",
    "f4": "\x1bOS",
    "f5": "\x1b[15~",
    **{f"f{number}": f"\x1b[{number + 11}~" for number in range(6, 11)},
    "f11": "\x1b[23~",
    "f12": "\x1b[24~",
    "shift+f10": "\x1b[21;2~",
}
"""What xterm sends, by Textual's names."""


def key_bytes(name: str) -> str:
    """What the terminal sends for a key: `f2`, `ctrl+s`, `alt+w`, or a character as it is."""
    if name in KEYS:
        return KEYS[name]
    modifier, _plus, rest = name.rpartition("+")
    if modifier == "alt":
        return "\x1b" + key_bytes(rest)
    if modifier == "ctrl" and len(rest) == 1:
        return chr(ord(rest) & 0x1F)
    if len(name) == 1:
        return name
    raise ValueError(f"no such key: {name}")


@dataclass(frozen=True, slots=True)
class Cell:
    """One character on the screen; a colour is a name, six hexadecimals or `default`."""

    data: str
    fg: str
    bg: str
    bold: bool
    underline: bool
    reverse: bool


class Ended(Exception):
    """The program ended while something of it was waited for."""


class Terminal:
    """One program, started in a pseudo-terminal of its own; use it in a `with`."""

    def __init__(
        self,
        argv: Sequence[str],
        size: tuple[int, int] = (80, 24),
        env: Mapping[str, str] | None = None,
        term: str = "xterm-256color",
    ) -> None:
        columns, rows = size
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._rest = b""
        self.record: bytearray | None = None
        """What the program wrote, when set to an empty one."""
        self._fd, inner = os.openpty()
        self.resize(columns, rows)
        # A size in the environment is that of the terminal which runs the tests.
        inherited = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "LINES")}
        variables = {**inherited, "COLORTERM": "truecolor", "LANG": "C.UTF-8", "TERM": term}
        self.started = self.last_output = time.perf_counter()
        self._process = subprocess.Popen(
            ["sh", "-c", _TAKE_TERMINAL, os.ttyname(inner), *argv],
            stdin=inner,
            stdout=inner,
            stderr=inner,
            env={**variables, **(env or {})},
            start_new_session=True,
        )
        os.close(inner)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        self.close()

    def resize(self, columns: int, rows: int) -> None:
        """Make the terminal larger or smaller, as dragging its corner does."""
        self._screen.resize(rows, columns)
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def send(self, text: str) -> float:
        """Write to the program at once; answers with the moment, for measuring."""
        at = time.perf_counter()
        os.write(self._fd, text.encode())
        return at

    def press(self, *keys: str) -> None:
        """Press keys one after the other, at the pace of quick fingers."""
        for key in keys:
            self.send(key_bytes(key))
            self.pump(0.02)

    def type(self, text: str) -> None:
        """Type text at the pace of quick fingers."""
        self.press(*text)

    def scan(self, code: str, end: str = "\r") -> float:
        """Send a code as a scanner does: in one burst, with its Enter."""
        return self.send(code + end)

    def pump(self, seconds: float) -> bool:
        """Show what the program paints for so long; False once it has ended."""
        end = time.perf_counter() + seconds
        while True:
            ready, _, _ = select.select([self._fd], [], [], max(0.0, end - time.perf_counter()))
            if not ready:
                return True
            data = self._read()
            if not data:
                return False
            self._paint(data)

    def _read(self) -> bytes:
        try:
            data = os.read(self._fd, 65536)
        except OSError:  # The program has let go of the terminal.
            return b""
        self.last_output = time.perf_counter()
        if self.record is not None:
            self.record += data
        return data

    def _paint(self, data: bytes) -> None:
        # A sequence may be cut in two by the size of a read: the tail waits for its rest.
        data = self._rest + data
        start = data.rfind(b"\x1b")
        self._rest = data[start:] if start >= 0 and not _is_whole(data[start:]) else b""
        self._stream.feed(_UNKNOWN.sub(b"", data[: len(data) - len(self._rest)]))

    def wait(self, wanted: str | Callable[[str], bool], timeout: float = PATIENCE_S) -> float:
        """Wait until a regular expression is on the screen, or a predicate of its text holds.

        Answers with the moment of the output that brought it. Raises TimeoutError, or Ended when
        the program is gone; both show the screen.
        """
        holds = wanted if callable(wanted) else re.compile(wanted).search
        end = time.perf_counter() + timeout
        while not holds(self.text()):
            left = end - time.perf_counter()
            if left <= 0:
                raise TimeoutError(f"waited {timeout:g} s for {wanted!r}\n{self.text()}")
            select.select([self._fd], [], [], min(left, 0.5))
            if not self.pump(0) and not holds(self.text()):
                raise Ended(f"the program ended before {wanted!r}\n{self.text()}")
        return self.last_output

    def wait_gone(self, pattern: str, timeout: float = PATIENCE_S) -> float:
        """Wait until a regular expression is no longer on the screen."""
        return self.wait(lambda text: not re.search(pattern, text), timeout)

    def settle(self, quiet: float = 0.03, timeout: float = PATIENCE_S) -> float:
        """Wait until the program has painted nothing and slept for so long.

        A machine that is busy with something else lets it wait with work to do: that is no sleep,
        and does not count; neither does the time in which nobody looked, as this here had to wait.
        Answers with the last painting's moment.
        """
        start = looked = time.perf_counter()
        painted, slept = self.last_output, 0.0
        while slept < quiet:
            if not self.pump(_LOOK_S):
                break
            now = time.perf_counter()
            if self._asleep() and painted == self.last_output:
                slept += min(now - looked, 2 * _LOOK_S)
            else:
                slept = 0.0
            looked, painted = now, self.last_output
            if now - start > timeout:
                raise TimeoutError(f"still busy after {timeout:g} s\n{self.text()}")
        return self.last_output

    def _asleep(self) -> bool:
        """Whether every thread of the program waits for something to happen.

        Linux tells it; elsewhere silence is all there is to go by.
        """
        states = []
        for stat in Path(f"/proc/{self._process.pid}/task").glob("*/stat"):
            with suppress(OSError):
                states.append(stat.read_text().rpartition(")")[2].split()[0])
        return all(state in "SZ" for state in states)

    def measure(self, keys: str, done: Callable[[str], bool], timeout: float = PATIENCE_S) -> float:
        """Seconds from sending keys to the last painting that brought the wanted screen.

        What arrives is only noted until it has been quiet for 30 ms, and painted after: the work
        of the emulator is not the program's. The quiet time is not counted.
        """
        sent = self.send(keys)
        while True:
            chunks = []
            while select.select([self._fd], [], [], 0.03)[0]:
                chunks.append(self._read())
            self._paint(b"".join(chunks))
            if chunks and done(self.text()):
                return self.last_output - sent
            if time.perf_counter() - sent > timeout:
                raise TimeoutError(f"waited {timeout:g} s after {keys!r}\n{self.text()}")

    def text(self) -> str:
        """The screen, one line a row, without the blanks at the end of each."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    def find(self, pattern: str) -> tuple[int, int] | None:
        """Column and row of the first place a regular expression is found at."""
        for row, line in enumerate(self._screen.display):
            if match := re.search(pattern, line):
                return match.start(), row
        return None

    def cell(self, column: int, row: int) -> Cell:
        """One character with its colours."""
        char = self._screen.buffer[row][column]
        return Cell(char.data, char.fg, char.bg, char.bold, char.underscore, char.reverse)

    @property
    def size(self) -> tuple[int, int]:
        """Columns and rows."""
        return self._screen.columns, self._screen.lines

    @property
    def cursor(self) -> tuple[int, int] | None:
        """Column and row of the cursor, None when the program hides it."""
        cursor = self._screen.cursor
        return None if cursor.hidden else (cursor.x, cursor.y)

    def memory_mib(self) -> float:
        """The program's proportional share of memory (PSS; Linux only)."""
        with open(f"/proc/{self._process.pid}/smaps_rollup", encoding="ascii") as rollup:  # noqa: PTH123
            return next(int(line.split()[1]) for line in rollup if line.startswith("Pss:")) / 1024

    def wait_ended(self, timeout: float = PATIENCE_S) -> int:
        """Wait until the program has ended by itself; answers with its exit status."""
        end = time.perf_counter() + timeout
        while (status := self._process.poll()) is None:
            if time.perf_counter() > end:
                raise TimeoutError(f"still running after {timeout:g} s\n{self.text()}")
            self.pump(0.01)
        self.pump(0)
        return status

    def kill(self, how: signal.Signals = signal.SIGKILL) -> int:
        """End the program with a signal and wait for it."""
        self._process.send_signal(how)
        return self.wait_ended()

    def close(self) -> None:
        """Hang up, as a lost line does; a program that stays is killed."""
        try:
            self.kill(signal.SIGHUP)
        except TimeoutError:
            self.kill()
        os.close(self._fd)


def _is_whole(sequence: bytes) -> bool:
    """Whether an escape sequence at the end of what was read is complete."""
    if sequence[1:2] in (b"]", b"P"):
        return sequence.endswith((b"\x07", b"\x1b\\"))
    if sequence[1:2] == b"[":
        return re.match(rb"\x1b\[[0-?]*[ -/]*[@-~]", sequence) is not None
    if sequence == b"\x1b\\":
        return True
    return len(sequence) > 1
