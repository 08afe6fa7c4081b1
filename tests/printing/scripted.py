"""A driver that does what a test says, and remembers what it would have printed."""

from collections.abc import Callable
from typing import ClassVar

from deskterm.printing.model import (
    Form,
    Outcome,
    PrinterJob,
    PrinterState,
    Progress,
    Readiness,
    Result,
    SendReceipt,
    Stage,
    Tell,
)

Act = Callable[[Tell], None]


def nothing(_tell: Tell) -> None:
    """No act."""


class Scripted:
    """One for all jobs: `before`, `between` and `after` are what happens before the first byte,
    between the first and the last, and while the end is waited for."""

    kind: ClassVar[str] = "scripted"
    accepts: ClassVar[frozenset[Form]] = frozenset(Form)

    def __init__(self, outcome: Outcome | None = None) -> None:
        self.outcome = outcome or Outcome(Result.DONE)
        self.before: Act = nothing
        self.between: Act = nothing
        self.after: Act = nothing
        self.state = PrinterState(Readiness.READY)
        self.printed: list[bytes] = []
        self.jobs: list[PrinterJob] = []
        self.closed = 0

    def probe(self) -> PrinterState:
        return self.state

    def send(self, job: PrinterJob, tell: Tell) -> SendReceipt:
        self.jobs.append(job)
        self.before(tell)
        tell(Progress(Stage.SENDING))
        self.printed.append(job.payload)
        self.between(tell)
        tell(Progress(Stage.SENT, device_job="17"))
        return SendReceipt("17", len(job.payload))

    def confirm(self, job: PrinterJob, receipt: SendReceipt, timeout: float, tell: Tell) -> Outcome:
        self.after(tell)
        return self.outcome

    def cancel(self, job: PrinterJob, receipt: SendReceipt) -> bool:
        return False

    def close(self) -> None:
        self.closed += 1
