"""Numbers for cards: what staff scan or type, or one that is made for a card to be printed."""

from typing import TYPE_CHECKING

from sqlalchemy import text

from deskterm.rules import cards
from deskterm.rules.faults import RuleFault
from deskterm.rules.names import inert
from deskterm.services.errors import FormFaults
from deskterm.services.libraries import scheme_of
from deskterm.store.reads import library
from deskterm.text import _

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskterm.store.tables import Card

GENERATE, LATER = "V", "P"
"""What staff type instead of a number (customers.md 5.3)."""
_TRIES = 100
"""So many serials in a row are tried: the eleven-test leaves some out, staff cards take some."""

_HIGHEST = text(
    "SELECT number FROM card WHERE number >= :low AND number < :high AND length(number) = :long"
    " ORDER BY number DESC LIMIT 1"
)
_STAFF = text("SELECT 1 FROM staff WHERE card_number = :number")


def tidy(typed: str) -> str:
    """Give what was typed as a number: without grouping, Codabar letters and control characters."""
    return cards.clean(inert(typed).strip()).upper()


def new_number(session: "Session", typed: str, actor_id: int, old: str = "") -> str:
    """Give the number of the new card that was scanned or typed; empty asks for a made one.

    `old` is the number of the card that it will replace, if any.

    Raises:
        FormFaults: `card`: nothing, no card of this library, or one that somebody has.
    """
    wanted = tidy(typed)
    if wanted == GENERATE:
        return ""
    if not wanted:
        raise fault(_("Scan de nieuwe pas, of typ V voor een nieuw nummer."))
    if wanted == LATER:
        raise fault(_("P kan alleen bij het inschrijven: scan een pas, of typ V."))
    require_card(session, wanted)
    if old and wanted == old:
        raise fault(_("Pas {number} is de oude pas zelf: scan de nieuwe.").format(number=wanted))
    if (card := card_of(session, wanted)) is not None:
        raise fault(_whose(card, actor_id))
    if is_of_staff(session, wanted):
        raise fault(_("Pas {number} is van een medewerker.").format(number=wanted))
    return wanted


def require_card(session: "Session", number: str) -> None:
    """Raise FormFaults, saying what is wrong, for what can be no card of this library."""
    schemes = library.card_schemes(session.connection())
    shapes = cards.CodeShapes(
        tuple(dict.fromkeys(scheme_of(name) for name in schemes.values())), frozenset(schemes)
    )
    try:
        cards.require_card(number, shapes)
    except RuleFault as wrong:
        raise fault(_(wrong.msgid).format(**wrong.params)) from wrong


def card_of(session: "Session", number: str) -> "Card | None":
    """The card with this number, if there is one."""
    from sqlmodel import col, select

    from deskterm.store.tables import Card

    return session.exec(select(Card).where(col(Card.number) == number)).first()


def is_of_staff(session: "Session", number: str) -> bool:
    """Tell whether an employee signs in with a card of this number."""
    return session.connection().execute(_STAFF, {"number": number}).first() is not None


def made_number(session: "Session", branch: str) -> str:
    """Make the number after the highest one that the branch gave out.

    Raises:
        FormFaults: `card`: no number is left.
    """
    scheme = scheme_of(library.card_schemes(session.connection()).get(branch, ""))
    serial = _highest_serial(session, branch, scheme)
    for step in range(1, _TRIES + 1):
        try:
            number = cards.generate(scheme, branch, serial + step)
        except RuleFault:
            continue  # the eleven-test has no check digit for this one
        if card_of(session, number) is None and not is_of_staff(session, number):
            return number
    raise fault(
        _("Er is geen vrij pasnummer meer voor vestiging {branch}: scan een pas.").format(
            branch=branch
        )
    )


def fault(sentence: str) -> FormFaults:
    """What is wrong with a card number, at its field."""
    return FormFaults((("card", sentence),))


def _whose(card: "Card", actor_id: int) -> str:
    """Why a number that is known cannot be the new card."""
    if card.status == "replaced":
        return _("Pas {number} is vervangen en blijft ongeldig.").format(number=card.number)
    if card.customer_id == actor_id:
        return _("Pas {number} is al een pas van deze klant.").format(number=card.number)
    return _("Pas {number} is in gebruik bij een andere klant, actor-id {actor_id}.").format(
        number=card.number, actor_id=card.customer_id
    )


def _highest_serial(session: "Session", branch: str, scheme: cards.CardScheme) -> int:
    first = cards.generate(scheme, branch, 0)
    start = first[: first.index(branch) + len(branch)]
    values = {"low": start, "high": start + ":", "long": len(first)}
    number = session.connection().execute(_HIGHEST, values).scalar()
    if number is None or not cards.fits(str(number), scheme):
        return 0
    return cards.serial_of(str(number), scheme)
