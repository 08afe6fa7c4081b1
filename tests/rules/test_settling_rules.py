"""Sharing an amount out, what is left of it, and when a payment may be reversed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskterm.rules.faults import RuleFault
from deskterm.rules.money import LARGEST_TYPED, parse_received
from deskterm.rules.settling import (
    Due,
    Journal,
    Leftover,
    Share,
    allocate,
    leftover,
    may_carry_payment_day,
    require_storno,
    waiver_journal,
)
from deskterm.text import cents_text

DAY = date(2026, 3, 15)
amounts = st.integers(1, LARGEST_TYPED)
dues = st.lists(
    st.builds(Due, st.integers(1, 10**6), st.dates(date(2020, 1, 1), DAY), amounts),
    unique_by=lambda due: due.charge_id,
    max_size=12,
)


@given(dues, st.integers(0, 10 * LARGEST_TYPED))
def test_an_amount_is_shared_out_to_the_cent(open_: list[Due], cents: int) -> None:
    allocation = allocate(open_, cents)
    assert sum(share.cents for share in allocation.shares) + allocation.left_cents == cents
    owed = {due.charge_id: due.open_cents for due in open_}
    assert all(0 < share.cents <= owed[share.charge_id] for share in allocation.shares)
    # Nothing is left while something is open, and only the last share can be a part.
    assert allocation.left_cents == max(0, cents - sum(owed.values()))
    assert all(share.cents == owed[share.charge_id] for share in allocation.shares[:-1])


@given(dues, amounts)
def test_the_order_of_the_lines_does_not_matter(open_: list[Due], cents: int) -> None:
    assert allocate(open_, cents) == allocate(reversed(open_), cents)


def test_the_oldest_goes_first() -> None:
    open_ = [Due(7, DAY, 100), Due(8, DAY - timedelta(days=1), 100), Due(6, DAY, 100)]
    assert allocate(open_, 250).shares == (Share(8, 100), Share(6, 100), Share(7, 50))


@pytest.mark.parametrize(
    ("journal", "keep", "expected"),
    [
        (Journal.CASH, False, Leftover(change_cents=300)),
        (Journal.CASH, True, Leftover(credit_cents=300)),
        (Journal.BANK, False, Leftover(credit_cents=300)),
        (Journal.BANK, True, Leftover(credit_cents=300)),
    ],
)
def test_too_much_is_handed_back_or_kept(journal: Journal, keep: bool, expected: Leftover) -> None:
    assert leftover(journal, 300, keep=keep) == expected
    assert leftover(journal, 0, keep=keep) == Leftover()


def test_credit_is_not_paid_with_credit() -> None:
    assert leftover(Journal.CREDIT, 0, keep=False) == Leftover()
    with pytest.raises(RuleFault):
        leftover(Journal.CREDIT, 1, keep=True)


@pytest.mark.parametrize(
    ("account", "journal"), [("contribution", "A100"), ("registration", "A200")]
)
def test_waivers_have_a_journal_per_column(account: str, journal: str) -> None:
    assert waiver_journal(account) == journal


@pytest.mark.parametrize(("journal", "ago", "fine"), [
    ("K000", 1, True), ("B000", 400, True), ("K001", 5, True),
    ("A100", 1, False), ("R000", 1, False), ("", 1, False), ("K000", 0, False),
])  # fmt: skip
def test_storno_is_for_money_of_an_earlier_day(journal: str, ago: int, fine: bool) -> None:
    paid_on = DAY - timedelta(days=ago)
    if fine:
        require_storno(journal, paid_on, DAY)
    else:
        with pytest.raises(RuleFault):
            require_storno(journal, paid_on, DAY)


@pytest.mark.parametrize(("ago", "may"), [(0, True), (1, True), (30, True), (31, False)])
def test_a_storno_may_look_back_thirty_days(ago: int, may: bool) -> None:
    assert may_carry_payment_day(DAY - timedelta(days=ago), DAY) == may


@given(amounts, amounts)
def test_what_is_typed_is_what_is_received(total: int, received: int) -> None:
    assert parse_received(cents_text(received), total) == received
    assert parse_received("  ", total) == total
