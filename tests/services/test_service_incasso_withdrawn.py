"""Debits that are taken back from the bank before it did anything with them."""

from datetime import timedelta

import pytest

from deskterm.services import incasso, ledger, opening, settling
from deskterm.services.debit.files import BankFileRefused
from deskterm.services.errors import DeskError, NotFound
from tests.services.bank import camt, entry
from tests.services.money import Books
from tests.services.test_service_incasso import (
    COLLECTED,
    DEBIT,
    chief,
    letters,
    prepare,
    ready,
)


@pytest.fixture
def bank(books: Books) -> Books:
    books = ready(books)
    books.library.customer(501, **DEBIT)
    for actor_id in (500, 501):
        books.contribution(1000, actor_id=actor_id)
    return books


def marks(books: Books, actor_id: int) -> list[str]:
    return [line.mark for line in books.open(actor_id).lines]


def test_a_batch_opens_again_and_can_be_made_anew(bank: Books) -> None:
    desk = chief(bank.library)
    batch = prepare(bank)
    back = incasso.withdraw(desk, batch.message_id)
    assert (back.count, back.cents) == (2, 2000)
    assert [marks(bank, actor_id) for actor_id in (500, 501)] == [[""], [""]]
    assert letters(bank, "PFI") == []
    log = opening.refresh(desk, 500).log[0]
    assert (log.action, log.old, log.new) == ("debit.withdraw", "10,00", "")
    settling.pay(desk, 500, "k1", [bank.open(500).lines[0].charge_id], "K000", 1000)
    assert bank.status(500) == 5
    with pytest.raises(DeskError, match="niets meer bij de bank"):
        incasso.withdraw(desk, batch.message_id)
    again = prepare(bank)
    assert [(line.actor_id, line.first) for line in again.lines] == [(501, True)]
    assert letters(bank, "PFI") == [(501, COLLECTED - timedelta(days=7))]
    assert ledger.check(desk) == ()


def test_one_debit_goes_and_the_rest_stays_with_the_bank(bank: Books) -> None:
    desk = chief(bank.library)
    batch = prepare(bank)
    assert incasso.withdraw(desk, f"{batch.message_id}-2").count == 1
    assert [marks(bank, actor_id) for actor_id in (500, 501)] == [["I"], [""]]
    assert [debtor for debtor, _day in letters(bank, "PFI")] == [500]
    booked = incasso.book(desk, camt(entry(1000, batch=batch.message_id)))
    assert (booked.paid, booked.differing) == (1, ())
    assert [bank.status(actor_id) for actor_id in (500, 501)] == [5, 2]


@pytest.mark.parametrize("whole", [True, False])
def test_what_the_bank_pays_after_all_is_booked_once(bank: Books, whole: bool) -> None:
    desk = chief(bank.library)
    batch = prepare(bank)
    incasso.withdraw(desk, f"{batch.message_id}-2")
    paid = [entry(2000, batch=batch.message_id)]
    if not whole:
        paid = [entry(1000, end_to_end=f"{batch.message_id}-{index}") for index in (1, 2)]
    assert incasso.book(desk, camt(*paid)).paid == 2
    assert [bank.status(actor_id) for actor_id in (500, 501)] == [5, 5]
    assert incasso.book(desk, camt(*paid, message="BANK2")).paid == 0
    with pytest.raises(BankFileRefused, match="al geboekt"):
        incasso.book(desk, camt(*paid))
    assert ledger.check(desk) == ()


def test_a_batch_that_is_not_there(bank: Books) -> None:
    with pytest.raises(NotFound, match="geen incasso DT9"):
        incasso.withdraw(chief(bank.library), "DT9")
