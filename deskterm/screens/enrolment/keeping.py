"""A walk on the screen, and in the store as a draft."""

from typing import TYPE_CHECKING

from deskterm import services
from deskterm.screens.enrolment.walk import Walk

if TYPE_CHECKING:
    from deskterm.app import DesktermApp

DRAFT = "enrolment"
"""The kind of draft that a walk keeps; `services.enrolment.enrol` drops it by this name."""


async def show(app: "DesktermApp", walk: Walk) -> None:
    """Put the data form of a walk on the screen."""
    app.main.customer_place.keep_state()
    await app.main.go("enrol")
    if app.main.enrol_place is not None:
        app.main.enrol_place.load(walk)


async def keep(app: "DesktermApp", walk: Walk) -> None:
    """Keep the walk as a draft: a dropped line does not lose it."""
    payload = walk.payload()
    await app.work.call(lambda: services.drafts.keep(app.desk, DRAFT, walk.key, payload))


async def drop(app: "DesktermApp", key: str) -> None:
    """Forget the draft of a walk."""
    await app.work.call(lambda: services.drafts.drop(app.desk, DRAFT, key))
