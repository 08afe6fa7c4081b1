"""What changes about a customer's account, inside the transaction of a use case.

`customer.username` repeats the account's user name: both are written here, and by the queue.
"""

from typing import TYPE_CHECKING
from uuid import uuid4

from deskterm.rules.emails import check_email
from deskterm.rules.faults import RuleFault
from deskterm.services.accounts.words import DISMISSED
from deskterm.services.errors import DeskError
from deskterm.text import N_, _

if TYPE_CHECKING:
    from datetime import datetime

    from sqlmodel import Session

    from deskterm.services.logbook import Logbook
    from deskterm.store.tables import AccountJob, Customer, LoginAccount
    from deskterm.views.accounts import FoundAccount

NO_MAIL = N_("Voor een nieuw inlogaccount is een e-mailadres nodig.")
WRONG_MAIL = N_("Voor een nieuw inlogaccount moet het e-mailadres kloppen.")


def link_of(session: "Session", actor_id: int) -> "LoginAccount | None":
    """The account that a customer is tied to."""
    from deskterm.store.tables import LoginAccount

    return session.get(LoginAccount, actor_id)


def open_job(session: "Session", actor_id: int) -> "AccountJob | None":
    """The job that is queued for a customer; there is one at most."""
    from sqlmodel import col, select

    from deskterm.store.tables import AccountJob

    query = select(AccountJob).where(
        col(AccountJob.customer_id) == actor_id, col(AccountJob.state) == "queued"
    )
    return session.exec(query).first()


def mail_fault(email: str) -> str:
    """Why no account can be made for an address, as a sentence that is not yet translated."""
    try:
        return "" if check_email(email) else NO_MAIL
    except RuleFault:
        return WRONG_MAIL


def queue(session: "Session", logbook: "Logbook", actor_id: int, email: str) -> "AccountJob":
    """Ask for an account to be made; whoever had a job open has that one again, from now.

    One that is being worked on at this moment is let be.
    """
    from deskterm.store.tables import AccountJob

    job = open_job(session, actor_id)
    if job is None:
        job = AccountJob(
            key=uuid4().hex, customer_id=actor_id, email=email, at=logbook.at, next_at=logbook.at
        )
        logbook.line("account.create", "account", "", "")
    elif not is_held(job, logbook.at):
        job.email, job.at, job.next_at, job.attempts = email, logbook.at, logbook.at, 0
    session.add(job)
    session.flush()
    return job


def tie(
    session: "Session",
    logbook: "Logbook",
    customer: "Customer",
    found: "FoundAccount",
    provider: str,
) -> None:
    """Tie a customer to an account that exists, in the place of the one there was."""
    from deskterm.store.tables import LoginAccount

    actor_id, state = customer.actor_id or 0, "active" if found.active else "pending"
    call_off(session, logbook, actor_id)
    link = link_of(session, actor_id)
    if link is not None and (link.provider, link.ref) == (provider, found.ref):
        link.username, link.email, link.state = found.username, found.email, state
    else:
        drop(session, link)
        link = LoginAccount(
            customer_id=actor_id,
            provider=provider,
            ref=found.ref,
            username=found.username,
            email=found.email,
            state=state,
        )
        logbook.line("account.link", "username", customer.username, found.username)
    customer.username = found.username
    session.add(link)
    session.add(customer)


def untie(session: "Session", logbook: "Logbook", customer: "Customer") -> None:
    """Let go of the account of a customer, and of a user name that an import brought."""
    link = link_of(session, customer.actor_id or 0)
    logbook.line("account.forget", "username", customer.username, "")
    drop(session, link)
    customer.username = ""
    session.add(customer)


def drop(session: "Session", link: "LoginAccount | None") -> None:
    """Take a link away, at once: another may come in its place."""
    if link is not None:
        session.delete(link)
        session.flush()


def call_off(session: "Session", logbook: "Logbook", actor_id: int) -> bool:
    """Call the open job of a customer off; tell whether there was one.

    Raises:
        DeskError: a worker is making the account at this moment.
    """
    job = open_job(session, actor_id)
    if job is None:
        return False
    if is_held(job, logbook.at):
        raise DeskError(
            _("Het inlogaccount wordt op dit moment gemaakt."),
            _("Wacht een minuut en probeer het opnieuw."),
        )
    dismiss(session, job, logbook.at)
    logbook.line("account.dismiss", "account", "", "")
    return True


def dismiss(session: "Session", job: "AccountJob", now: "datetime") -> None:
    """End a job that nobody waits for any more."""
    job.state, job.error, job.email = "failed", DISMISSED, ""
    job.done_at = job.done_at or now
    session.add(job)


def is_held(job: "AccountJob", now: "datetime") -> bool:
    """Whether a worker has a job for itself."""
    return job.lease_until is not None and job.lease_until > now
