"""Letters that are to be written: queued in the transaction that gives cause for them."""

from datetime import date
from typing import TYPE_CHECKING

from deskterm.services.desk import Desk

if TYPE_CHECKING:
    from sqlmodel import Session

CONTRIBUTION, REMINDER, ENDED = "CAJ", "CAH", "CAE"
"""Codes of the word list `message_kind`: contributiebrief, herinnering, einde abonnement."""


def queue(
    desk: Desk, session: "Session", actor_id: int, kind: str, period_id: int | None, day: date
) -> None:
    """Have a letter written, once per customer, kind, period and day."""
    from sqlmodel import col, select

    from deskterm.store.tables import Letter

    there = select(Letter.id).where(
        col(Letter.customer_id) == actor_id,
        col(Letter.kind) == kind,
        col(Letter.period_id) == period_id,
        col(Letter.day) == day,
    )
    if session.exec(there).first() is None:
        session.add(
            Letter(
                customer_id=actor_id,
                kind=kind,
                period_id=period_id,
                day=day,
                at=desk.clock.now(),
            )
        )
