"""Mandates, creditor identifiers and the calendar of the banks."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskterm.rules.debit import (
    easter,
    is_bank_day,
    is_creditor_id,
    is_mandate_id,
    mandate_holds,
    mandate_id,
    next_bank_day,
)

DAY = date(2026, 3, 15)


@pytest.mark.parametrize(("given", "revoked", "holds"), [
    (None, None, False),
    (DAY, None, True),
    (DAY + timedelta(days=1), None, False),
    (DAY, DAY, False),
    (DAY, DAY + timedelta(days=1), True),
    (date(2019, 1, 1), date(2020, 1, 1), False),
])  # fmt: skip
def test_a_mandate_holds_from_its_day_until_it_is_withdrawn(
    given: date | None, revoked: date | None, holds: bool
) -> None:
    assert mandate_holds(given, revoked, DAY) == holds


@given(st.text("0123456789", min_size=1, max_size=6), st.integers(1, 10**9), st.dates())
def test_mandates_get_numbers_that_banks_take(institution: str, actor_id: int, day: date) -> None:
    assert is_mandate_id(mandate_id(institution, actor_id, day))


@pytest.mark.parametrize("text", ["", "x" * 36, "1001_413700", "1001é"])
def test_what_banks_do_not_take_is_no_mandate_number(text: str) -> None:
    assert not is_mandate_id(text)


@pytest.mark.parametrize(
    ("text", "sound"),
    [
        ("NL79ZZZ999999990000", True),
        ("NL78ZZZ999999990000", False),
        ("NL79ABC999999990000", True),
        ("", False),
        ("nl79zzz999999990000", False),
    ],
)
def test_creditor_identifiers_carry_check_digits(text: str, sound: bool) -> None:
    assert is_creditor_id(text) == sound


@pytest.mark.parametrize(
    ("year", "sunday"),
    [
        (2024, date(2024, 3, 31)),
        (2025, date(2025, 4, 20)),
        (2026, date(2026, 4, 5)),
        (2027, date(2027, 3, 28)),
        (2038, date(2038, 4, 25)),
    ],
)
def test_easter_is_when_the_church_says(year: int, sunday: date) -> None:
    assert easter(year) == sunday


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 4, 2), date(2026, 4, 2)),
        (date(2026, 4, 3), date(2026, 4, 7)),
        (date(2026, 5, 1), date(2026, 5, 4)),
        (date(2026, 12, 25), date(2026, 12, 28)),
        (date(2027, 1, 1), date(2027, 1, 4)),
    ],
)
def test_banks_rest_at_weekends_and_on_six_days(day: date, expected: date) -> None:
    assert next_bank_day(day) == expected


@given(st.dates(date(2000, 1, 1), date(2099, 12, 1)))
def test_the_next_bank_day_is_near(day: date) -> None:
    found = next_bank_day(day)
    assert is_bank_day(found)
    assert timedelta(0) <= found - day <= timedelta(days=5)
