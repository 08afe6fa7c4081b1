"""From the customer type by way of the data form to Opslaan; each step can be taken back."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from deskterm import services
from deskterm.screens import words
from deskterm.screens.asks import Choice, Notice
from deskterm.screens.enrolment import keeping, leaving, steps
from deskterm.screens.enrolment.questions import NEW_PERSON, Alike, ChooseFrom
from deskterm.screens.enrolment.walk import Walk
from deskterm.services.errors import Conflict, FormFaults
from deskterm.text import _

if TYPE_CHECKING:
    from deskterm.app import DesktermApp
    from deskterm.screens.enrolment.place import EnrolPlace
    from deskterm.views.enrolment import Candidate


async def start(
    app: "DesktermApp",
    actor_id: int | None = None,
    *,
    like: int | None = None,
    typed: Mapping[str, str] | None = None,
    card: str = "",
) -> None:
    """Begin with the customer type, or go on where the same customer was left.

    `like` is a relative whose address is taken over; `typed` and `card` are known already.
    """
    place = app.main.enrol_place
    if actor_id is not None and place and place.walk and place.walk.start.actor_id == actor_id:
        await app.main.go("enrol")
        return
    code = await _ask_type(app, again=actor_id is not None)
    if code is None:
        return
    await words.load(app)
    begun = await app.work.call(
        lambda: services.enrolment.begin(app.desk, actor_id, code, like=like)
    )
    walk = Walk(begun, typed=dict(typed or {}), card=card, relative_id=like)
    walk.use_account = begun.use_account
    await keeping.show(app, walk)
    if begun.valid_until is not None:
        app.say(_("Dit abonnement loopt nog; de nieuwe periode sluit daarop aan."))


async def back_to_type(place: "EnrolPlace") -> None:
    """From the form to the customer type; Esc there leaves the enrolment."""
    app, walk = place.desk_app, place.take()
    code = await _ask_type(app, again=not walk.is_new, at=walk.start.customer_type)
    if code is None:
        await leaving.leave(place)
    elif code != walk.start.customer_type:
        await _begin_again(place, walk.start.actor_id, code)


async def go_on(place: "EnrolPlace") -> None:
    """OK, Vervolg: check the data, then account, membership and costs, back and forth."""
    app, walk = place.desk_app, place.take()
    form = walk.form()
    try:
        await app.work.call(lambda: services.enrolment.check(app.desk, form))
        if walk.is_new and not await _is_somebody_new(place):
            return
        await keeping.keep(app, walk)
        await steps.take(place)
    except FormFaults as faults:
        place.form.show_faults(dict(faults.faults))
        shown = {field.name for field in place.form.fields}
        hidden = [sentence for name, sentence in faults.faults if name not in shown]
        app.say(" ".join((faults.sentence, *hidden)), bad=True)
    except Conflict as conflict:
        await app.ask(Notice(_("Intussen gewijzigd"), (conflict.sentence, conflict.hint)))
        await _begin_again(place, walk.start.actor_id, walk.start.customer_type)


async def show_alike(place: "EnrolPlace") -> None:
    """F8: the customers who may be the same, to choose from."""
    await _choose_alike(place, place.candidates)


async def _is_somebody_new(place: "EnrolPlace") -> bool:
    """Whether nobody is like it, or staff said that it is somebody else."""
    app, walk = place.desk_app, place.take()
    form = walk.form()
    found = await app.work.call(lambda: services.enrolment.duplicates(app.desk, form))
    unjudged = tuple(one for one in found if one.actor_id not in walk.others)
    return not unjudged or await _choose_alike(place, unjudged)


async def _choose_alike(place: "EnrolPlace", candidates: "tuple[Candidate, ...]") -> bool:
    """True when it is somebody new; the same person is enrolled again, without a second record."""
    app, walk = place.desk_app, place.take()
    answer = await app.ask(Alike(candidates))
    if answer is None:
        return False
    if answer == NEW_PERSON:
        walk.others.update(one.actor_id for one in candidates)
        place.candidates = ()
        place.draw()
        return True
    await _begin_again(place, int(answer), walk.start.customer_type)
    app.say(_("Deze klant wordt opnieuw ingeschreven; er komt geen tweede klant bij."))
    return False


async def _begin_again(place: "EnrolPlace", actor_id: int | None, code: str) -> None:
    """Fill the form anew, as another type or person needs it, keeping what was typed."""
    app, walk = place.desk_app, place.take()
    like = walk.relative_id if actor_id is None else None
    begun = await app.work.call(
        lambda: services.enrolment.begin(app.desk, actor_id, code, like=like)
    )
    walk.typed = {name: value for name, value in walk.typed.items() if value}
    walk.start, walk.membership_code = begun, ""
    walk.relative_id = like
    place.load(walk)
    await app.main.go("enrol")


async def _ask_type(app: "DesktermApp", *, again: bool, at: str = "") -> str | None:
    types = await app.work.call(lambda: services.enrolment.customer_types(app.desk))
    text = (
        _("Klant herinschrijven met klanttype") if again else _("Klant inschrijven met klanttype")
    )
    choices = [Choice(word.code, f"{word.code} - {word.name}") for word in types]
    if not choices:
        await app.ask(Notice(_("Klanttype"), (_("Er zijn geen abonnementen om aan te bieden."),)))
        return None
    return await app.ask(ChooseFrom(_("Klanttype"), (text,), choices, at))
