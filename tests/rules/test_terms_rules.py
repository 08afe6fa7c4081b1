"""Terms: until when a period runs, who may have a type, what it turns into."""

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskterm.rules.faults import RuleFault
from deskterm.rules.terms import (
    Period,
    Term,
    Terms,
    is_offered,
    next_period,
    refund_cents,
    turned_into,
)

DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))
YEAR = Terms("53", "Compleet")
MONTH = Terms("55", "Maand", months=1)
JULY = Terms("60", "School", term=Term.FIXED_MONTH, expiry_month=7)
WEEKS = Terms("57", "Tijdelijk", term=Term.DAYS, days=21)
CAMPAIGN = Terms("58", "Actie", term=Term.FIXED_DATE, expires_on=date(2026, 6, 30))


@pytest.mark.parametrize(
    ("terms", "today", "old_end", "begin", "end"),
    [
        # Seed document 1: the rows on tab 3, and the cost screen of February 2026.
        (YEAR, date(2022, 7, 6), None, date(2022, 7, 6), date(2023, 7, 31)),
        (YEAR, date(2026, 2, 15), None, date(2026, 2, 15), date(2027, 2, 28)),
        (YEAR, date(2023, 2, 1), None, date(2023, 2, 1), date(2024, 2, 29)),
        (YEAR, date(2024, 2, 29), None, date(2024, 2, 29), date(2025, 2, 28)),
        (YEAR, date(2025, 12, 31), None, date(2025, 12, 31), date(2026, 12, 31)),
        # Before the end, and on its day, a renewal adds; the day after it starts anew.
        (YEAR, date(2023, 6, 1), date(2023, 7, 31), date(2023, 8, 1), date(2024, 7, 31)),
        (YEAR, date(2023, 7, 31), date(2023, 7, 31), date(2023, 8, 1), date(2024, 7, 31)),
        (YEAR, date(2023, 8, 1), date(2023, 7, 31), date(2023, 8, 1), date(2024, 8, 31)),
        (YEAR, date(2023, 7, 1), date(2023, 7, 5), date(2023, 7, 6), date(2024, 7, 31)),
        (MONTH, date(2026, 1, 31), None, date(2026, 1, 31), date(2026, 2, 28)),
        (MONTH, date(2026, 1, 5), date(2026, 1, 31), date(2026, 2, 1), date(2026, 2, 28)),
        (JULY, date(2026, 3, 1), None, date(2026, 3, 1), date(2026, 7, 31)),
        (JULY, date(2026, 7, 1), None, date(2026, 7, 1), date(2027, 7, 31)),
        (JULY, date(2026, 7, 1), date(2026, 7, 31), date(2026, 8, 1), date(2027, 7, 31)),
        (WEEKS, date(2026, 3, 1), None, date(2026, 3, 1), date(2026, 3, 21)),
        (WEEKS, date(2026, 3, 1), date(2026, 3, 21), date(2026, 3, 22), date(2026, 4, 11)),
        (CAMPAIGN, date(2026, 6, 30), None, date(2026, 6, 30), date(2026, 6, 30)),
    ],
)
def test_periods(terms: Terms, today: date, old_end: date | None, begin: date, end: date) -> None:
    assert next_period(terms, today, old_end) == Period(begin, end)


@pytest.mark.parametrize(
    ("today", "old_end"), [(date(2026, 7, 1), None), (date(2026, 6, 1), date(2026, 6, 30))]
)
def test_a_fixed_date_that_has_passed_is_refused(today: date, old_end: date | None) -> None:
    with pytest.raises(RuleFault, match="58-Actie"):
        next_period(CAMPAIGN, today, old_end)


@given(DAYS, st.integers(1, 36))
def test_a_period_ends_on_the_last_of_a_month(today: date, months: int) -> None:
    end = next_period(Terms("1", "x", months=months), today).end_on
    assert end.day == calendar.monthrange(end.year, end.month)[1]
    assert (end.year - today.year) * 12 + end.month - today.month == months


@given(DAYS, DAYS, st.sampled_from([YEAR, MONTH, JULY, WEEKS]))
def test_a_renewal_follows_on_and_never_shortens(today: date, old_end: date, terms: Terms) -> None:
    found = next_period(terms, today, old_end)
    assert found.begin_on == (old_end + timedelta(days=1) if old_end >= today else today)
    assert found.end_on > old_end or old_end < today
    assert found.end_on >= found.begin_on


@given(DAYS, st.integers(1, 24))
def test_two_renewals_are_worth_twice_one(today: date, months: int) -> None:
    terms = Terms("1", "x", months=months)
    once = next_period(terms, today)
    twice = next_period(terms, today, once.end_on)
    assert twice.end_on == next_period(Terms("1", "x", months=2 * months), today).end_on


@pytest.mark.parametrize(
    ("customer_type", "age", "debit", "expected"),
    [
        ("00", 19, False, True), ("00", 30, False, True),
        ("00", 18, False, False), ("00", 31, False, False),
        ("03", 25, False, False), ("00", None, False, False),
    ],
)  # fmt: skip
def test_who_is_offered_a_type(
    customer_type: str, age: int | None, debit: bool, expected: bool
) -> None:
    start = Terms("51", "Start", from_age=19, to_age=30)
    assert is_offered(start, customer_type, age, pays_by_debit=debit) is expected


def test_debit_only_and_types_out_of_use() -> None:
    debit = Terms("56", "Incasso", debit_only=True)
    assert not is_offered(debit, "00", 40, pays_by_debit=False)
    assert is_offered(debit, "00", None, pays_by_debit=True)
    assert not is_offered(Terms("59", "Oud", active=False), "00", 40, pays_by_debit=True)


@pytest.mark.parametrize(
    ("age", "code"), [(18, "50"), (19, "51"), (30, "51"), (31, "53"), (80, "53"), (None, "50")]
)
def test_people_grow_into_the_next_type(age: int | None, code: str) -> None:
    types = {
        "50": Terms("50", "Jeugd", to_age=18, next_code="51"),
        "51": Terms("51", "Start", from_age=19, to_age=30, next_code="53"),
        "53": YEAR,
    }
    assert turned_into("50", types, age) == code


def test_a_circle_of_types_comes_to_an_end() -> None:
    types = {
        "1": Terms("1", "a", to_age=5, next_code="2"),
        "2": Terms("2", "b", to_age=5, next_code="1"),
    }
    assert turned_into("1", types, 40) in types
    assert turned_into("9", types, 40) == "9"


@given(DAYS, st.integers(0, 20_000), st.integers(-30, 500))
def test_a_refund_is_never_more_than_what_was_paid(begin: date, paid: int, days: int) -> None:
    end = next_period(YEAR, begin).end_on
    last = begin + timedelta(days=days)
    found = refund_cents(paid, begin, end, last)
    assert 0 <= found <= paid
    assert found == (paid if last < begin else 0 if last >= end else found)
