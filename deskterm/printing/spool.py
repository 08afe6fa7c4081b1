"""The queue of print jobs as their worker sees it: take one, say how far it is, end it.

Every change of state is one UPDATE that names the states it may come from, and the worker whose
job it is: who comes too late changes nothing and is told so. Moments are those of the machine's
clock. Statements are plain, so that they run in a transaction of either kind (`store.jot`).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from deskterm.printing.model import Reason
from deskterm.printing.spool_states import (
    AT_THE_PRINTER,
    COMES_FROM,
    ENDED,
    GIVE_UP_AFTER,
    LEASE,
    TOO_OLD_AFTER,
    JobState,
    SpoolReason,
    wait_after,
)
from deskterm.store.light import Reader, Statement, text
from deskterm.store.reads.errands import FARTHEST, LONGEST_REST
from deskterm.store.values import as_moment, moment_text

_CLAIM_ONE = """
    UPDATE print_job SET state = 'claimed', reason = '', worker = :worker, lease_until = :lease,
        attempts = attempts + 1, device_job = '', updated_at = :now
    WHERE (next_at <= :now OR next_at > :longest) AND id = (
        SELECT j.id FROM print_job j
        WHERE j.desk_id = :desk_id AND j.printer = :printer AND j.state = 'queued'
          AND NOT EXISTS (
            SELECT 1 FROM print_job f WHERE f.desk_id = :desk_id AND f.printer = :printer
              AND f.state IN ('claimed', 'waiting', 'sending', 'sent')
          )
        ORDER BY j.id LIMIT 1 {locking}
    )
    RETURNING id, kind, source, payload, form, sha256, attempts, refused_at
    """
_CLAIM = text(_CLAIM_ONE.format(locking=""))
_CLAIM_LOCKING = text(_CLAIM_ONE.format(locking="FOR UPDATE SKIP LOCKED"))
_DUE = text(
    """
    SELECT CASE WHEN state = 'queued' AND next_at <= :longest THEN next_at
                WHEN state <> 'queued' AND lease_until <= :farthest THEN lease_until
                ELSE :now END
    FROM print_job
    WHERE desk_id = :desk_id AND printer = :printer
      AND state IN ('queued', 'claimed', 'waiting', 'sending', 'sent')
    ORDER BY CASE WHEN state = 'queued' THEN 1 ELSE 0 END, id LIMIT 1
    """
)
_MOVE_ONE = """
    UPDATE print_job SET state = :state, reason = :reason, updated_at = :now,
        device_job = CASE WHEN :device_job = '' THEN device_job ELSE :device_job END
    WHERE id = :id AND worker = :worker AND state IN :olds {but}
    RETURNING id
    """
_MOVE = text(_MOVE_ONE.format(but=""), many=("olds",))
# That somebody wants the job back stays said until the printer has answered to it.
_TELL = text(_MOVE_ONE.format(but="AND reason <> 'stop_asked'"), many=("olds",))
_STOP_ASKED = text("SELECT count(*) FROM print_job WHERE id = :id AND reason = 'stop_asked'")
_RELEASE = text(
    """
    UPDATE print_job SET state = :state, reason = :reason, updated_at = :now, next_at = :next_at,
        refused_at = :refused_at, lease_until = NULL, worker = ''
    WHERE id = :id AND worker = :worker AND state IN :olds
    RETURNING id
    """,
    many=("olds",),
)
_PAYLOAD = text(
    """
    UPDATE print_job SET payload = :payload, form = :form, sha256 = :sha256
    WHERE id = :id AND worker = :worker AND state = 'claimed'
    RETURNING id
    """
)
_BEAT = text(
    """
    UPDATE print_job SET lease_until = :lease
    WHERE id = :id AND worker = :worker AND state IN :olds
    RETURNING id
    """,
    many=("olds",),
)
_LOST = text(
    """
    SELECT id, worker, state, refused_at FROM print_job
    WHERE desk_id = :desk_id AND (lease_until <= :now OR lease_until > :farthest)
      AND state IN ('claimed', 'waiting', 'sending', 'sent')
    """
)
_FAIL_STALE = text(
    """
    UPDATE print_job SET state = 'failed', reason = :reason, updated_at = :now
    WHERE state = 'queued' AND at <= :before
    RETURNING id
    """
)
_PURGE = text(
    """
    UPDATE print_job SET payload = NULL, form = '', source = '{}'
    WHERE updated_at <= :before AND state IN :ended AND (payload IS NOT NULL OR source <> '{}')
    RETURNING id
    """,
    many=("ended",),
)
_STRAYS = text(
    """
    SELECT id FROM print_job
    WHERE desk_id = :desk_id AND state = 'queued' AND printer NOT IN :printers
    """,
    many=("printers",),
)
_FAIL_STRAY = text(
    """
    UPDATE print_job SET state = 'failed', reason = :reason, updated_at = :now
    WHERE id IN :ids AND state = 'queued'
    RETURNING id
    """,
    many=("ids",),
)


@dataclass(frozen=True, slots=True)
class ClaimedJob:
    """A job that a worker has for itself until its lease ends."""

    id: int
    worker: str
    kind: str
    source: str
    payload: bytes
    """Empty until it is rendered."""
    form: str
    sha256: str
    attempts: int
    refused_at: datetime | None
    """When its printer first took nothing of it."""


def due(connection: Reader, desk_id: int, printer: str, now: datetime) -> datetime | None:
    """Give the moment from which there is something to do at a printer; None without jobs.

    The oldest job goes first, also while it rests: what is wrong at its printer is wrong for all.
    """
    values = {"desk_id": desk_id, "printer": printer, **_times(now)}
    moment = connection.execute(_DUE, values).scalar()
    return None if moment is None else as_moment(moment)


def claim(
    connection: Reader, desk_id: int, printer: str, worker: str, now: datetime
) -> ClaimedJob | None:
    """Take the oldest job for a printer, if it is due and no other job is there.

    Jobs of workers that were lost are let go first.
    """
    reap(connection, desk_id, now)
    statement = _CLAIM_LOCKING if connection.dialect.name == "postgresql" else _CLAIM
    values = {"desk_id": desk_id, "printer": printer, "worker": worker, "now": moment_text(now)}
    times = {"longest": moment_text(now + LONGEST_REST), "lease": moment_text(now + LEASE)}
    found = list(connection.execute(statement, {**values, **times}).mappings())
    for row in found:
        return ClaimedJob(
            id=row["id"],
            worker=worker,
            kind=row["kind"],
            source=row["source"],
            payload=bytes(row["payload"] or b""),
            form=row["form"],
            sha256=row["sha256"],
            attempts=row["attempts"],
            refused_at=None if row["refused_at"] is None else as_moment(row["refused_at"]),
        )
    return None


def move(
    connection: Reader,
    job: ClaimedJob,
    to: JobState,
    now: datetime,
    reason: str = "",
    device_job: str = "",
) -> bool:
    """Bring a job of this worker to another state; False when it is no longer there to be
    brought: cancelled, or taken for lost."""
    values = {
        "id": job.id,
        "worker": job.worker,
        "state": to,
        "reason": reason,
        "device_job": device_job,
        "olds": sorted(COMES_FROM[to]),
        "now": moment_text(now),
    }
    tells = to is JobState.SENT and reason != Reason.NOT_STOPPED
    return _changed(connection, _TELL if tells else _MOVE, values) == 1


def stop_asked(connection: Reader, job: ClaimedJob) -> bool:
    """Tell whether somebody wants a job back that its printer has."""
    return bool(connection.execute(_STOP_ASKED, {"id": job.id}).scalar())


def release(
    connection: Reader, job: ClaimedJob, reason: str, now: datetime, *, lasting: bool
) -> JobState | None:
    """Put a job back of which the printer took nothing; what is lasting, or has lasted ten
    minutes, has failed. Gives the new state, None when it is no longer this worker's."""
    # One of a clock that was ahead would never be long ago.
    refused_at = min(job.refused_at or now, now)
    gives_up = lasting or now - refused_at >= GIVE_UP_AFTER
    state = JobState.FAILED if gives_up else JobState.QUEUED
    next_at = now + wait_after(job.attempts)
    values = _released(job.id, job.worker, state, reason, refused_at, next_at, now)
    return state if _changed(connection, _RELEASE, values) == 1 else None


def keep_payload(connection: Reader, job: ClaimedJob, data: bytes, form: str, sha256: str) -> bool:
    """Keep what a job was rendered to, so that printing it once more gives the same; False when
    it is no longer this worker's."""
    values = {"payload": data, "form": form, "sha256": sha256, "id": job.id, "worker": job.worker}
    return _changed(connection, _PAYLOAD, values) == 1


def beat(connection: Reader, job: ClaimedJob, now: datetime) -> bool:
    """Make the lease of a job longer; False when it is no longer this worker's."""
    values = {
        "lease": moment_text(now + LEASE),
        "id": job.id,
        "worker": job.worker,
        "olds": sorted(AT_THE_PRINTER),
    }
    return _changed(connection, _BEAT, values) == 1


def reap(
    connection: Reader, desk_id: int, now: datetime, patience: timedelta = timedelta(0)
) -> int:
    """Let go of the jobs of a desk whose workers were lost: what may have been printed becomes
    `unknown`, the rest is queued again, for ten minutes at most. Gives how many there were.

    `patience` is for who looks from another machine, whose clock may be ahead.
    """
    farthest = moment_text(now + FARTHEST)
    silent_since = {"desk_id": desk_id, "now": moment_text(now - patience), "farthest": farthest}
    lost = list(connection.execute(_LOST, silent_since).mappings())
    for row in lost:
        kept = row["refused_at"]
        refused_at = now if kept is None else min(as_moment(kept), now)
        if row["state"] in (JobState.SENDING, JobState.SENT):
            state = JobState.UNKNOWN
        elif now - refused_at >= GIVE_UP_AFTER:
            state = JobState.FAILED
        else:
            state = JobState.QUEUED
        values = _released(
            row["id"], row["worker"], state, Reason.WORKER_LOST, refused_at, now, now
        )
        _changed(connection, _RELEASE, {**values, "olds": [row["state"]]})
    return len(lost)


def strays(connection: Reader, desk_id: int, printers: Collection[str]) -> list[int]:
    """Find the queued jobs of a desk for printers that its worker does not know."""
    values = {"desk_id": desk_id, "printers": [*printers, ""]}
    return list(connection.execute(_STRAYS, values).scalars())


def fail_strays(connection: Reader, ids: Collection[int], now: datetime) -> int:
    """End such jobs; gives how many there were."""
    values = {"ids": list(ids), "reason": SpoolReason.NO_PRINTER, "now": moment_text(now)}
    return _changed(connection, _FAIL_STRAY, values)


def fail_stale(connection: Reader, now: datetime) -> int:
    """End the jobs of all desks that nobody printed for half a day; gives how many."""
    before = moment_text(now - TOO_OLD_AFTER)
    values = {"reason": SpoolReason.TOO_OLD, "before": before, "now": moment_text(now)}
    return _changed(connection, _FAIL_STALE, values)


def purge(connection: Reader, now: datetime, keep_days: int) -> int:
    """Empty what was printed so many days ago, as it names people; gives how many jobs."""
    before = moment_text(now - timedelta(days=keep_days))
    return _changed(connection, _PURGE, {"before": before, "ended": sorted(ENDED)})


def _times(now: datetime) -> dict[str, str]:
    return {
        "now": moment_text(now),
        "longest": moment_text(now + LONGEST_REST),
        "farthest": moment_text(now + FARTHEST),
    }


def _released(
    job_id: int,
    worker: str,
    state: JobState,
    reason: str,
    refused_at: datetime,
    next_at: datetime,
    now: datetime,
) -> dict[str, object]:
    return {
        "id": job_id,
        "worker": worker,
        "state": state,
        "reason": reason,
        "refused_at": moment_text(refused_at),
        "next_at": moment_text(next_at),
        "olds": sorted(COMES_FROM[state]),
        "now": moment_text(now),
    }


def _changed(connection: Reader, statement: Statement, values: Mapping[str, object]) -> int:
    # All rows are taken: a statement that still has some to give keeps SQLite from committing.
    return len(connection.execute(statement, values).all())
