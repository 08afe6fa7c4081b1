"""Opens again what the bank rejects of a file: no money moved, so it costs the customer nothing."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from deskterm.rules.debit import DUPLICATE
from deskterm.services.debit.lines import batch_named, one_named, sum_of, who
from deskterm.services.debit.status import Rejection, StatusReport
from deskterm.services.debit.withdrawing import take_back
from deskterm.services.desk import Desk
from deskterm.services.settle.book import begin
from deskterm.services.settle.lines import entry_of
from deskterm.services.settle.paying import bill
from deskterm.views.money import DebitRejected, DebitRejection

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskterm.store.tables import DebitLine


def book(desk: Desk, session: "Session", report: StatusReport) -> DebitRejected:
    """Open every debit again that the bank rejects; who alone was rejected gets a letter."""
    done = DebitRejected(report.message_id, report.about)
    for one in report.rejections:
        lines = _lines(session, one)
        waiting = [line for line in lines if line.state == "sent"]
        paid = [line for line in lines if line.state == "paid"]
        if not lines:
            done = replace(done, unknown=done.unknown + 1)
        elif one.reason in DUPLICATE and (waiting or paid):
            standing = _told(session, one, waiting or paid)
            done = replace(done, standing=(*done.standing, standing))
        else:
            if waiting:
                _reject(desk, session, one, waiting)
                told = _told(session, one, waiting)
                done = replace(done, rejections=(*done.rejections, told))
            if paid:
                done = replace(done, standing=(*done.standing, _told(session, one, paid)))
    return done


def _lines(session: "Session", one: Rejection) -> "list[DebitLine]":
    if not one.is_debit:
        return batch_named(session, one.name)
    line = one_named(session, one.name)
    return [line] if line is not None else []


def _reject(desk: Desk, session: "Session", one: Rejection, lines: "Sequence[DebitLine]") -> None:
    take_back(desk, session, lines, one.reason)
    # A whole file is for the library to mend: its customers hear nothing of that.
    for line in lines if one.is_debit else ():
        key = f"reject:{line.end_to_end_id}"
        book = begin(desk, session, key, "bounce", line.customer_id)
        charge = entry_of(session, line.charge_id)
        bill(desk, book, line.charge_id, charge.customer_id, charge.period_id)
        book.close()


def _told(session: "Session", one: Rejection, lines: "Sequence[DebitLine]") -> DebitRejection:
    name = f"{who(session, lines[0])} [{lines[0].customer_id}]" if one.is_debit else one.name
    return DebitRejection(name, len(lines), sum_of(lines), one.reason)
