"""Dates as they are typed, ages, and how both are written."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskterm.rules.dates import age_on, format_date, parse_date
from deskterm.rules.faults import RuleFault

TODAY = date(2026, 3, 15)
NEW_YEARS_EVE = date(1985, 12, 31)


@pytest.mark.parametrize(
    "text",
    [
        "31121985",
        "31-12-85",
        "31/12/1985",
        "31.12.1985",
        "31 12 1985",
        "311285",
        "1985-12-31",
        " 31-12-1985 ",
    ],
)
def test_one_day_can_be_typed_in_many_ways(text: str) -> None:
    assert parse_date(text, TODAY, birth=True) == NEW_YEARS_EVE


@pytest.mark.parametrize(
    ("text", "birth", "day"),
    [
        ("15-03-26", True, TODAY),
        ("16-03-26", True, date(1926, 3, 16)),
        ("16-03-26", False, date(2026, 3, 16)),
        ("01-01-56", False, date(2056, 1, 1)),
        ("01-01-57", False, date(1957, 1, 1)),
        ("1-2-03", True, date(2003, 2, 1)),
        ("29-02-24", True, date(2024, 2, 29)),
    ],
)
def test_two_digits_of_a_year_are_read_from_today(text: str, birth: bool, day: date) -> None:
    assert parse_date(text, TODAY, birth=birth) == day


def test_early_in_a_century_two_digits_may_mean_the_one_before() -> None:
    assert parse_date("01-01-05", date(2095, 1, 1)) == date(2105, 1, 1)
    assert parse_date("01-01-99", date(2001, 1, 1)) == date(1999, 1, 1)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("30-02-2024", "30-02-2024 bestaat niet: die maand heeft 29 dagen."),
        ("29022023", "29-02-2023 bestaat niet: die maand heeft 28 dagen."),
        ("00-01-2020", "00-01-2020 bestaat niet: die maand heeft 31 dagen."),
        ("12-13-2020", "Maand 13 bestaat niet."),
        ("1-1-1066", "Het jaar 1066 is te lang geleden."),
        ("16-03-2026", "De geboortedatum 16-03-2026 ligt in de toekomst."),
        ("31-12/1985", "Geen datum: 31-12/1985. Schrijf dag, maand en jaar, zoals 31-12-1985."),
        ("gisteren", "Geen datum: gisteren. Schrijf dag, maand en jaar, zoals 31-12-1985."),
        ("", "Geen datum: . Schrijf dag, maand en jaar, zoals 31-12-1985."),
        ("٣١-١٢-١٩٨٥", "Geen datum: ٣١-١٢-١٩٨٥. Schrijf dag, maand en jaar, zoals 31-12-1985."),
    ],
)
def test_what_is_wrong_is_named(text: str, sentence: str) -> None:
    with pytest.raises(RuleFault) as refused:
        parse_date(text, TODAY, birth=True)
    assert str(refused.value) == sentence


@given(st.dates(date(1850, 1, 1), TODAY))
def test_what_is_written_can_be_read(day: date) -> None:
    assert parse_date(format_date(day), TODAY, birth=True) == day
    assert parse_date(day.isoformat(), TODAY, birth=True) == day
    assert parse_date(f"{day:%d%m%Y}", TODAY) == day


def read(text: str) -> date | None:
    try:
        return parse_date(text, TODAY, birth=True)
    except RuleFault:
        return None


@given(st.text(st.sampled_from("0123456789-/. ")))
def test_any_digits_are_a_date_or_refused(text: str) -> None:
    found = read(text)
    assert found is None or date(1850, 1, 1) <= found <= TODAY


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(1985, 1, 1), date(2024, 5, 15), 39),
        (date(2000, 2, 29), date(2018, 2, 28), 17),
        (date(2000, 2, 29), date(2018, 3, 1), 18),
        (date(2000, 2, 29), date(2020, 2, 29), 20),
        (date(2008, 3, 16), TODAY, 17),
        (date(2008, 3, 15), TODAY, 18),
        (date(2027, 1, 1), TODAY, 0),
    ],
)
def test_age_is_in_whole_years(born: date, day: date, age: int) -> None:
    assert age_on(born, day) == age
