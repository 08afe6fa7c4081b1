"""Tariffs: which line prices whom, which discount counts, what is wrong with a list."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskterm.rules.tariffs import (
    Buyer,
    Discount,
    Hole,
    Price,
    TariffLine,
    gaps,
    overlaps,
    price_of,
    zone_of,
)
from deskterm.rules.terms import Terms

DAY = date(2026, 3, 15)
FIRST = date(2015, 1, 1)
LINES = (
    TariffLine("53", "V", 6000, FIRST, date(2024, 12, 31), from_age=19),
    TariffLine("53", "V", 6250, date(2025, 1, 1), from_age=19),
    TariffLine("53", "V", 5800, date(2025, 1, 1), from_age=19, branch_code="9401"),
    TariffLine("53", "Z", 5000, date(2025, 1, 1), from_age=65, branch_code="9401", fee_zone="B"),
    TariffLine("50", "J", 0, FIRST, to_age=18),
)


@pytest.mark.parametrize(
    ("code", "buyer", "day", "cents"),
    [
        # Seed document 1: 60,00 in 2022, 58,00 in 2026 at Annen, youth 0,00 at 5280.
        ("53", Buyer("9401", 37), date(2022, 7, 6), 6000),
        ("53", Buyer("9401", 41), DAY, 5800),
        ("53", Buyer("5280", 41), DAY, 6250),
        ("50", Buyer("5280", 12), DAY, 0),
        ("53", Buyer("9401", 70, "B"), DAY, 5000),
        ("53", Buyer("9401", 64, "B"), DAY, 5800),
        ("53", Buyer("5280", 70, "B"), DAY, 6250),
        ("53", Buyer("9401", None), DAY, 5800),
        ("53", Buyer("5280", 41), date(2024, 12, 31), 6000),
        ("53", Buyer("5280", 41), date(2025, 1, 1), 6250),
    ],
)
def test_prices(code: str, buyer: Buyer, day: date, cents: int) -> None:
    found = price_of(LINES, (), code, buyer, day)
    assert found is not None
    assert found.balance_cents == cents


@pytest.mark.parametrize(
    ("code", "buyer", "day"),
    [
        ("53", Buyer("9401", 18), DAY),
        ("53", Buyer("9401", 41), date(2014, 12, 31)),
        ("50", Buyer("9401", 19), DAY),
        ("50", Buyer("9401", None), DAY),
        ("99", Buyer("9401", 41), DAY),
    ],
)
def test_what_has_no_price(code: str, buyer: Buyer, day: date) -> None:
    assert price_of(LINES, (), code, buyer, day) is None


@pytest.mark.parametrize(
    ("discount", "buyer", "cents"),
    [
        (Discount("A", "a", FIRST, percent=25), Buyer("9401", 41), 1450),
        (Discount("A", "a", FIRST, cents=9999), Buyer("9401", 41), 5800),
        (Discount("A", "a", FIRST, date(2026, 3, 14), percent=25), Buyer("9401", 41), 0),
        (Discount("A", "a", FIRST, DAY, percent=25), Buyer("9401", 41), 1450),
        (Discount("A", "a", DAY + timedelta(1), percent=25), Buyer("9401", 41), 0),
        (Discount("A", "a", FIRST, membership_code="52", percent=25), Buyer("9401", 41), 0),
        (Discount("A", "a", FIRST, branch_code="5280", percent=25), Buyer("9401", 41), 0),
        (Discount("A", "a", FIRST, percent=25, only_new=True), Buyer("9401", 41), 0),
        (
            Discount("A", "a", FIRST, percent=25, only_new=True),
            Buyer("9401", 41, is_new=True),
            1450,
        ),
        (Discount("A", "a", FIRST, cents=10, selection_code="ACT"), Buyer("9401", 41), 0),
        (
            Discount("A", "a", FIRST, cents=10, selection_code="ACT"),
            Buyer("9401", 41, selection_code="ACT"),
            10,
        ),
    ],
)
def test_discounts(discount: Discount, buyer: Buyer, cents: int) -> None:
    found = price_of(LINES, (discount,), "53", buyer, DAY)
    assert found == Price("V", 5800, cents, "a" if cents else "")


@given(st.lists(st.tuples(st.integers(0, 100), st.integers(0, 10_000))))
def test_the_best_discount_counts_alone(offers: list[tuple[int, int]]) -> None:
    discounts = [
        Discount(str(i), str(i), FIRST, percent=0 if cents else percent, cents=cents)
        for i, (percent, cents) in enumerate(offers)
    ]
    found = price_of(LINES, discounts, "53", Buyer("9401", 41), DAY)
    assert found is not None
    assert 0 <= found.balance_cents <= found.price_cents
    each = [price_of(LINES, (one,), "53", Buyer("9401", 41), DAY) for one in discounts]
    assert found.discount_cents == max((one.discount_cents for one in each if one), default=0)


def test_the_list_of_the_practice_library_is_whole() -> None:
    assert list(overlaps(LINES)) == []
    assert list(gaps(Terms("53", "Compleet", from_age=19), LINES)) == []
    assert list(gaps(Terms("50", "Jeugd", to_age=18), LINES)) == []


def test_gaps_in_ages_and_in_dates_are_found() -> None:
    lines = (
        TariffLine("1", "a", 1, FIRST, date(2020, 12, 31), 0, 17),
        TariffLine("1", "b", 1, FIRST, date(2020, 12, 31), 20, 999),
        TariffLine("1", "c", 1, date(2021, 2, 1)),
    )
    assert list(gaps(Terms("1", "x"), lines)) == [
        Hole("1", "", "", 18, 19, FIRST),
        Hole("1", "", "", 0, 999, date(2021, 1, 1)),
    ]


def test_a_branch_may_price_a_part_when_there_is_a_price_for_all() -> None:
    general = TariffLine("1", "a", 1, FIRST)
    own = TariffLine("1", "b", 1, FIRST, from_age=65, branch_code="9401")
    assert list(gaps(Terms("1", "x"), (general, own))) == []
    assert [hole.to_age for hole in gaps(Terms("1", "x"), (own,))] == [64]
    ended = TariffLine("1", "a", 1, FIRST, date(2020, 1, 1))
    assert list(gaps(Terms("1", "x"), (ended,))) == []


def test_overlaps_are_found_within_one_branch_and_zone() -> None:
    lines = (
        TariffLine("1", "a", 1, FIRST, to_age=20),
        TariffLine("1", "b", 1, date(2020, 1, 1), from_age=18),
        TariffLine("1", "c", 1, FIRST, branch_code="9401"),
        TariffLine("1", "d", 1, FIRST, fee_zone="B"),
        TariffLine("2", "e", 1, FIRST),
    )
    assert list(overlaps(lines)) == [Hole("1", "", "", 18, 20, date(2020, 1, 1))]


@given(
    st.lists(
        st.tuples(st.integers(0, 99), st.integers(0, 99), st.integers(0, 400), st.integers(0, 400)),
        min_size=1,
        max_size=6,
    ),
    st.integers(0, 99),
    st.integers(0, 400),
)
def test_a_whole_list_prices_everybody_once(
    parts: list[tuple[int, int, int, int]], age: int, days: int
) -> None:
    lines = [
        TariffLine(
            "1", "a", 1, FIRST + timedelta(min(c, d)), FIRST + timedelta(max(c, d)),
            min(a, b), max(a, b),
        )
        for a, b, c, d in parts
    ]  # fmt: skip
    day = FIRST + timedelta(days)
    at_once = [x for x in lines if x.holds_on(day) and x.from_age <= age <= x.to_age]
    if not list(overlaps(lines)):
        assert len(at_once) <= 1
    within = min(x.valid_from for x in lines) <= day <= max(x.valid_until or day for x in lines)
    if within and not list(gaps(Terms("1", "x", to_age=99), lines)):
        assert at_once


@pytest.mark.parametrize(
    ("postcode", "zone"),
    [("9468 BG", ""), ("9711AA", "G"), ("9799", "G"), ("9800 ZZ", ""), ("", ""), ("DE-12", "")],
)
def test_zones_follow_the_digits_of_the_postcode(postcode: str, zone: str) -> None:
    assert zone_of(postcode, [("G", 9700, 9799)]) == zone
