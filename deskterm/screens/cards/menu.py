"""F8 on tab 8: what can be done with the card of the cursor, and carrying it out."""

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from deskterm import services
from deskterm.rules.rights import Right
from deskterm.screens.asks import Choice, Choose, Confirm
from deskterm.screens.cards import issuing
from deskterm.screens.tabs import cards as tab
from deskterm.screens.tabs.tab import RowAction
from deskterm.services.errors import Conflict
from deskterm.text import _
from deskterm.views.customer import CardView, CustomerView

if TYPE_CHECKING:
    from deskterm.screens.customer_place import CustomerPlace

HELP = "cards"
_UNDO = "card.undo"
_BLOCKING = ("card.block", "card.unblock")


async def open_menu(place: "CustomerPlace") -> None:
    """Offer the actions of the row, do what is chosen, and show the customer as it is then."""
    session, app = place.session, place.desk_app
    if session is None:
        return
    view, row_key = session.view, place.body.cursor_key
    rights = app.desk.staff.rights if app.desk.staff else frozenset[str]()
    offered = actions(view, row_key, app.desk.today)
    card = tab.card_of_row(view, row_key)
    heading = _("Pas {number}").format(number=card.number) if card else _("Acties")
    question = Choose(heading, (), [_choice(one, rights) for one in offered])
    question.help_page = HELP
    chosen = await app.ask(question)
    if chosen is None:
        return
    try:
        said = await _carry_out(place, view, chosen, card)
    except Conflict as conflict:
        session.view = await app.work.call(
            lambda: services.opening.refresh(app.desk, view.actor_id)
        )
        place.show(session)
        app.say(conflict.sentence, bad=True)
        return
    if said:
        app.say(said)


def actions(view: CustomerView, row_key: str | None, today: date) -> list[RowAction]:
    """What tab 8 offers on a row, with Herstel where something was handed out today."""
    offered = tab.actions(view, row_key)
    card = tab.card_of_row(view, row_key)
    handed_out = [one for one in view.cards if one.issued_on == today]
    if card is not None and handed_out and (card in handed_out or card.status == "replaced"):
        # Changing the kind stays below all the others.
        offered.insert(-1, RowAction(_UNDO, _("Herstel"), target=str(card.id)))
    return offered


def _choice(action: RowAction, rights: Collection[str]) -> Choice:
    right = Right.CARD_BLOCK if action.id in _BLOCKING else Right.CARD_REPLACE
    why_not = action.why_not
    if right not in rights:
        why_not = _("Hiervoor heeft u geen recht.")
    note = _("een verloren pas werkt dan nog") if action.id == "card.to_extra" else ""
    return Choice(action.id, action.label, why_not=why_not, note=note)


async def _carry_out(
    place: "CustomerPlace", view: CustomerView, chosen: str, card: CardView | None
) -> str:
    """Do it; what there is to say of it, unless a pop-up or Afrekenen said that already."""
    if chosen == "card.main":
        return await issuing.add(place, view, "main")
    if chosen == "card.extra":
        return await issuing.add(place, view, "extra")
    if card is None:
        return ""
    if chosen == "card.replace":
        return await issuing.replace(place, view, card)
    question = _question(view, chosen, card)
    if question is not None and await place.desk_app.ask(question) != "yes":
        return ""
    return await _change(place, view, chosen, card)


def _question(view: CustomerView, chosen: str, card: CardView) -> Confirm | None:
    """What is asked before an act that is easily regretted; None for the others."""
    question = None
    if chosen == "card.to_extra":
        said = [
            _("Een verloren pas blijft zo werken: kies daarvoor Vervangen."),
            _("Pas {number} wordt een volgpas; de klant heeft dan geen hoofdpas.").format(
                number=card.number
            ),
        ]
        question = Confirm(_("Wijzigen naar volgpas?"), said, _("Ja, wijzigen"))
    elif chosen == "card.to_main" and (main := tab.main_card(view)) is not None:
        said = [
            _("Pas {number} wordt een volgpas en blijft werken.").format(number=main.number),
        ]
        question = Confirm(_("Wijzigen naar hoofdpas?"), said, _("Ja, wijzigen"))
    elif chosen == _UNDO:
        said = [
            _("Wat vandaag met deze pas is uitgegeven of vervangen, gaat terug."),
            _("De kosten ervan vervallen, als er nog niets op is geboekt."),
        ]
        question = Confirm(_("Herstel"), said, _("Ja, herstel"))
    if question is not None:
        question.help_page = HELP
    return question


async def _change(place: "CustomerPlace", view: CustomerView, chosen: str, card: CardView) -> str:
    app, session = place.desk_app, place.session
    act = {
        "card.block": services.cards.block,
        "card.unblock": services.cards.unblock,
        "card.to_extra": services.cards.to_extra,
        "card.to_main": services.cards.to_main,
        _UNDO: services.cards.undo,
    }[chosen]
    changed = await app.work.call(lambda: act(app.desk, view.actor_id, view.version, card.id))
    if session is not None:
        session.view = changed
        place.show(session)
    if chosen == _UNDO:
        number = changed.block.card_number
        if number:
            return _("Hersteld; de hoofdpas is nu {number}.").format(number=number)
        return _("Hersteld; de klant heeft geen hoofdpas.")
    return _("Opgeslagen.")
