"""What F8 does on tab 3: Muteer abonnement, Opzeggen and Nieuwe status, step by step."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Literal

from deskterm import services
from deskterm.rules.dates import parse_date
from deskterm.rules.faults import RuleFault
from deskterm.screens import settle, words
from deskterm.screens.asks import Choice, Choose, Confirm, Notice, TypeIn
from deskterm.screens.enrolment.questions import offer_choices
from deskterm.screens.enrolment.walk import new_key
from deskterm.services.errors import Conflict, FormFaults
from deskterm.text import _, cents_text, date_text, ngettext
from deskterm.views.customer import CustomerView
from deskterm.views.enrolment import EndWarnings, EnrolmentForm

if TYPE_CHECKING:
    from deskterm.app import DesktermApp
    from deskterm.screens.customer_place import CustomerPlace

Status = Literal["blacklist", "invalid", "back"]

CHANGE = "membership.change"
_END: Mapping[str, Literal["now", "expiry", "date"]] = {
    "membership.end_now": "now",
    "membership.end_later": "expiry",
    "membership.end_on": "date",
}
_STATUS: Mapping[str, Status] = {
    "membership.blacklist": "blacklist",
    "membership.invalid": "invalid",
    "membership.back": "back",
}
_DECEASED = "OV"


async def carry_out(place: "CustomerPlace", action_id: str) -> None:
    """Ask what the action needs, do it, and show the customer as it is then."""
    app, session = place.desk_app, place.session
    if session is None:
        return
    view = session.view
    await words.load(app)
    try:
        if action_id == CHANGE:
            await _change(place, view)
        elif action_id in _END:
            await _end(place, view, _END[action_id])
        elif action_id in _STATUS:
            await _set_status(place, view, _STATUS[action_id])
    except (Conflict, FormFaults) as refused:
        faults = refused.faults if isinstance(refused, FormFaults) else ()
        await _show(place, lambda: services.opening.refresh(app.desk, view.actor_id))
        app.say(" ".join((refused.sentence, *(text for _name, text in faults))), bad=True)


async def _change(place: "CustomerPlace", view: CustomerView) -> None:
    """Muteer abonnement: at once or after what runs now; then which one, and what it costs."""
    app = place.desk_app
    until = date_text(view.block.valid_until)
    moments = (
        Choice(
            "after", _("Nee, na afloop van de huidige periode ({day})").format(day=until), _("N")
        ),
        Choice("now", _("Ja, per direct"), _("J")),
    )
    moment = await app.ask(Choose(_("Muteer abonnement"), (_("Direct laten ingaan?"),), moments))
    if moment is None:
        return
    code = await _another(app, view, until if moment == "after" else "")
    if code is None:
        return
    changed = await app.work.call(
        lambda: services.memberships.change(
            app.desk, view.actor_id, view.version, code, now=moment == "now"
        )
    )
    await _show(place, lambda: changed.customer)
    app.say(
        _("Abonnement gewijzigd: van {begin} t/m {end}.").format(
            begin=date_text(changed.begin_on), end=date_text(changed.end_on)
        )
    )
    if changed.charge_id is not None:
        await settle.settle(app, view.actor_id, [changed.charge_id])


async def _another(app: "DesktermApp", view: CustomerView, after: str) -> str | None:
    """Which membership, and whether it is meant at its price; after a day, else at once."""
    form = EnrolmentForm(new_key(), view.person.customer_type, view.actor_id, view.version)
    offers = await app.work.call(lambda: services.enrolment.offers(app.desk, form))
    if not offers:
        text = _("Er is geen abonnement dat deze klant met dit klanttype mag hebben.")
        await app.ask(Notice(_("Abonnement kiezen"), (text,)))
        return None
    # The last day stands there for a period that follows on; one that begins today ends earlier.
    choices = offer_choices(offers, dated=bool(after))
    code = await app.ask(Choose(_("Abonnement kiezen"), (), choices))
    if code is None:
        return None
    chosen = next(one for one in offers if one.membership_code == code)
    costs = _("{membership}: € {amount}.").format(
        membership=f"{code}-{chosen.membership_name}", amount=cents_text(chosen.price_cents)
    )
    begins = _("Gaat in na {day}.").format(day=after) if after else _("Gaat nu in.")
    # Enter held down answers everything up to here, and must not cost the customer a year.
    question = Confirm(_("Muteer abonnement"), (costs, begins), _("Ja, muteer"))
    return code if await app.ask(question) == "yes" else None


async def _end(
    place: "CustomerPlace", view: CustomerView, kind: Literal["now", "expiry", "date"]
) -> None:
    """Opzeggen: the day, the reason, and what stands open first."""
    app = place.desk_app
    when = await _last_day(app) if kind == "date" else kind
    reason = await _reason(app, _("Reden opzegging")) if when is not None else None
    if when is None or reason is None:
        return
    warnings = await app.work.call(
        lambda: services.memberships.end_warnings(app.desk, view.actor_id)
    )
    lines = [*warned(warnings), *_consequences(reason, warnings, at_once=when == "now")]
    question = Confirm(_("Abonnement opzeggen"), lines, _("Ja, opzeggen"))
    if await app.ask(question) != "yes":
        return
    await _show(
        place,
        lambda: services.memberships.end(app.desk, view.actor_id, view.version, when, reason),
    )
    app.say(_("Opgezegd."))


async def _last_day(app: "DesktermApp") -> date | None:
    """Ask for the last day of the membership until a date was typed; None is Esc."""
    said: tuple[str, ...] = (_("De laatste dag waarop het abonnement geldt."),)
    while True:
        fields = (("day", _("Datum, zoals 31-12-2026"), False),)
        answer = await app.ask(TypeIn(_("Abonnement opzeggen per andere datum"), said, fields))
        if answer is None:
            return None
        try:
            return parse_date(answer["day"], app.desk.today)
        except RuleFault as fault:
            said = (_(fault.msgid).format(**fault.params),)


async def _reason(app: "DesktermApp", heading: str) -> str | None:
    reasons = [Choice(word.code, word.name) for word in app.words.get("end_reason", ())]
    return await app.ask(Choose(heading, (), reasons))


async def _set_status(place: "CustomerPlace", view: CustomerView, status: Status) -> None:
    """Nieuwe status: on the blacklist, invalid, or valid again."""
    app = place.desk_app
    reason = "" if status == "back" else await _reason(app, _("Reden"))
    if reason is None:
        return
    await _show(
        place,
        lambda: services.memberships.set_status(
            app.desk, view.actor_id, view.version, status, reason
        ),
    )
    app.say(_("Opgeslagen."))


async def _show(place: "CustomerPlace", use_case: Callable[[], CustomerView]) -> None:
    session = place.session
    if session is not None:
        session.view = await place.desk_app.work.call(use_case)
        place.show(session)


def warned(open_now: EndWarnings) -> list[str]:
    """Sentences about what the customer still has, owes, or pays for others."""
    lines = []
    if open_now.loans:
        text = ngettext(
            "LET OP! Er is nog {count} exemplaar geleend.",
            "LET OP! Er zijn nog {count} exemplaren geleend.",
            open_now.loans,
        )
        lines.append(text.format(count=open_now.loans))
    if open_now.open_cents:
        text = _("LET OP! Er staat nog € {amount} open.")
        lines.append(text.format(amount=cents_text(open_now.open_cents)))
    if open_now.pays_for:
        text = _("LET OP! Deze klant betaalt voor {names}.")
        lines.append(text.format(names=", ".join(open_now.pays_for)))
    if open_now.credit_cents:
        text = _("Er is een tegoed van € {amount}.")
        lines.append(text.format(amount=cents_text(open_now.credit_cents)))
    return lines


def _consequences(reason: str, open_now: EndWarnings, *, at_once: bool) -> list[str]:
    """What ending does beside ending."""
    lines = []
    if at_once and open_now.holds:
        text = ngettext(
            "{count} reservering vervalt.", "{count} reserveringen vervallen.", open_now.holds
        )
        lines.append(text.format(count=open_now.holds))
    if at_once and open_now.refund_cents:
        text = _("Terug te geven contributie: € {amount}.")
        lines.append(text.format(amount=cents_text(open_now.refund_cents)))
    if reason == _DECEASED:
        lines.append(_("Er komt een * voor de achternaam, en er gaan geen brieven meer uit."))
    return lines
