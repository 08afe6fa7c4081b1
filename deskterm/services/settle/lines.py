"""Choosing what is settled: the lines of Afrekenen, ticked or all."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from deskterm.services.desk import Desk
from deskterm.services.errors import DeskError
from deskterm.store import bookkeeping
from deskterm.store.light import Reader, beneath
from deskterm.store.reads import ledger, settling
from deskterm.text import _
from deskterm.views.money import OpenLine, Settlement

if TYPE_CHECKING:
    from sqlmodel import Session


class AlreadySettled(DeskError):
    """A line that was ticked is no longer open: another desk was first."""


def settlement(connection: Reader, actor_id: int) -> Settlement:
    """Read everything that Afrekenen shows."""
    lines = settling.open_lines(connection, actor_id)
    return Settlement(
        actor_id=actor_id,
        lines=lines,
        credit_cents=ledger.credit(connection, actor_id),
        total_cents=sum(line.open_cents for line in lines if line.payable),
    )


def chosen(
    desk: Desk, connection: Reader, actor_id: int, charge_ids: Collection[int]
) -> tuple[OpenLine, ...]:
    """Give the ticked lines as they are now, oldest first; without ticks every payable one.

    Raises:
        AlreadySettled: one of them is not open any more.
        DeskError: nothing is open, one is in a direct debit, or the clock stands before its day.
    """
    lines = settling.open_lines(connection, actor_id)
    if charge_ids:
        lines = tuple(line for line in lines if line.charge_id in charge_ids)
        if len(lines) < len(set(charge_ids)):
            raise AlreadySettled(
                _("Een van deze posten staat niet meer open; er is niets geboekt."),
                _("Een andere balie was u voor. Open Afrekenen opnieuw."),
            )
        _refuse_in_debit(lines)
    else:
        lines = tuple(line for line in lines if line.payable)
    if not lines:
        raise AlreadySettled(_("Er staat niets open."))
    _refuse_earlier_day(desk, lines)
    return lines


def entry_of(session: "Session", charge_id: int) -> bookkeeping.Entry:
    """Read the charge of a line as it stands in the ledger."""
    return bookkeeping.entry(beneath(session.connection()), charge_id)


def _refuse_in_debit(lines: Sequence[OpenLine]) -> None:
    for line in lines:
        if not line.payable:
            raise DeskError(
                _("{what} is in incasso en kan niet ook hier betaald worden.").format(
                    what=line.description
                ),
                _("Wacht op het antwoord van de bank, of kies alleen de andere posten."),
            )


def _refuse_earlier_day(desk: Desk, lines: Sequence[OpenLine]) -> None:
    """Nothing is paid before it was owed: then this desk's clock has been set back."""
    if any(line.day > desk.today for line in lines):
        raise DeskError(
            _("Een van deze posten is van een latere dag dan vandaag; er is niets geboekt."),
            _("Kijk de datum van deze balie na."),
        )
