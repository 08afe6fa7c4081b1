"""When the next job beside the desk is due."""

from datetime import datetime, timedelta
from typing import Literal

from deskterm.store.light import Reader, Statement, text
from deskterm.store.values import as_moment, moment_text

Queue = Literal["account_job", "mail_job"]


def _next_of(table: Queue) -> Statement:
    # A job that a worker has is due for others when that worker's lease ends.
    return text(
        "SELECT min(CASE WHEN lease_until > next_at THEN lease_until ELSE next_at END)"
        f" FROM {table} WHERE state = 'queued'"
    )


_NEXT: dict[Queue, Statement] = {
    "account_job": _next_of("account_job"),
    "mail_job": _next_of("mail_job"),
}


def next_due(connection: Reader, queue: Queue) -> datetime | None:
    """Give the moment from which somebody may take a job of this queue; None without jobs."""
    moment = connection.execute(_NEXT[queue]).scalar()
    return None if moment is None else as_moment(moment)


_UNASKED = text(
    """
    SELECT count(*) FROM login_account
    WHERE state = 'pending' AND provider <> 'local'
    AND (checked_at IS NULL OR checked_at <= :before)
    """
)


def unasked(connection: Reader, before: datetime) -> bool:
    """Tell whether an account waits at a server that has not been asked about it since then."""
    return bool(connection.execute(_UNASKED, {"before": moment_text(before)}).scalar())


_TO_PRINT = text(
    """
    SELECT count(*) FROM print_job
    WHERE desk_id = :desk_id AND state = 'queued' AND next_at <= :now
    """
)
_ASKED = text(
    """
    SELECT count(*) FROM printer_sight
    WHERE desk_id = :desk_id AND asked_at > :since AND (seen_at IS NULL OR seen_at < asked_at)
    """
)


ASKS_LAST = timedelta(minutes=1)
"""Whoever asked how a printer is, is gone by then."""


def printing_due(connection: Reader, desk_id: int, now: datetime) -> bool:
    """Tell whether a desk has something to print, or wants to know how a printer is."""
    jobs = {"desk_id": desk_id, "now": moment_text(now)}
    looks = {"desk_id": desk_id, "since": moment_text(now - ASKS_LAST)}
    return bool(
        connection.execute(_TO_PRINT, jobs).scalar() or connection.execute(_ASKED, looks).scalar()
    )
