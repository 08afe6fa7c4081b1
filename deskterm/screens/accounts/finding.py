"""Bestaand inlogaccount zoeken, until it is the customer's; Esc goes one step back."""

from typing import TYPE_CHECKING

from deskterm import services
from deskterm.screens.accounts.asks import SearchAccount
from deskterm.screens.asks import Confirm
from deskterm.screens.waiting import GaveUp, outside
from deskterm.services.errors import DeskError
from deskterm.text import _
from deskterm.views.accounts import FoundAccount

if TYPE_CHECKING:
    from deskterm.app import DesktermApp


async def find(
    app: "DesktermApp", actor_id: int | None, username: str, way_on: str
) -> FoundAccount | None:
    """The account that staff looked up and took; None when they step back.

    `actor_id` is whom it is for; `way_on` is the sentence on what Esc leads to.
    """
    found: FoundAccount | None = None
    said: tuple[str, ...] = ()
    while True:
        warned = _taken(found)
        answer = await app.ask(SearchAccount(username, found, said, warned))
        if answer is None:
            return None
        username = answer["username"].strip()
        if not answer["take"] or found is None:
            found, said = await _look_up(app, username, actor_id, way_on)
        elif not warned or await app.ask(_in_spite_of(warned)) == "yes":
            return found


async def _look_up(
    app: "DesktermApp", username: str, actor_id: int | None, way_on: str
) -> tuple[FoundAccount | None, tuple[str, ...]]:
    """What was found, or why not: a provider that does not answer has said nothing."""
    try:
        found = await outside(
            app,
            _("Bestaand inlogaccount zoeken"),
            _("Er wordt gezocht bij de accountdienst …"),
            lambda: services.login_accounts.find(app.desk, username, actor_id),
        )
    except GaveUp:
        stopped = _("Het zoeken is gestopt: of het account bestaat, is niet bekend.")
        return None, (stopped, _("Enter: nog eens zoeken."), way_on)
    except DeskError as refused:
        told = tuple(text for text in (refused.sentence, refused.hint) if text)
        return None, (*told, way_on)
    if found is not None:
        return found, ()
    missing = _(
        "Het bestaande account wordt niet gevonden: de gebruikersnaam is fout (let op "
        "hoofdletters), of de klant heeft toch nog geen account."
    )
    return None, (missing, way_on)


def _taken(found: FoundAccount | None) -> str:
    """Who else here has the account; families may share a mail address, not an account."""
    if found is None or found.linked_to is None:
        return ""
    other, name = found.linked_to
    return _("LET OP! Dit inlogaccount is hier al gekoppeld aan {name} [{number}].").format(
        name=name, number=other
    )


def _in_spite_of(warned: str) -> Confirm:
    said = (warned, _("Een inlogaccount is van één persoon, ook binnen een gezin."))
    return Confirm(_("Toch koppelen?"), said, _("Ja, koppel dit account ook aan deze klant"))
