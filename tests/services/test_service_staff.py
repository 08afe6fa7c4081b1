"""Signing in: by name or card, with the right PIN, and slower for who guesses."""

from datetime import date, timedelta

import pytest

from deskterm.services import pins, staff
from deskterm.services.errors import DeskError, FormFaults, NotAllowed, NotFound
from deskterm.services.staff import SignInRefused
from deskterm.store import tables
from deskterm.views.forms import StaffForm
from tests.services.library import Library

PIN = "0101"
"""Of BALIEBHR, actor-id 9001, born on 1 January 1990."""


@pytest.mark.parametrize("name", ["9001", " 9001 ", "baliebhr", "BalieBHR"])
def test_staff_sign_in_by_actor_id_or_user_name(library: Library, name: str) -> None:
    view = staff.sign_in(library.desk(role=None), name, PIN)
    assert (view.actor_id, view.role, view.name) == (9001, "BALIEBHR", "Baliebhr")
    assert view.pin_must_change
    assert "customer.edit" in view.rights
    assert "staff.manage" not in view.rights
    assert library.log(None) == [("sign_in", "", "", "")]


def test_staff_sign_in_by_card_and_pin(library: Library) -> None:
    desk = library.desk(role=None)
    assert staff.sign_in_card(desk, "29401999900005", "0501").role == "ADMIN"
    with pytest.raises(SignInRefused):
        staff.sign_in_card(desk, "29401999900005", "0000")


@pytest.mark.parametrize(
    ("name", "pin"),
    [
        ("9001", "0102"),
        ("9001", ""),
        ("nobody", PIN),
        ("1", PIN),
        ("", ""),
        ("' OR 1=1 --", PIN),
        ("9" * 5000, PIN),
    ],
)
def test_a_wrong_name_and_a_wrong_pin_are_told_alike(
    sqlite_library: Library, name: str, pin: str
) -> None:
    with pytest.raises(SignInRefused, match="Naam of pincode klopt niet"):
        staff.sign_in(sqlite_library.desk(role=None), name, pin)


def test_who_left_the_library_does_not_sign_in(library: Library) -> None:
    with library.store.write() as session:
        row = session.get_one(tables.Staff, 1)
        row.active = False
        session.add(row)
    with pytest.raises(SignInRefused):
        staff.sign_in(library.desk(role=None), "9001", PIN)


def test_wrong_tries_lock_for_longer_and_longer(library: Library) -> None:
    desk = library.desk(role=None)
    for minutes in (0, 0, 0, 0, 1, 5, 15, 60, 60):
        with pytest.raises(SignInRefused) as refused:
            staff.sign_in(desk, "9001", "9999")
        assert bool(refused.value.hint) == bool(minutes)
        if minutes:
            assert str(minutes) in refused.value.hint
            with pytest.raises(SignInRefused, match="Te vaak"):
                staff.sign_in(desk, "9001", PIN)
            library.clock.at += timedelta(minutes=minutes)
    assert staff.sign_in(desk, "9001", PIN).actor_id == 9001
    with pytest.raises(SignInRefused, match="Naam of pincode"):
        staff.sign_in(desk, "9001", "9999")
    refusals = [line for line in library.log(None) if line[0] == "sign_in.refused"]
    assert len(refusals) == 10


def test_a_try_while_locked_does_not_make_it_longer(library: Library) -> None:
    desk = library.desk(role=None)
    for _ in range(5):
        with pytest.raises(SignInRefused):
            staff.sign_in(desk, "9001", "9999")
    for _ in range(3):
        with pytest.raises(SignInRefused, match="Te vaak"):
            staff.sign_in(desk, "9001", "9999")
    library.clock.at += timedelta(minutes=1)
    assert staff.sign_in(desk, "9001", PIN).actor_id == 9001


def test_who_guesses_when_signing_acts_is_locked_out_of_that_alone(library: Library) -> None:
    desk = library.desk("BALIEBHR")
    assert staff.check_pin(desk, "9005", "0501").role == "ADMIN"
    for _ in range(5):
        with pytest.raises(SignInRefused):
            staff.check_pin(desk, "9005", "9999")
    with pytest.raises(SignInRefused, match="Te vaak"):
        staff.check_pin(desk, "9005", "0501")
    assert staff.check_pin(desk, "9001", PIN).actor_id == 9001
    assert staff.sign_in(desk, "9005", "0501").role == "ADMIN"
    library.clock.at += timedelta(minutes=2)
    assert staff.check_pin(desk, "9005", "0501").role == "ADMIN"


def test_a_new_pin_replaces_the_first_one(library: Library) -> None:
    desk = library.desk("BALIEBHR")
    view = staff.change_pin(desk, PIN, "7351")
    assert not view.pin_must_change
    assert staff.sign_in(desk, "9001", "7351").actor_id == 9001
    with pytest.raises(SignInRefused):
        staff.sign_in(desk, "9001", PIN)
    assert ("pin.change", "", "", "") in library.log(None)


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("9999", "7351", "old"),
        (PIN, "123", "new"),
        (PIN, "abcd", "new"),
        (PIN, "٣٤٥٦", "new"),
        (PIN, "1" * 13, "new"),
        (PIN, PIN, "new"),
        (PIN, "4444", "new"),
        (PIN, "1234", "new"),
        (PIN, "9876", "new"),
    ],
)
def test_a_pin_that_is_soon_guessed_is_refused(
    sqlite_library: Library, old: str, new: str, field: str
) -> None:
    with pytest.raises(FormFaults) as refused:
        staff.change_pin(sqlite_library.desk("BALIEBHR"), old, new)
    assert [name for name, _sentence in refused.value.faults] == [field]
    assert staff.sign_in(sqlite_library.desk(), "9001", PIN).pin_must_change


def test_the_birthday_is_no_new_pin() -> None:
    with pytest.raises(FormFaults, match="1 veld klopt"):
        pins.check_new("2502", "7351", date(1990, 2, 25))
    pins.check_new("2503", "7351", date(1990, 2, 25))


FORM = StaffForm("9100", "devries", "P. de Vries", "25-02-1990", "BALIEBHR", "9401")


def test_an_administrator_adds_staff_who_start_with_their_birthday(library: Library) -> None:
    view = staff.add(library.desk("ADMIN"), FORM)
    assert (view.actor_id, view.username, view.pin_must_change) == (9100, "devries", True)
    assert staff.sign_in(library.desk(role=None), "devries", "2502").actor_id == 9100
    assert ("staff.add", "devries", "", "BALIEBHR") in library.log(None)


def test_the_library_may_let_the_first_pin_stay(library: Library) -> None:
    library.setting("staff.first_pin_must_change", "0")
    assert not staff.add(library.desk(), FORM).pin_must_change


@pytest.mark.parametrize("role", ["BALIEBHR", "CATABASIS", "CATAPLUS", "BESTELBHR"])
def test_others_add_no_staff(sqlite_library: Library, role: str) -> None:
    with pytest.raises(NotAllowed):
        staff.add(sqlite_library.desk(role), FORM)


def test_every_fault_of_a_new_employee_is_told_at_once(library: Library) -> None:
    form = StaffForm("x", "9", "", "30-02-1990", "BAAS", "0000", "29401999900001", "fr")
    with pytest.raises(FormFaults) as refused:
        staff.add(library.desk(), form)
    assert {name for name, _sentence in refused.value.faults} == {
        "actor_id", "username", "name", "born", "role", "branch_code", "card_number", "language",
    }  # fmt: skip
    taken = StaffForm("9001", "ADMIN", "X", "01-01-1990", "ADMIN", "9401")
    with pytest.raises(FormFaults) as refused:
        staff.add(library.desk(), taken)
    assert {name for name, _sentence in refused.value.faults} == {"actor_id", "username"}


def test_an_employee_is_given_by_actor_id(library: Library) -> None:
    view = staff.by_actor_id(library.desk(role=None), 9005)
    assert view is not None
    assert view.role == "ADMIN"
    assert staff.by_actor_id(library.desk(), 1) is None


def test_nobodys_pin_takes_as_much_work_as_somebodys(monkeypatch: pytest.MonkeyPatch) -> None:
    verified: list[str] = []
    hasher = pins._hasher()

    class Counting:
        def verify(self, pin_hash: str, pin: str) -> bool:
            verified.append(pin_hash)
            return hasher.verify(pin_hash, pin)

        def hash(self, pin: str) -> str:
            return hasher.hash(pin)

    monkeypatch.setattr(pins, "_hasher", Counting)
    assert not pins.is_right("nobody", None)
    assert len(verified) == 1


def test_who_leaves_signs_in_nowhere_until_they_are_taken_back(library: Library) -> None:
    staff.set_active(library.desk("ADMIN"), "BalieBHR", active=False)
    for sign in (staff.sign_in, staff.check_pin):
        with pytest.raises(SignInRefused):
            sign(library.desk(role=None), "9001", PIN)
    staff.set_active(library.desk("ADMIN"), "9001", active=True)
    assert staff.sign_in(library.desk(role=None), "9001", PIN).actor_id == 9001
    assert [line[:2] for line in library.log(None) if line[0].startswith("staff.")] == [
        ("staff.end", "baliebhr"),
        ("staff.back", "baliebhr"),
    ]


def test_the_only_administrator_stays(library: Library) -> None:
    with pytest.raises(DeskError, match="enige beheerder"):
        staff.set_active(library.desk("ADMIN"), "9005", active=False)
    with library.store.write() as session:
        row = session.get_one(tables.Staff, 1)
        row.role = "ADMIN"
        session.add(row)
    staff.set_active(library.desk("ADMIN"), "9005", active=False)
    with pytest.raises(SignInRefused):
        staff.sign_in(library.desk(role=None), "9005", "0501")
    with pytest.raises(DeskError, match="enige beheerder"):
        staff.set_active(library.desk("ADMIN"), "9001", active=False)


def test_who_forgot_the_pin_begins_again_with_the_first_one(library: Library) -> None:
    staff.change_pin(library.desk("BALIEBHR"), PIN, "7351")
    for _try in range(5):
        with pytest.raises(SignInRefused):
            staff.sign_in(library.desk(role=None), "9001", "0000")
    staff.reset_pin(library.desk("ADMIN"), "9001")
    assert staff.sign_in(library.desk(role=None), "9001", PIN).pin_must_change
    with pytest.raises(SignInRefused):
        staff.sign_in(library.desk(role=None), "9001", "7351")
    assert ("pin.reset", "baliebhr", "", "") in library.log(None)


def test_without_a_date_of_birth_there_is_no_first_pin(sqlite_library: Library) -> None:
    with sqlite_library.store.write() as session:
        row = session.get_one(tables.Staff, 1)
        row.born = None
        session.add(row)
    with pytest.raises(DeskError, match="geboortedatum"):
        staff.reset_pin(sqlite_library.desk("ADMIN"), "9001")


@pytest.mark.parametrize("name", ["nobody", "", "1", "' OR 1=1 --"])
def test_nobody_is_let_go_by_a_name_that_is_none(sqlite_library: Library, name: str) -> None:
    desk = sqlite_library.desk("ADMIN")
    with pytest.raises(NotFound):
        staff.set_active(desk, name, active=False)
    with pytest.raises(NotFound):
        staff.reset_pin(desk, name)
