"""Verwijder (Alt+V): what stands in the way and the key that goes there, or a clear yes."""

from typing import TYPE_CHECKING
from uuid import uuid4

from deskterm import services
from deskterm.keys import BY_ID, key_name
from deskterm.screens.asks import Choice, Choose
from deskterm.screens.money.asking import Asked
from deskterm.services.errors import Conflict
from deskterm.text import _
from deskterm.views.customer import CustomerView
from deskterm.views.removing import Obstacle

if TYPE_CHECKING:
    from deskterm.app import DesktermApp
    from deskterm.screens.customer_place import CustomerPlace

HELP = "remove"
_TYPED = "number"
_LAST_DIGITS = 4


async def remove(place: "CustomerPlace") -> None:
    """Remove the open customer, when nothing stands in the way and staff typed who it is."""
    session, app = place.session, place.desk_app
    if session is None:
        return
    view = session.view
    found = await app.work.call(lambda: services.removing.obstacles(app.desk, view.actor_id))
    if found:
        await _show_obstacles(app, view, found)
    elif await _is_meant(app, view):
        await _remove(place, view)


async def _show_obstacles(
    app: "DesktermApp", view: CustomerView, found: tuple[Obstacle, ...]
) -> None:
    action = await app.ask(Obstacles(app, view, found))
    if action:
        await app.main.perform(action)


async def _is_meant(app: "DesktermApp", view: CustomerView) -> bool:
    """Ask for the number of the customer: neither Enter nor a scan can remove anybody."""
    wanted = {str(view.actor_id)}
    card = view.block.card_number
    if card:
        wanted.add(card[-_LAST_DIGITS:])
    refusal, typed = "", ""
    while True:
        question = AskNumber(view, typed, refusal)
        answer = await app.ask(question)
        if answer is None:
            return False
        typed = answer[_TYPED].strip()
        if typed in wanted:
            return True
        refusal = _("Dat is niet het nummer van deze klant.") if typed else ""


async def _remove(place: "CustomerPlace", view: CustomerView) -> None:
    app, key = place.desk_app, uuid4().hex
    try:
        await app.work.call(
            lambda: services.removing.remove(app.desk, view.actor_id, view.version, key)
        )
    except Conflict as conflict:
        if place.session is not None:
            place.session.view = await app.work.call(
                lambda: services.opening.refresh(app.desk, view.actor_id)
            )
            place.show(place.session)
        app.bell()
        app.say(conflict.sentence, bad=True)
        return
    session = app.sessions.of(view.actor_id)
    if session is not None:
        app.sessions.end(session)
    place.session = None
    app.main.desk_place.reset()
    await app.main.go("desk")
    app.say(
        _("Verwijderd: {name}. Herstel kan vandaag nog: Klanten, Overzichten, Herstel.").format(
            name=view.block.display_name
        )
    )


class Obstacles(Choose):
    """Why not, each reason with the key that goes where it can be solved."""

    help_page = HELP

    def __init__(self, app: "DesktermApp", view: CustomerView, found: tuple[Obstacle, ...]) -> None:
        self.ways = {
            key: one.action for one in found for key in app.keymap.keys_of(one.action) if one.action
        }
        choices = [Choice("", _("Terug"), "T"), *(_choice(app, one) for one in found)]
        said = (
            view.block.display_name,
            _("Deze klant kan nog niet verwijderd worden. Handel dit eerst af:"),
        )
        super().__init__(_("Verwijder"), said, choices)

    async def take_key(self, key: str, character: str | None) -> None:
        # A character may be the beginning of a scan.
        if key in self.ways and len(key) > 1:
            await self.answer(self.ways[key])
            return
        await super().take_key(key, character)


def _choice(app: "DesktermApp", obstacle: Obstacle) -> Choice:
    if not obstacle.action:
        return Choice("", obstacle.sentence, why_not=_("gaat vanzelf voorbij"))
    keys = [key_name(key) for key in app.keymap.keys_of(obstacle.action) if len(key) > 1]
    note = " ".join((*keys[:1], _(BY_ID[obstacle.action].label)))
    return Choice(obstacle.action, obstacle.sentence, note=note)


class AskNumber(Asked):
    """Who goes, what goes and what stays; the number says that it is meant."""

    help_page = HELP

    def __init__(self, view: CustomerView, typed: str, refusal: str) -> None:
        block = view.block
        who = f"{block.display_name}, {block.street_line}, {block.place_line}".rstrip(", ")
        said = (
            who,
            _("Weg gaan: naam, geboortedatum, adres, telefoon, e-mail, IBAN, meldingen, relaties"
              " en voorkeuren. De passen zijn voorgoed vervangen."),
            _("Blijven, zonder naam: abonnementen, uitleningen en boekingen, voor de cijfers."),
            _("Herstel kan alleen vandaag."),
        )  # fmt: skip
        label = _("Actor-id, of de laatste 4 cijfers van de pas")
        fields = ((_TYPED, label, False),)
        super().__init__(_("Klant verwijderen?"), said, fields, {_TYPED: typed}, (refusal,))
