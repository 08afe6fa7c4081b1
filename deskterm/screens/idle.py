"""A desk that nobody touches: it covers itself, locks, and ends in time."""

from time import monotonic
from typing import TYPE_CHECKING

from rich.text import Text

from deskterm.screens.privacy.hiding import hide
from deskterm.screens.sign_in import lock
from deskterm.services.errors import DeskError
from deskterm.text import _

if TYPE_CHECKING:
    from deskterm.app import DesktermApp


def look(app: "DesktermApp") -> None:
    """Do what the settings say of a desk that has been idle for as long as this one."""
    settings = app.bootstrap.settings
    idle = monotonic() - app.pump.last_key_at
    if settings.idle_end_minutes and idle > settings.idle_end_minutes * 60:
        # What is being carried out comes first; the next look is soon.
        if not app.work.busy:
            app.work.start(_end(app))
    elif app.locked:
        return
    elif settings.idle_lock_minutes and idle > settings.idle_lock_minutes * 60:
        app.work.start(lock(app))
    elif settings.idle_hide_seconds and idle > settings.idle_hide_seconds:
        app.work.start(hide(app))


async def _end(app: "DesktermApp") -> None:
    """Leave as when the line breaks: an enrolment is kept, other unsaved typing is not."""
    try:
        if app.main.enrol_place is not None:
            await app.main.enrol_place.keep()
    except DeskError as trouble:
        from deskterm.logs import note

        # What was kept when its last field was left is still there.
        note(trouble)
    app.exit(message=Text(_("Deze balie is gesloten: er is lang geen toets ingedrukt.")))
