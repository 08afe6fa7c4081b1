"""What the app looks after while staff do something else, without a word about it."""

from typing import TYPE_CHECKING

from deskterm import services
from deskterm.logs import note
from deskterm.services.errors import DeskError

if TYPE_CHECKING:
    from datetime import date

    from deskterm.app import DesktermApp

ERRANDS_SECONDS = 30
FOLLOW_SECONDS = 3
"""How often an account that waits to be made is looked at, while its customer is open."""


class Errands:
    """Mail, print and account jobs that wait, what Herstel kept too long, accounts being made."""

    def __init__(self, app: "DesktermApp") -> None:
        self._app = app
        self._tidied_on: date | None = None

    def begin(self) -> None:
        """Look every now and then from now on."""
        self._app.set_interval(ERRANDS_SECONDS, self.look_after)
        self._app.set_interval(FOLLOW_SECONDS, self._follow_accounts)

    async def look_after(self) -> None:
        """Start a worker beside the screens when something is due there and none lives.

        Once a day, when somebody has signed in, let go of what Herstel kept for days that are over.
        """
        app = self._app
        try:
            if not app.work.stopped and await app.work.look_up(self._is_worker_needed):
                await app.work.look_up(app.start_worker)
            today = app.desk.today
            if not app.work.stopped and app.desk.staff and self._tidied_on != today:
                await app.work.look_up(lambda: services.tidying.tidy(app.desk))
                self._tidied_on = today
        except (DeskError, OSError) as trouble:
            # What waits stays in the store and is looked at again soon; staff can do nothing here.
            note(trouble)

    def _is_worker_needed(self) -> bool:
        return services.errands.worker_needed(self._app.desk)

    async def _follow_accounts(self) -> None:
        """Show what became of accounts that wait to be made, where their customers are open."""
        app = self._app
        if any(one.view.account.state == "queued" for one in app.sessions):
            from deskterm.screens.accounts.following import follow

            if not app.work.stopped and not app.locked:
                await follow(app)
