"""Alt+S: what the open customer has, copied to others on the same address."""

from typing import TYPE_CHECKING

from deskterm import services
from deskterm.screens.series import saving
from deskterm.screens.series.asking import AskPerson, Summary
from deskterm.screens.series.walk import Walk
from deskterm.text import _

if TYPE_CHECKING:
    from deskterm.screens.customer_place import CustomerPlace


async def start(place: "CustomerPlace") -> None:
    """Walk along the others of the household, then save every Ja in one go; Esc changes nothing."""
    session, app = place.session, place.desk_app
    if session is None:
        return
    actor_id = session.actor_id
    walk = Walk(await app.work.call(lambda: services.series.on_address(app.desk, actor_id)))
    while await app.ask(AskPerson(walk)):
        wanted = walk.wanted()
        if await saving.look(app, wanted) is None or not await app.ask(Summary(walk)):
            continue
        await saving.save(app, wanted)
        return
    app.say(_("Er is niets gewijzigd."))
