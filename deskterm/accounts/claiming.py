"""Taking a job of the account queue: who it is for, and whether there is still anything to make."""

from typing import TYPE_CHECKING

from deskterm.accounts.ending import as_it_stands, end_as_linked, give_up
from deskterm.accounts.jobs import JobResult, Task
from deskterm.accounts.links import LIVING, Act
from deskterm.accounts.model import NewAccount
from deskterm.accounts.options import AccountOptions
from deskterm.rules.emails import check_email
from deskterm.rules.faults import RuleFault
from deskterm.rules.names import display_name
from deskterm.rules.usernames import Named, candidates
from deskterm.store.leases import claim

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskterm.store.tables import AccountJob, Customer


def take(
    act: Act, options: AccountOptions, worker: str, job_id: int | None
) -> Task | JobResult | None:
    """Take the job that is due, or this one due or not; a result when nothing is left to do.

    None when there is none.
    """
    from deskterm.store.tables import AccountJob, LoginAccount

    job = claim(act.session, AccountJob, worker, act.now, only=job_id)
    if job is None:
        return None if job_id is None else as_it_stands(act.session, job_id)
    link = act.session.get(LoginAccount, job.customer_id)
    if link is not None and link.state in LIVING:
        return end_as_linked(act, job, link)
    customer = act.customer(job.customer_id)
    if customer is None:
        return give_up(act, job, "customer_gone")
    if job.kind != "create":
        return give_up(act, job, "link")
    return _task(act, job, customer, options)


def _task(
    act: Act, job: "AccountJob", customer: "Customer", options: AccountOptions
) -> Task | JobResult:
    try:
        # As it is today: it may have been corrected since the job was made.
        email = check_email(customer.email)
    except RuleFault:
        return give_up(act, job, "bad_email")
    if not email:
        return give_up(act, job, "no_email")
    names = _names_for(act.session, customer, options)
    if not names:
        return give_up(act, job, "no_username")
    job.email = email
    act.session.add(job)
    if job.id is None or job.lease_until is None:
        raise ValueError("a job was taken that has no number or no lease")
    new = NewAccount(
        key=job.key,
        username="",
        name=display_name(
            customer.surname,
            prefix=customer.prefix,
            initials=customer.initials,
            first=customer.first_name,
            title=customer.title,
        ),
        family_name=" ".join(part for part in (customer.prefix, customer.surname) if part),
        email=email,
        language=_language_of(customer),
        customer_id=job.customer_id,
    )
    return Task(job.id, job.worker, job.lease_until, new, names)


def _names_for(
    session: "Session", customer: "Customer", options: AccountOptions
) -> tuple[str, ...]:
    """The names to try, without those of other customers here, whoever keeps their accounts."""
    from sqlmodel import col, select

    from deskterm.store.tables import Card, Customer

    card = session.exec(
        select(Card.number).where(
            col(Card.customer_id) == customer.actor_id,
            col(Card.kind) == "main",
            col(Card.status) != "replaced",
        )
    ).first()
    who = Named(card or "", customer.initials, customer.first_name, customer.surname)
    names = tuple(candidates(options.username_candidates, options.username_pattern, who))
    others = select(Customer.username).where(
        col(Customer.username).in_(names), col(Customer.actor_id) != customer.actor_id
    )
    taken = set(session.exec(others))
    return tuple(name for name in names if name not in taken)


def _language_of(customer: "Customer") -> str:
    """`nl` for every language of the Netherlands and Flanders, `en` for the rest."""
    language = customer.language
    dutch = not language or language.startswith("nl") or language.endswith("_NL")
    return "nl" if dutch else "en"
