"""Editing a tab: from Wijzig, by way of faults and conflicts, to Opslaan or Annuleer."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from deskterm import services
from deskterm.screens import words
from deskterm.screens.asks import Choice, Choose, Confirm
from deskterm.services.errors import Conflict, FormFaults
from deskterm.services.labels import label
from deskterm.text import _
from deskterm.widgets.form import TYPED

if TYPE_CHECKING:
    from deskterm.screens.customer_place import CustomerPlace


def why_not(place: "CustomerPlace") -> str:
    """Why the open tab cannot be edited now; empty when it can."""
    if place.editing:
        return _("U bent al aan het wijzigen.")
    if place.session is None or place.session.overview:
        return _("Ga eerst terug naar een tabblad (Esc).")
    if not place.tab.form(place.session.view, {}) and not place.tab.actions(
        place.session.view, place.body.cursor_key
    ):
        return _("Dit tabblad kan niet gewijzigd worden.")
    return ""


async def start(place: "CustomerPlace") -> None:
    """Switch the open tab to edit mode with a form, or let F8 act on its rows."""
    session = place.session
    if session is None:
        return
    await words.load(place.desk_app)
    if not place.tab.form(session.view, place.desk_app.words):
        if place.body.cursor_key:
            place.desk_app.say(_("Kies een regel en druk F8 voor wat ermee kan."))
        else:
            place.desk_app.say(_("Hier valt niets te typen: F8 toont wat er kan."))
        return
    await place.desk_app.main.mount_rest()
    session.editing, session.draft, session.moves = True, {}, 0
    mount_form(place)
    place.desk_app.main.draw_bars()


def mount_form(place: "CustomerPlace") -> None:
    """Show the form of the open tab, with a draft that was left in it."""
    session = place.session
    if session is None:
        return
    place.body.display = False
    place.form.display = True
    place.form.load(place.tab.form(session.view, place.desk_app.words), session.draft)
    place.addresses.begin()


async def take_key(place: "CustomerPlace", key: str, character: str | None) -> None:
    """Walk the fields, turn a choice, or type."""
    form, field = place.form, place.form.field
    if key in ("enter", "tab", "down"):
        form.step(1)
    elif key in ("shift+tab", "up"):
        form.step(-1)
    elif key in ("pagedown", "pageup"):
        form.page(1 if key == "pagedown" else -1)
    elif field is not None and field.kind in TYPED:
        await place.desk_app.type_key(key, character)
    elif key in ("space", "right", "left"):
        form.turn(-1 if key == "left" else 1)
    elif character:
        form.pick(character)


async def cancel(place: "CustomerPlace") -> bool:
    """Annuleer: asks when something was changed. True when edit mode is left."""
    session = place.session
    if session is None or not session.editing:
        return True
    changed = place.form.changes()
    if changed:
        question = Confirm(
            _("Annuleren"),
            (_("Er is iets gewijzigd en nog niet opgeslagen. Wijzigingen laten vervallen?"),),
            _("Ja, laten vervallen"),
        )
        if await place.desk_app.ask(question) != "yes":
            return False
    await _drop(place)
    return True


async def leave(place: "CustomerPlace") -> bool:
    """Leave edit mode to go elsewhere: save, drop or stay. True when it was left."""
    if place.session is None or not place.editing:
        return True
    if not place.form.changes():
        await _drop(place)
        return True
    question = Choose(
        _("Niet opgeslagen"),
        (_("Er is iets gewijzigd en nog niet opgeslagen."),),
        (
            Choice("stay", _("Blijven wijzigen"), _("B")),
            Choice("save", _("Opslaan"), _("O")),
            Choice("drop", _("Laten vervallen"), _("L")),
        ),
    )
    answer = await place.desk_app.ask(question)
    if answer == "save":
        return await save(place)
    if answer == "drop":
        await _drop(place)
        return True
    return False


async def _drop(place: "CustomerPlace") -> None:
    """Back to read mode; after a conflict with what the other desk saved meanwhile."""
    session, app = place.session, place.desk_app
    if session is not None and session.view.version == session.outdated:
        actor_id = session.actor_id
        session.view = await app.work.call(lambda: services.opening.refresh(app.desk, actor_id))
    leave_form(place)


def leave_form(place: "CustomerPlace") -> None:
    """Back to read mode, with what the store has."""
    if place.session is None:
        return
    place.session.editing, place.session.draft = False, {}
    place.show(place.session)
    place.desk_app.main.draw_bars()


async def save(place: "CustomerPlace") -> bool:
    """Opslaan. True when it was stored; faults and conflicts keep the form as it is."""
    session = place.session
    if session is None:
        return False
    changes = place.form.changes()
    if not changes:
        leave_form(place)
        return True
    stored = _("Opgeslagen.")
    if any(name.startswith("address.") for name in changes):
        from deskterm.screens.family import moving

        try:
            understood = await moving.asked(place, changes)
        except FormFaults as faults:
            _show_faults(place, faults)
            return False
        if understood is None:
            return False
        changes, stored = understood, await moving.said(place, understood)
    version = session.view.version
    while version:
        version = await _try_to_save(place, changes, version, stored)
    return not session.editing


async def _try_to_save(
    place: "CustomerPlace", changes: Mapping[str, str], version: int, stored: str
) -> int:
    """Save once; the version to try again with when staff overrule another desk, else 0."""
    session, app = place.session, place.desk_app
    if session is None:
        return 0
    actor_id = session.actor_id
    try:
        session.view = await app.work.call(
            lambda: services.editing.save(app.desk, actor_id, version, changes)
        )
    except FormFaults as faults:
        _show_faults(place, faults)
        return 0
    except Conflict as conflict:
        return await _settle_conflict(place, conflict)
    leave_form(place)
    app.say(stored)
    return 0


def _show_faults(place: "CustomerPlace", faults: FormFaults) -> None:
    place.form.show_faults(dict(faults.faults))
    place.desk_app.say(faults.sentence, bad=True)


async def _settle_conflict(place: "CustomerPlace", conflict: Conflict) -> int:
    session, app = place.session, place.desk_app
    if session is None:
        return 0
    lines = [conflict.sentence, ""]
    for name, theirs, mine in conflict.differences:
        lines.append(f"{label(name)}:")
        lines.append(_("- daar: {value}").format(value=theirs or "-"))
        lines.append(_("- hier: {value}").format(value=mine or "-"))
    question = Choose(
        _("Intussen gewijzigd"),
        lines,
        (
            Choice("stay", _("Terug naar het formulier; er wordt niets opgeslagen"), _("T")),
            Choice("mine", _("Mijn wijzigingen toch opslaan"), _("M")),
            Choice("theirs", _("Mijn wijzigingen laten vervallen"), _("L")),
        ),
    )
    answer = await app.ask(question)
    if answer is None or answer == "stay":
        session.outdated = session.view.version
        return 0
    actor_id = session.actor_id
    session.view = await app.work.call(lambda: services.opening.refresh(app.desk, actor_id))
    if answer == "theirs":
        leave_form(place)
        return 0
    return session.view.version
