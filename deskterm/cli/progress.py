"""How far a long task is: a bar with rate and time left, or a line per tenth without a terminal."""

import sys
import time
from collections.abc import Callable
from typing import TextIO

from deskterm.text import _

_REDRAW_SECONDS = 0.1
_WIDTH = 24


class Progress:
    """Call it with how much is done of how much; `close` ends the line."""

    def __init__(
        self,
        label: str,
        stream: TextIO | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._label = label
        self._stream = stream or sys.stderr
        self._clock = clock
        self._began = clock()
        self._drawn = float("-inf")
        self._tenth = 0
        self._moves = self._stream.isatty()

    def __call__(self, done: int, total: int) -> None:
        """Show that `done` of `total` is done; a total of 0 is not known."""
        now = self._clock()
        if not self._moves:
            self._line_per_tenth(done, total)
        elif now - self._drawn >= _REDRAW_SECONDS or done == total:
            self._drawn = now
            self._stream.write(f"\r{self._bar(done, total, now - self._began)}\x1b[K")
            self._stream.flush()

    def close(self) -> None:
        """Leave the bar as it is and go to the next line."""
        if self._moves and self._drawn > float("-inf"):
            self._stream.write("\n")
            self._stream.flush()

    def _line_per_tenth(self, done: int, total: int) -> None:
        tenth = done * 10 // total if total else 0
        if tenth > self._tenth:
            self._tenth = tenth
            print(f"{self._label}: {tenth * 10}% ({done})", file=self._stream, flush=True)

    def _bar(self, done: int, total: int, seconds: float) -> str:
        rate = done / seconds if seconds > 0 else 0.0
        speed = _("{rate}/s").format(rate=f"{rate:.0f}")
        if not total:
            return f"{self._label} {done} {speed}"
        filled = _WIDTH * done // total
        left = clock_text((total - done) / rate) if rate else "--:--"
        bar = "#" * filled + "." * (_WIDTH - filled)
        rest = _("nog {time}").format(time=left)
        return f"{self._label} [{bar}] {done * 100 // total:3}% {done}/{total} {speed} {rest}"


def clock_text(seconds: float) -> str:
    """Seconds as `1:05`, or `1:02:05` from an hour on."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
