"""What is done beside the desk: mail that is to be sent, pages to be printed, and who does it."""

from sqlalchemy import LargeBinary
from sqlmodel import Field, SQLModel

from deskterm.store.tables.base import Moment, moment, moment_or_none, one_of


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
    """A card or receipt that is printed at most once."""

    __tablename__ = "print_job"
    __table_args__ = (
        one_of(
            "state",
            "queued", "claimed", "waiting", "sending", "sent",
            "done", "verified", "unknown", "failed", "cancelled",
        ),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    """One act of staff: asking again with the same key is the same job."""
    desk_id: int = Field(foreign_key="desk.id", index=True)
    printer: str
    kind: str
    customer_id: int | None = Field(default=None, foreign_key="customer.actor_id", index=True)
    batch: str = ""
    """What ties the cards of one class; empty for a single one."""
    source: str = "{}"
    """The document as JSON; emptied some days after the job has ended, as it names people."""
    payload: bytes | None = Field(default=None, sa_type=LargeBinary)
    sha256: str = ""
    state: str = Field(default="queued", index=True)
    reason: str = ""
    """A code of why it waits, failed or is unknown; never a name."""
    attempts: int = 0
    worker: str = ""
    lease_until: Moment | None = moment_or_none()
    next_at: Moment = moment()
    device_job: str = ""
    """The printer's own number for it."""
    reprint_of: int | None = Field(default=None, foreign_key="print_job.id")
    staff_id: int | None = Field(default=None, foreign_key="staff.id")
    resolved_by: int | None = Field(default=None, foreign_key="staff.id")
    """Who said what came of a job whose end nobody saw."""
    at: Moment = moment()
    updated_at: Moment = moment()


class Worker(SQLModel, table=True):
    """A worker that is alive: it makes accounts, sends mail or prints for one desk."""

    id: str = Field(primary_key=True)
    """Host, process and start: told apart even when a process number comes again."""
    desk_id: int | None = Field(default=None, foreign_key="desk.id", index=True)
    """The desk whose printers it serves; None when it serves none."""
    started_at: Moment = moment()
    beat_at: Moment = moment()
