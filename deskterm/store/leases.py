"""Taking jobs from a table so that each is done by one worker at a time, and none is lost.

A worker has a job for itself until its lease ends; one that was killed lets go that way. Jobs that
fail for now are put off, longer each time, and given up after a week.
"""

import random
from datetime import datetime, timedelta
from typing import TypeVar

from sqlmodel import Session, col, or_, select

from deskterm.store.reads.errands import FARTHEST
from deskterm.store.tables import AccountJob, MailJob

Job = TypeVar("Job", AccountJob, MailJob)

LEASE = timedelta(seconds=60)
FIRST_WAIT_SECONDS = 5
LONGEST_WAIT_SECONDS = 3600
GIVE_UP_AFTER = timedelta(days=7)


def claim(
    session: Session, table: type[Job], worker: str, now: datetime, only: int | None = None
) -> Job | None:
    """Take the job that has been due longest, or the one with this id, due or not.

    A moment further ahead than any wait or lease is of a clock that was; it counts as over.
    """
    lease, next_at, farthest = col(table.lease_until), col(table.next_at), now + FARTHEST
    query = select(table).where(
        col(table.state) == "queued", or_(lease.is_(None), lease <= now, lease > farthest)
    )
    if only is None:
        # One that nobody has tried yet waits for nothing.
        untried = col(table.attempts) == 0
        query = query.where(or_(next_at <= now, next_at > farthest, untried))
    else:
        query = query.where(col(table.id) == only)
    query = query.order_by(next_at, col(table.id)).limit(1)
    job = session.exec(query.with_for_update(skip_locked=True)).first()
    if job is not None:
        job.worker, job.lease_until = worker, now + LEASE
        job.attempts += 1
        session.add(job)
    return job


def still_mine(session: Session, table: type[Job], job_id: int, worker: str) -> Job | None:
    """The job as it stands now, if this worker still has it."""
    query = select(table).where(
        col(table.id) == job_id, col(table.state) == "queued", col(table.worker) == worker
    )
    return session.exec(query.with_for_update()).first()


def put_off(
    job: AccountJob | MailJob, error: str, now: datetime, wait_seconds: float | None = None
) -> None:
    """Let go of a job until later; a week after it was made it has failed.

    The wait doubles from five seconds to an hour, give or take a fifth, so that workers do not
    come back together; a server that names a longer wait gets it.
    """
    job.error, job.lease_until, job.worker = error, None, ""
    if now - job.at >= GIVE_UP_AFTER:
        job.state, job.done_at = "failed", now
        return
    doubled = FIRST_WAIT_SECONDS * 2 ** min(job.attempts - 1, 20)
    wait = min(LONGEST_WAIT_SECONDS, doubled) * random.uniform(0.8, 1.2)
    job.next_at = now + timedelta(seconds=max(wait, wait_seconds or 0))
