"""What happens step by step: finding and opening a customer with its pop-ups, ending a session."""

from typing import TYPE_CHECKING

from deskterm import services
from deskterm.screens.asks import Choice, Choose, Confirm
from deskterm.services.errors import NotFound
from deskterm.text import _, ngettext
from deskterm.views.customer import Opened, PopUp
from deskterm.views.lists import FoundPage

if TYPE_CHECKING:
    from deskterm.app import DesktermApp
    from deskterm.screens.session import Session

PREVIOUS = "v"
"""Typed alone in the desk line it means the previous customer, as in Wise."""


async def open_text(app: "DesktermApp", text: str) -> None:
    """Open what was typed or scanned; a name that fits several customers shows the list."""
    if text.lower() == PREVIOUS:
        await open_previous(app)
        return
    try:
        answer = await app.work.call(lambda: services.opening.open_text(app.desk, text))
    except NotFound as nothing:
        app.bell()
        app.main.desk_place.unknown = text
        app.say(f"{nothing.sentence} {_how_to_add(app, text)}{nothing.hint}", bad=True)
        app.main.desk_place.line.action_select_all()
        return
    if isinstance(answer, FoundPage):
        await app.main.go("desk")
        app.main.desk_place.show_page(text, answer)
        app.say(app.main.desk_place.found.count_text)
    else:
        await enter(app, answer)


def _how_to_add(app: "DesktermApp", text: str) -> str:
    """Offer to enrol the owner of a free card or an unknown name; nothing for another number."""
    is_card = app.keyboard.is_code(text) and not app.keyboard.is_item(text)
    may_be_new = is_card or not any(sign.isdigit() for sign in text)
    key = app.keymap.shown_key("customer.add")
    if not (may_be_new and key) or app.main.why_not("customer.add"):
        return ""
    return _("Nieuwe klant: {key}.").format(key=key) + " "


async def open_customer(app: "DesktermApp", actor_id: int, number: str = "") -> None:
    """Open a customer that was chosen from a list, which a number may have been looked for in."""
    answer = await app.work.call(
        lambda: services.opening.open_customer(app.desk, actor_id, number=number)
    )
    await enter(app, answer)


async def open_by_item(app: "DesktermApp", number: str) -> None:
    """Open who has an item at home, or say of the item why nobody is opened."""
    try:
        answer = await app.work.call(lambda: services.opening.open_by_item(app.desk, number))
    except NotFound as nobody:
        app.bell()
        app.say(f"{nobody.sentence} {nobody.hint}", bad=True)
        return
    await enter(app, answer)


async def open_previous(app: "DesktermApp") -> None:
    """Vorige klant."""
    if app.sessions.previous_id is None:
        app.say(_("Er is nog geen vorige klant."), bad=True)
        return
    await open_customer(app, app.sessions.previous_id)


async def enter(app: "DesktermApp", opened: Opened) -> None:
    """Show the pop-ups in order, then the customer; a pop-up may end the session."""
    actor_id = opened.customer.actor_id
    for pop_up in opened.pop_ups:
        answer = await app.ask(_question(pop_up, opened))
        said = answer or "end"
        await _acknowledge(app, actor_id, pop_up.kind, said)
        if said == "end":
            app.looks.opened(actor_id)
            app.sessions.previous_id = actor_id
            app.main.desk_place.reset()
            await app.main.go("desk")
            app.say("")
            return
    app.main.desk_place.reset()
    session = app.sessions.enter(opened.customer)
    await show(app, session)
    app.looks.opened(actor_id)
    app.say(opened.matched)


async def _acknowledge(app: "DesktermApp", actor_id: int, kind: str, answer: str) -> None:
    await app.work.call(lambda: services.acknowledge.acknowledge(app.desk, actor_id, kind, answer))


async def show(app: "DesktermApp", session: "Session") -> None:
    """Put an open customer on the screen."""
    app.sessions.front(session)
    app.main.customer_place.show(session)
    await app.main.go("customer")


async def end_session(app: "DesktermApp") -> None:
    """Einde sessie: back to the desk line, unless scans wait unseen or edits would be lost."""
    place = app.main.customer_place
    if place.session is not None and not await _edits_left(app):
        return
    if app.pump.scans:
        await offer_to_drop_scans(app)
        if app.pump.scans:
            return
    if place.session is not None and app.main.place is place:
        app.sessions.end(place.session)
        place.session = None
    app.main.desk_place.reset()
    await app.main.go("desk")
    app.say("")


async def _edits_left(app: "DesktermApp") -> bool:
    from deskterm.screens import editing

    return await editing.leave(app.main.customer_place)


async def go_home(app: "DesktermApp") -> None:
    """To the desk line, leaving the customers open."""
    app.main.customer_place.keep_state()
    await app.main.go("desk")


async def switch_customer(app: "DesktermApp") -> None:
    """Wissel klant: choose among the open customers."""
    sessions = list(app.sessions)
    if not sessions:
        app.say(_("Er staan geen klanten open."))
        return
    choices = [Choice(str(one.actor_id), _with_state(one), why_not="") for one in sessions]
    chosen = await app.ask(Choose(_("Wissel klant"), (), choices))
    session = app.sessions.of(int(chosen)) if chosen else None
    if session is not None:
        app.main.customer_place.keep_state()
        await show(app, session)


def _with_state(session: "Session") -> str:
    block = session.view.block
    state = f" ({_('wordt gewijzigd')})" if session.editing else ""
    return f"{block.card_number or block.actor_id}  {block.display_name}{state}"


async def show_family(app: "DesktermApp", actor_id: int) -> None:
    """Open a customer of a list with everybody at the same address and everybody related."""
    from deskterm.screens import overviews

    await open_customer(app, actor_id)
    place = app.main.customer_place
    if app.main.place is place and place.session and place.session.actor_id == actor_id:
        await overviews.open_overview(place, "family")


async def offer_to_drop_scans(app: "DesktermApp") -> None:
    """Esc in the desk line: the scans that wait may be dropped, when staff say so."""
    count = len(app.pump.scans)
    if not count:
        return
    text = ngettext("Er wacht {count} scan.", "Er wachten {count} scans.", count)
    question = Confirm(
        _("Wachtende scans"),
        (text.format(count=count), ", ".join(list(app.pump.scans)[:5])),
        _("Ja, laten vervallen"),
    )
    if await app.ask(question) == "yes":
        app.pump.drop_scans()


async def quit_program(app: "DesktermApp") -> None:
    """Leave deskterm; asks when something is not saved or scans wait."""
    unsaved = [one for one in app.sessions if one.editing]
    lines = []
    if unsaved:
        names = ", ".join(one.view.block.display_name for one in unsaved)
        lines.append(_("Nog niet opgeslagen: {names}").format(names=names))
    enrolment = app.main.enrol_place
    if enrolment is not None and enrolment.walk is not None:
        lines.append(_("Een inschrijving is niet afgemaakt; die wordt bewaard."))
    if app.pump.scans:
        lines.append(_("Er wachten nog scans."))
    lines.append(_("Programma afsluiten?"))
    if await app.ask(Confirm(_("Afsluiten"), lines, _("Ja, afsluiten"))) == "yes":
        if enrolment is not None:
            await enrolment.keep()
        app.exit()


def _question(pop_up: PopUp, opened: Opened) -> Choose:
    block = opened.customer.block
    who = f"{block.display_name}  {block.card_number or block.actor_id}"
    end = Choice("end", _("Einde sessie"), _("E"))
    go_on = (Choice("continue", _("Doorgaan"), _("D")),) if pop_up.may_continue else ()
    bad = pop_up.kind in ("block", "blacklist", "not_valid", "card")
    return Choose(pop_up.title, (who, "", *pop_up.lines), (*go_on, end), bad=bad)
