"""What an ESC/POS printer says of itself, byte by byte.

Asked with DLE EOT n, which a printer answers at once, also when it is offline. Read here and not
by python-escpos, whose helpers take silence for paper.

Source: Epson's ESC/POS reference, DLE EOT.
"""

from collections.abc import Mapping

from deskterm.printing.model import PrinterState, Readiness, Reason

PRINTER, CAUSE, ERROR, PAPER = 1, 2, 3, 4
"""The n of DLE EOT n."""

_OFFLINE = 0x08
_COVER, _FEEDING, _PAPER_STOP, _IN_ERROR = 0x04, 0x08, 0x20, 0x40
_CUTTER, _NEAR_END, _PAPER_END = 0x08, 0x0C, 0x60


def question(number: int) -> bytes:
    """DLE EOT n."""
    return bytes((0x10, 0x04, number))


def is_answer(byte: int) -> bool:
    """Whether this byte can be an answer: bits 0, 1, 4 and 7 are fixed at 0, 1, 1 and 0."""
    return byte & 0x93 == 0x12


def reasons(answers: Mapping[int, int]) -> tuple[Reason, ...]:
    """What is wrong by these answers (n to byte), the worst first; near the end of the paper is
    told too."""
    cause, paper = answers.get(CAUSE, 0), answers.get(PAPER, 0)
    found = []
    if cause & _COVER:
        found.append(Reason.COVER_OPEN)
    if paper & _PAPER_END or cause & _PAPER_STOP:
        found.append(Reason.PAPER_OUT)
    if cause & _IN_ERROR:
        cut = answers.get(ERROR, 0) & _CUTTER
        found.append(Reason.CUTTER if cut else Reason.FAULT)
    offline = answers.get(PRINTER, 0) & _OFFLINE
    if (offline or cause & _FEEDING) and not found:
        found.append(Reason.PAUSED)
    if paper & _NEAR_END and Reason.PAPER_OUT not in found:
        found.append(Reason.PAPER_LOW)
    return tuple(found)


def judge(answers: Mapping[int, int], *, can_confirm: bool) -> PrinterState:
    """The state these answers (n to byte) amount to; silence is not knowing, never fine."""
    if not answers:
        return PrinterState(Readiness.UNKNOWN, (Reason.NO_ANSWER,), can_confirm)
    found = reasons(answers)
    blocked = any(reason is not Reason.PAPER_LOW for reason in found)
    return PrinterState(Readiness.ATTENTION if blocked else Readiness.READY, found, can_confirm)
