"""The monthly run's steps: when each comes, and that a run repeated changes nothing."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskterm.rules.membership import MembershipStatus as Status
from deskterm.rules.monthly import Schedule, Standing, Step, step_of

FIRST = date(2026, 4, 1)
RUNS = Standing(Status.NORMAL, date(2025, 7, 6), date(2026, 7, 31), date(2025, 7, 6), 5800)
BILLED = replace(RUNS, status=Status.BILLED, status_on=date(2026, 3, 1))
USUAL = Schedule()


@pytest.mark.parametrize(
    ("standing", "schedule", "day", "step"),
    [
        # OCLC's example: ends 31 December 2020, term 2, billed in November 2020.
        (replace(RUNS, end_on=date(2020, 12, 31)), Schedule(2), date(2020, 11, 1), Step.RENEW),
        (replace(RUNS, end_on=date(2020, 12, 31)), Schedule(2), date(2020, 10, 31), None),
        (RUNS, USUAL, date(2026, 7, 1), Step.RENEW),
        (RUNS, USUAL, date(2026, 6, 30), None),
        (RUNS, Schedule(0), date(2026, 8, 1), Step.RENEW),
        (RUNS, Schedule(0), date(2026, 7, 31), None),
        (RUNS, USUAL, date(2026, 8, 15), Step.RENEW),
        (RUNS, USUAL, date(2026, 9, 1), Step.LAPSE),
        (RUNS, Schedule(renews=False), date(2026, 7, 1), None),
        (RUNS, Schedule(renews=False), date(2026, 8, 1), Step.LAPSE),
        (replace(RUNS, ends_by_choice=True), USUAL, date(2026, 7, 1), None),
        (replace(RUNS, ends_by_choice=True), USUAL, date(2026, 8, 1), Step.LAPSE),
        (replace(RUNS, deceased=True), USUAL, date(2026, 7, 1), None),
        (replace(RUNS, inactive=True), USUAL, date(2026, 7, 1), Step.RENEW),
        (replace(RUNS, inactive=True, price_cents=0), USUAL, date(2026, 7, 1), None),
        (BILLED, USUAL, FIRST, Step.REMIND),
        (BILLED, Schedule(remind_after=2), FIRST, None),
        (BILLED, Schedule(remind_after=0), date(2026, 3, 1), None),
        (replace(BILLED, excused=True), USUAL, FIRST, None),
        (replace(BILLED, status=Status.REMINDED), USUAL, FIRST, Step.OVERDUE),
        (replace(BILLED, status=Status.OVERDUE), USUAL, FIRST, Step.END_UNPAID),
        (replace(BILLED, status=Status.OVERDUE), Schedule(end_after=5), FIRST, None),
        (replace(BILLED, status=Status.NEW), USUAL, FIRST, Step.BILL),
        (replace(BILLED, status=Status.NEW, price_cents=0), USUAL, FIRST, Step.ACCEPT),
        (replace(BILLED, status=Status.NEW, status_on=FIRST), USUAL, FIRST, None),
        (replace(BILLED, end_on=date(2026, 3, 31)), USUAL, FIRST, Step.LAPSE),
        (replace(BILLED, status=Status.BLACKLISTED), USUAL, date(2030, 1, 1), None),
        (replace(BILLED, status=Status.ENDED), USUAL, date(2030, 1, 1), None),
        (replace(RUNS, status=Status.WEB_VERIFIED), USUAL, date(2025, 9, 5), None),
        (replace(RUNS, status=Status.WEB_VERIFIED), USUAL, date(2025, 9, 6), Step.END_WEB),
        (replace(RUNS, status=Status.WEB_UNVERIFIED), USUAL, date(2026, 1, 1), Step.END_WEB),
    ],
)
def test_steps(standing: Standing, schedule: Schedule, day: date, step: Step | None) -> None:
    assert step_of(standing, schedule, day, 2) is step


NEXT = {Step.BILL: Status.BILLED, Step.REMIND: Status.REMINDED, Step.OVERDUE: Status.OVERDUE}
TERM = st.integers(0, 6)
DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))


@given(
    st.sampled_from(list(Status)), DAYS, st.integers(0, 500), st.integers(0, 400),
    st.integers(0, 6000), st.tuples(TERM, TERM, TERM, TERM), DAYS,
)  # fmt: skip
def test_the_same_run_again_takes_no_second_step(
    status: Status,
    begin: date,
    length: int,
    since: int,
    price: int,
    terms: tuple[int, int, int, int],
    day: date,
) -> None:
    end = begin + timedelta(days=length)
    standing = Standing(status, begin, end, begin + timedelta(days=since), price)
    before, remind, overdue, last = terms
    schedule = Schedule(before, remind, overdue, last)
    step = step_of(standing, schedule, day, 2)
    if step in NEXT:
        moved = replace(standing, status=NEXT[step], status_on=day)
        assert step_of(moved, schedule, day, 2) is None
