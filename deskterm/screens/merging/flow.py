"""Ontdubbelen step by step: who it is, side by side, a clear yes, and what is open here after."""

from typing import TYPE_CHECKING
from uuid import uuid4

from deskterm import services
from deskterm.screens import editing, flows
from deskterm.screens.asks import Confirm, Notice
from deskterm.screens.merging.choosing import Choosing
from deskterm.screens.merging.picking import NUMBER, Pick, Seen
from deskterm.screens.merging.side_by_side import HELP, SWAP, SideBySide
from deskterm.screens.merging.side_rows import confirm_lines
from deskterm.services.errors import DeskError
from deskterm.text import _, date_text
from deskterm.views.forms import SearchForm
from deskterm.views.merging import Comparison, Merged

if TYPE_CHECKING:
    from deskterm.app import DesktermApp
    from deskterm.screens.customer_place import CustomerPlace


async def start(place: "CustomerPlace") -> None:
    """Ontdubbelen of the customer on the screen, who stays unless staff swap the two."""
    session, app = place.session, place.desk_app
    if session is None:
        return
    if place.editing:
        if place.form.changes():
            app.bell()
            app.say(_("Sla eerst op (Ctrl+S) of annuleer (Esc), en ontdubbel daarna."), bad=True)
            return
        editing.leave_form(place)
    merged = await _pick_and_merge(app, Seen.of(session.view.block))
    if merged is not None:
        take_over(app, merged)
        await flows.show(app, app.sessions.enter(merged.customer))
        app.say(done(merged))


async def _pick_and_merge(app: "DesktermApp", seen: Seen) -> Merged | None:
    """Until somebody was merged or staff step back; what cannot be is said in the list."""
    candidates = await app.work.call(lambda: services.merging.candidates(app.desk, seen.actor_id))
    typed = refusal = ""
    while True:
        picked = await app.ask(Pick(seen, candidates, typed, refusal))
        if picked is None:
            return None
        typed, refusal = picked["typed"], ""
        try:
            other = await _number_of(app, typed) if typed else int(picked[NUMBER])
            merged = await side_by_side(app, seen.actor_id, other)
        except DeskError as refused:
            app.bell()
            refusal = f"{refused.sentence} {refused.hint}".strip()
            continue
        if merged is not None:
            return merged


async def _number_of(app: "DesktermApp", typed: str) -> int:
    """The actor-id of whom a number was typed or scanned."""
    number = typed.removeprefix(app.bootstrap.settings.scanner.prefix)
    form = SearchForm(number=number)
    found = (await app.work.call(lambda: services.finding.search(app.desk, form))).rows
    if not found:
        raise DeskError(
            _("Nummer {number} is van geen klant.").format(number=number),
            _("Typ of scan een actor-id of een pasnummer."),
        )
    if len(found) > 1:
        raise DeskError(
            _("Nummer {number} is van meer klanten.").format(number=number),
            _("Typ het actor-id: het staat bovenaan bij de klant, tussen haken."),
        )
    return found[0].actor_id


async def side_by_side(app: "DesktermApp", keeper_id: int, loser_id: int) -> Merged | None:
    """Compare two records until they are merged, or staff step back with nothing changed.

    Raises:
        DeskError: they cannot be merged now.
    """
    comparison, key, said = await _compare(app, keeper_id, loser_id), uuid4().hex, ""
    choosing = Choosing.of(comparison)
    while True:
        answer = await app.ask(SideBySide(comparison, choosing, said))
        said = ""
        if answer is None:
            return None
        if answer == SWAP:
            keeper_id, loser_id = loser_id, keeper_id
            comparison = await _compare(app, keeper_id, loser_id)
            choosing = Choosing.of(comparison)
        elif await _is_meant(app, comparison):
            try:
                return await _merge(app, comparison, choosing, key)
            except DeskError as refused:
                app.bell()
                said = f"{refused.sentence} {refused.hint}".strip()
                comparison = await _compare(app, keeper_id, loser_id)
                choosing = Choosing.of(comparison, choosing)


async def _compare(app: "DesktermApp", keeper_id: int, loser_id: int) -> Comparison:
    app.main.customer_place.keep_state()
    for one in app.sessions:
        if one.actor_id in (keeper_id, loser_id) and one.editing and one.draft:
            raise DeskError(
                _("Klant {number} wordt aan deze balie nog gewijzigd.").format(number=one.actor_id),
                _("Sla dat eerst op of annuleer het; met Wissel klant komt u er."),
            )
    return await app.work.call(lambda: services.merging.compare(app.desk, keeper_id, loser_id))


async def _is_meant(app: "DesktermApp", comparison: Comparison) -> bool:
    """Ask, with No first; once more by name for what is seldom right."""
    question = Confirm(_("Ontdubbelen?"), confirm_lines(comparison), _("Ja, ontdubbelen"))
    question.help_page = HELP
    if await app.ask(question) != "yes":
        return False
    if not comparison.warnings:
        return True
    doubt = Confirm(_("Weet u het zeker?"), comparison.warnings, _("Ja, toch ontdubbelen"))
    doubt.help_page, doubt.look = HELP, True
    return await app.ask(doubt) == "yes"


async def _merge(
    app: "DesktermApp", comparison: Comparison, choosing: Choosing, key: str
) -> Merged:
    merged = await app.work.call(
        lambda: services.merging.merge(
            app.desk,
            comparison.keeper.actor_id,
            comparison.loser.actor_id,
            comparison.versions,
            key,
            choosing.fields,
            choosing.decisions,
            sure=bool(comparison.warnings),
        )
    )
    if merged.told:
        await app.ask(Notice(_("Ontdubbeld"), merged.told))
    return merged


def take_over(app: "DesktermApp", merged: Merged) -> None:
    """What was open of the one who went is the keeper's from now on."""
    app.sessions.replace(merged.loser_id, merged.customer)
    place, session = app.main.customer_place, app.sessions.of(merged.customer.actor_id)
    pair = (merged.loser_id, merged.customer.actor_id)
    if session is not None and place.session is not None and place.session.actor_id in pair:
        place.session = None
        place.show(session)


def done(merged: Merged) -> str:
    """What was done, and until when it can be taken back."""
    return _("Ontdubbeld: {loser} is nu {keeper}. Herstel kan tot en met {day}.").format(
        loser=merged.loser_id,
        keeper=merged.customer.actor_id,
        day=date_text(merged.until_on),
    )
