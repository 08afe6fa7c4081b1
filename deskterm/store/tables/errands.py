"""What is done beside the desk: mail that is to be sent, pages to be printed, and who does it."""

from sqlalchemy import LargeBinary
from sqlmodel import Field, SQLModel

from deskterm.store.tables.base import Moment, moment, moment_or_none, one_of, partial_index

AT_THE_PRINTER = "state IN ('claimed', 'waiting', 'sending', 'sent')"


class MailJob(SQLModel, table=True):
    """A mail that is to be sent once; what is personal in it is emptied when it has gone."""

    __tablename__ = "mail_job"
    __table_args__ = (one_of("state", "queued", "sent", "failed"),)

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    """Also its Message-ID, so that a repeat can be recognised."""
    kind: str
    """The name of its template."""
    customer_id: int | None = Field(default=None, foreign_key="customer.actor_id", index=True)
    recipient: str = ""
    language: str = "nl"
    contents: str = "{}"
    """What the template fills in, as JSON."""
    state: str = "queued"
    at: Moment = moment()
    attempts: int = 0
    next_at: Moment = moment()
    lease_until: Moment | None = moment_or_none()
    worker: str = ""
    error: str = ""
    done_at: Moment | None = moment_or_none()


class PrintJob(SQLModel, table=True):
    """A card or receipt that is printed at most once.

    The database allows one job of a desk at a printer at a time. Moments are those of the machine's
    clock.
    """

    __tablename__ = "print_job"
    __table_args__ = (
        one_of(
            "state",
            "queued", "claimed", "waiting", "sending", "sent",
            "done", "verified", "unknown", "failed", "cancelled",
        ),
        partial_index("uq_print_job_at_printer", "desk_id", "printer", where=AT_THE_PRINTER),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    """One act of staff: asking again with the same key is the same job."""
    desk_id: int = Field(foreign_key="desk.id", index=True)
    printer: str
    kind: str
    """`card`, or which receipt: a `PrintKind` of `views.printing`."""
    customer_id: int | None = Field(default=None, foreign_key="customer.actor_id", index=True)
    batch: str = ""
    """What ties the cards of one class; empty for a single one."""
    source: str = "{}"
    """The document as JSON; emptied some days after the job has ended, as it names people."""
    payload: bytes | None = Field(default=None, sa_type=LargeBinary)
    form: str = ""
    """What the payload is: a `Form` of `printing.model`."""
    sha256: str = ""
    state: str = Field(default="queued", index=True)
    reason: str = ""
    """A code of why it waits, failed or is unknown; never a name."""
    attempts: int = 0
    worker: str = ""
    lease_until: Moment | None = moment_or_none()
    next_at: Moment = moment()
    refused_at: Moment | None = moment_or_none()
    """When the printer first took nothing of it; ten minutes later it is given up."""
    device_job: str = ""
    """The printer's own number for it."""
    reprint_of: int | None = Field(default=None, foreign_key="print_job.id")
    staff_id: int | None = Field(default=None, foreign_key="staff.id")
    resolved_by: int | None = Field(default=None, foreign_key="staff.id")
    """Who said what came of a job whose end nobody saw."""
    at: Moment = moment()
    updated_at: Moment = moment()


class PrinterSight(SQLModel, table=True):
    """A printer of a desk as its worker last found it, and whether somebody wants to know."""

    __tablename__ = "printer_sight"

    desk_id: int = Field(foreign_key="desk.id", primary_key=True)
    printer: str = Field(primary_key=True)
    readiness: str = "unknown"
    reason: str = ""
    """The worst that is the matter: a `Reason` of `printing.model`."""
    asked_at: Moment | None = moment_or_none()
    seen_at: Moment | None = moment_or_none()


class Worker(SQLModel, table=True):
    """A worker that is alive: it makes accounts, sends mail or prints for one desk."""

    id: str = Field(primary_key=True)
    """Host, process and start: told apart even when a process number comes again."""
    desk_id: int | None = Field(default=None, foreign_key="desk.id", index=True)
    """The desk whose printers it serves; None when it serves none."""
    started_at: Moment = moment()
    beat_at: Moment = moment()
