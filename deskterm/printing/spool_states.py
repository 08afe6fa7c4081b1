"""How a print job goes from queued to its end, and the times that go with it.

Nothing has left us before `sending`, which is committed before the first byte. Whoever is lost
after that leaves `unknown`, which only somebody who looked at the printer ends.
"""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum


class JobState(StrEnum):
    """Where a job is."""

    QUEUED = "queued"
    CLAIMED = "claimed"
    WAITING = "waiting"
    """Somebody has to do something at the printer first; nothing has left us."""
    SENDING = "sending"
    SENT = "sent"
    DONE = "done"
    VERIFIED = "verified"
    """The card that came out was scanned."""
    UNKNOWN = "unknown"
    FAILED = "failed"
    CANCELLED = "cancelled"


_Q, _C, _W = JobState.QUEUED, JobState.CLAIMED, JobState.WAITING
_S, _T = JobState.SENDING, JobState.SENT
BEFORE_THE_FIRST_BYTE = frozenset({_Q, _C, _W})
AT_THE_PRINTER = frozenset({_C, _W, _S, _T})
"""A worker has it; one such job of a desk at a printer at a time."""
OPEN = BEFORE_THE_FIRST_BYTE | AT_THE_PRINTER
ENDED = frozenset(JobState) - OPEN

COMES_FROM: Mapping[JobState, frozenset[JobState]] = {
    # By a printer that took nothing, or by a worker that was lost before the first byte.
    JobState.QUEUED: frozenset({_C, _W, _S}),
    JobState.CLAIMED: frozenset({_Q}),
    JobState.WAITING: frozenset({_C, _W}),
    JobState.SENDING: frozenset({_C, _W}),
    JobState.SENT: frozenset({_S, _T}),
    JobState.DONE: frozenset({_S, _T}),
    JobState.UNKNOWN: frozenset({_S, _T}),
    JobState.FAILED: OPEN,
    JobState.CANCELLED: BEFORE_THE_FIRST_BYTE,
    # By somebody with the card in hand.
    JobState.VERIFIED: frozenset({_T, JobState.DONE, JobState.UNKNOWN}),
}
"""From where a job may come to each state. A person's answer ends `unknown` besides."""


class SpoolReason(StrEnum):
    """Why a job ended without a printer, beside the reasons of printers and of rendering."""

    TOO_OLD = "too_old"
    NO_PRINTER = "no_printer"
    BAD_DOCUMENT = "bad_document"
    STOP_ASKED = "stop_asked"
    """Somebody wants it back; its printer has not answered to that yet."""
    NOT_PRINTED = "not_printed"
    """Somebody looked and said so."""


LEASE = timedelta(seconds=30)
"""How long a job is a silent worker's."""
BEAT_SECONDS = LEASE.total_seconds() / 3
_WAITS = (1, 2, 5, 10)
GIVE_UP_AFTER = timedelta(minutes=10)
"""Since the printer first took nothing."""
TOO_OLD_AFTER = timedelta(hours=12)
"""A receipt of yesterday that nobody printed is not to come out of itself this morning."""


def wait_after(attempts: int) -> timedelta:
    """How long a job rests after its printer took nothing , by how often it was tried."""
    return timedelta(seconds=_WAITS[min(max(attempts, 1), len(_WAITS)) - 1])
