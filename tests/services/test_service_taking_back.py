"""Herstel and Storno: what goes back, who may, and how far back."""

from datetime import date, timedelta
from typing import Any

import pytest

from deskterm.services import ledger, overviews, settling
from deskterm.services.desk import Desk
from deskterm.services.errors import DeskError, NotAllowed, NotFound
from deskterm.store import tables
from tests.services.library import TODAY
from tests.services.money import CUSTOMER, Books, new_key


def of_day(books: Books, day: date, cents: int = 500, journal: str = "K000") -> int:
    """A payment of an earlier day, as the desk booked it then."""
    same: dict[str, Any] = {
        "customer_id": CUSTOMER,
        "account": "registration",
        "booking_code": "2101",
        "description": "Boete",
        "day": day,
        "at": books.library.clock.now(),
        "desk_id": 1,
        "branch_code": "9401",
    }
    with books.library.store.write() as session:
        charge = tables.LedgerEntry(kind="charge", amount_cents=cents, **same)
        session.add(charge)
        session.flush()
        payment = tables.LedgerEntry(
            kind="payment", journal=journal, amount_cents=-cents, charge_id=charge.id, **same
        )
        session.add(payment)
        session.flush()
        return payment.id or 0


@pytest.fixture
def chief(books: Books) -> Desk:
    return books.library.desk("BESTELBHR")


@pytest.mark.parametrize("status", [2, 3, 4])
def test_a_payment_of_today_goes_back_whole(books: Books, status: int) -> None:
    books.contribution(5800, status=status)
    books.library.charge(100)
    settling.pay(books.desk, CUSTOMER, "k1", [], "B000", 6000)
    assert (books.status(), books.open().credit_cents) == (5, 100)
    undone = settling.undo(books.desk, CUSTOMER, books.last_entry())
    assert (undone.back_cents, undone.receipt_number) == (6000, 2)
    assert sorted((line.cents, line.open_cents) for line in undone.lines) == [
        (-5800, 5800),
        (-100, 100),
    ]
    assert (books.status(), books.open().credit_cents) == (status, 0)
    assert books.open().total_cents == 5900
    assert ledger.check(books.desk) == ()


def test_taken_back_twice_gives_the_first_answer(books: Books) -> None:
    books.library.charge(100)
    settling.pay(books.desk, CUSTOMER, "k1", [], "K000", 100)
    entry = books.last_entry()
    first = settling.undo(books.desk, CUSTOMER, entry)
    assert settling.undo(books.desk, CUSTOMER, entry) == first
    with pytest.raises(DeskError, match="al teruggedraaid"):
        settling.undo(books.desk, CUSTOMER, entry, new_key())
    with pytest.raises(DeskError, match="zelf een herstel"):
        settling.undo(books.desk, CUSTOMER, books.last_entry(), new_key())
    assert books.cents() == [100]


def test_half_a_contribution_back_makes_it_billed_again(books: Books) -> None:
    books.contribution(5800)
    settling.pay(books.desk, CUSTOMER, "k1", [], "K000", 2000)
    half = books.last_entry()
    settling.pay(books.desk, CUSTOMER, "k2", [], "K000", 3800)
    assert books.status() == 5
    settling.undo(books.desk, CUSTOMER, half)
    assert (books.status(), books.cents()) == (2, [2000])


def test_only_this_desk_takes_back(books: Books) -> None:
    books.library.charge(100)
    settling.pay(books.desk, CUSTOMER, "k1", [], "K000", 100)
    with pytest.raises(DeskError, match="andere balie"):
        settling.undo(books.other_desk(), CUSTOMER, books.last_entry())


def test_only_today_is_taken_back_without_storno(books: Books) -> None:
    entry = of_day(books, TODAY - timedelta(days=1))
    with pytest.raises(DeskError, match="op de dag zelf"):
        settling.undo(books.desk, CUSTOMER, entry)


def test_credit_that_was_used_cannot_go_back(books: Books) -> None:
    books.library.charge(100)
    settling.pay(books.desk, CUSTOMER, "k1", [], "B000", 400)
    overpaid = books.last_entry()
    books.library.charge(300)
    settling.pay(books.desk, CUSTOMER, "k2", [], "R000", 300)
    used = books.last_entry()
    before = books.entries()
    with pytest.raises(DeskError, match="al gebruikt"):
        settling.undo(books.desk, CUSTOMER, overpaid)
    assert books.entries() == before
    assert settling.undo(books.desk, CUSTOMER, used).back_cents == 0
    assert settling.undo(books.desk, CUSTOMER, overpaid).back_cents == 400
    assert ledger.check(books.desk) == ()


def test_a_charge_by_hand_is_taken_back_until_it_is_paid(books: Books) -> None:
    settling.charge(books.desk, CUSTOMER, "k1", "2803", 500)
    charge = books.last_entry()
    settling.pay(books.desk, CUSTOMER, "k2", [], "K000", 200)
    payment = books.last_entry()
    with pytest.raises(DeskError, match="al iets geboekt"):
        settling.undo(books.desk, CUSTOMER, charge)
    settling.undo(books.desk, CUSTOMER, payment)
    settling.undo(books.desk, CUSTOMER, charge)
    assert books.open().lines == ()
    assert ledger.check(books.desk) == ()


def test_a_contribution_is_no_manual_charge(books: Books) -> None:
    charge = books.contribution()
    with pytest.raises(DeskError, match="hoort bij een abonnement"):
        settling.undo(books.desk, CUSTOMER, charge)


def test_the_entry_of_another_customer_is_not_found(books: Books) -> None:
    books.library.customer(500)
    charge = books.library.charge(100, 500)
    for entry in (charge, 999_999):
        with pytest.raises(NotFound):
            settling.undo(books.desk, CUSTOMER, entry)


@pytest.mark.parametrize("days", [1, 30, 400])
def test_storno_is_dated_today(books: Books, chief: Desk, days: int) -> None:
    entry = of_day(books, TODAY - timedelta(days=days))
    undone = settling.storno(chief, CUSTOMER, entry, "k1")
    assert (undone.back_cents, undone.journal) == (500, "K000")
    assert settling.storno(chief, CUSTOMER, entry, "k1") == undone
    taken_back = {line.id for line in overviews.payments(chief, CUSTOMER) if line.is_undone}
    assert taken_back == {entry}
    assert books.cents() == [500]


@pytest.mark.parametrize(("days", "carries"), [(1, True), (30, True), (31, False)])
def test_storno_carries_the_payment_day_for_thirty_days(
    books: Books, chief: Desk, days: int, carries: bool
) -> None:
    day = TODAY - timedelta(days=days)
    entry = of_day(books, day)
    if not carries:
        with pytest.raises(DeskError, match="te lang geleden"):
            settling.storno(chief, CUSTOMER, entry, "k1", on_payment_day=True)
        return
    settling.storno(chief, CUSTOMER, entry, "k1", on_payment_day=True)
    assert ledger.entries(chief, CUSTOMER).entries[-1].day == day


@pytest.mark.parametrize("journal", ["A200", "R000"])
def test_no_storno_of_what_is_no_money(books: Books, chief: Desk, journal: str) -> None:
    entry = of_day(books, TODAY - timedelta(days=2), journal=journal)
    with pytest.raises(DeskError, match="Storno kan alleen"):
        settling.storno(chief, CUSTOMER, entry, "k1")


def test_no_storno_of_today(books: Books, chief: Desk) -> None:
    with pytest.raises(DeskError, match="met Herstel"):
        settling.storno(chief, CUSTOMER, of_day(books, TODAY), "k1")


@pytest.mark.parametrize("role", ["BALIEBHR", "CATABASIS", "CATAPLUS"])
def test_storno_needs_bestelbhr(sqlite_books: Books, role: str) -> None:
    entry = of_day(sqlite_books, TODAY - timedelta(days=2))
    with pytest.raises(NotAllowed):
        settling.storno(sqlite_books.library.desk(role), CUSTOMER, entry, "k1")
