"""The steps after the data form: login account, membership, costs, Opslaan and what follows it."""

from typing import TYPE_CHECKING

from deskterm import services
from deskterm.screens import flows, overviews, settle
from deskterm.screens.accounts import finding, making
from deskterm.screens.accounts.asks import HELP
from deskterm.screens.asks import Choice, Notice
from deskterm.screens.enrolment import keeping
from deskterm.screens.enrolment.data_fields import USE_ACCOUNT
from deskterm.screens.enrolment.questions import ChooseFrom, Cost, offer_choices
from deskterm.screens.enrolment.walk import EXISTING, NEW, Walk
from deskterm.screens.printing import receipts
from deskterm.text import _, date_text
from deskterm.views.enrolment import Enrolled

if TYPE_CHECKING:
    from deskterm.app import DesktermApp
    from deskterm.screens.enrolment.place import EnrolPlace

KEEP = "keep"
"""The answer that the account there is stays."""


async def take(place: "EnrolPlace") -> None:
    """Ask the rest; Esc goes one step back, from the first one to the form.

    Raises:
        FormFaults, Conflict, DeskError: as `services.enrolment`; nothing was written.
    """
    app, walk = place.desk_app, place.take()
    asked = [_membership, _cost]
    if walk.use_account:
        asked.insert(0, _account)
    at = 0
    while 0 <= at < len(asked):
        at += 1 if await asked[at](app, walk) else -1
        await keeping.keep(app, walk)
    if at < 0:
        if walk.use_account:
            # Twice back from an account that was not found: there it can be set to Nee.
            place.form.go_to_name(USE_ACCOUNT)
        return
    form = walk.form()
    enrolled = await app.work.call(lambda: services.enrolment.enrol(app.desk, form))
    await _finish(place, walk, enrolled)


async def _account(app: "DesktermApp", walk: Walk) -> bool:
    """Bestaand inlogaccount gebruiken or Nieuw inlogaccount genereren; or keep what there is."""
    choices, at = account_choices(walk), walk.account or KEEP
    while True:
        question = ChooseFrom(_("Inlogaccount"), (), choices, at)
        question.help_page = HELP
        chosen = await app.ask(question)
        if chosen is None:
            return False
        if chosen != EXISTING:
            walk.account = "" if chosen == KEEP else chosen
            return True
        typed = walk.found.username if walk.found else ""
        found = await finding.find(app, walk.start.actor_id, typed, _way_on(walk))
        if found is not None:
            walk.account, walk.found = EXISTING, found
            return True
        # Once back from an account that was not found: a new one is what comes next.
        at = NEW


def account_choices(walk: Walk) -> list[Choice]:
    """What can be chosen about the login account, and why one cannot be generated."""
    present = walk.start.account
    why_not = "" if walk.values["email"].strip() else _("Vul eerst een e-mailadres in.")
    if present.is_living:
        why_not = _("Er is er al een.")
    elif present.state == "queued":
        why_not = _("Dat staat al in de wachtrij.")
    keep = Choice(KEEP, _("Inlogaccount behouden: {name}").format(name=present.username), "H")
    return [
        *([keep] if present.is_living else []),
        Choice(EXISTING, _("Bestaand inlogaccount gebruiken"), "B"),
        Choice(NEW, _("Nieuw inlogaccount genereren"), _("N"), why_not),
    ]


def _way_on(walk: Walk) -> str:
    """Seed document 1: once back to generate one, twice back to do without."""
    if walk.values["email"].strip():
        return _(
            "Esc: een nieuw inlogaccount genereren. Twee keer Esc: zet 'gebruik inlogaccount' "
            "op Nee."
        )
    return _("Twee keer Esc: zet 'gebruik inlogaccount' op Nee.")


async def _membership(app: "DesktermApp", walk: Walk) -> bool:
    """Abonnement kiezen."""
    form = walk.form()
    offers = await app.work.call(lambda: services.enrolment.offers(app.desk, form))
    if not offers:
        text = _("Er is geen abonnement dat deze klant met dit klanttype mag hebben.")
        await app.ask(Notice(_("Abonnement kiezen"), (text,)))
        return False
    question = ChooseFrom(
        _("Abonnement kiezen"), (walk.name,), offer_choices(offers), walk.membership_code
    )
    chosen = await app.ask(question)
    walk.membership_code = chosen or walk.membership_code
    return chosen is not None


async def _cost(app: "DesktermApp", walk: Walk) -> bool:
    """Opbouw abonnementskosten, with Opslaan."""
    form = walk.form()
    quote = await app.work.call(lambda: services.enrolment.quote(app.desk, form))
    return await app.ask(Cost(quote)) == "save"


async def _finish(place: "EnrolPlace", walk: Walk, enrolled: Enrolled) -> None:
    """Everything is stored: tell of the account, show the customer, settle what it costs."""
    app = place.desk_app
    place.walk = None
    actor_id, email = enrolled.customer.actor_id, enrolled.customer.person.email
    app.main.desk_place.reset()
    session = app.sessions.enter(enrolled.customer)
    await flows.show(app, session)
    if enrolled.account_job_id is not None:
        await making.make_now(app, enrolled.account_job_id, email)
        await overviews.refresh(app, actor_id)
    said = _("Ingeschreven t/m {day}.").format(day=date_text(enrolled.end_on))
    if walk.is_new and enrolled.card_number:
        said = f"{said} {_('Pas {number}.').format(number=enrolled.card_number)}"
    app.say(said)
    await receipts.after_enrolling(app, actor_id)
    if enrolled.charge_id is not None:
        await settle.settle(app, actor_id, [enrolled.charge_id])
