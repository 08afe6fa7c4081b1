"""F8: what can be done with the row that the cursor is on."""

from typing import TYPE_CHECKING

from deskterm import services
from deskterm.screens import words
from deskterm.screens.asks import Choice, Choose
from deskterm.screens.tabs.tab import RowAction
from deskterm.services.desk import Desk
from deskterm.services.errors import Conflict
from deskterm.text import _
from deskterm.views.customer import CustomerView

if TYPE_CHECKING:
    from deskterm.screens.customer_place import CustomerPlace


async def open_menu(place: "CustomerPlace") -> None:
    """Offer the actions of the row; those that cannot be done now say why."""
    session, app = place.session, place.desk_app
    if session is None or session.overview:
        return
    actions = place.tab.actions(session.view, place.body.cursor_key)
    if not actions:
        app.say(_("Voor deze regel zijn er geen acties."))
        return
    choices = [Choice(one.id, one.label, why_not="" if one.enabled else one.why_not or "-")
               for one in actions]  # fmt: skip
    chosen = await app.ask(Choose(_("Acties"), (), choices))
    action = next((one for one in actions if one.id == chosen), None)
    if action is not None:
        await _carry_out(place, action)


async def _carry_out(place: "CustomerPlace", action: RowAction) -> None:
    session, app = place.session, place.desk_app
    if session is None:
        return
    code = action.target
    if action.id == "role.start":
        await words.load(app)
        roles = [Choice(word.code, word.name) for word in app.words["role"]]
        code = await app.ask(Choose(_("Nieuwe rol"), (), roles)) or ""
        if not code:
            return
    view, desk = session.view, app.desk
    try:
        session.view = await app.work.call(lambda: _perform(desk, view, action, code))
    except Conflict as conflict:
        session.view = await app.work.call(lambda: services.opening.refresh(desk, view.actor_id))
        app.say(conflict.sentence, bad=True)
    else:
        app.say(_("Opgeslagen."))
    place.show(session)


def _perform(desk: Desk, view: CustomerView, action: RowAction, code: str) -> CustomerView:
    actor_id, version = view.actor_id, view.version
    match action.id:
        case "card.block":
            return services.cards.block(desk, actor_id, version, int(code))
        case "card.unblock":
            return services.cards.unblock(desk, actor_id, version, int(code))
        case "role.start":
            return services.roles.start(desk, actor_id, version, code)
        case "role.end":
            return services.roles.end(desk, actor_id, version, int(code))
    return services.editing.save(desk, actor_id, version, dict(action.changes))
