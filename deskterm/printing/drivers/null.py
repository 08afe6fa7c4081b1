"""A printer that prints nothing: for practice and for tests."""

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


class Null:
    """`type = "null"`."""

    kind: ClassVar[str] = "null"
    accepts: ClassVar[frozenset[Form]] = frozenset(Form)

    def probe(self) -> PrinterState:
        """Always ready."""
        return PrinterState(Readiness.READY, can_confirm=True)

    def send(self, job: PrinterJob, tell: Tell) -> SendReceipt:
        """Throw it away."""
        tell(Progress(Stage.SENDING))
        tell(Progress(Stage.SENT))
        return SendReceipt(size=len(job.payload))

    def confirm(self, job: PrinterJob, receipt: SendReceipt, timeout: float, tell: Tell) -> Outcome:
        """Always done."""
        return Outcome(Result.DONE)

    def cancel(self, job: PrinterJob, receipt: SendReceipt) -> bool:
        """It has gone."""
        return False

    def close(self) -> None:
        """Nothing is held."""
