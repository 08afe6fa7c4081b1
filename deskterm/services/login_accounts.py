"""Login accounts: find, make, tie and forget the account that a customer logs in with.

The provider is asked outside every transaction, so that a slow server holds nobody up.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from deskterm.rules.names import inert
from deskterm.rules.rights import Right
from deskterm.services.accounts import forgetting, making, writing
from deskterm.services.accounts.asking import asking, provider_of
from deskterm.services.accounts.showing import account_view, job_view
from deskterm.services.accounts.words import DISMISSED
from deskterm.services.desk import Desk
from deskterm.services.errors import DeskError, NoCustomer
from deskterm.services.logbook import Logbook
from deskterm.services.trouble import around, reading
from deskterm.services.trouble import writing as transaction
from deskterm.services.versions import mark_changed, the_customer
from deskterm.store.reads import accounts
from deskterm.text import _
from deskterm.views.accounts import (
    AccountJobView,
    AccountOutcome,
    AccountView,
    FoundAccount,
    JobState,
)

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskterm.store.tables import AccountJob, Customer

_LONGEST = 200
"""More than this is no user name, but a paste that went wrong; no server is asked about it."""
_MOST_JOBS = 500
_ALL_STATES: tuple[JobState, ...] = ("queued", "done", "failed")
_STUCK_CODES = ("not_authorised",)
"""What a job waits for until the manager acts, however often it is tried."""


def find(desk: Desk, username: str, actor_id: int | None = None) -> FoundAccount | None:
    """Look an account up by its user name, capitals and all (Hoofdlettergevoelig).

    `actor_id` is the customer it is for: only others are warned of (`linked_to`).

    Raises:
        AccountsUnavailable: nothing is known, which is not the same as not found.
        AccountsRefused: the token is wrong.
        NoAccounts: the library has no provider.
        NotAllowed: the employee may not enrol.
    """
    desk.require(Right.CUSTOMER_ENROL)
    provider = provider_of(desk)
    wanted = inert(username).strip()
    if not wanted or len(wanted) > _LONGEST:
        return None
    with asking():
        found = provider.find(wanted)
    if found is None or found.username != wanted:
        return None
    with reading(desk) as connection:
        other = accounts.other_with(connection, provider.name, found.ref, wanted, actor_id or 0)
    return FoundAccount(found.ref, found.username, found.email, found.active, other)


def account_of(desk: Desk, actor_id: int) -> AccountView:
    """Give the account of a customer as the store has it; no server is asked.

    Raises NotFound when the customer is gone.
    """
    desk.require(Right.CUSTOMER_READ)
    return account_view(_row(desk, actor_id), desk.clock.now())


def attempt(desk: Desk, job_id: int) -> AccountOutcome:
    """Do a queued job now; one that another worker has is waited for, within the budget.

    What the provider does wrong is part of the answer. Raises NotFound when there is no such job.
    """
    desk.require(Right.CUSTOMER_ENROL)
    return making.attempt(desk, job_id)


def outcome(desk: Desk, job_id: int) -> AccountOutcome:
    """Tell how a job stands, without doing anything; raises NotFound when there is none."""
    desk.require(Right.CUSTOMER_ENROL)
    return making.outcome(desk, job_id)


def generate(desk: Desk, actor_id: int) -> int:
    """Queue the making of an account (Nieuw inlogaccount genereren); gives the job's number.

    An account that expired makes room for it.

    Raises:
        DeskError: no (right) e-mail address, an account that lives, or a job that is queued.
        NoAccounts, NotAllowed, NotFound: as `find` and `account_of`.
    """
    desk.require(Right.CUSTOMER_ENROL)
    provider_of(desk)
    with transaction(desk) as session:
        customer = the_customer(session, actor_id)
        logbook = Logbook(desk, session, actor_id)
        _require_mail(customer)
        _require_no_job(session, actor_id)
        if making.lives(session, customer, logbook.at):
            raise DeskError(
                _("Deze klant heeft al een inlogaccount."),
                _("Gebruik eerst Vergeet inlogaccount."),
            )
        name = customer.username
        job_id = making.ask_for(session, logbook, customer)
        if customer.username != name:
            mark_changed(desk, customer, logbook.at)
            session.add(customer)
    return job_id


def link(desk: Desk, actor_id: int, found: FoundAccount) -> AccountView:
    """Tie a customer to an account that was found; one that waited to be made is called off.

    Raises:
        DeskError: the customer has another account that lives, or one is being made right now.
        NoAccounts, NotAllowed, NotFound: as `find` and `account_of`.
    """
    desk.require(Right.CUSTOMER_ENROL)
    provider = provider_of(desk)
    with transaction(desk) as session:
        customer = the_customer(session, actor_id)
        logbook = Logbook(desk, session, actor_id)
        there = writing.link_of(session, actor_id)
        same = there is not None and (there.provider, there.ref) == (provider.name, found.ref)
        if there is not None and not same and making.lives(session, customer, logbook.at):
            raise DeskError(
                _("Deze klant heeft al een ander inlogaccount."),
                _("Gebruik eerst Vergeet inlogaccount."),
            )
        writing.tie(session, logbook, customer, found, provider.name)
        mark_changed(desk, customer, logbook.at)
    return account_of(desk, actor_id)


def refresh(desk: Desk, actor_id: int) -> AccountView:
    """Ask the provider how the account stands and write that down.

    Raises:
        DeskError: the account is with another provider than the library has now.
        AccountsUnavailable, AccountsRefused, NoAccounts, NotAllowed, NotFound: as `find`.
    """
    from deskterm.accounts.refreshing import write_answer

    desk.require(Right.CUSTOMER_ENROL)
    row = _row(desk, actor_id)
    if not row.provider:
        return account_view(row, desk.clock.now())
    provider = provider_of(desk)
    if provider.name != row.provider:
        raise DeskError(
            _("Dit inlogaccount is bij een andere accountdienst dan de bibliotheek nu heeft."),
            _("Zoek het bij de nieuwe dienst op, of gebruik Vergeet inlogaccount."),
        )
    with asking():
        account = provider.status(row.ref)
    with around(desk):
        write_answer(desk.store, desk.clock, actor_id, row.ref, account)
    return account_of(desk, actor_id)


def activate(desk: Desk, actor_id: int, code: str) -> AccountView:
    """Activate the account of a customer who shows the code out of the mail; only where this
    library keeps its accounts itself.

    Raises:
        DeskError: the code is not that of this account, was used, or its time is over; or the
            account is of a server, whose mail has a link for that.
        AccountsUnavailable, NotAllowed, NotFound: as `find` and `account_of`.
    """
    from deskterm.accounts.local import LocalProvider
    from deskterm.accounts.refreshing import write_answer

    desk.require(Right.CUSTOMER_ENROL)
    row = _row(desk, actor_id)
    if row.provider != LocalProvider.name:
        raise DeskError(
            _("Dit inlogaccount wordt niet met een code geactiveerd."),
            _("De klant doet dat zelf, met de link in de mail van de accountdienst."),
        )
    provider = LocalProvider(desk.store, desk.clock, desk.account_options)
    with asking():
        account = provider.activate(code, row.ref)
    if account is None:
        raise DeskError(
            _("Deze code hoort niet bij dit inlogaccount, is al gebruikt of is verlopen."),
            _("Typ hem over uit de nieuwste mail, of genereer een nieuw inlogaccount."),
        )
    with around(desk):
        write_answer(desk.store, desk.clock, actor_id, row.ref, account)
    return account_of(desk, actor_id)


def forget(desk: Desk, actor_id: int) -> AccountView:
    """Cut the tie with an account (Vergeet inlogaccount), or call its making off.

    At the provider only an account is deleted that was made here and still waits for its
    customer, and only if the library wants that; what kept it from that is in `error`.

    Raises:
        DeskError: there is nothing to forget, it is being made right now, or another desk tied
            another account meanwhile.
        NotAllowed, NotFound: as `account_of`.
    """
    desk.require(Right.CUSTOMER_ENROL)
    note = forgetting.forget(desk, actor_id, _row(desk, actor_id))
    return AccountView(error=note)


def jobs(desk: Desk, state: JobState | None = None) -> tuple[AccountJobView, ...]:
    """Give the jobs in a state, or all, the newest first and 500 at most."""
    desk.require(Right.CUSTOMER_ENROL)
    states: Sequence[str] = (state,) if state else _ALL_STATES
    with reading(desk) as connection:
        return tuple(job_view(row) for row in accounts.jobs(connection, states, _MOST_JOBS))


def work_list(desk: Desk) -> tuple[AccountJobView, ...]:
    """Give what staff have to look at: jobs that failed, and those that wait for the token."""
    desk.require(Right.CUSTOMER_ENROL)
    with reading(desk) as connection:
        found = accounts.stuck(connection, _STUCK_CODES, DISMISSED, _MOST_JOBS)
    return tuple(job_view(row) for row in found)


def retry(desk: Desk, job_id: int) -> None:
    """Queue a job that failed again, or have one that waits tried at once.

    Its key stays, so that an account that was made after all is found.

    Raises:
        NotFound: there is no such job.
        DeskError: it is done, or as `generate`.
    """
    desk.require(Right.CUSTOMER_ENROL)
    with transaction(desk) as session:
        job = _the_job(session, job_id)
        if job.state == "done":
            raise DeskError(_("Dit inlogaccount is al gemaakt."))
        customer = the_customer(session, job.customer_id)
        logbook = Logbook(desk, session, job.customer_id)
        if job.state == "failed":
            _require_mail(customer)
            _require_no_job(session, job.customer_id)
            if making.lives(session, customer, logbook.at):
                raise DeskError(_("Deze klant heeft al een inlogaccount."))
            job.state, job.kind, job.at, job.done_at = "queued", "create", logbook.at, None
            job.attempts, job.error, job.email = 0, "", customer.email
            logbook.line("account.create", "account", "", "")
        job.next_at = logbook.at
        session.add(job)


def _row(desk: Desk, actor_id: int) -> accounts.AccountRow:
    with reading(desk) as connection:
        row = accounts.account_of(connection, actor_id)
    if row is None:
        raise NoCustomer(actor_id)
    return row


def _require_mail(customer: "Customer") -> None:
    if fault := writing.mail_fault(customer.email):
        raise DeskError(_(fault), _("Wijzig het e-mailadres op tab 2."))


def _require_no_job(session: "Session", actor_id: int) -> None:
    if writing.open_job(session, actor_id) is not None:
        raise DeskError(
            _("Er staat al een inlogaccount voor deze klant in de wachtrij."),
            _("Het wordt vanzelf gemaakt."),
        )


def _the_job(session: "Session", job_id: int) -> "AccountJob":
    from deskterm.store.tables import AccountJob

    job = session.get(AccountJob, job_id)
    if job is None:
        raise making.no_such_job()
    return job
