"""The queue of mail: asked for in one transaction, sent once that is in the store."""

import json
import logging
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from deskterm.mail.model import Letter, MailLater, MailRefused, MailTrouble, Sender

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskterm.store.engine import Store
    from deskterm.store.tables import MailJob

_log = logging.getLogger("deskterm.mail")


class Clock(Protocol):
    """Where moments come from."""

    def now(self) -> datetime:
        """This moment, aware, in UTC."""


def enqueue(
    session: "Session",
    *,
    key: str,
    kind: str,
    recipient: str,
    language: str,
    contents: Mapping[str, str],
    now: datetime,
    customer_id: int | None = None,
) -> None:
    """Ask for a mail in the caller's transaction; a key that is there already asks for nothing.

    `kind` is the name of the template and `contents` fills it in. A moment among the contents is
    ISO text; a mail whose `expires` has passed is not sent any more.
    """
    from sqlmodel import col, select

    from deskterm.store.tables import MailJob

    if session.exec(select(MailJob.id).where(col(MailJob.key) == key)).first() is not None:
        return
    session.add(
        MailJob(
            key=key,
            kind=kind,
            recipient=recipient,
            language=language,
            contents=json.dumps(dict(contents), ensure_ascii=False),
            customer_id=customer_id,
            at=now,
            next_at=now,
        )
    )
    session.flush()


def withdraw(session: "Session", key: str, now: datetime) -> None:
    """Send a mail no more, in the caller's transaction; one that has gone, or goes now, has."""
    from sqlmodel import col, select

    from deskterm.store.tables import MailJob

    waiting = select(MailJob).where(col(MailJob.key) == key, col(MailJob.state) == "queued")
    for job in session.exec(waiting):
        job.state, job.error, job.done_at = "failed", "withdrawn", now
        job.recipient, job.contents = "", "{}"
        session.add(job)


def run_one(store: "Store", sender: Sender, clock: Clock, worker: str) -> bool:
    """Send the mail that has been due longest; False when none is due.

    Nothing is locked while the server is spoken to. A worker that ends between the sending and
    the writing down leaves the mail to be sent again, with the same Message-ID.

    Raises:
        StoreError: the store is away. No other error: what goes wrong is written with the job.
    """
    taken = _take(store, clock.now(), worker)
    if taken is None:
        return False
    job_id, letter = taken
    trouble = _send(letter, sender, clock.now())
    _write_down(store, job_id, trouble, clock.now(), worker)
    return True


def _take(store: "Store", now: datetime, worker: str) -> tuple[int, Letter] | None:
    from deskterm.store.leases import claim
    from deskterm.store.tables import MailJob

    with store.write() as session:
        job = claim(session, MailJob, worker, now)
        if job is None or job.id is None:
            return None
        contents = json.loads(job.contents)
        return job.id, Letter(job.key, job.kind, job.recipient, job.language, contents)


def _send(letter: Letter, sender: Sender, now: datetime) -> MailTrouble | None:
    from deskterm.mail.compose import compose

    try:
        sender.send(compose(letter, sender.options, now))
    except (MailLater, MailRefused) as trouble:
        return trouble
    return None


def _write_down(
    store: "Store", job_id: int, trouble: MailTrouble | None, now: datetime, worker: str
) -> None:
    from deskterm.store.leases import put_off, still_mine
    from deskterm.store.tables import MailJob

    with store.write() as session:
        job = still_mine(session, MailJob, job_id, worker)
        if job is None:
            # Its lease ended and another worker has it: that one writes what comes of it.
            _log.warning("mail %d: no longer ours", job_id)
            return
        if isinstance(trouble, MailLater):
            put_off(job, trouble.code, now)
        else:
            _end(job, "sent" if trouble is None else "failed", trouble, now)
        if job.state != "queued":
            job.recipient, job.contents = "", "{}"
        session.add(job)
        state = job.state
    if trouble is None:
        _log.info("mail %d: sent", job_id)
    else:
        _log.warning("mail %d: %s, %s", job_id, state, trouble)


def _end(job: "MailJob", state: str, trouble: MailTrouble | None, now: datetime) -> None:
    job.state, job.done_at = state, now
    job.error = "" if trouble is None else trouble.code
    job.lease_until, job.worker = None, ""
