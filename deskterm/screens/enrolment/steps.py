"""The steps after the data form: login account, membership, costs, Opslaan and what follows it."""

from typing import TYPE_CHECKING

from deskterm import services
from deskterm.screens import flows, settle
from deskterm.screens.asks import Choice, Notice
from deskterm.screens.enrolment import keeping
from deskterm.screens.enrolment.questions import (
    AccountMade,
    ChooseFrom,
    Cost,
    SearchAccount,
    offer_choices,
)
from deskterm.screens.enrolment.walk import Walk
from deskterm.text import _, date_text
from deskterm.views.enrolment import Enrolled, KnownAccount

if TYPE_CHECKING:
    from deskterm.app import DesktermApp
    from deskterm.screens.enrolment.place import EnrolPlace

_NEW, _EXISTING = "new", "existing:"


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
        return
    form = walk.form()
    enrolled = await app.work.call(lambda: services.enrolment.enrol(app.desk, form))
    await _finish(place, walk, enrolled)


async def _account(app: "DesktermApp", walk: Walk) -> bool:
    """Bestaand inlogaccount gebruiken or Nieuw inlogaccount genereren."""
    mail = walk.values["email"].strip()
    choices = (
        Choice(_EXISTING, _("Bestaand inlogaccount gebruiken"), "B"),
        Choice(
            _NEW,
            _("Nieuw inlogaccount genereren"),
            _("N"),
            why_not="" if mail else _("Vul eerst een e-mailadres in."),
        ),
    )
    while True:
        at = _NEW if walk.account == _NEW else _EXISTING
        chosen = await app.ask(ChooseFrom(_("Inlogaccount"), (), choices, at))
        if chosen is None:
            return False
        if chosen == _NEW:
            walk.account = _NEW
            return True
        if await _existing(app, walk):
            return True


async def _existing(app: "DesktermApp", walk: Walk) -> bool:
    """Look a user name up until it is the customer's; Esc goes back to the choice."""
    found: KnownAccount | None = None
    missing: tuple[str, ...] = ()
    username = walk.account.removeprefix(_EXISTING) if walk.account != _NEW else ""
    while True:
        answer = await app.ask(SearchAccount(username, found, missing))
        if answer is None:
            return False
        username = answer["username"].strip()
        if answer["take"]:
            walk.account = f"{_EXISTING}{username}"
            return True
        found = await _look_up(app, username)
        missing = _why_not(walk, found)
        if missing:
            found = None


async def _look_up(app: "DesktermApp", username: str) -> KnownAccount | None:
    return await app.work.call(lambda: services.login_accounts.find(app.desk, username))


def _why_not(walk: Walk, found: KnownAccount | None) -> tuple[str, ...]:
    """Why an account cannot be used; nothing when it can."""
    if found is None:
        return (
            _("Het bestaande account wordt niet gevonden: de gebruikersnaam is fout (let op "
              "hoofdletters), of de klant heeft toch nog geen account."),
            _("Esc: een nieuw inlogaccount genereren. Twee keer Esc: zet 'gebruik inlogaccount' "
              "op Nee."),
        )  # fmt: skip
    if found.actor_id != walk.start.actor_id:
        words = _("Dit inlogaccount hoort bij een andere klant, met actor-id {number}.")
        return (words.format(number=found.actor_id),)
    return ()


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
    person = enrolled.customer.person
    if walk.use_account and walk.account == _NEW:
        await app.ask(AccountMade(person.username, person.email))
    app.main.desk_place.reset()
    session = app.sessions.enter(enrolled.customer)
    await flows.show(app, session)
    said = _("Ingeschreven t/m {day}.").format(day=date_text(enrolled.end_on))
    if walk.is_new and enrolled.card_number:
        said = f"{said} {_('Pas {number}.').format(number=enrolled.card_number)}"
    app.say(said)
    if enrolled.charge_id is not None:
        await settle.settle(app, enrolled.customer.actor_id, [enrolled.charge_id])
