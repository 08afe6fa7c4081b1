"""How an ESC/POS printer tells that a job is on paper.

Two ways, by what the printer can: GS ( H function 48, whose answer carries our own number once
all before it has been printed (Epson), and GS r, which is answered when the printer has come to
it (most others). Source: Epson's ESC/POS reference, GS ( H <fn 48> and GS r.
"""

from collections import deque
from enum import StrEnum

from deskterm.printing.drivers import status

_BLOCK = b"\x37\x22"
"""How an answer to GS ( H begins; four digits and a NUL follow."""
_BLOCK_SIZE = 7
_ASB_SIZE = 4
SENSOR_END, SENSOR_LOW = 0x0C, 0x03
"""Bits of an answer to GS r 1."""


class Confirm(StrEnum):
    """What a printer is asked at the end of a job; `confirm` of `[[printer]]`."""

    PROCESS_ID = "process-id"
    GS_R = "gs-r"
    NONE = "none"


def digits(job_id: int) -> bytes:
    """The four digits that stand for a job at its printer."""
    return b"%04d" % (job_id % 10_000)


def ending(confirm: Confirm, job_id: int) -> bytes:
    """What is sent after the payload, so that the printer answers when it is there."""
    if confirm is Confirm.PROCESS_ID:
        return b"\x1d(H\x06\x0000" + digits(job_id)
    return b"\x1dr\x01" if confirm is Confirm.GS_R else b""


class Answers:
    """Tells the answers of a printer apart in the one stream that they come in."""

    def __init__(self) -> None:
        """Nothing has come yet."""
        self._held = b""
        self.printed: set[bytes] = set()
        """Digits of the jobs that are on paper."""
        self.sensors: deque[int] = deque()
        """Answers to GS r."""
        self.statuses: deque[int] = deque()
        """Answers to DLE EOT."""

    def feed(self, data: bytes) -> None:
        """Sort what has come; the rest of an answer may come later."""
        self._held += data
        while self._held:
            size = self._next()
            if size == 0:
                return
            self._held = self._held[size:]

    def _next(self) -> int:
        """Sort the first answer; its size, 0 while it is not all there."""
        first = self._held[0]
        if first == _BLOCK[0]:
            if len(self._held) < _BLOCK_SIZE and self._held[1:2] in (b"", _BLOCK[1:]):
                return 0
            if self._held.startswith(_BLOCK):
                self.printed.add(self._held[2:6])
                return _BLOCK_SIZE
            return 1
        if status.is_answer(first):
            self.statuses.append(first)
        elif first & 0x93 == 0x10:
            # Automatic status back, which some printers have switched on: four bytes.
            return _ASB_SIZE if len(self._held) >= _ASB_SIZE else 0
        elif first & 0x90 == 0:
            self.sensors.append(first)
        return 1
