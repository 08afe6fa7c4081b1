"""A walk on the screen, and in the store as a draft."""

import asyncio
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
    place = app.main.enrol_place
    if place is not None:
        # Only after its first layout it knows how wide it is; a form drawn before that jumps.
        laid_out = asyncio.Event()
        place.call_after_refresh(laid_out.set)
        await laid_out.wait()
        if place.walk is not walk:
            # Another walk that was left standing here can be gone on with later.
            await place.keep()
        place.load(walk)


async def keep(app: "DesktermApp", walk: Walk) -> None:
    """Keep the walk as a draft: a dropped line does not lose it."""
    payload = walk.payload()
    await app.work.call(lambda: services.drafts.keep(app.desk, DRAFT, walk.key, payload))


async def drop(app: "DesktermApp", key: str) -> None:
    """Forget the draft of a walk."""
    await app.work.call(lambda: services.drafts.drop(app.desk, DRAFT, key))
