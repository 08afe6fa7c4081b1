"""Jobs of the account queue while they are done, and what came of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from deskterm.accounts.model import NewAccount


@dataclass(frozen=True, slots=True)
class Task:
    """A job that one worker has for itself until its lease ends."""

    job_id: int
    worker: str
    lease_until: datetime
    new: NewAccount
    """What is to be made; the user name is filled in with each candidate."""
    candidates: tuple[str, ...]
    """User names to try, best first."""


@dataclass(frozen=True, slots=True)
class JobResult:
    """What came of a job, or how it stands when somebody else has it."""

    job_id: int
    customer_id: int
    state: Literal["made", "linked", "queued", "failed"]
    """`linked`: the customer had got another account meanwhile, so none was made."""
    username: str = ""
    email: str = ""
    """Where the mail went or will go; empty when it failed."""
    expires_at: datetime | None = None
    """Until when a made account waits for its customer."""
    error: str = ""
    """Why it is queued or failed: the code of an AccountError, or one of `FAILURES`."""


FAILURES = ("no_email", "bad_email", "no_username", "username_taken", "link", "customer_gone")
"""Codes of jobs that fail at once: the customer has no e-mail address, or none that mail reaches;
no user name can be made, or all are taken; the job ties an existing account, which is done by
hand; the customer is gone."""

LINKED = "linked"
"""The code of a job that ended because the customer had an account."""
