"""Receipt printers that speak ESC/POS, whatever cable they hang on.

A printer is asked how it is before anything is sent, and whether it is done after; in between,
the first byte decides whether an error means `NotSent` or `SentUnsure`.
"""

from collections.abc import Callable
from time import monotonic
from typing import ClassVar

from deskterm.printing.drivers import status
from deskterm.printing.drivers.confirm import (
    SENSOR_END,
    SENSOR_LOW,
    Answers,
    Confirm,
    digits,
    ending,
)
from deskterm.printing.drivers.transport import Transport
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

ANSWER_S = 1.0
"""How long a printer that is on takes at most to answer DLE EOT."""
CHUNK = 2048
LOOK_S = 2.0
"""How often the paper is asked after while a job is not done."""
SETTLE_S = 10.0
"""How long bytes may wait on our side when the printer confirms nothing."""


class EscposDriver:
    """One connection to a printer, for one job."""

    kind: ClassVar[str] = "escpos"
    accepts: ClassVar[frozenset[Form]] = frozenset({Form.ESCPOS, Form.ZPL})

    def __init__(
        self, transport: Transport, confirm: Confirm, clock: Callable[[], float] = monotonic
    ) -> None:
        """`confirm` is what this printer can; `clock` counts seconds."""
        self._transport = transport
        self._confirm = confirm
        self._clock = clock
        self._answers = Answers()

    def probe(self) -> PrinterState:
        """Ask the printer how it is; see model.Driver."""
        try:
            self._transport.open()
            state = self._ask()
        except NotSent as nothing:
            return PrinterState(Readiness.OFFLINE, (nothing.reason,), self._can_confirm)
        finally:
            self.close()
        return state

    def send(self, job: PrinterJob, tell: Tell) -> SendReceipt:
        """Bring the payload, and the question whether it is done; see model.Driver.

        A label (ZPL) goes as it is: such printers understand none of our questions.
        """
        if job.form not in self.accepts:
            raise NotSent(Reason.FORM, lasting=True)
        self._transport.open()
        data = job.payload
        if job.form is Form.ESCPOS:
            state = self._ask()
            mute = state.readiness is Readiness.UNKNOWN
            if state.readiness is Readiness.ATTENTION or (mute and self._can_confirm):
                raise NotSent(state.reasons[0])
            data += ending(self._confirm, job.id)
        tell(Progress(Stage.SENDING))
        self._bring(data)
        tell(Progress(Stage.SENT))
        return SendReceipt(size=len(data))

    def confirm(self, job: PrinterJob, receipt: SendReceipt, timeout: float, tell: Tell) -> Outcome:
        """Wait for the printer's word; see model.Driver. What stops it is told as it comes up."""
        try:
            if job.form is Form.ESCPOS and self._can_confirm:
                return self._await_word(job, timeout, tell)
            return self._await_gone(min(timeout, SETTLE_S))
        except OSError:
            return Outcome(Result.UNKNOWN, Reason.INTERRUPTED)

    def cancel(self, job: PrinterJob, receipt: SendReceipt) -> bool:
        """Paper that is moving is not called back."""
        return False

    def close(self) -> None:
        """Let go of the cable."""
        self._transport.close()

    @property
    def _can_confirm(self) -> bool:
        return self._confirm is not Confirm.NONE

    def _ask(self) -> PrinterState:
        """The state by DLE EOT; raises NotSent when the cable is out, as no job has gone."""
        answers: dict[int, int] = {}
        try:
            for number in (status.PRINTER, status.CAUSE, status.PAPER):
                answer = self._answer(number)
                if answer is None:
                    break
                answers[number] = answer
            if answers.get(status.CAUSE, 0) & 0x40 and (error := self._answer(status.ERROR)):
                answers[status.ERROR] = error
        except OSError:
            raise NotSent(Reason.OFFLINE) from None
        return status.judge(answers, can_confirm=self._can_confirm)

    def _answer(self, number: int) -> int | None:
        self._write_all(status.question(number))
        end = self._clock() + ANSWER_S
        while not self._answers.statuses and (left := end - self._clock()) > 0:
            self._answers.feed(self._transport.read(left))
        return self._answers.statuses.popleft() if self._answers.statuses else None

    def _write_all(self, data: bytes) -> None:
        while data:
            data = data[self._transport.write(data) :]

    def _bring(self, data: bytes) -> None:
        """All of the job. The first byte goes alone, as most cables tell only that a write
        failed, not how much of it had gone."""
        sent = 0
        while sent < len(data):
            size = CHUNK if sent else 1
            try:
                sent += self._transport.write(data[sent : sent + size])
            except OSError as error:
                stalled = isinstance(error, TimeoutError)
                if sent == 0:
                    raise NotSent(Reason.BUSY if stalled else Reason.OFFLINE) from None
                raise SentUnsure(Reason.STALLED if stalled else Reason.INTERRUPTED) from None

    def _await_word(self, job: PrinterJob, timeout: float, tell: Tell) -> Outcome:
        end = self._clock() + timeout
        look = self._clock() + LOOK_S
        # Answers to questions before the job would be taken for answers to it.
        self._answers.statuses.clear()
        self._answers.sensors.clear()
        asked, seen, told = status.PAPER, dict[int, int](), None
        while (now := self._clock()) < end:
            self._answers.feed(self._transport.read(min(end, look) - now))
            if outcome := self._word(job):
                return outcome
            while self._answers.statuses:
                seen[asked] = self._answers.statuses.popleft()
            stopped = next((r for r in status.reasons(seen) if r is not Reason.PAPER_LOW), None)
            if stopped is not told:
                told = stopped
                tell(Progress(Stage.SENT, told))
            if self._clock() >= look:
                look = self._clock() + LOOK_S
                asked = status.CAUSE if asked == status.PAPER else status.PAPER
                self._write_all(status.question(asked))
        return Outcome(Result.UNKNOWN, told or Reason.NOT_CONFIRMED)

    def _word(self, job: PrinterJob) -> Outcome | None:
        if self._confirm is Confirm.PROCESS_ID and digits(job.id) in self._answers.printed:
            return Outcome(Result.DONE)
        if self._confirm is Confirm.GS_R and self._answers.sensors:
            sensor = self._answers.sensors.popleft()
            if sensor & SENSOR_END == SENSOR_END:
                return Outcome(Result.UNKNOWN, Reason.PAPER_OUT)
            return Outcome(Result.DONE, Reason.PAPER_LOW if sensor & SENSOR_LOW else None)
        return None

    def _await_gone(self, timeout: float) -> Outcome:
        end = self._clock() + timeout
        while not self._transport.settled():
            if self._clock() >= end:
                return Outcome(Result.UNKNOWN, Reason.STALLED)
            # What the printer may say meanwhile is read and dropped, as unread bytes would
            # break a network connection off when it is closed.
            self._transport.read(0.05)
        return Outcome(Result.DONE, confirmed=False)
