"""One monthly run at a time: a row says that one is under way, and that it is alive."""

import json
from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from deskterm.services.desk import Desk
from deskterm.services.errors import DeskError
from deskterm.services.trouble import writing
from deskterm.text import _

if TYPE_CHECKING:
    from sqlmodel import Session

DEAD_AFTER = timedelta(minutes=10)
"""A run that has not said for so long that it is alive was killed."""


def start(desk: Desk, on: date) -> int:
    """Begin a run; the answer is its number.

    Raises:
        DeskError: another one is under way.
    """
    from sqlmodel import col, select

    from deskterm.store.tables import MonthRun

    with writing(desk) as session:
        now = desk.clock.now()
        for other in session.exec(select(MonthRun).where(col(MonthRun.finished_at).is_(None))):
            # A clock that was set back must not keep everybody out for good.
            if abs(now - other.beat_at) < DEAD_AFTER:
                raise DeskError(
                    _("Er loopt al een klantenrun."),
                    _("Wacht tot die klaar is. Is hij afgebroken, dan kan het na tien minuten."),
                )
        run = MonthRun(day=on, started_at=now, beat_at=now)
        session.add(run)
        session.flush()
        return run.id or 0


def beat(desk: Desk, session: "Session", run_id: int) -> None:
    """Say that a run is alive, in the transaction of a batch."""
    from deskterm.store.tables import MonthRun

    run = session.get_one(MonthRun, run_id)
    run.beat_at = desk.clock.now()
    session.add(run)


def finish(desk: Desk, run_id: int, report: Mapping[str, int]) -> None:
    """Let the next run in, and keep what this one did."""
    from deskterm.store.tables import MonthRun

    with writing(desk) as session:
        run = session.get_one(MonthRun, run_id)
        run.finished_at = desk.clock.now()
        run.report = json.dumps(report)
        session.add(run)
