"""The queue of print jobs as a desk sees it: ask for one, look, answer, cancel, prove.

Every function runs in a transaction of the caller, which writes its log beside it. A key that was
used already asks for nothing. Moments are those of the machine's clock.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from deskterm.printing.spool_states import (
    BEFORE_THE_FIRST_BYTE,
    COMES_FROM,
    OPEN,
    JobState,
    SpoolReason,
)
from deskterm.store.light import Reader, Record, Statement, text
from deskterm.store.reads.errands import FARTHEST
from deskterm.store.reads.rows import text_of
from deskterm.store.values import as_moment, moment_text

_COLUMNS = """
    j.id, j.desk_id, j.printer, j.kind, j.customer_id, j.batch, j.source, j.state, j.reason,
    j.attempts, j.lease_until, j.reprint_of, j.at, j.updated_at,
    c.initials, c.first_name, c.prefix, c.surname, s.name AS staff
    """
_FROM = """
    FROM print_job j
    LEFT JOIN customer c ON c.actor_id = j.customer_id
    LEFT JOIN staff s ON s.id = j.staff_id
    """
_BY_ID = text(f"SELECT {_COLUMNS} {_FROM} WHERE j.id = :id")
_BY_KEY = text(f"SELECT {_COLUMNS} {_FROM} WHERE j.key = :key")
_LATEST = text(
    f"SELECT {_COLUMNS} {_FROM} WHERE j.desk_id = :desk_id ORDER BY j.id DESC LIMIT :most"
)
_OPEN = text(
    f"SELECT {_COLUMNS} {_FROM} WHERE j.desk_id = :desk_id AND j.state IN :states ORDER BY j.id",
    many=("states",),
)
_BATCH = text(f"SELECT {_COLUMNS} {_FROM} WHERE j.batch = :batch ORDER BY j.id")
_ENQUEUE = text(
    """
    INSERT INTO print_job (key, desk_id, printer, kind, customer_id, batch, source, payload, form,
        sha256, state, reason, attempts, worker, next_at, device_job, reprint_of, staff_id, at,
        updated_at)
    VALUES (:key, :desk_id, :printer, :kind, :customer_id, :batch, :source, NULL, '', '', 'queued',
        '', 0, '', :now, '', NULL, :staff_id, :now, :now)
    ON CONFLICT (key) DO NOTHING
    RETURNING id
    """
)
# The payload comes along, so that what is printed again is the same to the byte.
_ENQUEUE_AGAIN = text(
    """
    INSERT INTO print_job (key, desk_id, printer, kind, customer_id, batch, source, payload, form,
        sha256, state, reason, attempts, worker, next_at, device_job, reprint_of, staff_id, at,
        updated_at)
    SELECT :key, :desk_id, :printer, kind, customer_id, '', source, payload, form, sha256, 'queued',
        '', 0, '', :now, '', id, :staff_id, :now, :now
    FROM print_job WHERE id = :id AND source <> '{}'
    ON CONFLICT (key) DO NOTHING
    RETURNING id
    """
)
_ANSWER = text(
    """
    UPDATE print_job SET state = :state, reason = :reason, resolved_by = :staff_id,
        updated_at = :now
    WHERE id = :id AND state IN :olds
    RETURNING id
    """,
    many=("olds",),
)
_ASK_TO_STOP = text(
    """
    UPDATE print_job SET reason = 'stop_asked', updated_at = :now
    WHERE id = :id AND state = 'sent'
    RETURNING id
    """
)
_ANY_LOST = text(
    """
    SELECT count(*) FROM print_job
    WHERE desk_id = :desk_id AND state IN ('sending', 'sent')
      AND (lease_until <= :now OR lease_until > :farthest)
    """
)


@dataclass(frozen=True, slots=True)
class NewJob:
    """What is to be printed, where, for whom."""

    key: str
    desk_id: int
    printer: str
    kind: str
    source: str
    """The document as JSON."""
    customer_id: int | None = None
    staff_id: int | None = None
    batch: str = ""


@dataclass(frozen=True, slots=True)
class JobRow:
    """A job as it stands, with the names that lists show."""

    id: int
    desk_id: int
    printer: str
    kind: str
    customer_id: int | None
    names: Mapping[str, str]
    """Initials, first_name, prefix and surname of the customer; empty for none."""
    batch: str
    source: str
    """`{}` when what was printed is no longer kept."""
    state: JobState
    reason: str
    attempts: int
    is_lost: bool
    """Its worker was silent for too long while it may have been printing."""
    reprint_of: int | None
    staff: str
    at: datetime
    updated_at: datetime


def enqueue(connection: Reader, job: NewJob, now: datetime) -> int | None:
    """Ask for a job; gives its number, None when the key was used before."""
    values = {
        "key": job.key,
        "desk_id": job.desk_id,
        "printer": job.printer,
        "kind": job.kind,
        "customer_id": job.customer_id,
        "batch": job.batch,
        "source": job.source,
        "staff_id": job.staff_id,
        "now": moment_text(now),
    }
    return _one_number(connection, _ENQUEUE, values)


def enqueue_again(
    connection: Reader,
    of: JobRow,
    key: str,
    desk_id: int,
    printer: str,
    staff_id: int | None,
    now: datetime,
) -> int | None:
    """Ask for the same once more, at this desk and printer; gives the number of the new job, None
    when the key was used before or nothing is kept of what was printed."""
    values = {
        "id": of.id,
        "key": key,
        "desk_id": desk_id,
        "printer": printer,
        "staff_id": staff_id,
        "now": moment_text(now),
    }
    return _one_number(connection, _ENQUEUE_AGAIN, values)


def by_id(connection: Reader, job_id: int, now: datetime) -> JobRow | None:
    """Read a job; None when there is none of this number."""
    return next(iter(_jobs(connection, _BY_ID, {"id": job_id}, now)), None)


def by_key(connection: Reader, key: str, now: datetime) -> JobRow | None:
    """Read the job that was asked for with a key; None when none was."""
    return next(iter(_jobs(connection, _BY_KEY, {"key": key}, now)), None)


def latest(connection: Reader, desk_id: int, most: int, now: datetime) -> list[JobRow]:
    """Read the jobs of a desk, newest first."""
    return _jobs(connection, _LATEST, {"desk_id": desk_id, "most": most}, now)


def unfinished(connection: Reader, desk_id: int, now: datetime) -> list[JobRow]:
    """Read the jobs of a desk that are on their way or `unknown`, oldest first."""
    states = sorted(OPEN | {JobState.UNKNOWN})
    return _jobs(connection, _OPEN, {"desk_id": desk_id, "states": states}, now)


def of_batch(connection: Reader, batch: str, now: datetime) -> list[JobRow]:
    """Read the jobs of a batch, in the order in which they were asked for."""
    return _jobs(connection, _BATCH, {"batch": batch}, now)


def any_lost(connection: Reader, desk_id: int, now: datetime) -> bool:
    """Tell whether a job of a desk may have been printing when its worker was lost."""
    farthest = moment_text(now + FARTHEST)
    values = {"desk_id": desk_id, "now": moment_text(now), "farthest": farthest}
    return bool(connection.execute(_ANY_LOST, values).scalar())


def resolve(
    connection: Reader, job_id: int, staff_id: int | None, now: datetime, *, printed: bool
) -> bool:
    """End a job that is `unknown` by somebody's word; False when it is not unknown (any more)."""
    state = JobState.DONE if printed else JobState.FAILED
    reason = "" if printed else SpoolReason.NOT_PRINTED
    return _answer(connection, job_id, state, reason, [JobState.UNKNOWN], staff_id, now)


def cancel(connection: Reader, job_id: int, staff_id: int | None, now: datetime) -> bool:
    """Call off a job of which nothing has gone; False when it is too late for that."""
    olds = sorted(BEFORE_THE_FIRST_BYTE)
    return _answer(connection, job_id, JobState.CANCELLED, "", olds, staff_id, now)


def ask_to_stop(connection: Reader, job_id: int, now: datetime) -> bool:
    """Have the worker ask the printer to drop a job; False when the printer has it no more."""
    values = {"id": job_id, "now": moment_text(now)}
    return _one_number(connection, _ASK_TO_STOP, values) is not None


def verify(connection: Reader, job_id: int, staff_id: int | None, now: datetime) -> bool:
    """Note that the card was scanned; False when it cannot have been printed yet."""
    olds = sorted(COMES_FROM[JobState.VERIFIED])
    return _answer(connection, job_id, JobState.VERIFIED, "", olds, staff_id, now)


def _answer(
    connection: Reader,
    job_id: int,
    state: JobState,
    reason: str,
    olds: list[JobState],
    staff_id: int | None,
    now: datetime,
) -> bool:
    values = {
        "id": job_id,
        "state": state,
        "reason": reason,
        "olds": olds,
        "staff_id": staff_id,
        "now": moment_text(now),
    }
    return _one_number(connection, _ANSWER, values) is not None


def _one_number(
    connection: Reader, statement: Statement, values: Mapping[str, object]
) -> int | None:
    # All rows are taken: a statement that still has some to give keeps SQLite from committing.
    found = connection.execute(statement, values).all()
    return int(found[0][0]) if found else None


def _jobs(
    connection: Reader, statement: Statement, values: Mapping[str, object], now: datetime
) -> list[JobRow]:
    return [_job(row, now) for row in connection.execute(statement, values).mappings()]


def _job(row: Record, now: datetime) -> JobRow:
    lease, state = row["lease_until"], JobState(row["state"])
    may_print = state in (JobState.SENDING, JobState.SENT)
    names = ("initials", "first_name", "prefix", "surname")
    return JobRow(
        id=row["id"],
        desk_id=row["desk_id"],
        printer=text_of(row["printer"]),
        kind=row["kind"],
        customer_id=row["customer_id"],
        names={name: text_of(row[name]) for name in names},
        batch=row["batch"],
        source=row["source"],
        state=state,
        reason=row["reason"],
        attempts=row["attempts"],
        is_lost=may_print and lease is not None and not now < as_moment(lease) <= now + FARTHEST,
        reprint_of=row["reprint_of"],
        staff=text_of(row["staff"]),
        at=as_moment(row["at"]),
        updated_at=as_moment(row["updated_at"]),
    )
