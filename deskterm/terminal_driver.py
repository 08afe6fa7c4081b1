"""Textual's driver for Unix with two changes: it writes little, and it cannot be put aside."""

import signal
from types import FrameType
from typing import Any

from textual.drivers.linux_driver import LinuxDriver

from deskterm.thin_line import ThinLine


class DeskDriver(LinuxDriver):
    """What is on the screen already is not sent again; a stop signal does not give the shell."""

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self._line = ThinLine()
        self._painted_at: object = None
        # Textual would leave the screen and stop, for a shell that is not there for staff.
        signal.signal(signal.SIGTSTP, signal.SIG_IGN)

    def write(self, data: str) -> None:
        # A painting made for the old size may have come after the terminal took its new one.
        if self._app.size != self._painted_at:
            self._painted_at = self._app.size
            self._line.forget()
        if thinned := self._line.thinned(data):
            super().write(thinned)

    def start_application_mode(self) -> None:
        super().start_application_mode()  # type: ignore[no-untyped-call]
        heard = signal.getsignal(signal.SIGWINCH)

        def resized(number: int, frame: FrameType | None) -> None:
            # A terminal that changes its size may have moved or dropped what it showed.
            self._line.forget()
            if callable(heard):
                heard(number, frame)

        signal.signal(signal.SIGWINCH, resized)
