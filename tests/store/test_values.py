"""Days and moments are the same whichever engine gives them."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from sqlalchemy import text
from sqlalchemy.exc import StatementError

from deskterm.store.engine import Store
from deskterm.store.tables import ChangeLogLine
from deskterm.store.values import as_date, as_moment, moment_text

SUMMER = datetime(2026, 7, 1, 12, 30, 1, 5, tzinfo=timezone(timedelta(hours=2)))


@pytest.mark.parametrize(
    ("value", "day"),
    [(None, None), ("2026-03-15", date(2026, 3, 15)), (SUMMER, date(2026, 7, 1))],
)
def test_a_day_out_of_a_row(value: object, day: date | None) -> None:
    assert as_date(value) == day


@pytest.mark.parametrize("value", [SUMMER, SUMMER.isoformat(), moment_text(SUMMER)])
def test_a_moment_out_of_a_row(value: object) -> None:
    assert as_moment(value) == SUMMER
    assert as_moment(value).tzinfo is UTC


def test_a_moment_comes_back_as_it_was(store: Store) -> None:
    with store.write() as session:
        session.add(ChangeLogLine(at=SUMMER, day=SUMMER.date(), action="edit"))
    with store.write() as session:
        line = session.get_one(ChangeLogLine, 1)
        assert (line.at, line.at.tzinfo) == (SUMMER, UTC)
    with store.read() as connection:
        day, at = connection.execute(text("SELECT day, at FROM change_log")).one()
    assert (as_date(day), as_moment(at)) == (SUMMER.date(), SUMMER)


def test_a_moment_without_a_zone_is_refused(store: Store) -> None:
    naive = SUMMER.replace(tzinfo=None)
    with pytest.raises(StatementError, match="without a zone"), store.write() as session:
        session.add(ChangeLogLine(at=naive, day=naive.date(), action="edit"))
