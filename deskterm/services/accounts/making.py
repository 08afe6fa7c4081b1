"""Having an account made: asking for it, and doing the job at once while the customer waits."""

import time
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from deskterm.rules.accounts import is_unheard
from deskterm.services.accounts import writing
from deskterm.services.accounts.words import sentence
from deskterm.services.errors import NotFound
from deskterm.services.trouble import around, reading
from deskterm.store.reads import accounts
from deskterm.text import _
from deskterm.views.accounts import AccountOutcome

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskterm.services.desk import Desk
    from deskterm.services.logbook import Logbook
    from deskterm.store.tables import Customer

_LOOK_EVERY_SECONDS = 0.1


def lives(session: "Session", customer: "Customer", now: datetime) -> bool:
    """Whether a customer has an account that may still be used, or a user name of an import."""
    link = writing.link_of(session, customer.actor_id or 0)
    if link is None:
        return bool(customer.username)
    if link.state == "pending":
        return not is_unheard(link.expires_at, now)
    return link.state == "active"


def ask_for(session: "Session", logbook: "Logbook", customer: "Customer") -> int:
    """Queue a job in the place of an account that expired, and give its number.

    That one's user name goes; whoever calls this makes the change of the customer count.
    """
    actor_id = customer.actor_id or 0
    if writing.link_of(session, actor_id) is not None:
        writing.untie(session, logbook, customer)
    return writing.queue(session, logbook, actor_id, customer.email).id or 0


def attempt(desk: "Desk", job_id: int) -> AccountOutcome:
    """Do a job now, unless another worker has it: then wait for that one, within the budget."""
    from deskterm.accounts.queue import run_one

    end = time.monotonic() + desk.account_options.interactive_budget_s
    if desk.accounts is not None:
        with around(desk):
            run_one(
                desk.store,
                desk.accounts,
                desk.clock,
                desk.account_options,
                f"desk-{uuid4().hex}",
                job_id=job_id,
            )
    while _is_held(desk, job_id) and time.monotonic() < end:
        time.sleep(_LOOK_EVERY_SECONDS)
    return outcome(desk, job_id)


def outcome(desk: "Desk", job_id: int) -> AccountOutcome:
    """Tell how a job stands; raises NotFound when there is none."""
    row = _row(desk, job_id)
    if row.state == "done":
        return AccountOutcome("made", row.username, row.email, row.expires_at, "")
    code = row.error or ("" if desk.accounts is not None else "none")
    return AccountOutcome(
        "failed" if row.state == "failed" else "queued", "", row.email, None, sentence(code)
    )


def no_such_job() -> NotFound:
    """What to raise for a job that is not there."""
    return NotFound(_("Deze aanvraag van een inlogaccount is er niet meer."))


def _is_held(desk: "Desk", job_id: int) -> bool:
    row = _row(desk, job_id)
    held = row.lease_until is not None and row.lease_until > desk.clock.now()
    return row.state == "queued" and held


def _row(desk: "Desk", job_id: int) -> accounts.OutcomeRow:
    with reading(desk) as connection:
        row = accounts.outcome(connection, job_id)
    if row is None:
        raise no_such_job()
    return row
