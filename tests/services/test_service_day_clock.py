"""The clock of the practice library and of `--day`: another day, the same hour, and it runs on."""

from datetime import UTC, date, datetime, timedelta

import pytest

from deskterm.services import desk
from deskterm.services.desk import LOCAL, DayClock

PRACTICE = date(2026, 3, 15)


def at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> datetime:
    """Let the machine's clock stand on this moment."""
    monkeypatch.setattr(desk, "_now", lambda: moment.astimezone(UTC))
    return moment


def test_it_is_the_given_day_at_the_hour_that_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = DayClock(PRACTICE, at(monkeypatch, datetime(2024, 12, 3, 14, 30, tzinfo=LOCAL)))
    assert clock.today() == PRACTICE
    assert clock.now() == datetime(2026, 3, 15, 14, 30, tzinfo=LOCAL)


def test_past_midnight_it_is_the_next_day_and_time_never_goes_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    evening = datetime(2024, 12, 3, 23, 50, tzinfo=LOCAL)
    clock = DayClock(PRACTICE, at(monkeypatch, evening))
    moments = [clock.now()]
    for minutes in range(5, 60, 5):
        at(monkeypatch, evening + timedelta(minutes=minutes))
        moments.append(clock.now())
    assert moments == sorted(moments)
    assert moments[-1] - moments[0] == timedelta(minutes=55)
    assert clock.today() == date(2026, 3, 16)


def test_an_hour_that_the_machine_has_twice_does_not_turn_it_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    twice = datetime(2024, 10, 27, 0, 30, tzinfo=UTC)
    clock = DayClock(PRACTICE, at(monkeypatch, twice))
    before = clock.now()
    at(monkeypatch, twice + timedelta(hours=1))
    assert clock.now() - before == timedelta(hours=1)
