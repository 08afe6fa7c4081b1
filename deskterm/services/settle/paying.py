"""Pay what is open, or leave it open on purpose (Registreren)."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from deskterm.rules.debit import mandate_holds
from deskterm.rules.faults import RuleFault
from deskterm.rules.membership import MembershipStatus
from deskterm.rules.rights import Right
from deskterm.rules.settling import PAYING, Due, Journal, allocate, leftover
from deskterm.services.desk import Desk
from deskterm.services.errors import DeskError
from deskterm.services.settle.book import Book, begin, done
from deskterm.services.settle.lines import chosen, entry_of
from deskterm.services.trouble import writing
from deskterm.store.light import Reader, beneath
from deskterm.store.reads import ledger, settling
from deskterm.text import _, cents_text
from deskterm.views.money import OpenLine, Paid, Registered

if TYPE_CHECKING:
    from sqlmodel import Session

CONTRIBUTION_LETTER = "CAJ"


def pay(
    desk: Desk,
    actor_id: int,
    key: str,
    charge_ids: Collection[int],
    journal: str,
    received_cents: int,
    *,
    keep_change: bool = False,
) -> Paid:
    """Book a payment: over the ticked lines (all when none is), oldest first, in part if need be.

    `journal` is K000 (contant), B000 (pin) or R000 (tegoed). Cash beyond what is due is change,
    or becomes credit with `keep_change`; what is pinned too much always becomes credit. Who pays
    the last of a membership's contribution makes its period Normaal. A key that was used before
    gives the payment it made then.

    Raises:
        AlreadySettled, DeskError: as `lines.chosen`; or too little credit.
        NotAllowed, NotFound, StoreTrouble: as everywhere.
        ValueError: no such journal, or no money; a screen made a mistake.
    """
    desk.require(Right.PAYMENT)
    if journal not in PAYING or received_cents <= 0:
        raise ValueError(f"no payment of {received_cents} by {journal!r}")
    with writing(desk) as session:
        reader = beneath(session.connection())
        act_id = done(reader, key, "pay", actor_id)
        if act_id is None:
            lines = chosen(desk, reader, actor_id, charge_ids)
            door = Journal(journal)
            act_id = _pay(desk, session, actor_id, key, lines, door, received_cents, keep_change)
        return paid(reader, act_id)


def _pay(
    desk: Desk,
    session: "Session",
    actor_id: int,
    key: str,
    lines: Sequence[OpenLine],
    journal: Journal,
    received: int,
    keep_change: bool,
) -> int:
    dues = [Due(line.charge_id, line.day, line.open_cents) for line in lines]
    allocation = allocate(dues, received)
    try:
        extra = leftover(journal, allocation.left_cents, keep=keep_change)
    except RuleFault as fault:
        raise DeskError(_(fault.msgid).format(**fault.params)) from fault
    if journal is Journal.CREDIT:
        _require_credit(session.connection(), actor_id, received)
    book = begin(
        desk,
        session,
        key,
        "pay",
        actor_id,
        moves_money=True,
        journal=journal.value,
        received_cents=received,
        change_cents=extra.change_cents,
    )
    for share in allocation.shares:
        book.settle(entry_of(session, share.charge_id), share.cents, "payment", journal.value)
    if extra.credit_cents:
        book.credit(actor_id, extra.credit_cents, journal.value)
    if journal is Journal.CREDIT:
        book.credit(actor_id, -received, journal.value)
    return book.close()


def _require_credit(connection: Reader, actor_id: int, cents: int) -> None:
    credit = ledger.credit(connection, actor_id)
    if credit < cents:
        raise DeskError(
            _("Het tegoed is {credit}; dat is minder dan {amount}.").format(
                credit=cents_text(credit), amount=cents_text(cents)
            ),
            _("Betaal een deel met tegoed en de rest contant of met pin."),
        )


def paid(connection: Reader, act_id: int) -> Paid:
    """Read a payment back; it is what `pay` answers, the first time and later."""
    act = settling.act(connection, act_id)
    lines = settling.settled(connection, act_id)
    credited = settling.credited(connection, act_id)
    return Paid(
        act_id=act_id,
        receipt_number=act.receipt_number or 0,
        day=act.day,
        journal=act.journal,
        received_cents=act.received_cents,
        settled_cents=sum(line.cents for line in lines),
        change_cents=act.change_cents,
        credited_cents=max(credited, 0),
        lines=lines,
    )


def register(desk: Desk, actor_id: int, key: str, charge_ids: Collection[int]) -> Registered:
    """Leave lines open (Registreren): their periods become Gefactureerd and a letter follows.

    No contributiebrief follows for whom the bank will be asked. Raises as `pay`.
    """
    desk.require(Right.PAYMENT)
    with writing(desk) as session:
        reader = beneath(session.connection())
        act_id = done(reader, key, "register", actor_id)
        if act_id is None:
            lines = chosen(desk, reader, actor_id, charge_ids)
            book = begin(desk, session, key, "register", actor_id)
            for line in lines:
                _register(desk, book, line)
            act_id = book.close()
        open_cents = sum(line.open_cents for line in settling.open_lines(reader, actor_id))
        return Registered(act_id, open_cents, settling.letters(reader, act_id))


def _register(desk: Desk, book: Book, line: OpenLine) -> None:
    from deskterm.store.tables import MembershipPeriod

    charge = entry_of(book.session, line.charge_id)
    book.note(line.actor_id, line.account, line.open_cents, line.open_cents)
    if charge.period_id is None or line.account != "contribution":
        return
    period = book.session.get_one(MembershipPeriod, charge.period_id)
    if period.status == MembershipStatus.NEW:
        book.set_status(line.actor_id, charge.period_id, MembershipStatus.BILLED)
    if not has_debit(desk, book.session, line.actor_id):
        bill(desk, book, line.charge_id, line.actor_id, charge.period_id)


def has_debit(desk: Desk, session: "Session", actor_id: int) -> bool:
    """Tell whether a customer's contribution is collected from their bank, or their payer's."""
    from sqlmodel import col, select

    from deskterm.store.tables import Customer, Relation

    query = select(Relation.other_id).where(
        col(Relation.customer_id) == actor_id, col(Relation.kind) == "payer"
    )
    for one in (actor_id, *session.exec(query)):
        payer = session.get_one(Customer, one)
        given, revoked = payer.mandate_given_on, payer.mandate_revoked_on
        if payer.direct_debit and payer.iban and mandate_holds(given, revoked, desk.today):
            return True
    return False


def bill(desk: Desk, book: Book, charge_id: int, actor_id: int, period_id: int | None) -> None:
    """Queue the contributiebrief of a charge and mark the charge F; both once."""
    from sqlmodel import col, select

    from deskterm.store.tables import ChargeMark, Letter

    session = book.session
    marked = select(ChargeMark).where(
        col(ChargeMark.charge_id) == charge_id,
        col(ChargeMark.mark) == "F",
        col(ChargeMark.lifted_at).is_(None),
    )
    if session.exec(marked).first() is not None:
        return
    session.add(ChargeMark(charge_id=charge_id, mark="F", act_id=book.act_id, since=desk.today))
    queued = select(Letter).where(
        col(Letter.customer_id) == actor_id,
        col(Letter.kind) == CONTRIBUTION_LETTER,
        col(Letter.period_id) == period_id,
        col(Letter.day) == desk.today,
    )
    if session.exec(queued).first() is None:
        session.add(
            Letter(
                customer_id=actor_id,
                kind=CONTRIBUTION_LETTER,
                period_id=period_id,
                day=desk.today,
                at=book.act.at,
            )
        )
    session.flush()
