"""Asking for a job in the transaction of a use case, with its line in the change log.

A key that was used before asks for nothing: what it asked for is shown. Nothing of whom it is for
goes into the log's line but the number of the card, which the log of cards has too.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, cast

from deskterm.printing import spool_desk
from deskterm.printing.documents import CardDocument, Document, to_json
from deskterm.printing.spool_desk import JobRow, NewJob
from deskterm.rules.rights import Right
from deskterm.services.desk import Desk, SystemClock
from deskterm.services.errors import DeskError, NotFound
from deskterm.services.logbook import Logbook
from deskterm.services.prints import cards, choices
from deskterm.services.prints.showing import EMPTIED, card_number, job_view
from deskterm.services.trouble import writing
from deskterm.store import workers
from deskterm.text import _
from deskterm.views.printing import PrintJobView, PrintKind

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskterm.store.light import Reader


def machine_now() -> datetime:
    """This moment by the machine's clock: a desk may stand on another day, its printer does not."""
    return SystemClock().now()


def require(desk: Desk, kind: str) -> None:
    """Raise NotAllowed unless the employee may print, repeat or end jobs of a kind."""
    rights = {"card": Right.CARD_REPLACE, "payment": Right.PAYMENT}
    desk.require(rights.get(kind, Right.CUSTOMER_READ))


@dataclass(frozen=True, slots=True)
class Asking:
    """One transaction that asks for jobs or ends them."""

    desk: Desk
    session: "Session"
    now: datetime

    @property
    def connection(self) -> "Reader":
        """What reads and the spool take."""
        return self.session.connection()

    @property
    def staff_id(self) -> int | None:
        """Whose doing it is; a script has no row among the staff."""
        return (self.desk.staff.id or None) if self.desk.staff else None

    def by_key(self, key: str) -> PrintJobView | None:
        """What was asked for with a key before; None when nothing was."""
        row = spool_desk.by_key(self.connection, key, self.now)
        return None if row is None else self.view(row, repeated=True)

    def ask(
        self, kind: PrintKind, actor_id: int, document: Document, key: str, batch: str = ""
    ) -> PrintJobView:
        """Ask for a job whose key is new; raises DeskError when this desk cannot print it."""
        job = NewJob(
            key=key,
            desk_id=self.desk.place.id,
            printer=choices.printer_for(self.desk, kind),
            kind=kind,
            source=to_json(document),
            customer_id=actor_id,
            staff_id=self.staff_id,
            batch=batch,
        )
        job_id = spool_desk.enqueue(self.connection, job, self.now)
        number = document.number if isinstance(document, CardDocument) else ""
        self.log(actor_id, f"print.{kind}", number)
        return self.view(self.row(job_id or 0))

    def ask_again(self, of: JobRow, key: str) -> int:
        """Ask for the same once more, at this desk; gives the number of the new job.

        Raises:
            DeskError: nothing is kept of it, its card may not be printed (any more), or this desk
                cannot print it.
        """
        if of.source == EMPTIED:
            raise DeskError(
                _("Wat er geprint is, wordt niet meer bewaard."), _("Maak het opnieuw aan.")
            )
        if of.kind == "card" and of.customer_id is not None:
            cards.document(self.connection, of.customer_id, card_number(of))
        printer = choices.printer_for(self.desk, cast("PrintKind", of.kind))
        job_id = spool_desk.enqueue_again(
            self.connection, of, key, self.desk.place.id, printer, self.staff_id, self.now
        )
        self.log(of.customer_id, "print.again", f"{of.id} -> {job_id}")
        return job_id or 0

    def row(self, job_id: int) -> JobRow:
        """Read a job; raises NotFound when there is none of this number."""
        return the_row(self.connection, job_id, self.now)

    def view(self, row: JobRow, *, repeated: bool = False) -> PrintJobView:
        """The view of a job."""
        return view_of(self.desk, self.connection, row, self.now, repeated=repeated)

    def log(self, actor_id: int | None, action: str, new: str) -> None:
        """Write a line in the change log."""
        Logbook(self.desk, self.session, actor_id).line(action, new=new)


@contextmanager
def asking_in(desk: Desk) -> Iterator[Asking]:
    """One transaction of a use case; raises NotAllowed for who may not even look at a job."""
    desk.require(Right.CUSTOMER_READ)
    with writing(desk) as session:
        yield Asking(desk, session, machine_now())


def the_row(connection: "Reader", job_id: int, now: datetime) -> JobRow:
    """Read a job; raises NotFound when there is none of this number."""
    row = spool_desk.by_id(connection, job_id, now)
    if row is None:
        raise NotFound(_("Er is geen printopdracht {number}.").format(number=job_id))
    return row


def view_of(
    desk: Desk, connection: "Reader", row: JobRow, now: datetime, *, repeated: bool = False
) -> PrintJobView:
    """The view of a job of whichever desk."""
    has_worker = workers.somebody(connection, now, row.desk_id)
    printer = desk.printing.printer(row.printer) if desk.printing else None
    lets_go = printer is not None and printer.lets_go
    return job_view(row, now, has_worker=has_worker, lets_go=lets_go, repeated=repeated)
