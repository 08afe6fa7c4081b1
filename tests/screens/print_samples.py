"""Print jobs and printers as screens get them."""

from dataclasses import replace
from datetime import UTC, datetime

from deskterm.views.printing import PrinterView, PrintJobView, PrintState, Readiness

AT = datetime(2024, 5, 15, 10, tzinfo=UTC)
NUMBER = "29401000075876"
JOB = PrintJobView(
    id=7,
    kind="card",
    title="Ledenpas",
    printer="pas",
    actor_id=413701,
    name="Vries, J.M. de",
    number=NUMBER,
    state="queued",
    reason_code="",
    sentence="Staat klaar voor de printer.",
    at=AT,
    updated_at=AT,
    seconds=3,
    attempts=1,
    reprint_of=None,
    batch="",
    staff="J. Prins",
    is_kept=True,
)


def in_state(state: PrintState, sentence: str = "Zo staat het.") -> PrintJobView:
    """The job in another state."""
    return replace(JOB, state=state, sentence=sentence)


def printer(readiness: Readiness, sentence: str = "") -> PrinterView:
    """A card printer that was looked at."""
    return PrinterView("pas", readiness, sentence, AT, AT)
