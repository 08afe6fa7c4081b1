"""Klant, Overleden: what stands open, what happens, and then all of it at once (5.9)."""

from typing import TYPE_CHECKING

from deskterm import services
from deskterm.rules.names import DECEASED_MARK
from deskterm.screens.asks import Choice, Choose, Confirm, Notice
from deskterm.screens.membership_steps import warned
from deskterm.services.errors import Conflict
from deskterm.text import _, ngettext
from deskterm.views.customer import CustomerView
from deskterm.views.enrolment import EndWarnings

if TYPE_CHECKING:
    from deskterm.screens.customer_place import CustomerPlace

HELP = "family"


async def record(place: "CustomerPlace") -> None:
    """Warn, ask, and write the death down; nothing is done before the last answer."""
    session, app = place.session, place.desk_app
    if session is None:
        return
    view, heading = session.view, _("Overleden")
    if view.person.surname.startswith(DECEASED_MARK):
        already = (
            _("Deze klant staat al als overleden in de bibliotheek."),
            _("Klopt dat niet, haal dan op tab 2 de * voor de achternaam weg."),
        )
        await app.ask(_helped(Notice(heading, already)))
        return
    actor_id, version = view.actor_id, view.version
    warnings = await app.work.call(lambda: services.memberships.end_warnings(app.desk, actor_id))
    lines = (view.block.display_name, *warned(warnings), *_consequences(view, warnings))
    if await app.ask(_helped(Confirm(heading, lines, _("Ja, overleden")))) != "yes":
        return
    forget = await _forget_email(place, view)
    if forget is None:
        return
    said, bad = _("Als overleden opgeslagen. Herstel kan vandaag nog: Klant, Herstel."), False
    try:
        session.view = await app.work.call(
            lambda: services.life.died(app.desk, actor_id, version, forget_email=forget)
        )
    except Conflict as conflict:
        said, bad = conflict.sentence, True
        session.view = await app.work.call(lambda: services.opening.refresh(app.desk, actor_id))
    place.show(session)
    app.say(said, bad=bad)


async def _forget_email(place: "CustomerPlace", view: CustomerView) -> bool | None:
    """Whether the mail address goes; not asked when there is none, None is Esc."""
    address = view.person.email
    if not address:
        return False
    question = Choose(
        _("E-mailadres"),
        (address, _("Tab 4 bewaart wat er stond.")),
        (Choice("keep", _("Laten staan"), _("S")), Choice("forget", _("Leegmaken"), _("L"))),
    )
    answer = await place.desk_app.ask(_helped(question))
    return None if answer is None else answer == "forget"


def _consequences(view: CustomerView, warnings: EndWarnings) -> list[str]:
    """What will happen, and what staff have to see to themselves."""
    lines = []
    if view.block.valid:
        lines.append(_("Het abonnement wordt per direct opgezegd, reden Overleden."))
    if warnings.holds:
        text = ngettext(
            "{count} reservering vervalt.", "{count} reserveringen vervallen.", warnings.holds
        )
        lines.append(text.format(count=warnings.holds))
    lines.append(_("Er komt een * voor de achternaam, en er gaan geen brieven meer uit."))
    lines.append(_("Nieuwsbrieven, attenderingen en reserveringsberichten stoppen."))
    if view.person.direct_debit:
        lines.append(_("Er is een machtiging voor incasso: trek die in op tab 3."))
    return lines


def _helped(question: Choose) -> Choose:
    question.help_page = HELP
    return question
