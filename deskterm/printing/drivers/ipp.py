"""Cards and pages over IPP: to a queue of CUPS, or to a printer itself.

A printer is asked beforehand whether it would take the job, so that nearly everything it refuses
is known before a byte has gone; afterwards its job is followed until it ends. At a queue of CUPS
the end means that the printer's own driver took the page.
"""

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic, sleep
from typing import ClassVar

from deskterm.printing.drivers.ipp_client import Denied, IppClient, NoContact, NoReply
from deskterm.printing.drivers.ipp_wire import Attribute, Message, Operation, Tag, Value
from deskterm.printing.drivers.ipp_words import (
    GONE,
    NOT_SUPPORTED,
    WAITS,
    JobState,
    Trouble,
    printer_state,
    refused,
    trouble,
    why_not_taken,
)
from deskterm.printing.model import (
    Form,
    NotSent,
    Outcome,
    PrinterJob,
    PrinterState,
    Progress,
    Readiness,
    Reason,
    Result,
    SendReceipt,
    SentUnsure,
    Stage,
    Tell,
)

PDF = "application/pdf"
LOOK_S = 0.25
"""How often a job is looked after."""
WITHDRAW_S = 3.0
"""How long a printer may take to let go of a job."""
STOP_S = 20.0
"""The same, when somebody stands there and wants it back: a card that is being printed may first
have to come out."""
_ASKED_OF_PRINTER = (
    "printer-state",
    "printer-state-reasons",
    "printer-is-accepting-jobs",
    "document-format-supported",
)


@dataclass(frozen=True, slots=True)
class _Look:
    """A job at one moment."""

    state: int
    reasons: tuple[str, ...]
    pages: int
    """What has come out of it, as far as the printer counts."""
    trouble: Trouble


class Ipp:
    """`type = "ipp"`."""

    kind: ClassVar[str] = "ipp"
    accepts: ClassVar[frozenset[Form]] = frozenset({Form.CARD_PDF, Form.A4_PDF})

    def __init__(
        self,
        uri: str,
        *,
        media_mm: tuple[float, float] | None = None,
        manual_feed: bool = False,
        ca_file: str = "",
        lost_after: float = 20.0,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        """`media_mm` is the size of a card, None for A4; `lost_after` is how many seconds a
        printer may be out of reach before its job is given up."""
        self._client = IppClient(uri, ca_file)
        self._media_mm = media_mm
        self._manual_feed = manual_feed
        self._lost_after = lost_after
        self._clock = clock
        self._before = Trouble()

    def probe(self) -> PrinterState:
        """Ask the printer or its queue how it is; see model.Driver."""
        try:
            printer = self._ask_printer()
        except (NoContact, NoReply, Denied) as nothing:
            return PrinterState(Readiness.OFFLINE, (nothing.reason,), can_confirm=True)
        if refused(printer.status):
            return PrinterState(Readiness.OFFLINE, (why_not_taken(printer.status).reason,), True)
        return printer_state(printer, cards=self._cards)

    def send(self, job: PrinterJob, tell: Tell) -> SendReceipt:
        """Bring the page; see model.Driver. Its name at the printer is the job's number."""
        if job.form not in self.accepts:
            raise NotSent(Reason.FORM, lasting=True)
        about = (
            Attribute(Tag.NAME, "job-name", f"deskterm {job.id}"),
            Attribute(Tag.MIME_TYPE, "document-format", PDF),
        )
        self._make_sure(about)
        tell(Progress(Stage.SENDING))
        try:
            made = self._client.ask(Operation.PRINT_JOB, about, self._ticket(), job.payload)
        except (NoContact, Denied) as nothing:
            raise NotSent(nothing.reason) from None
        except NoReply as unsure:
            raise SentUnsure(unsure.reason) from None
        if refused(made.status):
            raise why_not_taken(made.status)
        device_job = made.number("job-id")
        if not device_job:
            raise SentUnsure(Reason.BAD_ANSWER)
        tell(Progress(Stage.SENT, device_job=str(device_job)))
        return SendReceipt(str(device_job), len(job.payload))

    def confirm(self, job: PrinterJob, receipt: SendReceipt, timeout: float, tell: Tell) -> Outcome:
        """Follow the job to its end; see model.Driver.

        A job that has not ended when the time is over is withdrawn, so that it is not printed
        when nobody is there for it any more. One that still waited for its card has then
        failed; of any other it is not known how far it was. The same holds for one that somebody
        wants back before that, for which the printer gets STOP_S seconds.
        """
        end, wanted_by = self._clock() + timeout, 0.0
        reached, told = self._clock(), None
        held: bool | None = None  # once it drops the job: whether that has not begun since
        while self._clock() < (wanted_by or end):
            if not wanted_by and job.stop_asked():
                wanted_by = self._clock() + STOP_S
            try:
                look = self._look(receipt)
            except (NoContact, NoReply, Denied) as lost:
                if isinstance(lost, NoContact) and self._clock() - reached > self._lost_after:
                    return Outcome(Result.UNKNOWN, Reason.NOT_LET_GO if wanted_by else lost.reason)
                sleep(LOOK_S)
                continue
            reached = self._clock()
            if look is None:
                return Outcome(Result.UNKNOWN, Reason.NOT_LET_GO if wanted_by else Reason.JOB_GONE)
            if outcome := self._ended(look):
                return outcome if held is None else _given_back(outcome, held=held)
            if (reason := self._reason(look)) is not told:
                told = reason
                tell(Progress(Stage.SENT, told, receipt.device_job))
            if wanted_by and held is None:
                held = self._stop(job, receipt, tell) or None
                wanted_by = wanted_by if held else 0.0
            held = held and _waits(look)
            sleep(LOOK_S)
        if wanted_by:
            return Outcome(Result.UNKNOWN, Reason.NOT_LET_GO)
        return self._out_of_time(job, receipt, told)

    def cancel(self, job: PrinterJob, receipt: SendReceipt) -> bool:
        """Ask the printer to drop the job; see model.Driver. It may still finish a card that is
        being printed."""
        try:
            answer = self._client.ask(Operation.CANCEL_JOB, _job_id(receipt))
        except (NoContact, NoReply, Denied):
            return False
        return not refused(answer.status)

    def close(self) -> None:
        """Every question was a connection of its own."""

    @property
    def _cards(self) -> bool:
        return self._media_mm is not None

    def _make_sure(self, about: tuple[Attribute, ...]) -> None:
        """Everything the printer can say before a byte of the page goes. Raises NotSent."""
        try:
            printer = self._ask_printer()
            if refused(printer.status):
                raise NotSent(why_not_taken(printer.status).reason, lasting=True)
            state = printer_state(printer, cards=self._cards)
            if state.readiness is Readiness.ATTENTION:
                raise NotSent(state.reasons[0])
            formats = printer.words("document-format-supported")
            if formats and PDF not in formats:
                raise NotSent(Reason.FORM, lasting=True)
            checked = self._client.ask(Operation.VALIDATE_JOB, about, self._ticket())
        except (NoContact, NoReply, Denied) as nothing:
            raise NotSent(nothing.reason) from None
        if refused(checked.status) and checked.status != NOT_SUPPORTED:
            why = why_not_taken(checked.status)
            raise why if isinstance(why, NotSent) else NotSent(why.reason)
        self._before = trouble(printer.words("printer-state-reasons"), cards=self._cards)

    def _ask_printer(self) -> Message:
        asked = [Attribute(Tag.KEYWORD, "requested-attributes", name) for name in _ASKED_OF_PRINTER]
        return self._client.ask(Operation.GET_PRINTER_ATTRIBUTES, asked)

    def _ticket(self) -> tuple[Attribute, ...]:
        """How the page is to be printed: once, as large as it is."""
        scaling = Attribute(Tag.KEYWORD, "print-scaling", "none")
        if self._media_mm is None:
            return (Attribute(Tag.KEYWORD, "media", "iso_a4_210x297mm"), scaling)
        width, height = (round(side * 100) for side in self._media_mm)  # hundredths of a mm
        margins = {f"media-{side}-margin": 0 for side in ("bottom", "left", "right", "top")}
        media: dict[str, Value] = {
            "media-size": {"x-dimension": width, "y-dimension": height},
            **margins,
        }
        if self._manual_feed:
            media["media-source"] = "manual"
        return (Attribute(Tag.BEGIN_COLLECTION, "media-col", media), scaling)

    def _look(self, receipt: SendReceipt) -> _Look | None:
        """The job now; None when the printer does not know it."""
        job = self._client.ask(Operation.GET_JOB_ATTRIBUTES, _job_id(receipt))
        if job.status in GONE:
            return None
        if refused(job.status):
            raise NoReply(Reason.BAD_ANSWER)
        words = self._ask_printer().words("printer-state-reasons")
        return _Look(
            job.number("job-state"),
            job.words("job-state-reasons"),
            job.number("job-impressions-completed"),
            trouble(words, cards=self._cards),
        )

    def _ended(self, look: _Look) -> Outcome | None:
        """What the job's own state says; the printer's is only asked for the reason, as it may
        be left of an earlier job."""
        new = look.trouble.since(self._before)
        worst = next((reason for reason in new.errors if reason not in WAITS), None)
        if look.state == JobState.COMPLETED:
            if worst or "job-completed-with-errors" in look.reasons:
                return Outcome(Result.UNKNOWN, worst or Reason.FAULT)
            return Outcome(Result.DONE)
        why = next(iter(new.errors + new.warnings + new.reports), None)
        # A page may have come out before its job was stopped.
        stopped = Result.UNKNOWN if look.pages else Result.FAILED
        if look.state == JobState.CANCELED:
            return Outcome(stopped, why or Reason.CANCELLED)
        if look.state == JobState.ABORTED:
            return Outcome(stopped, why or Reason.ABORTED)
        return None

    def _reason(self, look: _Look) -> Reason | None:
        if look.state == JobState.HELD:
            return Reason.PAUSED
        return look.trouble.worst()

    def _out_of_time(self, job: PrinterJob, receipt: SendReceipt, told: Reason | None) -> Outcome:
        """Take back a job that nobody is there for any more; `told` is what it waited for."""
        outcome = self._withdraw(job, receipt)
        if outcome and outcome.result is Result.DONE:
            return outcome
        if told is not None and told not in WAITS:
            return Outcome(Result.UNKNOWN, told)
        if outcome and outcome.result is Result.FAILED and told in WAITS:
            return Outcome(Result.FAILED, told)
        # What it waited for is left out: nobody is to put in a card now.
        return Outcome(Result.UNKNOWN, Reason.NOT_CONFIRMED if outcome else Reason.NOT_LET_GO)

    def _stop(self, job: PrinterJob, receipt: SendReceipt, tell: Tell) -> bool:
        """Ask for the job back; whether the printer is to drop it, which is told when not."""
        will = self.cancel(job, receipt)
        if not will:
            tell(Progress(Stage.SENT, Reason.NOT_STOPPED, receipt.device_job))
        return will

    def _withdraw(self, job: PrinterJob, receipt: SendReceipt) -> Outcome | None:
        """Take the job back; how it ended, None when that is not seen."""
        end = self._clock() + WITHDRAW_S
        taken_back = self.cancel(job, receipt)
        while taken_back and self._clock() < end:
            try:
                look = self._look(receipt)
            except (NoContact, NoReply, Denied):
                return None
            if look is None:
                return None
            if outcome := self._ended(look):
                return outcome
            sleep(LOOK_S)
        return None


def _waits(look: _Look) -> bool:
    """Whether nothing of a job is on a card at this moment."""
    return look.state in (JobState.PENDING, JobState.HELD) or look.trouble.worst() in WAITS


def _given_back(outcome: Outcome, *, held: bool) -> Outcome:
    """How a job ended that the printer was asked to drop: not every printer counts what came out,
    so one that may have begun is for somebody to look at."""
    if outcome.result is Result.DONE:
        return outcome
    is_clean = outcome.result is Result.FAILED and held
    return Outcome(Result.FAILED if is_clean else Result.UNKNOWN, Reason.CANCELLED)


def _job_id(receipt: SendReceipt) -> tuple[Attribute, ...]:
    return (Attribute(Tag.INTEGER, "job-id", int(receipt.device_job)),)
