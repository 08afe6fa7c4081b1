"""Guessing PINs gets slower, keeps nobody else from working, and tells nothing."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from deskterm.services import lockout, pins, staff
from deskterm.services.desk import Desk
from deskterm.services.errors import NotFound
from deskterm.services.staff import SignInRefused
from deskterm.store import migrate, tables
from deskterm.store.engine import open_store
from deskterm.store.reads.pin_tries import find
from deskterm.views.desk import DeskView
from tests.services.library import ANNEN, Library

NAMES = ("9001", "9002", "9003", "9004", "9005")
PINS = dict(zip(NAMES, ("0101", "0201", "0301", "0401", "0501"), strict=True))
WRONG = "9999"


def desk_of(library: Library, number: int) -> Desk:
    """A desk with nobody signed in; 1 is there, others are made."""
    with library.store.write() as session:
        for one in range(1, number + 1):
            if session.get(tables.Desk, one) is None:
                session.add(tables.Desk(id=one, branch_code="9401", name=f"balie{one}"))
    return replace(library.desk(None), place=DeskView(number, f"balie{number}", ANNEN))


def guess(desk: Desk, name: str, times: int = 1) -> list[tuple[str, str]]:
    """What wrong PINs are answered with, one after the other."""
    told = []
    for _try in range(times):
        with pytest.raises(SignInRefused) as refused:
            staff.sign_in(desk, name, WRONG)
        told.append((refused.value.sentence, refused.value.hint))
    return told


def is_let_in(desk: Desk, name: str) -> bool:
    try:
        return staff.sign_in(desk, name, PINS[name]).actor_id == int(name)
    except SignInRefused:
        return False


def test_who_guesses_elsewhere_does_not_lock_staff_out_of_their_own_desk(library: Library) -> None:
    own, other, third = (desk_of(library, number) for number in (1, 2, 3))
    assert is_let_in(own, "9001")
    guess(other, "9001", 5)
    assert not is_let_in(other, "9001")
    assert not is_let_in(third, "9001")
    assert is_let_in(own, "9001")


def test_all_names_guessed_at_one_desk_leave_every_other_desk_alone(library: Library) -> None:
    desks = {name: desk_of(library, number) for number, name in enumerate(NAMES, start=1)}
    for name, own in desks.items():
        assert is_let_in(own, name)
    for name in NAMES:
        guess(desks["9001"], name, 6)
    assert [name for name in NAMES if is_let_in(desks[name], name)] == [*NAMES[1:]]


def test_who_guesses_at_many_desks_gets_no_more_tries(library: Library) -> None:
    for number in range(1, 6):
        guess(desk_of(library, number), "9001")
    assert not is_let_in(desk_of(library, 6), "9001")


def test_an_own_desk_locks_too(library: Library) -> None:
    own = desk_of(library, 1)
    assert is_let_in(own, "9001")
    guess(own, "9001", 5)
    assert not is_let_in(own, "9001")
    assert is_let_in(desk_of(library, 2), "9001")


def test_a_desk_where_somebody_has_not_been_for_months_is_not_their_own(library: Library) -> None:
    own = desk_of(library, 1)
    assert is_let_in(own, "9001")
    library.clock.at += lockout.KNOWN_FOR
    guess(desk_of(library, 2), "9001", 5)
    assert not is_let_in(own, "9001")


def test_a_lock_outlives_the_program(library: Library) -> None:
    guess(library.desk(None), "9001", 6)
    again = open_store(library.store.url if library.store.file is None else str(library.store.file))
    assert not is_let_in(replace(library.desk(None), store=again), "9001")
    again.close()
    library.clock.at += timedelta(minutes=5)
    assert is_let_in(library.desk(None), "9001")


def test_wrong_pins_of_days_ago_do_not_count(library: Library) -> None:
    desk = library.desk(None)
    guess(desk, "9001", 4)
    library.clock.at += lockout.COUNTED_FOR
    guess(desk, "9001", 4)
    assert is_let_in(desk, "9001")


@pytest.mark.parametrize("name", ["nobody", "123", "29401999900999", "", "PIN 4711", "\ud800"])
def test_a_name_that_nobody_has_is_answered_as_one_that_somebody_has(
    sqlite_library: Library, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at: list[str] = []
    is_right = pins.is_right

    def watched(pin: str, pin_hash: str | None) -> bool:
        looked_at.append(pin)
        return is_right(pin, pin_hash)

    monkeypatch.setattr(pins, "is_right", watched)
    desk = sqlite_library.desk(None)
    known, lines = guess(desk, "9001", 7), len(sqlite_library.log(None))
    unknown = guess(desk, name, 7)
    assert unknown == known
    assert looked_at == [WRONG] * 14
    log = sqlite_library.log(None)
    assert len(log) == 2 * lines
    assert {line[1] for line in log[lines:]} == {""}


def test_nothing_that_was_typed_for_a_name_is_kept(sqlite_library: Library) -> None:
    guess(sqlite_library.desk(None), "Geheim-4711", 2)
    assert sqlite_library.store.file is not None
    with sqlite_library.store.look() as reader:
        reader.driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # type: ignore[attr-defined]
    assert b"4711" not in sqlite_library.store.file.read_bytes()


def test_names_that_nobody_has_share_few_piles() -> None:
    piles = {lockout.subject_of(None, f"name{number}") for number in range(5000)}
    assert len(piles) == 256


def test_a_right_pin_that_comes_while_others_guess_is_refused(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_right = pins.is_right

    def guessed_meanwhile(pin: str, pin_hash: str | None) -> bool:
        monkeypatch.setattr(pins, "is_right", is_right)
        guess(library.desk(None), "9001", 5)
        return is_right(pin, pin_hash)

    monkeypatch.setattr(pins, "is_right", guessed_meanwhile)
    assert not is_let_in(library.desk(None), "9001")


def test_an_administrator_lets_staff_try_again(library: Library) -> None:
    for name in ("9001", "9002"):
        guess(library.desk(None), name, 5)
    staff.unlock(library.desk("ADMIN"), "baliebhr")
    assert [name for name in ("9001", "9002") if is_let_in(library.desk(None), name)] == ["9001"]
    staff.unlock(library.desk("ADMIN"))
    assert is_let_in(library.desk(None), "9002")
    assert [line for line in library.log(None) if line[0] == "staff.unlock"] == [
        ("staff.unlock", "baliebhr", "", ""),
        ("staff.unlock", "", "", ""),
    ]
    with pytest.raises(NotFound):
        staff.unlock(library.desk("ADMIN"), "nobody")


def test_a_lock_of_an_older_store_holds(tmp_path: Path) -> None:
    file = tmp_path / "old.db"
    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        migrate.upgrade(connection, "0009")
        for statement in (
            "INSERT INTO institution VALUES ('1001', 'Hondsrug')",
            "INSERT INTO branch VALUES ('9401', '1001', 'Annen', '', '14')",
            "INSERT INTO staff (id, actor_id, username, name, role, branch_code, language,"
            " pin_hash, pin_must_change, failed_tries, locked_until, active) VALUES"
            " (7, 9007, 'jo', 'Jo', 'ADMIN', '9401', '', '', 0, 5, '2026-03-15 12:00:00', 1)",
        ):
            connection.execute(text(statement))
    engine.dispose()
    store = open_store(str(file))
    with store.look() as reader:
        tries = find(reader, "staff:7", "sign_in", 1)[0]
    store.close()
    assert tries.tries == 5
    assert lockout.locked_until(tries, datetime(2026, 3, 15, 11, 59, tzinfo=UTC)) is not None
