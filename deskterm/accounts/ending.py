"""What becomes of a job of the account queue: made, linked meanwhile, put off or given up."""

from datetime import timedelta
from typing import TYPE_CHECKING

from deskterm.accounts.jobs import LINKED, JobResult, Task
from deskterm.accounts.links import LIVING, Act, tie
from deskterm.accounts.model import ProviderAccount
from deskterm.store.leases import put_off, still_mine

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskterm.store.tables import AccountJob, LoginAccount


def save(
    act: Act, task: Task, provider: str, account: ProviderAccount, waits: timedelta
) -> tuple[JobResult, bool] | None:
    """Write down an account that was made, and end the job.

    None when another customer here has this account: the next name's turn. The flag is whether the
    account has become nobody's, as the job or the customer went away while it was made.
    """
    from deskterm.store.tables import AccountJob, LoginAccount

    holder = _holder(act.session, provider, account.ref)
    job = still_mine(act.session, AccountJob, task.job_id, task.worker)
    customer_id = task.new.customer_id
    if job is None:
        stands = as_it_stands(act.session, task.job_id)
        gone = JobResult(task.job_id, customer_id, "failed", error="customer_gone")
        # One that is queued again finds the account by the job's key.
        ended = stands is None or stands.state != "queued"
        return stands or gone, ended and holder is None
    if holder not in (None, customer_id):
        return None
    link = act.session.get(LoginAccount, customer_id)
    if link is not None and link.state in LIVING and holder is None:
        return end_as_linked(act, job, link), True
    link = tie(act, customer_id, provider, account, waits)
    _end(act, job, "done", "")
    job.username = link.username
    return _made(job, link), False


def end_as_linked(act: Act, job: "AccountJob", link: "LoginAccount") -> JobResult:
    """End a job whose customer has an account already."""
    _end(act, job, "done", LINKED)
    return _linked(job, link)


def give_up(act: Act, job: "AccountJob", code: str) -> JobResult:
    """End a job that nobody can do as it is; it comes on the work list."""
    _end(act, job, "failed", code)
    act.line(job.customer_id, "account.failed")
    return _failed(job)


def wait(act: Act, task: Task, code: str, seconds: float | None = None) -> JobResult | None:
    """Put a job off that failed for now; a week after it was made it is given up.

    None when the job is gone.
    """
    from deskterm.store.tables import AccountJob

    job = still_mine(act.session, AccountJob, task.job_id, task.worker)
    if job is None:
        return as_it_stands(act.session, task.job_id)
    put_off(job, code, act.now, seconds)
    act.session.add(job)
    return give_up(act, job, code) if job.state == "failed" else _queued(job)


def fail(act: Act, task: Task, code: str) -> JobResult | None:
    """Give a job up that this worker still has; None when it is gone."""
    from deskterm.store.tables import AccountJob

    job = still_mine(act.session, AccountJob, task.job_id, task.worker)
    return as_it_stands(act.session, task.job_id) if job is None else give_up(act, job, code)


def as_it_stands(session: "Session", job_id: int) -> JobResult | None:
    """How a job stands that somebody else has, or that has ended; None when there is none."""
    from deskterm.store.tables import AccountJob, LoginAccount

    job = session.get(AccountJob, job_id, populate_existing=True)
    if job is None:
        return None
    if job.state == "queued":
        return _queued(job)
    if job.state == "failed":
        return _failed(job)
    link = session.get(LoginAccount, job.customer_id)
    if job.error == LINKED:
        return _linked(job, link)
    return _made(job, link if link is not None and link.username == job.username else None)


def _holder(session: "Session", provider: str, ref: str) -> int | None:
    from sqlmodel import col, select

    from deskterm.store.tables import LoginAccount

    query = select(LoginAccount.customer_id).where(
        col(LoginAccount.provider) == provider, col(LoginAccount.ref) == ref
    )
    return session.exec(query).first()


def _end(act: Act, job: "AccountJob", state: str, code: str) -> None:
    job.state, job.error, job.done_at = state, code, act.now
    job.lease_until, job.next_at, job.worker = None, None, ""
    # Personal, and of no use any more.
    job.email = ""
    act.session.add(job)


def _made(job: "AccountJob", link: "LoginAccount | None") -> JobResult:
    email, expires_at = (link.email, link.expires_at) if link is not None else ("", None)
    return JobResult(
        job.id or 0, job.customer_id, "made", job.username, email, expires_at, job.error
    )


def _linked(job: "AccountJob", link: "LoginAccount | None") -> JobResult:
    username, email = (link.username, link.email) if link is not None else ("", "")
    return JobResult(job.id or 0, job.customer_id, "linked", username, email, error=LINKED)


def _queued(job: "AccountJob") -> JobResult:
    return JobResult(job.id or 0, job.customer_id, "queued", email=job.email, error=job.error)


def _failed(job: "AccountJob") -> JobResult:
    return JobResult(job.id or 0, job.customer_id, "failed", error=job.error)
