"""The whole walk through money: enrol, leave open or pay, take back, end; the books stay right."""

from collections.abc import Callable

import pytest

from deskterm.services import ledger, memberships, opening, settling
from deskterm.services.desk import Desk
from tests.services.enrolling import add_prices, enrol, new_form
from tests.services.money import Books


def pay(desk: Desk, actor_id: int) -> None:
    settling.pay(desk, actor_id, "walk", [], "B000", 5800)


def register(desk: Desk, actor_id: int) -> None:
    settling.register(desk, actor_id, "walk", [])


def waive(desk: Desk, actor_id: int) -> None:
    settling.waive(desk, actor_id, "walk", [], "COU", "9005", "0501")


@pytest.mark.parametrize(
    ("answer", "status", "owed"), [(pay, 5, 0), (register, 2, 5800), (waive, 5, 0)]
)
def test_every_answer_of_afrekenen_leaves_the_membership_right(
    books: Books, answer: Callable[[Desk, int], None], status: int, owed: int
) -> None:
    add_prices(books.library)
    actor_id = enrol(books.library, new_form()).customer.actor_id
    assert books.open(actor_id).total_cents == 5800
    for _ in range(3):
        answer(books.desk, actor_id)
    assert books.status(actor_id) == status
    assert books.open(actor_id).total_cents == owed
    assert ledger.check(books.desk) == ()


def test_a_payment_of_a_new_member_goes_back_to_new(books: Books) -> None:
    add_prices(books.library)
    actor_id = enrol(books.library, new_form()).customer.actor_id
    pay(books.desk, actor_id)
    settling.undo(books.desk, actor_id, books.last_entry(actor_id))
    assert (books.status(actor_id), books.open(actor_id).total_cents) == (1, 5800)
    assert ledger.check(books.desk) == ()


def test_ending_a_paid_membership_keeps_the_books_right(books: Books) -> None:
    add_prices(books.library)
    actor_id = enrol(books.library, new_form()).customer.actor_id
    pay(books.desk, actor_id)
    version = opening.refresh(books.desk, actor_id).version
    memberships.end(books.library.desk(), actor_id, version, "now", "AF")
    assert books.status(actor_id) == 9
    assert ledger.check(books.desk) == ()


def test_another_membership_the_same_day_settles_the_slip(books: Books) -> None:
    add_prices(books.library)
    actor_id = enrol(books.library, new_form()).customer.actor_id
    version = opening.refresh(books.desk, actor_id).version
    memberships.change(books.library.desk(), actor_id, version, "54", now=True)
    assert [line.open_cents for line in books.open(actor_id).lines] == [4200]
    settling.pay(books.desk, actor_id, "walk", [], "K000", 4200)
    assert books.status(actor_id) == 5
    assert ledger.check(books.desk) == ()
