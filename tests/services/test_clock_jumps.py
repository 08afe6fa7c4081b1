"""The machine's clock jumps, by an hour or by years: nothing breaks, and nobody is kept out."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import col, select

from deskterm.services import editing, ledger, opening, settling, staff
from deskterm.services.desk import LOCAL, Desk
from deskterm.services.staff import SignInRefused
from deskterm.store import tables
from deskterm.store.check import check
from tests.services.library import Library
from tests.services.money import Books

JUMPS = [timedelta(hours=1), timedelta(days=400), timedelta(days=365 * 30)]
NAME, PIN, WRONG = "9001", "0101", "9999"


@dataclass
class JumpingClock:
    """A clock whose hands somebody moves; the day goes along, as with the machine's."""

    at: datetime = field(default_factory=lambda: datetime(2026, 3, 15, 9, 0, tzinfo=UTC))

    def now(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at

    def today(self) -> date:
        return self.at.astimezone(LOCAL).date()


@pytest.fixture
def clock() -> JumpingClock:
    return JumpingClock()


def desk_of(library: Library, clock: JumpingClock, role: str | None = "ADMIN") -> Desk:
    return replace(library.desk(role), clock=clock)


def is_let_in(desk: Desk) -> bool:
    try:
        return staff.sign_in(desk, NAME, PIN).actor_id == int(NAME)
    except SignInRefused:
        return False


def lock(desk: Desk) -> None:
    """Guess until the next PIN is not looked at."""
    for _try in range(6):
        with pytest.raises(SignInRefused):
            staff.sign_in(desk, NAME, WRONG)
    assert not is_let_in(desk)


@pytest.mark.parametrize("jump", JUMPS[1:], ids=["400 days", "30 years"])
def test_a_lock_made_while_the_clock_was_ahead_keeps_nobody_out_afterwards(
    library: Library, clock: JumpingClock, jump: timedelta
) -> None:
    desk = desk_of(library, clock, None)
    clock.at += jump
    lock(desk)
    clock.at -= jump
    assert is_let_in(desk)


def test_a_clock_that_is_put_back_a_little_shortens_no_lock(
    library: Library, clock: JumpingClock
) -> None:
    desk = desk_of(library, clock, None)
    lock(desk)
    clock.at -= timedelta(minutes=50)
    assert not is_let_in(desk)


@pytest.mark.parametrize("jump", JUMPS, ids=["an hour", "400 days", "30 years"])
@pytest.mark.parametrize("direction", [1, -1], ids=["ahead", "back"])
def test_whatever_the_clock_does_the_books_and_the_log_stay_in_order(
    books: Books, clock: JumpingClock, jump: timedelta, direction: int
) -> None:
    library = books.library
    desk = desk_of(library, clock)
    act_ids = [settle(desk, 0)]
    clock.at += jump * direction
    act_ids.append(settle(desk, 1))
    clock.at -= jump * direction
    act_ids.append(settle(desk, 2))
    assert act_ids == sorted(set(act_ids))
    version = opening.refresh(desk, 413700).version
    assert editing.save(desk, 413700, version, {"initials": "X."}).person.initials == "X."
    assert ledger.check(desk) == ()
    assert [one for one in check(library.store) if one.trouble.serious] == []
    with library.store.write() as session:
        line_id = tables.ChangeLogLine.id
        ids = session.exec(select(line_id).order_by(col(line_id))).all()
    assert list(ids) == list(range(1, len(ids) + 1))


def settle(desk: Desk, number: int) -> int:
    """Charge somebody and take the money; the number of the act, which its receipt bears."""
    charged = settling.charge(desk, 413700, f"charge-{number}", "2101", 250)
    ids = [line.charge_id for line in charged.lines]
    paid = settling.pay(desk, 413700, f"pay-{number}", ids, "K000", 250)
    assert paid.received_cents == 250
    return paid.act_id
