"""Klant, Inlogaccount: its state, and what can be done with it now."""

from functools import partial
from typing import TYPE_CHECKING

from deskterm import services
from deskterm.screens.accounts import finding, making
from deskterm.screens.accounts.asks import HELP
from deskterm.screens.accounts.states import advice, state_text
from deskterm.screens.asks import Choice, Choose, Confirm, TypeIn
from deskterm.screens.waiting import GaveUp, get_ready, outside
from deskterm.services.errors import DeskError
from deskterm.text import _
from deskterm.views.accounts import AccountView
from deskterm.views.customer import CustomerView

if TYPE_CHECKING:
    from deskterm.app import DesktermApp
    from deskterm.screens.customer_place import CustomerPlace

REFRESH, RETRY, GENERATE, LINK, FORGET = "refresh", "retry", "generate", "link", "forget"
ACTIVATE = "activate"


async def open_menu(place: "CustomerPlace") -> None:
    """Show the account, do what is chosen, and show the customer as it is then."""
    session, app = place.session, place.desk_app
    if session is None:
        return
    actor_id = session.actor_id
    get_ready(app)
    session.view = await app.work.call(lambda: services.opening.refresh(app.desk, actor_id))
    place.show(session)
    view = session.view
    question = Choose(_("Inlogaccount"), told(view.account), choices(view))
    question.help_page = HELP
    chosen = await app.ask(question)
    if chosen is None:
        return
    said = await _carry_out(app, view, chosen)
    session.view = await app.work.call(lambda: services.opening.refresh(app.desk, actor_id))
    if place.session is session:
        place.show(session)
    app.say(said)


def told(account: AccountView) -> list[str]:
    """The account in a few lines."""
    lines = [_("Inlogaccount: {state}").format(state=state_text(account))]
    if account.username:
        lines.append(_("Gebruikersnaam {name}").format(name=account.username))
    if account.email:
        lines.append(_("E-mail {address}").format(address=account.email))
    return [*lines, *([advice(account)] if advice(account) else [])]


def choices(view: CustomerView) -> list[Choice]:
    """What can be done with the account; what cannot be done now says why."""
    account = view.account
    waits = account.state == "queued"
    nothing = _("Er is geen inlogaccount.")
    tied = "" if account.is_living or account.state == "expired" else nothing
    known = nothing if account.state == "none" else ""
    present = _("Er is er al een.") if account.is_living else ""
    queued = _("Dat staat al in de wachtrij.") if waits else ""
    no_mail = "" if view.person.email.strip() else _("Vul eerst een e-mailadres in.")
    no_job = "" if waits or account.state == "failed" else _("Er wacht niets.")
    by_code = [Choice(ACTIVATE, _("Activeren met de code uit de mail"), "A")]
    return [
        Choice(REFRESH, _("Inlogaccount verversen"), "V", tied),
        *(by_code if account.takes_code else ()),
        Choice(RETRY, _("Nu opnieuw proberen"), "O", no_job),
        Choice(GENERATE, _("Inlogaccount genereren"), "G", queued or present or no_mail),
        Choice(LINK, _("Bestaand inlogaccount koppelen"), "B", present),
        Choice(FORGET, _("Vergeet inlogaccount"), "I", known),
    ]


async def retry(app: "DesktermApp", job_id: int, email: str) -> None:
    """Try a job that waits or failed at once, and tell what became of it."""
    await app.work.call(lambda: services.login_accounts.retry(app.desk, job_id))
    await making.make_now(app, job_id, email)


async def _carry_out(app: "DesktermApp", view: CustomerView, chosen: str) -> str:
    """Do it; what there is to say of it, unless a pop-up said that already."""
    actor_id, email = view.actor_id, view.person.email
    if chosen == RETRY and view.account.job_id is not None:
        await retry(app, view.account.job_id, email)
    elif chosen == GENERATE:
        job_id = await app.work.call(lambda: services.login_accounts.generate(app.desk, actor_id))
        await making.make_now(app, job_id, email)
    elif chosen == LINK:
        return await _link(app, actor_id)
    elif chosen == FORGET:
        return await _forget(app, view)
    elif chosen == REFRESH:
        return await _refresh(app, actor_id)
    elif chosen == ACTIVATE:
        return await _activate(app, actor_id)
    return ""


async def _refresh(app: "DesktermApp", actor_id: int) -> str:
    try:
        account = await outside(
            app,
            _("Inlogaccount verversen"),
            _("De accountdienst wordt gevraagd hoe het met het account staat …"),
            lambda: services.login_accounts.refresh(app.desk, actor_id),
        )
    except GaveUp:
        return _("Niet ververst.")
    return _("Inlogaccount: {state}").format(state=state_text(account))


async def _activate(app: "DesktermApp", actor_id: int) -> str:
    """The code that the customer shows, until it is right or staff step back."""
    said = [_("Hoofdletters en streepjes maken niet uit.")]
    fields = (("code", _("Eenmalige code uit de mail"), False),)
    while True:
        question = TypeIn(_("Inlogaccount activeren"), said, fields)
        question.help_page = HELP
        typed = await app.ask(question)
        if typed is None:
            return ""
        activate = partial(services.login_accounts.activate, app.desk, actor_id, typed["code"])
        try:
            account = await app.work.call(activate)
        except DeskError as refused:
            app.bell()
            said = [refused.sentence, refused.hint]
            continue
        return _("Inlogaccount {name} is geactiveerd.").format(name=account.username)


async def _link(app: "DesktermApp", actor_id: int) -> str:
    found = await finding.find(app, actor_id, "", _("Esc: niets koppelen."))
    if found is None:
        return ""
    account = await app.work.call(lambda: services.login_accounts.link(app.desk, actor_id, found))
    return _("Inlogaccount {name} is gekoppeld.").format(name=account.username)


async def _forget(app: "DesktermApp", view: CustomerView) -> str:
    """Vergeet inlogaccount, after saying what happens."""
    if await app.ask(_really(view.account)) != "yes":
        return ""
    try:
        account = await outside(
            app,
            _("Vergeet inlogaccount"),
            _("De koppeling wordt verbroken …"),
            lambda: services.login_accounts.forget(app.desk, view.actor_id),
        )
    except GaveUp:
        return _("Er wordt nog aan gewerkt; ververs de klant straks.")
    return account.error or _("Inlogaccount vergeten. Genereer zo nodig een nieuw inlogaccount.")


def _really(account: AccountView) -> Confirm:
    if account.state == "queued":
        said = [_("Het maken wordt afgeblazen; de klant krijgt geen mail.")]
    elif account.state == "failed":
        said = [_("Het staat dan niet meer op de werklijst.")]
    else:
        said = [_("De koppeling van {name} met deze klant vervalt.").format(name=account.username)]
    if account.state == "pending" and account.made_here:
        said.append(_("Het account wacht nog op activatie en vervalt ook."))
    elif account.is_living:
        said.append(_("Het account zelf blijft bestaan: dat is van de klant."))
    return Confirm(_("Vergeet inlogaccount?"), said, _("Ja, vergeet"))
