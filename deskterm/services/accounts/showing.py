"""The account of a customer as screens see it."""

from datetime import datetime
from typing import cast

from deskterm.rules.accounts import is_unheard
from deskterm.services.accounts.words import DISMISSED, sentence
from deskterm.store.reads.accounts import AccountRow, JobRow
from deskterm.views.accounts import (
    NO_ACCOUNT,
    AccountJobView,
    AccountState,
    AccountView,
    JobState,
)


def account_view(row: AccountRow, now: datetime) -> AccountView:
    """Tell the state of an account: a job that waits comes before what there was."""
    if row.job_state == "queued":
        return AccountView(
            "queued", email=row.job_email, job_id=row.job_id, error=sentence(row.job_error)
        )
    if row.provider:
        return AccountView(
            _linked_state(row, now),
            username=row.account_username,
            email=row.account_email,
            expires_at=row.expires_at if row.state != "active" else None,
            made_here=row.made_here,
            provider=row.provider,
        )
    if row.username:
        return AccountView("unknown", username=row.username)
    if row.job_state == "failed" and row.job_error != DISMISSED:
        return AccountView(
            "failed", email=row.mail_to, job_id=row.job_id, error=sentence(row.job_error)
        )
    return NO_ACCOUNT


def job_view(row: JobRow) -> AccountJobView:
    """Give a job as a row of a list."""
    return AccountJobView(
        id=row.id,
        actor_id=row.actor_id,
        name=row.name,
        state=cast("JobState", row.state),
        email=row.email,
        username=row.username,
        at=row.at,
        attempts=row.attempts,
        next_at=row.next_at if row.state == "queued" else None,
        error_code=row.error,
        error=sentence(row.error),
    )


def _linked_state(row: AccountRow, now: datetime) -> AccountState:
    if row.state == "pending" and is_unheard(row.expires_at, now):
        return "expired"
    return cast("AccountState", row.state)
