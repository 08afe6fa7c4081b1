"""Settling: paying whole and in part, leaving open, keys that were pressed twice."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from deskterm.services import opening, overviews, settling
from deskterm.services.errors import DeskError, FormFaults
from deskterm.services.settling import AlreadySettled
from deskterm.store import tables
from tests.services.library import TODAY, Library
from tests.services.money import CUSTOMER, Books, new_key

CHILD = 500


def test_paying_the_contribution_makes_the_membership_normal(books: Books) -> None:
    charge = books.contribution(5800, status=2)
    paid = settling.pay(books.desk, CUSTOMER, "k1", [charge], "B000", 5800)
    assert (paid.receipt_number, paid.settled_cents, paid.change_cents) == (1, 5800, 0)
    assert [(line.cents, line.open_cents) for line in paid.lines] == [(5800, 0)]
    assert books.status() == 5
    assert books.open().total_cents == 0
    assert ("pay", "contribution", "58,00", "0,00") in books.library.log()
    assert ("pay", "membership_status", "2", "5") in books.library.log()


@pytest.mark.parametrize("status", [1, 2, 3, 4])
def test_every_unpaid_status_ends_with_the_last_cent(sqlite_books: Books, status: int) -> None:
    charge = sqlite_books.contribution(5800, status=status)
    settling.pay(sqlite_books.desk, CUSTOMER, "k1", [charge], "K000", 5799)
    assert sqlite_books.status() == status
    settling.pay(sqlite_books.desk, CUSTOMER, "k2", [charge], "K000", 1)
    assert sqlite_books.status() == 5


@pytest.mark.parametrize("status", [6, 7, 8, 9])
def test_paying_does_not_lift_what_staff_decided(sqlite_books: Books, status: int) -> None:
    charge = sqlite_books.contribution(5800, status=status)
    settling.pay(sqlite_books.desk, CUSTOMER, "k1", [charge], "K000", 5800)
    assert sqlite_books.status() == status


def test_a_payment_falls_over_the_oldest_first(books: Books) -> None:
    library = books.library
    for cents in (100, 250, 400):
        library.charge(cents)
    paid = settling.pay(books.desk, CUSTOMER, "k1", [], "K000", 300)
    assert [(line.cents, line.open_cents) for line in paid.lines] == [(100, 0), (200, 50)]
    assert books.cents() == [50, 400]


def test_only_ticked_lines_are_paid(books: Books) -> None:
    first, second = (books.library.charge(cents) for cents in (100, 250))
    settling.pay(books.desk, CUSTOMER, "k1", [second], "K000", 250)
    assert [line.charge_id for line in books.open().lines] == [first]


def test_a_charge_stands_as_its_latest_mark_in_force_says(books: Books) -> None:
    library, charge = books.library, books.library.charge(100)
    for mark, lifted_at in (("F", None), ("I", None), ("D", library.clock.now())):
        library.add(
            tables.ChargeMark(charge_id=charge, mark=mark, since=TODAY, lifted_at=lifted_at)
        )
    assert [line.mark for line in books.open().lines] == ["I"]
    assert [line.mark for line in overviews.charges(books.desk, CUSTOMER)] == ["I"]


def test_too_much_cash_is_change_and_too_much_pin_is_credit(books: Books) -> None:
    books.library.charge(100)
    cash = settling.pay(books.desk, CUSTOMER, "k1", [], "K000", 500)
    assert (cash.change_cents, cash.credited_cents) == (400, 0)
    books.library.charge(100)
    pinned = settling.pay(books.desk, CUSTOMER, "k2", [], "B000", 500)
    assert (pinned.change_cents, pinned.credited_cents) == (0, 400)
    books.library.charge(100)
    kept = settling.pay(books.desk, CUSTOMER, "k3", [], "K000", 150, keep_change=True)
    assert (kept.change_cents, kept.credited_cents) == (0, 50)
    assert books.open().credit_cents == 450
    assert [cash.receipt_number, pinned.receipt_number, kept.receipt_number] == [1, 2, 3]


def test_credit_pays_as_far_as_it_goes(books: Books) -> None:
    books.library.charge(100)
    settling.pay(books.desk, CUSTOMER, "k1", [], "B000", 400)
    books.library.charge(500)
    with pytest.raises(DeskError, match="Het tegoed is 3,00"):
        settling.pay(books.desk, CUSTOMER, "k2", [], "R000", 500)
    used = settling.pay(books.desk, CUSTOMER, "k3", [], "R000", 300)
    assert (used.settled_cents, used.credited_cents) == (300, 0)
    assert (books.cents(), books.open().credit_cents) == ([200], 0)
    with pytest.raises(DeskError, match="Het tegoed is 0,00"):
        settling.pay(books.desk, CUSTOMER, "k4", [], "R000", 1)


def test_credit_cannot_pay_more_than_is_due(sqlite_books: Books) -> None:
    books = sqlite_books
    books.library.charge(100)
    settling.pay(books.desk, CUSTOMER, "k1", [], "B000", 400)
    books.library.charge(100)
    with pytest.raises(DeskError, match="niet meer betaald"):
        settling.pay(books.desk, CUSTOMER, "k2", [], "R000", 300)
    assert books.open().credit_cents == 300


def test_a_second_press_finds_what_the_first_one_booked(books: Books) -> None:
    charge = books.contribution(5800)
    first = settling.pay(books.desk, CUSTOMER, "same", [charge], "K000", 6000)
    before = books.entries()
    for _ in range(20):
        assert settling.pay(books.desk, CUSTOMER, "same", [charge], "K000", 6000) == first
    assert books.entries() == before


def test_a_second_form_finds_nothing_open(books: Books) -> None:
    charge = books.contribution(5800)
    settling.pay(books.desk, CUSTOMER, "k1", [charge], "K000", 5800)
    with pytest.raises(AlreadySettled, match="niet meer open"):
        settling.pay(books.other_desk(), CUSTOMER, "k2", [charge], "K000", 5800)
    with pytest.raises(AlreadySettled, match="niets open"):
        settling.pay(books.other_desk(), CUSTOMER, "k3", [], "K000", 5800)


@pytest.mark.parametrize("key", ["", "taken"])
def test_a_key_stands_for_one_act(sqlite_books: Books, key: str) -> None:
    sqlite_books.library.charge(100)
    settling.register(sqlite_books.desk, CUSTOMER, "taken", [])
    with pytest.raises(ValueError, match="key"):
        settling.pay(sqlite_books.desk, CUSTOMER, key, [], "K000", 100)


@pytest.mark.parametrize(("journal", "cents"), [("A100", 1), ("", 1), ("K000", 0), ("K000", -5)])
def test_what_is_no_payment_is_refused(sqlite_books: Books, journal: str, cents: int) -> None:
    sqlite_books.library.charge(100)
    with pytest.raises(ValueError, match="no payment"):
        settling.pay(sqlite_books.desk, CUSTOMER, "k1", [], journal, cents)


def test_receipts_are_numbered_per_desk_and_day(books: Books) -> None:
    books.library.charge(1000)
    numbers = [
        settling.pay(desk, CUSTOMER, new_key(), [], "K000", 10).receipt_number
        for desk in (books.desk, books.desk, books.other_desk(), books.desk)
    ]
    assert numbers == [1, 2, 1, 3]


def test_a_parent_settles_what_a_child_owes(books: Books) -> None:
    books.library.customer(CHILD, surname="Kind")
    books.pays_for(CUSTOMER, CHILD)
    charge = books.contribution(actor_id=CHILD, cents=1000)
    books.library.charge(250, CHILD)
    books.library.charge(100)
    lines = books.open().lines
    assert sorted((line.actor_id, line.open_cents) for line in lines) == [
        (CHILD, 250),
        (CHILD, 1000),
        (CUSTOMER, 100),
    ]
    settling.pay(books.desk, CUSTOMER, "k1", [charge], "B000", 1000)
    assert books.status(CHILD) == 5
    assert books.cents(CHILD) == [250]
    assert (CHILD, "payment", "B000", -1000) in books.entries()
    assert books.open(CHILD).total_cents == 250


def test_left_open_is_billed_with_a_letter(books: Books) -> None:
    books.contribution(5800, status=1)
    done = settling.register(books.desk, CUSTOMER, "k1", [])
    assert (done.open_cents, done.letters) == (5800, 1)
    assert books.status() == 2
    assert settling.register(books.desk, CUSTOMER, "k1", []) == done
    assert settling.register(books.desk, CUSTOMER, "k2", []).letters == 0
    with books.library.store.write() as session:
        letters = session.exec(select(tables.Letter)).all()
    assert [(row.customer_id, row.kind, row.day) for row in letters] == [(CUSTOMER, "CAJ", TODAY)]
    assert [line.mark for line in books.open().lines] == ["F"]


def test_no_letter_for_whom_the_bank_is_asked(sqlite_library: Library, sqlite_books: Books) -> None:
    sqlite_library.customer(
        501,
        direct_debit=True,
        iban="NL91ABNA0417164300",
        mandate_given_on=TODAY - timedelta(days=1),
    )
    sqlite_library.customer(CHILD)
    sqlite_books.pays_for(501, CHILD)
    for actor_id in (501, CHILD):
        sqlite_books.contribution(actor_id=actor_id)
        done = settling.register(sqlite_books.desk, actor_id, new_key(), [])
        assert done.letters == 0


def test_a_charge_by_hand_is_open_at_once(books: Books) -> None:
    shown = settling.charge(books.desk, CUSTOMER, "k1", "2803", 500)
    assert [(line.description, line.open_cents) for line in shown.lines] == [("Nieuwe pas", 500)]
    assert settling.charge(books.desk, CUSTOMER, "k1", "2803", 500) == shown


@pytest.mark.parametrize(
    ("code", "cents", "description", "field"),
    [
        ("9999", 500, "", "booking_code"),
        ("", 500, "", "booking_code"),
        ("2803", 0, "", "amount"),
        ("2803", -1, "", "amount"),
        ("2803", 10_000_000, "", "amount"),
        ("2803", 500, "x" * 61, "description"),
    ],
)
def test_a_charge_by_hand_is_checked(
    sqlite_books: Books, code: str, cents: int, description: str, field: str
) -> None:
    with pytest.raises(FormFaults) as faults:
        settling.charge(sqlite_books.desk, CUSTOMER, "k1", code, cents, description)
    assert [name for name, _ in faults.value.faults] == [field]
    assert sqlite_books.entries() == []


def test_an_arrangement_takes_a_line_out_of_the_limit(books: Books) -> None:
    books.library.period()
    charge = books.library.charge(5000)
    block = opening.refresh(books.desk, CUSTOMER).block
    assert block.over_limit == {"registration_cents"}
    until = TODAY + timedelta(days=30)
    shown = settling.arrange(books.desk, CUSTOMER, "k1", [charge], until)
    assert [(line.mark, line.arranged_until) for line in shown.lines] == [("R", until)]
    view = opening.refresh(books.desk, CUSTOMER)
    assert (view.block.over_limit, view.block.registration_cents) == (frozenset(), 5000)
    later = until - timedelta(days=1)
    shown = settling.arrange(books.desk, CUSTOMER, "k2", [charge], later)
    assert [line.arranged_until for line in shown.lines] == [later]
    settling.pay(books.desk, CUSTOMER, "k3", [charge], "K000", 5000)
    assert books.open().total_cents == 0


@pytest.mark.parametrize("until", [TODAY, TODAY - timedelta(days=1), date(2028, 1, 1)])
def test_an_arrangement_ends_within_a_year(sqlite_books: Books, until: date) -> None:
    sqlite_books.library.charge(5000)
    with pytest.raises(FormFaults, match="1 veld"):
        settling.arrange(sqlite_books.desk, CUSTOMER, "k1", [], until)


def test_nothing_is_paid_before_it_was_owed(sqlite_books: Books) -> None:
    sqlite_books.contribution(day=TODAY + timedelta(days=1))
    with pytest.raises(DeskError) as refused:
        settling.pay(sqlite_books.desk, CUSTOMER, "k1", [], "K000", 5800)
    assert "datum van deze balie" in refused.value.hint


@pytest.mark.parametrize(
    ("typed", "cents"), [("", 5800), ("0,68", 68), (",68", 68), ("58", 5800), ("58,00", 5800)]
)
def test_the_amount_received_is_read_as_typed(typed: str, cents: int) -> None:
    assert settling.parse_received(typed, 5800) == cents


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("58.00", "komma voor de centen"),
        ("5 8", "Geen bedrag"),
        ("-1", "zonder plus of min"),
        ("1e3", "Geen bedrag"),
        ("99999999999", "gescand nummer"),
        ("29401000075868", "gescand nummer"),
        ("999999", "te veel"),
        ("0,005", "twee cijfers"),
        ("0", "Registreren"),
    ],
)
def test_what_is_no_amount_is_said(typed: str, why: str) -> None:
    with pytest.raises(FormFaults) as faults:
        settling.parse_received(typed, 5800)
    ((field, sentence),) = faults.value.faults
    assert field == "received"
    assert why in sentence
