"""What became of accounts that were queued, shown where their customers are open."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from deskterm import services
from deskterm.services.errors import DeskError
from deskterm.views.accounts import AccountView

if TYPE_CHECKING:
    from deskterm.app import DesktermApp
    from deskterm.screens.session import Session


def waiting(app: "DesktermApp", also: int | None = None) -> list["Session"]:
    """The open customers whose account was in the queue when it was last read, and this one.

    Whoever is being edited stays as it was read: it is drawn anew after that.
    """
    return [
        one
        for one in app.sessions
        if (one.view.account.state == "queued" or one.actor_id == also) and not one.editing
    ]


async def follow(app: "DesktermApp", also: int | None = None) -> None:
    """Read those accounts again, beside whatever is done at the desk, and draw what changed.

    `also` is the actor-id of whose account something was just done to.
    """
    for session in waiting(app, also):
        seen = session.view.account
        try:
            account = await app.work.look_up(_reading(app, session.actor_id))
        except DeskError as trouble:
            from deskterm.logs import note

            # It is read again soon, and staff asked for nothing.
            note(trouble)
            return
        # What staff did meanwhile is newer than this answer.
        if session.view.account is seen and account != seen:
            session.view = replace(session.view, account=account)
            place = app.main.customer_place
            if place.session is session and not session.editing:
                place.draw_body(keep=True)


def _reading(app: "DesktermApp", actor_id: int) -> Callable[[], AccountView]:
    return lambda: services.login_accounts.account_of(app.desk, actor_id)
