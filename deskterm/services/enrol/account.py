"""The login account of who enrols: an existing one is tied, a new one is asked for.

The provider is not asked: enrolling never waits for it.
"""

from typing import TYPE_CHECKING

from deskterm.rules.faults import N_
from deskterm.services.accounts import making, writing
from deskterm.services.accounts.asking import provider_of
from deskterm.services.desk import Desk
from deskterm.services.edit.draft import Draft
from deskterm.views.enrolment import EnrolmentForm

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskterm.services.logbook import Logbook
    from deskterm.store.tables import Customer

NEW = "new"


def check(draft: Draft, form: EnrolmentForm, email: str) -> None:
    """Note what keeps a form from getting the account that it asks for.

    An existing account needs no address of the customer: it has its own.
    """
    if not form.use_account:
        return
    if draft.desk.accounts is None:
        draft.fault("use_account", N_("Deze bibliotheek heeft geen accountdienst: kies Nee."))
    elif form.account == NEW and (fault := writing.mail_fault(email)):
        draft.fault("email", fault)
    elif form.account not in ("", NEW) and form.found is None:
        draft.fault("use_account", N_("Zoek eerst het bestaande inlogaccount."))


def write(
    desk: Desk, session: "Session", logbook: "Logbook", customer: "Customer", form: EnrolmentForm
) -> None:
    """Tie the account that was found, or queue a new one unless the customer has one that lives.

    Raises:
        DeskError: an account is being made for this customer right now.
        NoAccounts: the library has no provider.
    """
    if not form.use_account or not form.account:
        return
    provider = provider_of(desk)
    if form.account == NEW:
        if not making.lives(session, customer, logbook.at):
            making.ask_for(session, logbook, customer)
    elif form.found is not None:
        writing.tie(session, logbook, customer, form.found, provider.name)
