"""Membership: which statuses count, and until when a period runs."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskterm.rules.membership import (
    STATUS_WORDS,
    MembershipStatus,
    is_valid,
    period_end,
)

BEGIN, END = date(2022, 7, 6), date(2023, 7, 31)
DATES = st.dates(date(1950, 1, 1), date(2100, 1, 1))


@pytest.mark.parametrize(
    ("status", "valid"),
    [(status, status <= MembershipStatus.NORMAL) for status in MembershipStatus],
)
def test_unpaid_is_valid_and_unconfirmed_or_ended_is_not(
    status: MembershipStatus, valid: bool
) -> None:
    assert is_valid(status, BEGIN, END, date(2023, 1, 1)) is valid


@pytest.mark.parametrize(
    ("day", "valid"),
    [
        (BEGIN - timedelta(days=1), False),
        (BEGIN, True),
        (END, True),
        (END + timedelta(days=1), False),
    ],
)
def test_the_first_and_the_last_day_count(day: date, valid: bool) -> None:
    assert is_valid(MembershipStatus.NORMAL, BEGIN, END, day) is valid


def test_a_period_without_end_runs_on() -> None:
    assert is_valid(MembershipStatus.NORMAL, BEGIN, None, date(2099, 1, 1))


@pytest.mark.parametrize(
    ("begin", "months", "end"),
    [
        (BEGIN, 12, END),
        (date(2023, 2, 28), 12, date(2024, 2, 29)),
        (date(2023, 12, 31), 12, date(2024, 12, 31)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 3, 15), 0, date(2026, 3, 31)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
    ],
)
def test_a_period_ends_with_a_month(begin: date, months: int, end: date) -> None:
    assert period_end(begin, months) == end


@given(DATES, st.integers(0, 120))
def test_the_day_after_a_period_is_the_first_of_a_month(begin: date, months: int) -> None:
    end = period_end(begin, months)
    assert end >= begin
    assert (end + timedelta(days=1)).day == 1


def test_a_period_has_no_fewer_than_no_months() -> None:
    with pytest.raises(ValueError, match="months"):
        period_end(BEGIN, -1)


def test_every_status_has_a_word() -> None:
    assert set(STATUS_WORDS) == set(MembershipStatus)
    assert [int(status) for status in MembershipStatus] == list(range(1, 10))
