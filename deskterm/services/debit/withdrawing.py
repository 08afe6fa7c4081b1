"""Takes debits back that the bank never took: a file that was lost or refused, a wrong amount."""

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from deskterm.rules.debit import NOTICE_DAYS, WITHDRAWN
from deskterm.services.desk import Desk
from deskterm.services.letters import NOTICE
from deskterm.services.logbook import Logbook
from deskterm.text import cents_text

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskterm.store.tables import DebitLine


def take_back(
    desk: Desk, session: "Session", lines: "Sequence[DebitLine]", reason: str = WITHDRAWN
) -> None:
    """Open the charges of these lines again, without cost, and drop announcements still queued."""
    from sqlmodel import col, select

    from deskterm.store.tables import ChargeMark

    for line in lines:
        line.state, line.return_code = "returned", reason
        session.add(line)
        marks = select(ChargeMark).where(
            col(ChargeMark.charge_id) == line.charge_id,
            col(ChargeMark.mark) == "I",
            col(ChargeMark.lifted_at).is_(None),
        )
        for mark in session.exec(marks).all():
            mark.lifted_at = desk.clock.now()
            session.add(mark)
        log = Logbook(desk, session, line.customer_id)
        if reason == WITHDRAWN:
            log.line("debit.withdraw", "contribution", cents_text(line.amount_cents), "")
        else:
            log.line("debit.reject", "contribution", "", reason)
    session.flush()
    for batch_id, debtor in sorted({(line.batch_id, line.customer_id) for line in lines}):
        _drop_notice(session, batch_id, debtor)


def _drop_notice(session: "Session", batch_id: int, debtor: int) -> None:
    """Announce nothing to who has nothing left to be collected on that day."""
    from sqlmodel import col, select

    from deskterm.store.tables import DebitBatch, DebitLine, Letter

    day = session.get_one(DebitBatch, batch_id).collection_on
    left = (
        select(DebitLine)
        .join(DebitBatch)
        .where(
            col(DebitLine.customer_id) == debtor,
            col(DebitLine.state) == "sent",
            col(DebitBatch.collection_on) == day,
        )
    )
    if session.exec(left).first() is not None:
        return
    queued = select(Letter).where(
        col(Letter.customer_id) == debtor,
        col(Letter.kind) == NOTICE,
        col(Letter.day) == day - timedelta(days=NOTICE_DAYS),
        col(Letter.state) == "queued",
    )
    for letter in session.exec(queued).all():
        session.delete(letter)
