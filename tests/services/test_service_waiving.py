"""Kwijtschelden: a reason, a signature, a limit per role, and four facts in the log."""

import pytest

from deskterm.services import ledger, pins, settling, staff
from deskterm.services.errors import FormFaults
from deskterm.services.settling import SignerMayNot
from deskterm.services.staff import SignInRefused
from deskterm.views.money import Waived
from tests.services.money import CUSTOMER, Books

PIN = {"9001": "0101", "9003": "0301", "9005": "0501"}


def waive(books: Books, key: str, signer: str = "9001", reason: str = "HER") -> Waived:
    return settling.waive(books.desk, CUSTOMER, key, [], reason, signer, PIN[signer])


def test_a_waiver_is_signed_and_logged_as_four_facts(books: Books) -> None:
    charge = books.library.charge(500)
    done = settling.waive(books.desk, CUSTOMER, "k1", [charge], "HER", "9003", PIN["9003"])
    assert (done.cents, done.reason) == (500, "HER")
    assert (done.asked_by, done.allowed_by) == ("Baliebhr", "Cataplus")
    assert books.open().lines == ()
    assert [line for line in books.library.log() if line[1].startswith("waive_")] == [
        ("waive", "waive_asked_by", "", "9001"),
        ("waive", "waive_allowed_by", "", "9003"),
        ("waive", "waive_reason", "", "HER"),
        ("waive", "waive_amount", "", "5,00"),
    ]
    assert books.entries()[-1] == (CUSTOMER, "waiver", "A200", -500)
    assert ledger.check(books.desk) == ()


def test_a_forgiven_contribution_is_settled(books: Books) -> None:
    books.contribution(900, status=2)
    waive(books, "k1")
    assert books.status() == 5
    assert books.entries()[-1][2] == "A100"


def test_a_waiver_of_today_can_be_taken_back(books: Books) -> None:
    books.contribution(900, status=3)
    waive(books, "k1")
    undone = settling.undo(books.desk, CUSTOMER, books.last_entry())
    assert (undone.back_cents, undone.receipt_number) == (0, None)
    assert (books.status(), books.cents()) == (3, [900])


def test_a_repeated_press_waives_once_and_asks_no_pin(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    books.library.charge(500)
    first = waive(books, "k1")
    monkeypatch.setattr(pins, "is_right", lambda *_: False)
    books.library.charge(300)
    assert waive(books, "k1") == first
    assert books.cents() == [300]


@pytest.mark.parametrize(
    ("signer", "cents", "allowed"),
    [
        ("9001", 1000, True),
        ("9001", 1001, False),
        ("9003", 2500, True),
        ("9003", 2501, False),
        ("9005", 500_000, True),
    ],
)
def test_each_role_signs_up_to_its_limit(
    sqlite_books: Books, signer: str, cents: int, allowed: bool
) -> None:
    sqlite_books.library.charge(cents)
    if allowed:
        assert waive(sqlite_books, "k1", signer).cents == cents
        return
    with pytest.raises(SignerMayNot, match="hoogste bedrag is"):
        waive(sqlite_books, "k1", signer)
    assert sqlite_books.cents() == [cents]


def test_the_library_sets_the_limit(sqlite_books: Books) -> None:
    sqlite_books.library.setting("waive.limit.BALIEBHR", "0")
    sqlite_books.library.charge(1)
    with pytest.raises(SignerMayNot, match="mag geen 0,01 kwijtschelden"):
        waive(sqlite_books, "k1")


@pytest.mark.parametrize("reason", ["", "XXX", "Herinschrijving"])
def test_the_reason_is_from_the_list(sqlite_books: Books, reason: str) -> None:
    sqlite_books.library.charge(1)
    with pytest.raises(FormFaults) as faults:
        waive(sqlite_books, "k1", reason=reason)
    assert [name for name, _ in faults.value.faults] == ["reason"]


def test_five_wrong_pins_lock_the_signer_and_never_the_desk(books: Books) -> None:
    books.library.charge(500)
    for _ in range(4):
        with pytest.raises(SignInRefused, match="klopt niet"):
            settling.waive(books.desk, CUSTOMER, "k1", [], "HER", "9003", "9999")
    for pin in ("9999", PIN["9003"]):
        with pytest.raises(SignInRefused, match="Te vaak"):
            settling.waive(books.desk, CUSTOMER, "k1", [], "HER", "9003", pin)
    assert books.cents() == [500]
    assert staff.sign_in(books.desk, "9003", PIN["9003"]).actor_id == 9003
    assert waive(books, "k1", "9001").cents == 500
