"""When the next job beside the desk is due."""

from datetime import datetime, timedelta
from typing import Literal

from deskterm.store.light import Reader, Statement, text
from deskterm.store.values import as_moment, moment_text

Queue = Literal["account_job", "mail_job"]

FARTHEST = timedelta(hours=25)
"""No wait (a day, where a server asks for it) and no lease is longer: what is further ahead was
written while the clock was, and counts as over."""


def _next_of(table: Queue) -> Statement:
    # A job that a worker has is due for others when that worker's lease ends; one that nobody has
    # tried yet waits for nothing.
    return text(
        f"""
        SELECT min(CASE WHEN lease_until > :now AND lease_until <= :farthest THEN lease_until
                        WHEN attempts = 0 OR next_at > :farthest THEN :now ELSE next_at END)
        FROM {table} WHERE state = 'queued'
        """
    )


_NEXT: dict[Queue, Statement] = {
    "account_job": _next_of("account_job"),
    "mail_job": _next_of("mail_job"),
}


def next_due(connection: Reader, queue: Queue, now: datetime) -> datetime | None:
    """Give the moment from which somebody may take a job of this queue; None without jobs."""
    values = {"now": moment_text(now), "farthest": moment_text(now + FARTHEST)}
    moment = connection.execute(_NEXT[queue], values).scalar()
    return None if moment is None else as_moment(moment)


_UNASKED = text(
    """
    SELECT count(*) FROM login_account
    WHERE state = 'pending' AND provider <> 'local'
    AND (checked_at IS NULL OR checked_at <= :before OR checked_at > :farthest)
    """
)


def unasked(connection: Reader, before: datetime) -> bool:
    """Tell whether an account waits at a server that has not been asked about it since then."""
    values = {"before": moment_text(before), "farthest": moment_text(before + FARTHEST)}
    return bool(connection.execute(_UNASKED, values).scalar())


_TO_PRINT = text(
    """
    SELECT count(*) FROM print_job
    WHERE desk_id = :desk_id AND state = 'queued' AND (next_at <= :now OR next_at > :longest)
    """
)
_ASKED = text(
    """
    SELECT count(*) FROM printer_sight
    WHERE desk_id = :desk_id AND asked_at > :since AND asked_at <= :farthest
      AND seen_at IS NULL
    """
)


ASKS_LAST = timedelta(minutes=1)
"""Whoever asked how a printer is, is gone by then."""


LONGEST_REST = timedelta(minutes=1)
"""A print job that its printer refused rests for seconds: one that waits longer was written while
the clock was ahead."""


def printing_due(connection: Reader, desk_id: int, now: datetime) -> bool:
    """Tell whether a desk has something to print, or wants to know how a printer is."""
    longest, farthest = moment_text(now + LONGEST_REST), moment_text(now + FARTHEST)
    jobs = {"desk_id": desk_id, "now": moment_text(now), "longest": longest}
    looks = {"desk_id": desk_id, "since": moment_text(now - ASKS_LAST), "farthest": farthest}
    return bool(
        connection.execute(_TO_PRINT, jobs).scalar() or connection.execute(_ASKED, looks).scalar()
    )
