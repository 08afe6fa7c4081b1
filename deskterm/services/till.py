"""The till: the overview of a day, counting the cash drawer (Kastelling), and both as CSV."""

import csv
import json
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, TextIO

from deskterm.rules.cells import harmless
from deskterm.rules.rights import Right
from deskterm.rules.till import DENOMINATIONS, total
from deskterm.services.desk import Desk
from deskterm.services.errors import FormFaults
from deskterm.services.logbook import Logbook
from deskterm.services.settings import value_of
from deskterm.services.trouble import reading, writing
from deskterm.store.light import Reader
from deskterm.store.reads import books, library, till
from deskterm.text import _, cents_text, date_text
from deskterm.views.money import DayOverview, TillCounted, TillState

if TYPE_CHECKING:
    from sqlmodel import Session

CASH = "K000"
DIFFERENCE = "4990"
DEPOSIT = "5990"


def overview(desk: Desk, day: date) -> DayOverview:
    """Give what passed through every journal of this branch on a day, by desk and employee."""
    desk.require(Right.PAYMENT)
    branch = desk.place.branch.code
    with reading(desk) as connection:
        return DayOverview(branch, day, books.day_lines(connection, branch, day))


def expected(desk: Desk) -> TillState:
    """Give what should be in the cash drawer of this desk now."""
    desk.require(Right.PAYMENT)
    with reading(desk) as connection:
        return _state(connection, desk)


def count(
    desk: Desk, key: str, pieces: Mapping[int, int], deposit_cents: int = 0, other_cents: int = 0
) -> TillCounted:
    """Book a Kastelling: so many of each note and coin by value in cents, and `other_cents` beside.

    The difference with what the ledger expects is booked on 4990, what is taken out for the bank
    on 5990; the rest is what the next count begins with. A key used before gives its count again.

    Raises:
        FormFaults: `pieces` has no such coin or a number that cannot be, `deposit` is more than
            was counted, `other` is negative.
        NotAllowed, StoreTrouble: as everywhere.
        ValueError: no key.
    """
    desk.require(Right.PAYMENT)
    if not key:
        raise ValueError("a count needs a key")
    counted = _checked(pieces, deposit_cents, other_cents)
    with writing(desk) as session:
        known = till.of_key(session.connection(), key)
        if known is None:
            _write(desk, session, key, pieces, counted, deposit_cents)
            known = till.of_key(session.connection(), key)
    if known is None:
        raise LookupError(f"the count {key!r} that was just written is gone")
    return known


def export(desk: Desk, day: date, file: TextIO) -> int:
    """Write the overview of a day as CSV for a Dutch spreadsheet; the answer is its lines."""
    shown = overview(desk, day)
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow(
        (
            _("Datum"),
            _("Vestiging"),
            _("Balie"),
            _("Dagboek"),
            _("Medewerker"),
            _("Aantal"),
            _("Ontvangen"),
            _("Terug"),
        )
    )
    for line in shown.lines:
        writer.writerow(
            (
                date_text(shown.day),
                shown.branch_code,
                harmless(line.desk),
                line.journal,
                harmless(line.staff),
                line.count,
                cents_text(line.received_cents),
                cents_text(line.returned_cents),
            )
        )
    return len(shown.lines)


def _checked(pieces: Mapping[int, int], deposit_cents: int, other_cents: int) -> int:
    faults = []
    if any(piece not in DENOMINATIONS or number < 0 for piece, number in pieces.items()):
        faults.append(("pieces", _("Dit aantal munten of biljetten kan niet.")))
    if other_cents < 0:
        faults.append(("other", _("Schrijf het bedrag zonder min.")))
    counted = total(pieces) + other_cents
    if not faults and not 0 <= deposit_cents <= counted:
        faults.append(("deposit", _("Er kan niet meer afgestort worden dan er geteld is.")))
    if faults:
        raise FormFaults(tuple(faults))
    return counted


def _state(connection: Reader, desk: Desk) -> TillState:
    last = till.last(connection, desk.place.id, CASH)
    begin = int(value_of(library.settings(connection), "till.float_cents"))
    since = 0
    if last is not None:
        begin, since = last.left_cents, last.last_entry_id
    cash = till.cash_since(connection, desk.place.id, CASH, since)
    return TillState(desk.place.name, begin, cash, begin + cash)


def _write(
    desk: Desk,
    session: "Session",
    key: str,
    pieces: Mapping[int, int],
    counted: int,
    deposit: int,
) -> None:
    from deskterm.store.tables import TillCount, TillEntry

    connection = session.connection()
    state = _state(connection, desk)
    row = TillCount(
        key=key,
        desk_id=desk.place.id,
        journal=CASH,
        day=desk.today,
        at=desk.clock.now(),
        staff_id=(desk.staff.id or None) if desk.staff else None,
        begin_cents=state.begin_cents,
        expected_cents=state.expected_cents,
        counted_cents=counted,
        deposit_cents=deposit,
        pieces=json.dumps({str(value): number for value, number in sorted(pieces.items())}),
        last_entry_id=till.newest_entry(connection),
    )
    session.add(row)
    session.flush()
    bookings = (
        (DIFFERENCE, counted - state.expected_cents, "Kasverschil"),
        (DEPOSIT, -deposit, "Afstorting"),
    )
    for code, cents, description in bookings:
        if cents:
            session.add(
                TillEntry(
                    count_id=row.id or 0,
                    booking_code=code,
                    amount_cents=cents,
                    description=description,
                )
            )
    log = Logbook(desk, session)
    log.line("till.count", "till", cents_text(state.expected_cents), cents_text(counted))
    session.flush()
