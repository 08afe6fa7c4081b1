"""Books the lines of a bank's answer: debits that were paid, and debits that bounced."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from deskterm.rules.settling import Journal
from deskterm.services.debit.camt import BankLine
from deskterm.services.debit.lines import batch_named, one_named, sum_of, who
from deskterm.services.desk import Desk
from deskterm.services.settings import value_of
from deskterm.services.settle.book import Book, begin
from deskterm.services.settle.lines import entry_of
from deskterm.services.settle.paying import bill
from deskterm.store.reads.settling import act_of_key
from deskterm.views.money import DebitBooked, DebitBounce, DebitDiffering

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskterm.store.tables import DebitLine

BOUNCE_CODE = "2802"


class Answering:
    """One answer of the bank, booked in one transaction."""

    def __init__(self, desk: Desk, session: "Session", settings: dict[str, str]) -> None:
        self._desk = desk
        self._session = session
        self._cost = int(value_of(settings, "sepa.return_cost_cents"))
        self._booked = DebitBooked("")

    def book(self, message_id: str, lines: Sequence[BankLine]) -> DebitBooked:
        """Book every line; what comes in goes first, as a debit may bounce in the same file."""
        final = [line for line in lines if line.is_final]
        self._booked = DebitBooked(message_id, pending=len(lines) - len(final))
        waiting = self._incoming(line for line in final if line.incoming)
        for line in final:
            if not line.incoming and not self._bounce(line):
                self._leave(line)
        # A batch that came in without what bounced before is only understood now.
        for line in self._incoming(waiting):
            self._leave(line)
        self._session.flush()
        return self._booked

    def _incoming(self, lines: Iterable[BankLine]) -> list[BankLine]:
        """Book what was paid; the answer is what could not be matched."""
        return [line for line in lines if not self._pay(line)]

    def _pay(self, line: BankLine) -> bool:
        if line.end_to_end_id:
            one = one_named(self._session, line.end_to_end_id)
            if one is None or one.amount_cents != line.cents:
                return False
            found = [one]
        else:
            found = batch_named(self._session, line.batch_id)
            unpaid = [one for one in found if one.state == "sent"]
            # Banks tell a batch with or without what had bounced or was taken back by then.
            if unpaid and line.cents == sum_of(unpaid):
                found = unpaid
            elif line.cents != sum_of(found):
                # Told before in another file: the whole batch came in then, or what was left.
                return not unpaid and line.cents < sum_of(found)
        for one in found:
            if one.state == "sent" or (one.state == "returned" and not self._has_bounced(one)):
                self._settle(one)
        return True

    def _has_bounced(self, line: "DebitLine") -> bool:
        """Whether money told of it came back; what was withdrawn or rejected may yet be paid."""
        key = f"bounce:{line.end_to_end_id}"
        return act_of_key(self._session.connection(), key) is not None

    def _settle(self, line: "DebitLine") -> None:
        book = self._begin(line, "debit")
        charge = entry_of(self._session, line.charge_id)
        part = min(line.amount_cents, book.open_of(charge))
        self._lift(line, book)
        if part > 0:
            book.settle(charge, part, "payment", Journal.BANK.value)
        if part < line.amount_cents:
            book.credit(line.customer_id, line.amount_cents - part, Journal.BANK.value)
        book.close()
        line.state, line.return_code = "paid", ""
        self._session.add(line)
        self._booked = replace(
            self._booked,
            paid=self._booked.paid + 1,
            paid_cents=self._booked.paid_cents + line.amount_cents,
        )

    def _bounce(self, told: BankLine) -> bool:
        line = one_named(self._session, told.end_to_end_id) if told.end_to_end_id else None
        if line is None or line.amount_cents != told.cents:
            return False
        if line.state == "returned":
            return True
        book = self._begin(line, "bounce")
        if line.state == "paid":
            self._reopen(line, book)
        else:
            self._lift(line, book)
        charge = entry_of(self._session, line.charge_id)
        self._charge(book, line, self._cost, "Kosten stornering")
        bill(self._desk, book, line.charge_id, charge.customer_id, charge.period_id)
        # Also when nothing was paid yet the log of the customer says what the bank did.
        book.log(line.customer_id).line("bounce", "contribution", "", told.return_code)
        book.close()
        line.state, line.return_code = "returned", told.return_code
        self._session.add(line)
        self._tell_bounce(line)
        return True

    def _tell_bounce(self, line: "DebitLine") -> None:
        bounce = DebitBounce(
            line.customer_id, who(self._session, line), line.amount_cents, line.return_code
        )
        self._booked = replace(
            self._booked,
            returned=self._booked.returned + 1,
            returned_cents=self._booked.returned_cents + line.amount_cents,
            bounces=(*self._booked.bounces, bounce),
        )

    def _reopen(self, line: "DebitLine", book: Book) -> None:
        from sqlmodel import col, select

        from deskterm.store.tables import LedgerAct, LedgerEntry

        query = (
            select(LedgerEntry)
            .join(LedgerAct, col(LedgerAct.id) == col(LedgerEntry.act_id))
            .where(col(LedgerAct.key) == f"debit:{line.end_to_end_id}")
        )
        undone = select(LedgerEntry.undoes_id).where(col(LedgerEntry.undoes_id).is_not(None))
        # What staff took back by hand in the meantime is not taken back again.
        for entry in self._session.exec(query.where(col(LedgerEntry.id).not_in(undone))).all():
            if entry.kind == "credit":
                # It may be spent already, so it is asked for instead of taken out of the credit.
                self._charge(book, line, -entry.amount_cents, "Stornering incasso")
                continue
            charge = entry_of(self._session, line.charge_id)
            book.settle(charge, entry.amount_cents, "correction", Journal.BANK.value, undoes=entry)

    def _charge(self, book: Book, line: "DebitLine", cents: int, description: str) -> None:
        if cents > 0:
            book.entry(
                line.customer_id,
                kind="charge",
                account="registration",
                booking_code=BOUNCE_CODE,
                amount_cents=cents,
                description=description,
            )

    def _begin(self, line: "DebitLine", kind: Literal["debit", "bounce"]) -> Book:
        received = line.amount_cents if kind == "debit" else 0
        return begin(
            self._desk,
            self._session,
            f"{kind}:{line.end_to_end_id}",
            kind,
            line.customer_id,
            journal=Journal.BANK.value,
            received_cents=received,
        )

    def _lift(self, line: "DebitLine", book: Book) -> None:
        from sqlmodel import col, select

        from deskterm.store.tables import ChargeMark

        query = select(ChargeMark).where(
            col(ChargeMark.charge_id) == line.charge_id,
            col(ChargeMark.mark) == "I",
            col(ChargeMark.lifted_at).is_(None),
        )
        for mark in self._session.exec(query).all():
            mark.lifted_at = book.act.at
            self._session.add(mark)

    def _leave(self, line: BankLine) -> None:
        """Leave a line to people: it is about nothing of ours, or its amount is another one."""
        one = one_named(self._session, line.end_to_end_id) if line.end_to_end_id else None
        asked = [one] if one is not None else batch_named(self._session, line.batch_id)
        if not asked:
            self._booked = replace(self._booked, unknown=self._booked.unknown + 1)
            return
        name = line.end_to_end_id or line.batch_id
        odd = DebitDiffering(name, sum_of(asked), line.cents)
        self._booked = replace(self._booked, differing=(*self._booked.differing, odd))
