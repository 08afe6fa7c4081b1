"""What a printer is to us: four verbs, plain values, and two errors that keep a job apart
from its double.

Whoever drives a job calls `send` and then `confirm` on one driver object, both with the same
callback, and `close` at the end; a driver is made anew for every job. `NotSent` is safe to
try again, `SentUnsure` never is: the paper, or the card, may be out already.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar, Protocol


class Form(StrEnum):
    """What the bytes of a payload are."""

    ESCPOS = "escpos"
    CARD_PDF = "card-pdf"
    """One page of an ID-1 card."""
    CARD_PNG = "card-png"
    A4_PDF = "a4-pdf"
    ZPL = "zpl"


class Reason(StrEnum):
    """Why a printer or a job is as it is; `services.printing_words` has the sentences."""

    # Nothing can be sent.
    OFFLINE = "offline"
    NOT_CONNECTED = "not_connected"
    NO_ANSWER = "no_answer"
    NO_ADDRESS = "no_address"
    NO_ACCESS = "no_access"
    NO_LIBRARY = "no_library"
    NO_FOLDER = "no_folder"
    NOT_FOUND = "not_found"
    REFUSED = "refused"
    NOT_TRUSTED = "not_trusted"
    BAD_ANSWER = "bad_answer"
    NOT_ACCEPTING = "not_accepting"
    PAUSED = "paused"
    BUSY = "busy"
    MEDIA = "media"
    FORM = "form"
    DISK_FULL = "disk_full"
    # Somebody has to go to the printer.
    PAPER_OUT = "paper_out"
    PAPER_LOW = "paper_low"
    COVER_OPEN = "cover_open"
    CUTTER = "cutter"
    FAULT = "fault"
    JAM = "jam"
    CARD_NEEDED = "card_needed"
    CARDS_OUT = "cards_out"
    CARD_LEFT = "card_left"
    HOPPER_FULL = "hopper_full"
    RIBBON = "ribbon"
    CLEANING = "cleaning"
    WARMING = "warming"
    # What came of a job.
    INTERRUPTED = "interrupted"
    STALLED = "stalled"
    NOT_CONFIRMED = "not_confirmed"
    JOB_GONE = "job_gone"
    ABORTED = "aborted"
    CANCELLED = "cancelled"
    NOT_STOPPED = "not_stopped"
    NOT_LET_GO = "not_let_go"
    """The job was wanted back, and the printer was not seen to drop it: it may print it yet."""
    WORKER_LOST = "worker_lost"


class Readiness(StrEnum):
    """Whether a printer would print now."""

    READY = "ready"
    WAITING = "waiting"
    """It would take a job and then wait: for a card, or for the job before."""
    ATTENTION = "attention"
    """Somebody has to do something at the printer first."""
    OFFLINE = "offline"
    UNKNOWN = "unknown"
    """It does not tell; it may print all the same."""


@dataclass(frozen=True, slots=True)
class PrinterState:
    """A printer as it is at this moment."""

    readiness: Readiness
    reasons: tuple[Reason, ...] = ()
    """The worst first."""
    can_confirm: bool = False
    """Whether the end of a job is seen, not assumed."""


def never() -> bool:
    """Nobody asks."""
    return False


@dataclass(frozen=True, slots=True)
class PrinterJob:
    """A job as its driver needs it; nothing of whom it is for."""

    id: int
    payload: bytes
    form: Form
    device_job: str = ""
    """The printer's own number for it, once it has one."""
    stop_asked: Callable[[], bool] = field(default=never, compare=False)
    """Whether somebody wants it back by now. A driver that can ask its printer looks now and then
    and tells Reason.NOT_STOPPED when the printer will not."""


class Stage(StrEnum):
    """How far a job is."""

    WAITING = "waiting"
    """Nothing has left us; the printer waits for somebody (see the reason)."""
    SENDING = "sending"
    """The first byte is the very next thing that happens: written down before it goes."""
    SENT = "sent"
    """All of it is out of our hands. Told again whenever the reason changes."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Something that whoever waits for a job wants to know."""

    stage: Stage
    reason: Reason | None = None
    """Why it takes long; None when all is well."""
    device_job: str = ""


Tell = Callable[[Progress], None]
"""Called in the driver's thread. What it raises stops the job and is not caught by a driver:
raised at Stage.SENDING, nothing has been sent."""


@dataclass(frozen=True, slots=True)
class SendReceipt:
    """What a driver has to remember between sending a job and confirming it."""

    device_job: str = ""
    size: int = 0
    """Bytes that were sent."""


class Result(StrEnum):
    """What came of a job that was sent."""

    DONE = "done"
    FAILED = "failed"
    """It has certainly not been printed as it should be; doing it again makes no double."""
    UNKNOWN = "unknown"
    """Somebody has to look."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a job ended."""

    result: Result
    reason: Reason | None = None
    confirmed: bool = True
    """False when DONE says only that all bytes went out to a printer that never answers."""


class NotSent(Exception):
    """Nothing of the job has reached the printer, or the printer itself said it took nothing:
    safe to try again."""

    def __init__(self, reason: Reason, *, lasting: bool = False) -> None:
        """`lasting`: trying again by itself cannot help (wrong media, unknown queue, a library
        that is missing), so the job fails at once."""
        super().__init__(str(reason))
        self.reason = reason
        self.lasting = lasting


class SentUnsure(Exception):
    """Bytes have left and nobody knows what came of them: the job becomes `unknown`."""

    def __init__(self, reason: Reason, device_job: str = "") -> None:
        """`device_job` when the printer had given it a number already."""
        super().__init__(str(reason))
        self.reason = reason
        self.device_job = device_job


class Driver(Protocol):
    """One printer, for one job. Every verb blocks, within limits of its own."""

    kind: ClassVar[str]
    """The `type` of `[[printer]]`."""
    accepts: ClassVar[frozenset[Form]]

    def probe(self) -> PrinterState:
        """How the printer is; never raises. At most a few seconds."""

    def send(self, job: PrinterJob, tell: Tell) -> SendReceipt:
        """Bring all of the payload to the printer.

        Tells Stage.SENDING right before the first byte and Stage.SENT after the last. Raises
        NotSent (also after SENDING, when the printer itself refused) and SentUnsure.
        """

    def confirm(self, job: PrinterJob, receipt: SendReceipt, timeout: float, tell: Tell) -> Outcome:
        """Wait for the end of what `send` of this object brought, for `timeout` seconds.

        Never raises by itself: what cannot be learned is Result.UNKNOWN.
        """

    def cancel(self, job: PrinterJob, receipt: SendReceipt) -> bool:
        """Ask the printer to drop the job; whether it will. False where that cannot be asked."""

    def close(self) -> None:
        """Let go of the printer; safe to call twice, and after any error."""
