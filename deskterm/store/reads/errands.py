"""When the next job beside the desk is due."""

from datetime import datetime
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
