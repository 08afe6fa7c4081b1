"""Genereer inlogaccount: tried at once for a few seconds, and else left to the queue."""

from typing import TYPE_CHECKING

from deskterm import services
from deskterm.screens.accounts.asks import Generated
from deskterm.screens.waiting import GaveUp, outside
from deskterm.services.errors import DeskError
from deskterm.text import _
from deskterm.views.accounts import AccountOutcome

if TYPE_CHECKING:
    from deskterm.app import DesktermApp


async def make_now(app: "DesktermApp", job_id: int, email: str) -> None:
    """Try a queued job while staff look on, and tell what became of it.

    Whatever happens the job is in the store: what is not made now will be made later.
    """
    options = app.desk.account_options
    try:
        outcome = await outside(
            app,
            _("Genereer inlogaccount"),
            _("Het inlogaccount wordt gegenereerd …"),
            lambda: services.login_accounts.attempt(app.desk, job_id),
            options.interactive_budget_s,
        )
    except GaveUp:
        outcome = AccountOutcome("queued", "", email, None, "")
    except DeskError as refused:
        outcome = AccountOutcome("queued", "", email, None, refused.sentence)
    by_code = app.desk.accounts is not None and app.desk.accounts.name == "local"
    now, hours = app.desk.clock.now(), options.activation_hours
    await app.ask(Generated(outcome, now, hours, by_code=by_code))
