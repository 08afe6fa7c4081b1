"""Direct debit: make the file for the bank, announce it, and book what the bank answers."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from deskterm.rules.debit import (
    NOTICE_DAYS,
    is_bank_day,
    is_mandate_id,
    mandate_holds,
    next_bank_day,
)
from deskterm.rules.rights import Right
from deskterm.services.debit import camt, pain, rejecting, status, withdrawing
from deskterm.services.debit.answering import Answering
from deskterm.services.debit.files import BankFileRefused, message
from deskterm.services.debit.lines import batch_named, one_named, sum_of
from deskterm.services.desk import Desk
from deskterm.services.errors import DeskError, NotFound
from deskterm.services.letters import NOTICE
from deskterm.services.logbook import Logbook
from deskterm.services.trouble import reading, writing
from deskterm.store.reads import debits, library
from deskterm.store.reads.debits import Claim
from deskterm.text import _, cents_text, date_text
from deskterm.views.money import DebitBatch, DebitBooked, DebitLine, DebitRejected, DebitWithdrawn

if TYPE_CHECKING:
    from sqlmodel import Session

_MOST_CENTS = 99_999_999_999


def prepare(desk: Desk, collection_on: date) -> DebitBatch:
    """Make a batch of every open contribution of who pays by direct debit.

    What cannot be asked of a bank is named in `refused` and left out. The charges are marked I and
    each debtor gets an announcement (PFI) dated seven days before. The file is kept: `again` gives
    the same one.

    Raises:
        DeskError: nothing to collect, the settings or the day are wrong, or the books changed
            while the file was made.
        NotAllowed: below BESTELBHR.
    """
    desk.require(Right.DIRECT_DEBIT)
    _require_day(desk, collection_on)
    with reading(desk) as connection:
        by = pain.creditor(library.settings(connection))
        found = tuple(debits.claims(connection, desk.today, collection_on))
        number = debits.batches(connection) + 1
    refusals = {claim.charge_id: _refusal(claim, desk.today, collection_on) for claim in found}
    good = [claim for claim in found if not refusals[claim.charge_id]]
    refused = tuple(_line(claim, refusals[claim.charge_id]) for claim in found if claim not in good)
    if not good:
        raise DeskError(
            _("Er is niets te incasseren."),
            "; ".join(f"{line.name}: {line.refusal}" for line in refused[:5]),
        )
    message_id = f"DT{desk.place.branch.institution_code}-{collection_on:%Y%m%d}-{number}"
    named = [(f"{message_id}-{index}", claim) for index, claim in enumerate(good, start=1)]
    # Made outside the transaction: proving thousands of payments takes seconds.
    content = pain.document(by, message_id, desk.clock.now(), collection_on, named)
    with writing(desk) as session:
        now = tuple(debits.claims(session.connection(), desk.today, collection_on))
        if now != found or debits.batches(session.connection()) + 1 != number:
            raise DeskError(
                _("Er is intussen geboekt; er is geen incasso gemaakt."), _("Begin opnieuw.")
            )
        batch_id = _write(desk, session, message_id, collection_on, named, content)
    return DebitBatch(
        batch_id=batch_id,
        message_id=message_id,
        collection_on=collection_on,
        count=len(good),
        total_cents=sum(claim.cents for claim in good),
        lines=tuple(_line(claim) for claim in good),
        refused=refused,
        content=content,
    )


def again(desk: Desk, message_id: str) -> bytes:
    """Give the file of a batch as it was made, for when it was lost; raises NotFound."""
    desk.require(Right.DIRECT_DEBIT)
    with reading(desk) as connection:
        found = debits.content(connection, message_id)
    if found is None:
        raise NotFound(_("Er is geen incasso {number}.").format(number=message_id))
    return found.encode()


def withdraw(desk: Desk, name: str) -> DebitWithdrawn:
    """Open again what the bank still has of a batch, or of one debit by its end-to-end id.

    For a file that was lost or that the bank refused, and for a debit of which it tells another
    amount. The customer bears no cost. Should the bank pay after all, that is booked as ever.

    Raises:
        NotFound: there is no such batch or debit.
        DeskError: the bank has told of all of it already.
        NotAllowed: below BESTELBHR.
    """
    desk.require(Right.DIRECT_DEBIT)
    with writing(desk) as session:
        one = one_named(session, name)
        lines = [one] if one is not None else batch_named(session, name)
        if not lines:
            raise NotFound(_("Er is geen incasso {number}.").format(number=name))
        waiting = [line for line in lines if line.state == "sent"]
        if not waiting:
            raise DeskError(
                _("Van {number} is niets meer bij de bank; er is niets gewijzigd.").format(
                    number=name
                )
            )
        withdrawing.take_back(desk, session, waiting)
        return DebitWithdrawn(len(waiting), sum_of(waiting))


def book(desk: Desk, data: bytes) -> DebitBooked:
    """Book a camt.053 or camt.054 file: what was paid, and what came back with its cost.

    What it says of other accounts is left alone, and so is what the bank has not booked yet.

    Raises:
        BankFileRefused: cut off, of another bank or account, or booked before; nothing is booked.
        NotAllowed: below BESTELBHR.
    """
    desk.require(Right.DIRECT_DEBIT)
    answer = camt.read(message(data))
    with writing(desk) as session:
        settings = library.settings(session.connection())
        by = pain.creditor(settings)
        if by.iban not in answer.reports:
            raise BankFileRefused(
                _("Dit bestand gaat over rekening {other}, niet over {ours}.").format(
                    other=", ".join(sorted(answer.reports)), ours=by.iban
                )
            )
        _require_new(session, answer.message_id)
        booked = Answering(desk, session, settings).book(answer.message_id, answer.lines(by.iban))
        _remember(desk, session, answer.message_id, booked.paid, booked.returned)
    return booked


def book_status(desk: Desk, data: bytes) -> DebitRejected:
    """Book a status report (pain.002): what the bank rejects is open again, without cost.

    What it rejects because it has it already stands, and so does what was paid.

    Raises:
        BankFileRefused: cut off, about no file of ours, or booked before; nothing is booked.
        NotAllowed: below BESTELBHR.
    """
    desk.require(Right.DIRECT_DEBIT)
    report = status.read(message(data))
    with writing(desk) as session:
        if debits.content(session.connection(), report.about) is None:
            raise BankFileRefused(
                _("Dit bestand gaat over {number}; dat is geen incasso van ons.").format(
                    number=report.about
                )
            )
        _require_new(session, report.message_id)
        rejected = rejecting.book(desk, session, report)
        _remember(desk, session, report.message_id, 0, rejected.count)
    return rejected


def _require_new(session: "Session", message_id: str) -> None:
    if debits.is_booked(session.connection(), message_id):
        raise BankFileRefused(_("Bericht {number} is al geboekt.").format(number=message_id))


def _remember(desk: Desk, session: "Session", message_id: str, paid: int, returned: int) -> None:
    from deskterm.store.tables import BankAnswer

    session.add(
        BankAnswer(
            message_id=message_id,
            at=desk.clock.now(),
            staff_id=(desk.staff.id or None) if desk.staff else None,
            paid=paid,
            returned=returned,
        )
    )


def _require_day(desk: Desk, collection_on: date) -> None:
    earliest = next_bank_day(desk.today + timedelta(days=NOTICE_DAYS))
    if collection_on < earliest:
        raise DeskError(
            _("Een incasso wordt {days} dagen vooraf aangekondigd.").format(days=NOTICE_DAYS),
            _("Kies {day} of later.").format(day=date_text(earliest)),
        )
    if not is_bank_day(collection_on):
        raise DeskError(
            _("Op {day} werken de banken niet.").format(day=date_text(collection_on)),
            _("Kies {day}.").format(day=date_text(next_bank_day(collection_on))),
        )


def _refusal(claim: Claim, today: date, collection_on: date) -> str:
    """Why the bank cannot be asked for a claim; empty when it can. The file cannot tell."""
    if not pain.is_iban(claim.iban):
        return _("het IBAN klopt niet")
    if claim.given_on is None or claim.given_on > today:
        return _("er is geen machtiging")
    if not mandate_holds(claim.given_on, claim.revoked_on, collection_on):
        return _("de machtiging is ingetrokken")
    if not is_mandate_id(claim.mandate):
        return _("het machtigingsnummer {number} kan niet").format(number=claim.mandate)
    if not claim.name.strip() or claim.cents > _MOST_CENTS:
        return _("er is geen naam, of het bedrag is te hoog")
    return ""


def _line(claim: Claim, refusal: str = "") -> DebitLine:
    return DebitLine(claim.debtor_id, claim.name, claim.cents, claim.mandate, claim.first, refusal)


def _write(
    desk: Desk,
    session: "Session",
    message_id: str,
    collection_on: date,
    named: Sequence[tuple[str, Claim]],
    content: bytes,
) -> int:
    from deskterm.store import tables

    batch = tables.DebitBatch(
        message_id=message_id,
        collection_on=collection_on,
        at=desk.clock.now(),
        staff_id=(desk.staff.id or None) if desk.staff else None,
        total_cents=sum(claim.cents for _id, claim in named),
        content=content.decode(),
    )
    session.add(batch)
    session.flush()
    for end_to_end_id, claim in named:
        session.add(
            tables.DebitLine(
                batch_id=batch.id or 0,
                end_to_end_id=end_to_end_id,
                customer_id=claim.debtor_id,
                charge_id=claim.charge_id,
                mandate_id=claim.mandate,
                sequence=claim.sequence,
                iban=claim.iban,
                amount_cents=claim.cents,
            )
        )
        session.add(tables.ChargeMark(charge_id=claim.charge_id, mark="I", since=desk.today))
        log = Logbook(desk, session, claim.debtor_id)
        log.line("debit.prepare", "contribution", "", cents_text(claim.cents))
    _announce(desk, session, collection_on - timedelta(days=NOTICE_DAYS), named)
    session.flush()
    return batch.id or 0


def _announce(
    desk: Desk, session: "Session", day: date, named: Sequence[tuple[str, Claim]]
) -> None:
    """Queue one announcement per debtor; it tells the sum of what is collected on that day."""
    from sqlmodel import col, select

    from deskterm.store.tables import Letter

    queued = select(Letter.customer_id).where(col(Letter.kind) == NOTICE, col(Letter.day) == day)
    debtors = dict.fromkeys(claim.debtor_id for _id, claim in named)
    for debtor in debtors.keys() - set(session.exec(queued)):
        session.add(Letter(customer_id=debtor, kind=NOTICE, day=day, at=desk.clock.now()))
