"""What an IPP printer's words and numbers mean to us.

Source: RFC 8011 (printer-state-reasons, job-state, status codes) and CUPS, which adds words of
its own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from deskterm.printing.drivers.ipp_wire import Message
from deskterm.printing.model import NotSent, PrinterState, Readiness, Reason, SentUnsure


class JobState(IntEnum):
    """`job-state`."""

    PENDING = 3
    HELD = 4
    PROCESSING = 5
    STOPPED = 6
    CANCELED = 7
    ABORTED = 8
    COMPLETED = 9


_BUSY, _STOPPED = 4, 5
"""`printer-state`."""
_FIRST_ERROR = 0x0400
_SERVER_ERROR = 0x0500
NOT_SUPPORTED = 0x0501
GONE = (0x0406, 0x0407)
_LASTING = {0x0406: Reason.NOT_FOUND, 0x040A: Reason.FORM, 0x040B: Reason.MEDIA}
_PASSING = {
    0x0502: Reason.NOT_ACCEPTING,
    0x0504: Reason.FAULT,
    0x0505: Reason.BUSY,
    0x0506: Reason.NOT_ACCEPTING,
    0x0507: Reason.BUSY,
}
"""With these a printer says that it took nothing, now."""

_WORDS = {
    "media-jam": Reason.JAM,
    "cover-open": Reason.COVER_OPEN,
    "door-open": Reason.COVER_OPEN,
    "interlock-open": Reason.COVER_OPEN,
    "media-needed": Reason.CARD_NEEDED,
    "media-empty": Reason.CARDS_OUT,
    "input-tray-missing": Reason.CARDS_OUT,
    "output-area-full": Reason.HOPPER_FULL,
    "output-tray-missing": Reason.HOPPER_FULL,
    "marker-supply-empty": Reason.RIBBON,
    "marker-supply-missing": Reason.RIBBON,
    "toner-empty": Reason.RIBBON,
    "connecting-to-device": Reason.OFFLINE,
    "offline": Reason.OFFLINE,
    "shutdown": Reason.OFFLINE,
    "timed-out": Reason.OFFLINE,
    "spool-area-full": Reason.DISK_FULL,
    "cups-missing-filter": Reason.NO_LIBRARY,
    "cups-insecure-filter": Reason.NO_LIBRARY,
    "paused": Reason.PAUSED,
    "moving-to-paused": Reason.PAUSED,
    "media-low": Reason.PAPER_LOW,
}
_ON_PAPER = {Reason.CARD_NEEDED: Reason.PAPER_OUT, Reason.CARDS_OUT: Reason.PAPER_OUT}
"""What the same words mean where no card is printed."""
WAITS = frozenset({Reason.CARD_NEEDED, Reason.CARDS_OUT, Reason.PAPER_OUT})
"""While a printer says so, nothing of a job is on a card or on paper."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What a printer's state reasons amount to; the order is that of the table above."""

    errors: tuple[Reason, ...] = ()
    warnings: tuple[Reason, ...] = ()
    reports: tuple[Reason, ...] = ()
    """What has been; it may be long over."""

    def worst(self) -> Reason | None:
        """The first that matters now."""
        return next(iter(self.errors + self.warnings), None)

    def since(self, before: "Trouble") -> "Trouble":
        """What has come up that was not there before, in any severity."""
        old = {*before.errors, *before.warnings, *before.reports}

        def new(kind: tuple[Reason, ...]) -> tuple[Reason, ...]:
            return tuple(reason for reason in kind if reason not in old)

        return Trouble(new(self.errors), new(self.warnings), new(self.reports))


def trouble(words: Iterable[str], *, cards: bool) -> Trouble:
    """Sort the words of `printer-state-reasons`.

    An error nobody knows is a fault all the same; other words nobody knows mean nothing.
    """
    found: dict[str, set[Reason]] = {"error": set(), "warning": set(), "report": set()}
    for word in words:
        name, _, severity = word.rpartition("-")
        if severity not in found:
            # RFC 8011, 5.4.12: a word without one is an error.
            name, severity = word, "error"
        reason = _WORDS.get(name, Reason.FAULT if word.endswith("-error") else None)
        if reason is None:
            continue
        if not cards:
            reason = _ON_PAPER.get(reason, reason)
        if reason is Reason.PAPER_LOW and severity == "error":
            severity = "warning"
        found[severity].add(reason)
    order = list(dict.fromkeys((*_WORDS.values(), *_ON_PAPER.values(), Reason.FAULT)))
    return Trouble(*(tuple(sorted(kind, key=order.index)) for kind in found.values()))


def printer_state(printer: Message, *, cards: bool) -> PrinterState:
    """How a printer is, from its attributes."""
    found = trouble(printer.words("printer-state-reasons"), cards=cards)
    reasons = found.errors + found.warnings
    readiness = Readiness.READY
    if printer.first("printer-is-accepting-jobs") is False:
        readiness, reasons = Readiness.ATTENTION, (Reason.NOT_ACCEPTING, *reasons)
    elif found.errors == (Reason.CARD_NEEDED,) or reasons == (Reason.CARD_NEEDED,):
        readiness = Readiness.WAITING
    elif found.errors:
        readiness = Readiness.ATTENTION
    elif printer.number("printer-state") == _STOPPED:
        readiness, reasons = Readiness.ATTENTION, reasons or (Reason.PAUSED,)
    elif printer.number("printer-state") == _BUSY:
        readiness, reasons = Readiness.WAITING, reasons or (Reason.BUSY,)
    return PrinterState(readiness, reasons, can_confirm=True)


def refused(status: int) -> bool:
    """Whether a status says that it was not done."""
    return status >= _FIRST_ERROR


def why_not_taken(status: int) -> NotSent | SentUnsure:
    """The error that an answer to a job means."""
    if status in _LASTING:
        return NotSent(_LASTING[status], lasting=True)
    if status in _PASSING:
        return NotSent(_PASSING[status])
    if status < _SERVER_ERROR or status == NOT_SUPPORTED:
        return NotSent(Reason.REFUSED, lasting=True)
    return SentUnsure(Reason.FAULT)
