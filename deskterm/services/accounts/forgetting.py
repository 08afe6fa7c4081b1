"""Vergeet inlogaccount: the tie is cut here; the account itself is the customer's.

It holds at other libraries too, so nothing but an account that was made here and that nobody
activated is ever deleted (accounts.md 2).
"""

from typing import TYPE_CHECKING

from deskterm.accounts.model import AccountError, Rejected
from deskterm.services.accounts import writing
from deskterm.services.accounts.words import DISMISSED
from deskterm.services.errors import DeskError
from deskterm.services.logbook import Logbook
from deskterm.services.trouble import writing as transaction
from deskterm.services.versions import mark_changed, the_customer
from deskterm.store.reads import accounts
from deskterm.text import N_, _

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskterm.accounts.model import AccountProvider
    from deskterm.services.desk import Desk

_STAYS = N_("Losgekoppeld. Het inlogaccount is inmiddels geactiveerd en blijft van de klant.")
_LEFT = N_(
    "Losgekoppeld. De accountdienst kon het niet-geactiveerde account nu niet verwijderen; het"
    " vervalt vanzelf."
)


def forget(desk: "Desk", actor_id: int, row: accounts.AccountRow) -> str:
    """Forget the account that was read; the answer is a sentence on what could not be done."""
    etag, note = _asked(desk, row)
    with transaction(desk) as session:
        if _cut(desk, session, actor_id, row):
            etag = None  # it is somebody else's too
    if etag is not None and desk.accounts is not None:
        note = _deleted(desk.accounts, row.ref, etag)
    return _(note) if note else ""


def _asked(desk: "Desk", row: accounts.AccountRow) -> tuple[str | None, str]:
    """Ask whether the account still waits: its version now, None when it is to stay; and a note."""
    provider = desk.accounts
    may_go = (
        desk.account_options.delete_pending_on_forget
        and row.made_here
        and row.state not in ("", "active")
    )
    if provider is None or provider.name != row.provider or not may_go:
        return None, ""
    try:
        account = provider.status(row.ref)
    except AccountError:
        return None, _LEFT
    if account is None:
        return None, ""
    return (None, _STAYS) if account.active else (account.etag, "")


def _cut(desk: "Desk", session: "Session", actor_id: int, row: accounts.AccountRow) -> bool:
    """Write that it is forgotten; tell whether another customer here has the same account."""
    customer = the_customer(session, actor_id)
    logbook = Logbook(desk, session, actor_id)
    link = writing.link_of(session, actor_id)
    if (link.ref if link else "") != row.ref or customer.username != row.username:
        raise DeskError(
            _("Het inlogaccount van deze klant is intussen gewijzigd."),
            _("Kijk opnieuw en probeer het dan nog eens."),
        )
    did = writing.call_off(session, logbook, actor_id) or _dismiss_failed(session, logbook, row)
    if link is not None or customer.username:
        writing.untie(session, logbook, customer)
        mark_changed(desk, customer, logbook.at)
    elif not did:
        raise DeskError(_("Deze klant heeft geen inlogaccount."))
    if link is None:
        return False
    connection = session.connection()
    return accounts.other_with(connection, link.provider, link.ref, "", actor_id) is not None


def _dismiss_failed(session: "Session", logbook: Logbook, row: accounts.AccountRow) -> bool:
    """Take a job that failed off the work list."""
    from deskterm.store.tables import AccountJob

    job = session.get(AccountJob, row.job_id) if row.job_id is not None else None
    if job is None or job.state != "failed" or job.error == DISMISSED:
        return False
    writing.dismiss(session, job, logbook.at)
    return True


def _deleted(provider: "AccountProvider", ref: str, etag: str) -> str:
    """Delete an account as it was at `etag`; the answer is a note on what came of it."""
    try:
        provider.forget(ref, etag)
    except Rejected:
        return _STAYS
    except AccountError:
        return _LEFT
    return ""
