"""Debits that the bank rejects (pain.002): open again, booked once, and paid after all if so."""

from datetime import timedelta

import pytest

from deskterm.services import incasso, ledger, opening
from deskterm.services.debit.files import BankFileRefused
from deskterm.services.errors import NotAllowed
from deskterm.views.money import DebitRejected
from tests.services.bank import camt, entry, rejected
from tests.services.library import TODAY
from tests.services.money import Books
from tests.services.test_service_incasso import COLLECTED, DEBIT, chief, letters, prepare, ready
from tests.services.test_service_incasso_withdrawn import marks


@pytest.fixture
def bank(books: Books) -> Books:
    """Three debtors; the second pays under a mandate that was used before."""
    books = ready(books)
    books.library.customer(501, **DEBIT)
    books.contribution(1000, actor_id=501)
    batch = prepare(books)
    incasso.book(chief(books.library), camt(entry(1000, batch=batch.message_id), message="OLD"))
    books.library.customer(502, **DEBIT)
    for actor_id in (500, 501, 502):
        books.contribution(1000, actor_id=actor_id)
    return books


def book(bank: Books, data: bytes) -> DebitRejected:
    done = incasso.book_status(chief(bank.library), data)
    assert ledger.check(bank.desk) == ()
    return done


def test_one_debit_is_open_again_without_cost(bank: Books) -> None:
    number = prepare(bank).message_id
    done = book(bank, rejected(number, debits=((f"{number}-3", "AC04"),)))
    assert (done.about, done.count, done.cents, done.standing) == (number, 1, 1000, ())
    assert [(one.name.partition(" [")[2], one.reason) for one in done.rejections] == [
        ("502]", "AC04")
    ]
    assert [marks(bank, actor_id) for actor_id in (500, 501, 502)] == [["I"], ["I"], ["F"]]
    assert bank.open(502).total_cents == 1000
    assert letters(bank, "CAJ") == [(502, TODAY)]
    assert (502, COLLECTED - timedelta(days=7)) not in letters(bank, "PFI")
    log = opening.refresh(chief(bank.library), 502).log
    assert ("debit.reject", "AC04") in [(line.action, line.new) for line in log]


@pytest.mark.parametrize(
    ("part", "open_again"), [("", [500, 501, 502]), ("-FRST", [500, 502]), ("-RCUR", [501])]
)
def test_a_whole_file_or_part_troubles_no_customer(
    bank: Books, part: str, open_again: list[int]
) -> None:
    number = prepare(bank).message_id
    name = f"{number}{part}"
    parts = ((name, "DT01"),) if part else ()
    done = book(bank, rejected(number, file="" if part else "DT01", parts=parts))
    assert [(one.name, one.count, one.reason) for one in done.rejections] == [
        (name, len(open_again), "DT01")
    ]
    assert [actor for actor in (500, 501, 502) if marks(bank, actor) == [""]] == open_again
    assert letters(bank, "CAJ") == []
    assert [line.actor_id for line in prepare(bank).lines] == open_again


def test_a_debit_has_its_own_reason_within_a_rejected_file(bank: Books) -> None:
    number = prepare(bank).message_id
    done = book(bank, rejected(number, file="FF01", debits=((f"{number}-1", "MD01"),)))
    assert [(one.count, one.reason) for one in done.rejections] == [(1, "MD01"), (2, "FF01")]


@pytest.mark.parametrize("reason", ["AM05", "DU01", "DU02", "DUPL"])
def test_what_the_bank_has_already_stands(bank: Books, reason: str) -> None:
    number = prepare(bank).message_id
    done = book(bank, rejected(number, file=reason))
    assert (done.count, [one.count for one in done.standing]) == (0, [3])
    assert [marks(bank, actor_id) for actor_id in (500, 501, 502)] == [["I"]] * 3


def test_the_same_is_never_booked_twice(bank: Books) -> None:
    number = prepare(bank).message_id
    data = rejected(number, debits=((f"{number}-1", "AC04"),))
    book(bank, data)
    before = bank.entries()
    with pytest.raises(BankFileRefused, match="al geboekt"):
        incasso.book_status(chief(bank.library), data)
    done = book(bank, data.replace(b"REPORT1", b"REPORT2"))
    assert (done.count, done.standing, done.unknown) == (0, (), 0)
    # The money tells it too: the batch without it, or with it and what came back.
    back = entry(1000, incoming=False, end_to_end=f"{number}-1", reason="AC04")
    incasso.book(chief(bank.library), camt(back))
    assert bank.entries() == before
    assert letters(bank, "CAJ") == [(500, TODAY)]


@pytest.mark.parametrize("cents", [2000, 3000])
def test_the_money_is_booked_as_it_came(bank: Books, cents: int) -> None:
    number = prepare(bank).message_id
    book(bank, rejected(number, debits=((f"{number}-1", "AC04"),)))
    told = [entry(cents, batch=number)]
    if cents == 3000:
        told.append(entry(1000, incoming=False, end_to_end=f"{number}-1", reason="AC04"))
    incasso.book(chief(bank.library), camt(*told))
    assert [bank.status(actor_id) for actor_id in (500, 501, 502)] == [2, 5, 5]
    assert ledger.check(bank.desk) == ()


def test_a_rejected_file_that_is_paid_after_all(bank: Books) -> None:
    number = prepare(bank).message_id
    book(bank, rejected(number, file="TM01"))
    incasso.book(chief(bank.library), camt(entry(3000, batch=number)))
    assert [bank.status(actor_id) for actor_id in (500, 501, 502)] == [5, 5, 5]
    done = book(bank, rejected(number, file="TM01", message="REPORT2"))
    assert (done.count, [(one.name, one.count) for one in done.standing]) == (0, [(number, 3)])
    assert [bank.status(actor_id) for actor_id in (500, 501, 502)] == [5, 5, 5]


def test_what_is_not_ours(bank: Books) -> None:
    number = prepare(bank).message_id
    assert book(bank, rejected(number, debits=(("SALARY-1", "AC04"),))).unknown == 1
    with pytest.raises(BankFileRefused, match="geen incasso van ons"):
        incasso.book_status(chief(bank.library), rejected("SALARY", file="FF01"))
    with pytest.raises(NotAllowed):
        incasso.book_status(bank.desk, rejected(number, file="FF01", message="REPORT3"))
