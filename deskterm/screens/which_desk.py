"""Aan welke balie: asked once of a machine that nothing tells which desk it is."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from deskterm.screens.asks import Choice, Choose
from deskterm.text import _
from deskterm.views.desk import DeskView

if TYPE_CHECKING:
    from deskterm.app import DesktermApp


async def ask_once(app: "DesktermApp") -> None:
    """Ask which desk this is, unless it is known; Esc leaves it for the next start."""
    places = await app.work.call(lambda: app.bootstrap.possible_desks(app.desk.store))
    if len(places) > 1:
        await _ask(app, places)


async def choose(app: "DesktermApp") -> None:
    """Say anew which desk this is."""
    places = await app.work.call(lambda: app.bootstrap.other_desks(app.desk.store))
    if len(places) > 1:
        await _ask(app, places)
    else:
        app.say(_("De instellingen zeggen welke balie dit is; vraag de beheerder."))


async def _ask(app: "DesktermApp", places: Sequence[DeskView]) -> None:
    choices = [
        Choice(str(place.id), f"{place.branch.code} {place.branch.name}  {place.name}")
        for place in places
    ]
    said = _("Dat bepaalt waar passen en bonnen uitkomen. Het wordt op deze pc onthouden.")
    question = Choose(_("Aan welke balie zit u?"), (said,), choices)
    question.help_page = "sign-in"
    answer = await app.ask(question)
    place = next((one for one in places if str(one.id) == answer), None)
    if place is None:
        return
    app.desk = app.bootstrap.at_desk(app.desk, place)
    app.main.draw_bars()
    try:
        app.bootstrap.remember_desk(place)
    except OSError:
        app.say(_("Dit kon op deze pc niet onthouden worden; het wordt straks weer gevraagd."))
