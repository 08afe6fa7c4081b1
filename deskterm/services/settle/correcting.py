"""Herstel and Storno: take back what was booked, with counter-entries. Nothing is erased."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from deskterm.rules.faults import RuleFault
from deskterm.rules.rights import Right
from deskterm.rules.settling import may_carry_payment_day, require_storno
from deskterm.services.desk import Desk
from deskterm.services.errors import DeskError, NotFound
from deskterm.services.settle.book import Book, begin, done
from deskterm.services.settle.lines import entry_of
from deskterm.services.trouble import writing
from deskterm.store.light import Reader, beneath
from deskterm.store.reads import ledger, settling
from deskterm.text import _
from deskterm.views.money import Undone

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskterm.store.tables import LedgerEntry

MONEY = ("K", "B")
"""First letters of the journals through which money really moves."""


def undo(desk: Desk, actor_id: int, entry_id: int, key: str = "") -> Undone:
    """Herstel: take back a payment, waiver or manual charge of today, made at this desk.

    Everything that was booked with it in one act goes back with it: a receipt is right or wrong
    as a whole. Asked again for the same entry it gives the first answer.

    Raises:
        DeskError: of another day or desk, taken back already, or others build on it.
        NotFound: the customer has no such entry.
    """
    desk.require(Right.PAYMENT)
    key = key or f"undo:{entry_id}"
    with writing(desk) as session:
        reader = beneath(session.connection())
        act_id = done(reader, key, "undo", actor_id)
        if act_id is None:
            act_id = begin_undo(desk, session, actor_id, entry_id, key).close()
        return _undone(reader, act_id)


def begin_undo(desk: Desk, session: "Session", actor_id: int, entry_id: int, key: str) -> Book:
    """Take back an entry as `undo` does, as part of a wider act; the caller closes the book.

    Raises as `undo`.
    """
    first = _entry(session, actor_id, entry_id)
    _require_here_and_today(desk, first)
    taken = _with_its_act(session, first)
    journal = first.journal
    book = begin(
        desk,
        session,
        key,
        "undo",
        actor_id,
        moves_money=journal.startswith(MONEY),
        journal=journal,
    )
    book_back(book, taken, desk.today)
    return book


def storno(
    desk: Desk, actor_id: int, entry_id: int, key: str, *, on_payment_day: bool = False
) -> Undone:
    """Take back a payment of an earlier day, through the same journal.

    It is dated today, or with `on_payment_day` on the payment's own day when that is at most 30
    days ago and the till has not been counted since.

    Raises:
        NotAllowed: below BESTELBHR.
        DeskError: a waiver, one of today, one that was taken back, or that day is closed.
        NotFound: the customer has no such entry.
    """
    desk.require(Right.STORNO)
    with writing(desk) as session:
        reader = beneath(session.connection())
        act_id = done(reader, key, "storno", actor_id)
        if act_id is None:
            first = _entry(session, actor_id, entry_id)
            day = _storno_day(desk, session, first, on_payment_day=on_payment_day)
            taken = _with_its_act(session, first)
            book = begin(
                desk, session, key, "storno", actor_id, moves_money=True, journal=first.journal
            )
            book_back(book, taken, day)
            act_id = book.close()
        return _undone(reader, act_id)


def _entry(session: "Session", actor_id: int, entry_id: int) -> "LedgerEntry":
    from deskterm.store.tables import LedgerAct, LedgerEntry

    entry = session.get(LedgerEntry, entry_id)
    act = session.get(LedgerAct, entry.act_id) if entry and entry.act_id else None
    whose = {entry.customer_id if entry else 0, act.customer_id if act else 0}
    if entry is None or actor_id not in whose:
        raise NotFound(_("Deze klant heeft die boeking niet."))
    if entry.undoes_id is not None:
        raise DeskError(_("Dit is zelf een herstel; dat gaat niet nog eens terug."))
    return entry


def _require_here_and_today(desk: Desk, entry: "LedgerEntry") -> None:
    if entry.day != desk.today:
        raise DeskError(
            _("Herstel kan alleen op de dag zelf."),
            _("Gebruik Storno voor een betaling van een eerdere dag."),
        )
    if entry.desk_id != desk.place.id:
        raise DeskError(
            _("Dit is aan een andere balie geboekt."),
            _("Herstel het aan die balie, of gebruik morgen Storno."),
        )


def _storno_day(
    desk: Desk, session: "Session", entry: "LedgerEntry", *, on_payment_day: bool
) -> date:
    try:
        require_storno(entry.journal, entry.day, desk.today)
    except RuleFault as fault:
        raise DeskError(_(fault.msgid).format(**fault.params)) from fault
    if not on_payment_day:
        return desk.today
    if not may_carry_payment_day(entry.day, desk.today):
        raise DeskError(
            _("Deze betaling is te lang geleden om op haar eigen dag terug te boeken."),
            _("Boek haar terug op vandaag."),
        )
    if entry.journal.startswith("K") and _is_counted(session, desk.place.id, entry.day):
        raise DeskError(
            _("De kas is na die dag al geteld."), _("Boek de betaling terug op vandaag.")
        )
    return entry.day


def _is_counted(session: "Session", desk_id: int, day: date) -> bool:
    from sqlmodel import col, select

    from deskterm.store.tables import TillCount

    query = select(TillCount).where(col(TillCount.desk_id) == desk_id, col(TillCount.day) >= day)
    return session.exec(query).first() is not None


def _with_its_act(session: "Session", first: "LedgerEntry") -> "Sequence[LedgerEntry]":
    """Give the entries that go back together; raises DeskError when they cannot."""
    from sqlmodel import col, select

    from deskterm.store.tables import LedgerEntry

    taken: Sequence[LedgerEntry] = (first,)
    if first.act_id is not None:
        query = select(LedgerEntry).where(col(LedgerEntry.act_id) == first.act_id)
        taken = session.exec(query.order_by(col(LedgerEntry.id))).all()
    numbers = [entry.id for entry in taken]
    undone = select(LedgerEntry).where(col(LedgerEntry.undoes_id).in_(numbers))
    if session.exec(undone).first() is not None:
        raise DeskError(_("Dit is al teruggedraaid."))
    for entry in taken:
        if entry.kind == "charge":
            _require_untouched(session, entry)
    return taken


def _require_untouched(session: "Session", charge: "LedgerEntry") -> None:
    from sqlmodel import col, func, select

    from deskterm.store.tables import LedgerEntry

    if charge.period_id is not None:
        raise DeskError(
            _("Deze post hoort bij een abonnement."),
            _("Wijzig of beëindig het abonnement op 3.Contributie, of scheld de post kwijt."),
        )
    query = select(func.sum(LedgerEntry.amount_cents)).where(
        col(LedgerEntry.charge_id) == charge.id
    )
    if session.exec(query).one():
        raise DeskError(
            _("Op deze post is al iets geboekt."),
            _("Herstel eerst die betaling of kwijtschelding."),
        )


def book_back(book: Book, taken: "Sequence[LedgerEntry]", day: date) -> None:
    """Add the counter-entry of each; raises DeskError for credit that was used."""
    for entry in taken:
        if entry.kind == "credit":
            book.credit(entry.customer_id, entry.amount_cents, entry.journal, day=day, undoes=entry)
            _require_no_debt(book, entry.customer_id)
        elif entry.kind == "charge":
            book.settle(entry, entry.amount_cents, "correction", "", day=day, undoes=entry)
        else:
            charge = entry_of(book.session, entry.charge_id or 0)
            cents = entry.amount_cents
            book.settle(charge, cents, "correction", entry.journal, day=day, undoes=entry)


def _require_no_debt(book: Book, customer_id: int) -> None:
    if ledger.credit(book.session.connection(), customer_id) < 0:
        raise DeskError(
            _("Het tegoed van deze betaling is al gebruikt."),
            _("Herstel eerst wat met dat tegoed betaald is."),
        )


def _undone(connection: Reader, act_id: int) -> Undone:
    act = settling.act(connection, act_id)
    lines = settling.settled(connection, act_id)
    back = -sum(line.cents for line in lines) - settling.credited(connection, act_id)
    return Undone(
        act_id=act_id,
        receipt_number=act.receipt_number,
        day=act.day,
        journal=act.journal,
        back_cents=back if act.journal.startswith(MONEY) else 0,
        lines=lines,
    )
