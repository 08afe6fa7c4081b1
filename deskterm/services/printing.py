"""Cards and receipts: what this desk can print, asking for it, and what came of it.

Nothing here speaks to a printer: a job is written into the store, and the worker of the desk does
it. A job is printed at most once; one whose end nobody saw waits for somebody to say what came out.
"""

from collections.abc import Sequence

from deskterm.services.desk import Desk
from deskterm.views.printing import (
    PrintBatch,
    PrintChoices,
    PrinterView,
    PrintJobView,
    PrintKind,
    ReceiptKind,
    Wish,
)


def what(desk: Desk) -> PrintChoices:
    """Tell what this desk can print and on which printer, and why not; no printer is asked."""
    raise NotImplementedError


def look_at_printer(desk: Desk, kind: PrintKind) -> PrinterView:
    """Have the worker of this desk look at the printer for a kind of document; the answer comes
    with `printer`, mostly within a second.

    Raises:
        DeskError: this desk cannot print that.
    """
    raise NotImplementedError


def printer(desk: Desk, kind: PrintKind) -> PrinterView:
    """Give the printer for a kind of document as the worker last found it; raises DeskError as
    `look_at_printer`."""
    raise NotImplementedError


def print_card(desk: Desk, actor_id: int, card_number: str, key: str) -> PrintJobView:
    """Ask for a card (Ledenpas) to be printed; the same key gives the same job, `repeated`.

    Raises:
        DeskError: no card printer here, the card is blocked or replaced or of somebody else, or
            its number does not fit the barcode.
        NotAllowed, NotFound: the employee may not replace cards; the customer is gone.
    """
    raise NotImplementedError


def print_batch(desk: Desk, actor_ids: Sequence[int], key: str) -> PrintBatch:
    """Ask for the cards of a class, in this order; who cannot have one is told beside the jobs.

    Raises:
        DeskError: no card printer here.
        NotAllowed: the employee may not replace cards.
    """
    raise NotImplementedError


def wants_receipt(desk: Desk, kind: ReceiptKind, actor_id: int) -> Wish:
    """Tell whether a receipt is due without being asked for: the rule of the desk, and
    *Klantbonnen Nee* of the customer. Raises NotFound when the customer is gone."""
    raise NotImplementedError


def print_receipt(
    desk: Desk, kind: ReceiptKind, actor_id: int, key: str, *, act_id: int | None = None
) -> PrintJobView:
    """Ask for a receipt, or the same as an A4 page where the desk prints those; the same key gives
    the same job, `repeated`. `act_id` is the settlement of a `payment`.

    Raises:
        DeskError: this desk prints no receipts, or the settlement is not of this customer.
        NotAllowed, NotFound: as `opening.open_customer`.
    """
    raise NotImplementedError


def job(desk: Desk, job_id: int) -> PrintJobView:
    """Tell how a job stands; one whose worker was lost becomes `unknown` here at the latest.

    Raises NotFound when there is no such job.
    """
    raise NotImplementedError


def open_jobs(desk: Desk) -> tuple[PrintJobView, ...]:
    """Give the jobs of this desk that are on their way or wait for an answer, oldest first."""
    raise NotImplementedError


def queue(desk: Desk) -> tuple[PrintJobView, ...]:
    """Give the latest jobs of this desk, newest first and 200 at most."""
    raise NotImplementedError


def batch(desk: Desk, batch: str) -> tuple[PrintJobView, ...]:
    """Give the jobs of a class, in the order in which they were asked for."""
    raise NotImplementedError


def resolve(desk: Desk, job_id: int, *, printed: bool) -> PrintJobView:
    """Say what came of a job that is `unknown`: it was printed, so it is done, or it was not, so
    it has failed and the job that is returned does it again.

    Raises:
        DeskError: it is not unknown (any more), or what was to be printed is no longer kept.
        NotFound: there is no such job.
    """
    raise NotImplementedError


def again(desk: Desk, job_id: int, key: str) -> PrintJobView:
    """Print the same once more (Nog een keer printen): a new job that names this one.

    Raises:
        DeskError: the job is still on its way or unknown, what was printed is no longer kept, or as
            `print_card`.
        NotFound: there is no such job.
    """
    raise NotImplementedError


def cancel(desk: Desk, job_id: int) -> PrintJobView:
    """Call a job off; raises DeskError when it has gone to the printer, NotFound without one."""
    raise NotImplementedError


def verify(desk: Desk, job_id: int, scanned: str) -> PrintJobView:
    """Prove a card by scanning what came out of the printer: the job is `verified`.

    Raises:
        DeskError: another number was scanned, which has to be said loudly, or it cannot have been
            printed yet.
        NotFound: there is no such job.
    """
    raise NotImplementedError
