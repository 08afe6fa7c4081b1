"""Out of an enrolment: keep it for later, drop it, or stay; and going on with one that was kept."""

from typing import TYPE_CHECKING

from deskterm import services
from deskterm.screens import flows, words
from deskterm.screens.asks import Choice, Choose
from deskterm.screens.enrolment import keeping
from deskterm.screens.enrolment.walk import resumed
from deskterm.services.errors import NotFound
from deskterm.text import _
from deskterm.views.enrolment import DraftView

if TYPE_CHECKING:
    from deskterm.app import DesktermApp
    from deskterm.screens.enrolment.place import EnrolPlace

FRESH = "fresh"


async def leave(place: "EnrolPlace") -> bool:
    """Ask what becomes of it when something was typed; True when the enrolment was left."""
    app = place.desk_app
    walk = place.take()
    if walk.typed or walk.card:
        question = Choose(
            _("Inschrijving niet afgemaakt"),
            (_("Er is nog niets opgeslagen."),),
            (
                Choice("stay", _("Blijven inschrijven"), "B"),
                Choice("keep", _("Bewaren voor later"), "L"),
                Choice("drop", _("Laten vervallen"), "V"),
            ),
        )
        answer = await app.ask(question)
        if answer not in ("keep", "drop"):
            return False
        if answer == "keep":
            await keeping.keep(app, walk)
            await close(place)
            return True
    await keeping.drop(app, walk.key)
    await close(place)
    return True


async def close(place: "EnrolPlace") -> None:
    """Back to the customer it was about, or to the desk line."""
    app, walk = place.desk_app, place.walk
    place.walk = None
    actor_id = (walk.start.actor_id or walk.relative_id) if walk else None
    session = app.sessions.of(actor_id) if actor_id is not None else None
    if session is not None:
        await flows.show(app, session)
    else:
        app.main.desk_place.reset()
        await app.main.go("desk")


async def offer(app: "DesktermApp", *, fresh: bool = False) -> bool:
    """Offer the enrolments that this employee did not finish; True when one goes on.

    `fresh` adds the answer that a new one is meant.
    """
    drafts = [one for one in await _kept(app) if not _is_open(app, one)]
    if not drafts:
        return False
    later = Choice(FRESH, _("Een andere nieuwe klant")) if fresh else Choice(FRESH, _("Later"))
    choices = [Choice(one.key, _("Verder met {name}").format(name=_name(one))) for one in drafts]
    question = Choose(_("Niet afgemaakte inschrijvingen"), (), (later, *choices))
    answer = await app.ask(question)
    chosen = next((one for one in drafts if one.key == answer), None)
    if chosen is not None:
        await resume(app, chosen)
    return answer != FRESH


async def resume(app: "DesktermApp", draft: DraftView) -> None:
    """Go on with an enrolment that was kept, over the customer as it is now."""
    actor_id, like = draft.payload.get("actor_id"), draft.payload.get("relative_id")
    who = actor_id if isinstance(actor_id, int) else None
    relative = like if isinstance(like, int) else None
    kind = str(draft.payload.get("customer_type", ""))
    await words.load(app)
    try:
        start = await app.work.call(
            lambda: services.enrolment.begin(app.desk, who, kind, like=relative)
        )
    except NotFound:
        await keeping.drop(app, draft.key)
        raise
    await keeping.show(app, resumed(start, draft.key, draft.payload))


async def _kept(app: "DesktermApp") -> list[DraftView]:
    found = await app.work.call(lambda: services.drafts.offered(app.desk))
    return [one for one in found if one.kind == keeping.DRAFT]


def _is_open(app: "DesktermApp", draft: DraftView) -> bool:
    place = app.main.enrol_place
    return bool(place and place.walk and place.walk.key == draft.key)


def _name(draft: DraftView) -> str:
    return str(draft.payload.get("name") or "") or _("een klant zonder naam")
