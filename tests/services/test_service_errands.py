"""Whether a worker has to be started: something is due, and nobody is there to do it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from deskterm.services.desk import Desk, SystemClock
from deskterm.services.errands import worker_needed
from deskterm.store import workers
from deskterm.store.tables import AccountJob, LoginAccount, MailJob, PrinterSight, PrintJob
from deskterm.store.tables import Desk as Place
from tests.services.fake_accounts import FakeAccounts
from tests.services.library import Library

HOUR = timedelta(hours=1)


@pytest.fixture
def desk(library: Library) -> Desk:
    library.customer()
    return library.desk()


def job(library: Library, **columns: Any) -> AccountJob:
    at = library.clock.now()
    values: dict[str, Any] = {"key": "key-1", "customer_id": 413700, "at": at, "next_at": at}
    return AccountJob(**(values | columns))


def mail(library: Library, **columns: Any) -> MailJob:
    at = library.clock.now()
    values: dict[str, Any] = {"key": "key-1", "kind": "account_made", "at": at, "next_at": at}
    return MailJob(**(values | columns))


def pending(library: Library, **columns: Any) -> LoginAccount:
    values: dict[str, Any] = {
        "customer_id": 413700, "provider": "fake", "ref": "r1", "username": "thea",
        "state": "pending", "checked_at": library.clock.now(),
    }  # fmt: skip
    return LoginAccount(**(values | columns))


def test_without_work_no_worker_is_needed(desk: Desk) -> None:
    assert not worker_needed(desk)


@pytest.mark.parametrize("make", [job, mail])
def test_what_is_due_needs_a_worker(library: Library, desk: Desk, make: Any) -> None:
    library.add(make(library))
    assert worker_needed(desk)


@pytest.mark.parametrize("make", [job, mail])
@pytest.mark.parametrize("column", ["next_at", "lease_until"])
def test_what_is_not_due_yet_or_is_being_done_needs_none(
    library: Library, desk: Desk, make: Any, column: str
) -> None:
    library.add(make(library, attempts=1, **{column: library.clock.now() + HOUR}))
    assert not worker_needed(desk)
    library.clock.at += 2 * HOUR
    assert worker_needed(desk)


@pytest.mark.parametrize("make", [job, mail])
@pytest.mark.parametrize("column", ["next_at", "lease_until"])
def test_what_was_written_while_the_clock_was_ahead_does_not_wait_for_that_time(
    library: Library, desk: Desk, make: Any, column: str
) -> None:
    library.add(make(library, attempts=1, **{column: library.clock.now() + 48 * HOUR}))
    assert worker_needed(desk)


@pytest.mark.parametrize("make", [job, mail])
def test_what_nobody_tried_yet_does_not_wait_for_a_clock_that_was_ahead_for_an_hour(
    library: Library, desk: Desk, make: Any
) -> None:
    library.add(make(library, next_at=library.clock.now() + HOUR))
    assert worker_needed(desk)


def test_printing_does_not_wait_for_a_clock_that_was_ahead(library: Library, desk: Desk) -> None:
    library.add(PrinterSight(desk_id=1, printer="bon", asked_at=datetime.now(UTC) + 48 * HOUR))
    assert not worker_needed(desk)
    library.add(printed(library, next_at=datetime.now(UTC) + HOUR))
    assert worker_needed(desk)


def test_what_has_ended_needs_none(library: Library, desk: Desk) -> None:
    library.add(job(library, state="done"), mail(library, state="failed"))
    assert not worker_needed(desk)


def test_a_library_without_accounts_has_none_made(library: Library) -> None:
    library.customer()
    library.add(job(library))
    library.accounts = None
    assert not worker_needed(library.desk())


def test_a_living_worker_is_enough_and_a_silent_one_is_not(
    library: Library, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.add(job(library))
    # The machine's clock stands still: however slow a machine is, nobody falls silent meanwhile.
    now = datetime.now(UTC)
    monkeypatch.setattr(SystemClock, "now", lambda _self: now)
    with library.store.jot() as connection:
        workers.beat(connection, "here:1", now - timedelta(minutes=2))
    assert worker_needed(desk)
    with library.store.jot() as connection:
        workers.beat(connection, "here:1", now)
    assert not worker_needed(desk)
    with library.store.jot() as connection:
        workers.leave(connection, "here:1")
    assert worker_needed(desk)


def test_a_server_is_asked_now_and_then_what_became_of_an_account(
    library: Library, desk: Desk
) -> None:
    library.add(pending(library))
    assert not worker_needed(desk)
    library.clock.at += HOUR
    assert worker_needed(desk)
    library.accounts = FakeAccounts("local")
    assert not worker_needed(library.desk())


def printed(library: Library, **columns: Any) -> PrintJob:
    at = datetime.now(UTC)
    values: dict[str, Any] = {
        "key": "key-1", "desk_id": 1, "printer": "bon", "kind": "status",
        "at": at, "next_at": at, "updated_at": at,
    }  # fmt: skip
    return PrintJob(**(values | columns))


def test_printing_needs_a_worker_at_this_very_desk(library: Library, desk: Desk) -> None:
    library.add(printed(library))
    assert worker_needed(desk)
    with library.store.jot() as connection:
        workers.beat(connection, "serves no desk", datetime.now(UTC))
    assert worker_needed(desk)
    with library.store.jot() as connection:
        workers.beat(connection, "serves this desk", datetime.now(UTC), 1)
    assert not worker_needed(desk)


def test_what_is_printed_elsewhere_or_later_or_already_needs_none(
    library: Library, desk: Desk
) -> None:
    library.add(
        Place(branch_code="9401", name="balie2"),
        printed(library, desk_id=2),
        printed(library, key="key-2", next_at=datetime.now(UTC) + HOUR / 120),
        printed(library, key="key-3", state="sent"),
        printed(library, key="key-4", state="done"),
    )
    assert not worker_needed(desk)


def test_a_screen_that_wants_to_know_how_a_printer_is_needs_a_worker(
    library: Library, desk: Desk
) -> None:
    now = datetime.now(UTC)
    library.add(PrinterSight(desk_id=1, printer="bon", asked_at=now - HOUR))
    assert not worker_needed(desk)
    library.add(PrinterSight(desk_id=1, printer="pas", asked_at=now))
    assert worker_needed(desk)
    library.add(PrinterSight(desk_id=1, printer="pdf", asked_at=now, seen_at=now))
    with library.store.jot() as connection:
        workers.beat(connection, "serves this desk", now, 1)
    assert not worker_needed(desk)
