"""What somebody says of a job: it came out, it did not, once more, never mind, this is it."""

from deskterm.printing import spool, spool_desk
from deskterm.printing.model import Reason
from deskterm.printing.spool_desk import JobRow
from deskterm.printing.spool_states import OPEN, JobState, SpoolReason
from deskterm.rules.cards import clean
from deskterm.rules.names import inert
from deskterm.services.desk import Desk
from deskterm.services.errors import DeskError
from deskterm.services.prints import words
from deskterm.services.prints.asking import Asking, asking_in, require
from deskterm.services.prints.showing import card_number
from deskterm.services.prints.watching import PATIENCE
from deskterm.text import _
from deskterm.views.printing import PrintJobView


def resolve(desk: Desk, job_id: int, *, printed: bool) -> PrintJobView:
    """Say what came of a job that is `unknown`: it was printed, so it is done, or it was not, so
    it has failed and the job that is returned does it again. The same answer twice is one.

    Where it cannot be done again (what was to be printed is no longer kept, the card was replaced,
    the printer is gone) or is not wanted (it was called off), the failed job itself is returned.

    Raises:
        DeskError: it is not unknown, or was answered otherwise.
        NotFound: there is no such job.
    """
    key = f"reprint:{job_id}"
    with asking_in(desk) as asking:
        row = asking.row(job_id)
        require(desk, row.kind)
        spool.reap(asking.connection, row.desk_id, asking.now, PATIENCE)
        if spool_desk.resolve(
            asking.connection, job_id, asking.staff_id, asking.now, printed=printed
        ):
            action = "print.printed" if printed else "print.not_printed"
            asking.log(row.customer_id, action, str(job_id))
            # What somebody called off is not to come out after all, nor twice what the printer
            # may still have.
            called_off = row.reason in (Reason.CANCELLED, Reason.NOT_LET_GO)
            if not printed and not called_off:
                return _again_if_it_can(asking, row, key)
        row = asking.row(job_id)
        if not printed and _was_not_printed(row):
            return asking.by_key(key) or asking.view(row)
        if printed and row.state in (JobState.DONE, JobState.VERIFIED):
            return asking.view(row)
        raise DeskError(_("Hierover is geen vraag (meer): {state}").format(state=_state(row)))


def again(desk: Desk, job_id: int, key: str) -> PrintJobView:
    """Print the same once more (Nog een keer printen): a new job that names this one.

    Raises:
        DeskError: the job is still on its way or unknown, what was printed is no longer kept, or as
            `print_card`.
        NotFound: there is no such job.
    """
    with asking_in(desk) as asking:
        row = asking.row(job_id)
        require(desk, row.kind)
        known = asking.by_key(key)
        if known is not None:
            return known
        if row.state is JobState.UNKNOWN:
            raise DeskError(
                _("Van deze opdracht is nog niet bekend of ze geprint is."),
                _("Kijk bij de printer, en zeg eerst of het geprint is."),
            )
        if row.state in OPEN:
            raise DeskError(_("Deze opdracht is nog bezig: {state}").format(state=_state(row)))
        return asking.view(asking.row(asking.ask_again(row, key)))


def cancel(desk: Desk, job_id: int) -> PrintJobView:
    """Call a job off: at once while nothing of it has gone, else by asking the printer to drop it,
    where that can be asked. What came of that shows in the job, and `cancelled` it never is then.

    Raises:
        DeskError: it has ended, or its printer cannot be asked.
        NotFound: there is no such job.
    """
    with asking_in(desk) as asking:
        row = asking.row(job_id)
        require(desk, row.kind)
        if spool_desk.cancel(asking.connection, job_id, asking.staff_id, asking.now):
            asking.log(row.customer_id, "print.cancel", str(job_id))
        elif asking.view(row).is_stopping:
            return asking.view(row)
        elif asking.view(row).can_stop and spool_desk.ask_to_stop(
            asking.connection, job_id, asking.now
        ):
            asking.log(row.customer_id, "print.stop", str(job_id))
        elif row.state is not JobState.CANCELLED:
            raise DeskError(
                _("Dit kan niet meer geannuleerd worden: {state}").format(state=_state(row)),
                _("Wat al bij de printer is, stopt u op de printer zelf."),
            )
        return asking.view(asking.row(job_id))


def verify(desk: Desk, job_id: int, scanned: str) -> PrintJobView:
    """Prove a card by scanning what came out of the printer: the job is `verified`.

    Raises:
        DeskError: another number was scanned, which has to be said loudly, or it cannot have been
            printed yet.
        NotFound: there is no such job.
    """
    number = clean(inert(scanned).strip())
    with asking_in(desk) as asking:
        row = asking.row(job_id)
        require(desk, row.kind)
        is_right = number == card_number(row) != ""
        if is_right and row.state is not JobState.VERIFIED:
            if not spool_desk.verify(asking.connection, job_id, asking.staff_id, asking.now):
                raise DeskError(
                    _("Deze pas kan nog niet geprint zijn: {state}").format(state=_state(row)),
                    _("Scan de pas als hij uit de printer is."),
                )
            asking.log(row.customer_id, "print.verify", str(job_id))
        elif not is_right:
            # What was scanned may be the card of somebody else, so the log does not say it.
            asking.log(row.customer_id, "print.mismatch", str(job_id))
        view = asking.view(asking.row(job_id))
    if not is_right:
        raise _wrong_card(view, number)
    return view


def _again_if_it_can(asking: Asking, row: JobRow, key: str) -> PrintJobView:
    try:
        job_id = asking.ask_again(row, key)
    except DeskError:
        job_id = row.id
    return asking.view(asking.row(job_id))


def _was_not_printed(row: JobRow) -> bool:
    return row.state is JobState.FAILED and row.reason == SpoolReason.NOT_PRINTED


def _state(row: JobRow) -> str:
    return words.told(row.kind, row.state, row.reason, has_worker=True)


def _wrong_card(view: PrintJobView, number: str) -> DeskError:
    if not view.number:
        return DeskError(
            _("Deze opdracht is niet met een scan te controleren."),
            _("Alleen een pas die pas geprint is, kan zo gecontroleerd worden."),
        )
    return DeskError(
        _("LET OP: gescand is {scanned}, maar geprint moest worden {number}.").format(
            scanned=number or "-", number=view.number
        ),
        _("Geef deze pas niet mee. Kijk welke pas in de printer zat."),
    )
