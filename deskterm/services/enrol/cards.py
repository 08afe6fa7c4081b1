"""The card of who enrols: a scanned one, one with a new number, or one that comes later."""

from typing import TYPE_CHECKING

from sqlalchemy import text

from deskterm.rules import cards
from deskterm.rules.faults import RuleFault
from deskterm.rules.names import inert
from deskterm.services.desk import Desk
from deskterm.services.errors import FormFaults
from deskterm.services.libraries import scheme_of
from deskterm.store.reads import codes, library
from deskterm.text import _

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskterm.services.logbook import Logbook

GENERATE, LATER = "V", "P"
"""What staff type instead of a number (customers.md 5.3)."""
_TRIES = 100
"""So many serials in a row are tried: the eleven-test leaves some out, staff cards take some."""

_HIGHEST = text(
    "SELECT number FROM card WHERE number >= :low AND number < :high AND length(number) = :long"
    " ORDER BY number DESC LIMIT 1"
)
_TAKEN = text(
    "SELECT 1 FROM card WHERE number = :number UNION SELECT 1 FROM staff"
    " WHERE card_number = :number"
)


def number_for(session: "Session", typed: str, branch: str, actor_id: int | None = None) -> str:
    """Give the new card number that a form asks for; empty for none now, or the customer's own.

    Raises:
        FormFaults: it is no card of this library, or somebody has it.
    """
    wanted = cards.clean(inert(typed).strip()).upper()
    if wanted in ("", LATER):
        return ""
    if wanted == GENERATE:
        return _generated(session, branch)
    schemes = library.card_schemes(session.connection())
    shapes = cards.CodeShapes(
        tuple(dict.fromkeys(scheme_of(name) for name in schemes.values())), frozenset(schemes)
    )
    if cards.kind_of(wanted, shapes) is not cards.CodeKind.CARD:
        raise _fault(_("{number} is geen pasnummer van deze bibliotheek.").format(number=wanted))
    if actor_id is not None and wanted == main_card(session, actor_id):
        return ""
    if _is_taken(session, wanted):
        raise _fault(_taken_sentence(session, wanted))
    return wanted


def give(
    desk: Desk, session: "Session", logbook: "Logbook", actor_id: int, number: str, branch: str
) -> None:
    """Make a number the customer's hoofdpas; one there was before counts as replaced."""
    from sqlmodel import col, select

    from deskterm.store.tables import Card

    living = select(Card).where(
        col(Card.customer_id) == actor_id, col(Card.kind) == "main", col(Card.status) != "replaced"
    )
    old = session.exec(living).first()
    if old is not None:
        old.status = "replaced"
        session.add(old)
        session.flush()
    session.add(Card(number=number, customer_id=actor_id, branch_code=branch, issued_on=desk.today))
    logbook.line("card.new", "card", old.number if old else "", number)


def main_card(session: "Session", actor_id: int) -> str:
    """The number of the hoofdpas there is; empty without one."""
    from sqlmodel import col, select

    from deskterm.store.tables import Card

    living = select(Card.number).where(
        col(Card.customer_id) == actor_id, col(Card.kind) == "main", col(Card.status) != "replaced"
    )
    return session.exec(living).first() or ""


def _generated(session: "Session", branch: str) -> str:
    """The number after the highest one that the branch gave out."""
    connection = session.connection()
    scheme = scheme_of(library.card_schemes(connection).get(branch, ""))
    serial = _highest_serial(session, branch, scheme)
    for step in range(1, _TRIES + 1):
        try:
            number = cards.generate(scheme, branch, serial + step)
        except RuleFault:
            continue  # the eleven-test has no check digit for this one
        if not _is_taken(session, number):
            return number
    raise _fault(
        _("Er is geen vrij pasnummer meer voor vestiging {branch}: scan een pas.").format(
            branch=branch
        )
    )


def _highest_serial(session: "Session", branch: str, scheme: cards.CardScheme) -> int:
    first = cards.generate(scheme, branch, 0)
    start = first[: first.index(branch) + len(branch)]
    values = {"low": start, "high": start + ":", "long": len(first)}
    number = session.connection().execute(_HIGHEST, values).scalar()
    if number is None or not cards.fits(str(number), scheme):
        return 0
    return cards.serial_of(str(number), scheme)


def _is_taken(session: "Session", number: str) -> bool:
    return session.connection().execute(_TAKEN, {"number": number}).first() is not None


def _taken_sentence(session: "Session", number: str) -> str:
    """Whose card it is: who has lapsed is enrolled again, not once more."""
    for card in codes.cards_with(session.connection(), (number,)):
        return _("Pas {number} is van klant {actor_id}: schrijf die opnieuw in.").format(
            number=number, actor_id=card.actor_id
        )
    return _("Pas {number} is al uitgegeven.").format(number=number)


def _fault(sentence: str) -> FormFaults:
    return FormFaults((("card", sentence),))
