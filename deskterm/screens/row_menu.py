"""F8: what can be done with the row that the cursor is on."""

from typing import TYPE_CHECKING

from deskterm import services
from deskterm.screens import flows, overviews, words
from deskterm.screens.asks import Choice, Choose
from deskterm.screens.tabs.tab import RowAction
from deskterm.services.desk import Desk
from deskterm.services.errors import Conflict
from deskterm.text import _
from deskterm.views.customer import CustomerView

if TYPE_CHECKING:
    from deskterm.screens.customer_place import CustomerPlace

MESSAGE = "message.predefined"
ACCOUNT = "customer.account"
CARDS = "8"
ASKED = {"role.start": "role", MESSAGE: "predefined_message"}
"""Actions that need one of the library's words first, and from which list."""


async def enter(place: "CustomerPlace") -> None:
    """Enter on a row: to who it is about in Gezin, else what can be done with it."""
    if place.session is not None and place.session.overview == "family":
        from deskterm.screens.family import menu as family_menu

        await family_menu.open_chosen(place)
        return
    await open_menu(place)


async def open_menu(place: "CustomerPlace") -> None:
    """Offer the actions of the row; those that cannot be done now say why."""
    session, app = place.session, place.desk_app
    if session is None:
        return
    if session.overview == "money":
        from deskterm.screens.money import row_menu as money_menu

        await money_menu.open_menu(place)
    elif session.overview == "family":
        from deskterm.screens.family import menu as family_menu

        await family_menu.open_menu(place)
    if session.overview:
        return
    if place.tab.key == CARDS:
        from deskterm.screens.cards import menu as card_menu

        await card_menu.open_menu(place)
        return
    actions = place.tab.actions(session.view, place.body.cursor_key)
    if not actions:
        app.say(_("Voor deze regel zijn er geen acties."))
        return
    if [one.id for one in actions] == [ACCOUNT]:
        await app.main.perform(ACCOUNT)
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
    if action.id == "customer.open":
        await flows.open_customer(app, int(action.target))
        return
    if action.id == "customer.graph":
        await overviews.open_overview(place, "years")
        return
    if action.id.startswith("address."):
        from deskterm.screens.family import moving

        await moving.carry_out(place, action)
        return
    if action.id.startswith("membership."):
        from deskterm.screens import membership_steps

        await membership_steps.carry_out(place, action.id)
        return
    code = action.target
    if action.id in ASKED:
        code = await _asked(place, action)
        if not code:
            return
    view, desk = session.view, app.desk
    try:
        session.view = await app.work.call(lambda: _perform(desk, view, action, code))
    except Conflict as conflict:
        session.view = await app.work.call(lambda: services.opening.refresh(desk, view.actor_id))
        app.say(conflict.sentence, bad=True)
    else:
        app.say(_("Ververst.") if action.id == "customer.refresh" else _("Opgeslagen."))
    place.show(session)


async def _asked(place: "CustomerPlace", action: RowAction) -> str:
    """Which of the library's words the action is about; nothing when staff step back."""
    app = place.desk_app
    await words.load(app)
    offered = [Choice(word.code, word.name) for word in app.words[ASKED[action.id]]]
    code = await app.ask(Choose(action.label, (), offered)) or ""
    if action.id != MESSAGE:
        return code
    return next((choice.label for choice in offered if choice.code == code), "")


def _perform(desk: Desk, view: CustomerView, action: RowAction, code: str) -> CustomerView:
    actor_id, version = view.actor_id, view.version
    match action.id:
        case "customer.refresh":
            return services.opening.refresh(desk, actor_id)
        case "role.start":
            return services.roles.start(desk, actor_id, version, code)
        case "role.end":
            return services.roles.end(desk, actor_id, version, int(code))
    changes = {action.target: code} if action.id == MESSAGE else dict(action.changes)
    return services.editing.save(desk, actor_id, version, changes)
