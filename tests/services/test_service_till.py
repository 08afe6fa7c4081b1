"""The till: what a day brought in, counting the drawer, the difference and the deposit."""

import io
from datetime import date

import pytest

from deskterm.services import ledger, settling, till
from deskterm.services.errors import FormFaults
from deskterm.views.money import DayLine
from tests.services.library import TODAY
from tests.services.money import CUSTOMER, Books, new_key


def pay(books: Books, cents: int, journal: str, received: int | None = None) -> None:
    books.library.charge(cents)
    settling.pay(books.desk, CUSTOMER, new_key(), [], journal, received or cents)


def test_the_day_is_shown_per_desk_journal_and_employee(books: Books) -> None:
    pay(books, 500, "K000", 2000)
    pay(books, 300, "K000")
    settling.undo(books.desk, CUSTOMER, books.last_entry())
    settling.pay(books.other_desk("ADMIN"), CUSTOMER, new_key(), [], "B000", 400)
    settling.charge(books.desk, CUSTOMER, new_key(), "2101", 100)
    settling.pay(books.desk, CUSTOMER, new_key(), [], "R000", 100)
    shown = till.overview(books.desk, TODAY)
    assert shown.lines == (
        DayLine("balie1", "K000", "Baliebhr", 3, 800, 300),
        DayLine("balie1", "R000", "Baliebhr", 1, 100, 0),
        DayLine("balie2", "B000", "Admin", 2, 400, 0),
    )
    assert till.overview(books.desk, date(2020, 1, 1)).lines == ()


def test_a_count_books_the_difference_and_the_deposit(books: Books) -> None:
    books.library.setting("till.float_cents", "7500")
    pay(books, 1250, "K000", 2000)
    pay(books, 600, "B000")
    state = till.expected(books.desk)
    assert (state.begin_cents, state.cash_cents, state.expected_cents) == (7500, 1250, 8750)
    pieces = {5000: 1, 2000: 1, 500: 3, 200: 1, 20: 1, 10: 1}
    done = till.count(books.desk, "k1", pieces, deposit_cents=1200)
    assert (done.counted_cents, done.difference_cents, done.left_cents) == (8730, -20, 7530)
    assert done.pieces == pieces
    assert till.count(books.desk, "k1", {}, 0) == done
    assert till.expected(books.desk).expected_cents == 7530
    assert till.expected(books.other_desk()).expected_cents == 7500
    assert ledger.check(books.desk) == ()
    assert books.library.log(None)[-1] == ("till.count", "till", "87,50", "87,30")


def test_the_next_count_begins_where_the_last_one_ended(books: Books) -> None:
    pay(books, 1000, "K000")
    till.count(books.desk, "k1", {1000: 1}, deposit_cents=1000)
    pay(books, 500, "K000")
    settling.undo(books.desk, CUSTOMER, books.last_entry())
    assert till.expected(books.desk).expected_cents == 0
    assert till.count(books.desk, "k2", {}).difference_cents == 0


@pytest.mark.parametrize(
    ("pieces", "deposit", "other", "field"),
    [
        ({3: 1}, 0, 0, "pieces"),
        ({500: -1}, 0, 0, "pieces"),
        ({500: 1}, 501, 0, "deposit"),
        ({500: 1}, -1, 0, "deposit"),
        ({500: 1}, 0, -1, "other"),
    ],
)
def test_a_count_that_cannot_be_is_refused(
    sqlite_books: Books, pieces: dict[int, int], deposit: int, other: int, field: str
) -> None:
    with pytest.raises(FormFaults) as faults:
        till.count(sqlite_books.desk, "k1", pieces, deposit, other)
    assert [name for name, _ in faults.value.faults] == [field]


def test_the_day_goes_to_a_spreadsheet_without_formulas(sqlite_books: Books) -> None:
    pay(sqlite_books, 1234, "K000")
    file = io.StringIO()
    assert till.export(sqlite_books.desk, TODAY, file) == 1
    head, line = file.getvalue().splitlines()
    assert head.startswith("Datum;Vestiging;Balie;Dagboek")
    assert line == "15-03-2026;9401;balie1;K000;Baliebhr;1;12,34;0,00"
