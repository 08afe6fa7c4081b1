"""The queue of print jobs from the worker's side: one at a time, at most once, never lost."""

from threading import Barrier, Thread

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from deskterm.printing import spool, spool_desk
from deskterm.printing.spool_states import LEASE, wait_after
from deskterm.store.engine import Store
from tests.printing.spooling import PRINTER, SOURCE, Spool, add_desks


@pytest.fixture
def queue(store: Store) -> Spool:
    add_desks(store)
    return Spool(store)


@pytest.fixture
def sqlite_queue(sqlite_store: Store) -> Spool:
    add_desks(sqlite_store)
    return Spool(sqlite_store)


def test_a_job_goes_from_queued_to_done(queue: Spool) -> None:
    assert queue.due() is None
    assert queue.ask() == 1
    assert queue.due() == queue.now()
    job = queue.claimed()
    assert (job.id, job.kind, job.source, job.payload, job.attempts) == (
        1,
        "status",
        SOURCE,
        b"",
        1,
    )
    assert queue.state() == ("claimed", "")
    assert queue.move(job, "waiting", reason="card_needed")
    assert queue.state() == ("waiting", "card_needed")
    assert queue.move(job, "sending")
    assert queue.state() == ("sending", "")
    assert queue.move(job, "sent", device_job="17")
    assert queue.move(job, "sent", reason="paper_out")
    assert (queue.state(), queue.row()["device_job"]) == (("sent", "paper_out"), "17")
    assert queue.move(job, "done")
    assert (queue.state(), queue.row()["device_job"]) == (("done", ""), "17")
    assert queue.due() is None
    assert queue.claim() is None


def test_a_key_that_was_used_asks_for_nothing(queue: Spool) -> None:
    assert [queue.ask("same"), queue.ask("same")] == [1, None]
    assert queue.ask("other") is not None


def test_one_job_is_at_a_printer_at_a_time(queue: Spool) -> None:
    for key in ("a", "b"):
        queue.ask(key)
    queue.ask("c", printer="pas-balie1")
    queue.ask("d", desk_id=2)
    first = queue.claimed()
    assert first.id == 1
    assert queue.claim("two") is None
    other_printer, other_desk = queue.claim(printer="pas-balie1"), queue.claim(desk_id=2)
    assert other_printer is not None
    assert other_desk is not None
    assert (other_printer.id, other_desk.id) == (3, 4)
    queue.move(first, "sending", "sent", "done")
    assert queue.claimed("two").id == 2


def test_the_database_itself_allows_one_job_at_a_printer(queue: Spool) -> None:
    queue.ask("a")
    queue.ask("b")
    queue.claimed()
    with pytest.raises(IntegrityError), queue.store.write_plain() as connection:
        connection.execute(text("UPDATE print_job SET state = 'sending' WHERE id = 2"))


def test_two_workers_at_once_take_two_jobs_or_one_and_none(queue: Spool) -> None:
    for number in range(5):
        queue.ask(f"key-{number}")
    start, taken = Barrier(4), list[int]()

    def take(worker: str) -> None:
        start.wait()
        job = queue.claim(worker)
        if job is not None:
            taken.append(job.id)

    workers = [Thread(target=take, args=(str(number),)) for number in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert taken == [1]


@pytest.mark.parametrize(
    ("before", "to"),
    [
        ((), "sent"),
        ((), "done"),
        ((), "unknown"),
        (("waiting",), "done"),
        (("sending",), "waiting"),
        (("sending", "sent"), "sending"),
        (("sending", "sent", "done"), "unknown"),
        (("sending", "unknown"), "done"),
        (("sending", "sent", "failed"), "done"),
    ],
)
def test_a_job_goes_no_other_way(sqlite_queue: Spool, before: tuple[str, ...], to: str) -> None:
    sqlite_queue.ask()
    job = sqlite_queue.claimed()
    sqlite_queue.move(job, *before)
    state = sqlite_queue.state()
    assert not sqlite_queue.move(job, to)
    assert sqlite_queue.state() == state


def test_what_the_printer_took_nothing_of_rests_longer_each_time_and_is_given_up(
    queue: Spool,
) -> None:
    queue.ask()
    begin, rests = queue.now(), []
    while queue.state()[0] == "queued":
        job = queue.claimed()
        queue.move(job, "sending")
        asked_at = queue.now()
        queue.release(job)
        due = queue.due()
        if due is not None:
            rests.append((due - asked_at).total_seconds())
            assert queue.claim() is None
            queue.now.at = due
    assert rests[:5] == [1, 2, 5, 10, 10]
    assert queue.state() == ("failed", "paper_out")
    assert 600 <= (queue.now() - begin).total_seconds() < 611


def test_what_cannot_mend_itself_fails_at_once(queue: Spool) -> None:
    queue.ask()
    assert queue.release(queue.claimed(), lasting=True) == "failed"
    assert queue.state() == ("failed", "paper_out")


def test_the_oldest_goes_first_also_while_it_rests(queue: Spool) -> None:
    for key in ("a", "b"):
        queue.ask(key)
    queue.release(queue.claimed())
    assert queue.claim() is None
    queue.now.pass_by(seconds=1)
    assert queue.claimed().id == 1


def test_a_lost_worker_before_the_first_byte_lets_the_job_be_done_again(queue: Spool) -> None:
    for key, states in (("a", ()), ("b", ("waiting",))):
        job_id = queue.ask(key)
        lost = queue.claimed("lost")
        queue.move(lost, *states)
        assert queue.claim("next") is None
        queue.now.pass_by(seconds=LEASE.total_seconds())
        job = queue.claimed("next")
        assert (job.id, job.attempts) == (job_id, 2)
        assert not queue.move(lost, "sending")
        assert queue.move(job, "sending", "sent", "done")


@pytest.mark.parametrize("states", [("sending",), ("sending", "sent")])
def test_a_lost_worker_after_that_leaves_unknown_for_good(
    queue: Spool, states: tuple[str, ...]
) -> None:
    queue.ask()
    lost = queue.claimed("lost")
    queue.move(lost, *states)
    queue.now.pass_by(seconds=LEASE.total_seconds())
    assert queue.reap(desk_id=2) == 0
    assert queue.claim("next") is None
    assert queue.state() == ("unknown", "worker_lost")
    assert not queue.move(lost, "sent")
    assert not queue.move(lost, "done")
    assert queue.due() is None


@pytest.mark.parametrize("ahead", [{"hours": 1}, {"days": 400}], ids=["an hour", "400 days"])
def test_what_was_asked_while_the_clock_was_ahead_goes_when_it_is_put_right(
    queue: Spool, ahead: dict[str, float]
) -> None:
    right = queue.now.at
    queue.now.pass_by(**ahead)
    queue.ask()
    queue.release(queue.claimed())
    queue.now.at = right
    assert queue.due() == right
    job = queue.claimed()
    # Nor is it tried for ever: ten minutes count from now.
    assert queue.release(job) == "queued"
    queue.now.pass_by(minutes=10)
    assert queue.release(queue.claimed()) == "failed"


def test_a_worker_lost_while_the_clock_was_ahead_keeps_no_job(queue: Spool) -> None:
    right = queue.now.pass_by(days=-400)
    queue.now.pass_by(days=400)
    queue.ask()
    queue.move(queue.claimed("lost"), "sending")
    queue.now.at = right
    assert queue.due() == right
    with queue.store.look() as connection:
        seen = spool_desk.by_id(connection, 1, right)
        assert spool_desk.any_lost(connection, 1, right)
    assert seen is not None
    assert seen.is_lost
    assert queue.claim("next") is None
    assert queue.state() == ("unknown", "worker_lost")


def test_a_beat_keeps_a_job(queue: Spool) -> None:
    queue.ask()
    job = queue.claimed()
    queue.move(job, "sending")
    for _ in range(3):
        queue.now.pass_by(seconds=LEASE.total_seconds() - 1)
        with queue.store.jot() as connection:
            assert spool.beat(connection, job, queue.now())
    assert queue.reap() == 0
    queue.move(job, "done")
    with queue.store.jot() as connection:
        assert not spool.beat(connection, job, queue.now())


def test_a_job_that_ends_its_worker_each_time_is_given_up(queue: Spool) -> None:
    queue.ask()
    for _ in range(100):
        if queue.claim() is None:
            break
        queue.now.pass_by(seconds=LEASE.total_seconds())
    assert queue.state() == ("failed", "worker_lost")
    assert 15 < queue.row()["attempts"] < 25


def test_the_wait_grows_to_ten_seconds() -> None:
    assert [wait_after(tries).total_seconds() for tries in (0, 1, 2, 3, 4, 99)] == [
        1, 1, 2, 5, 10, 10,
    ]  # fmt: skip


def test_a_payload_is_kept_only_by_who_has_the_job(queue: Spool) -> None:
    queue.ask()
    job = queue.claimed("lost")
    queue.now.pass_by(seconds=LEASE.total_seconds())
    queue.claimed("next")
    with queue.store.jot() as connection:
        assert not spool.keep_payload(connection, job, b"bytes", "escpos", "sum")
    assert queue.row()["payload"] is None


def test_what_was_printed_is_emptied_after_some_days(queue: Spool) -> None:
    queue.ask("a")
    job = queue.claimed()
    with queue.store.jot() as connection:
        assert spool.keep_payload(connection, job, b"bytes\x00\xff", "escpos", "sum")
    queue.move(job, "sending", "sent", "done")
    queue.ask("b")
    queue.now.pass_by(days=7, seconds=-1)

    def purge() -> int:
        with queue.store.jot() as connection:
            return spool.purge(connection, queue.now(), 7)

    assert purge() == 0
    assert bytes(queue.row()["payload"]) == b"bytes\x00\xff"
    queue.now.pass_by(seconds=1)
    assert (purge(), purge()) == (1, 0)
    row = queue.row()
    assert (row["payload"], row["source"], row["sha256"]) == (None, "{}", "sum")
    assert queue.row(2)["source"] == SOURCE


def test_what_nobody_printed_for_half_a_day_does_not_come_out_of_itself(queue: Spool) -> None:
    queue.ask("a")
    queue.now.pass_by(hours=6)
    queue.ask("b")
    queue.now.pass_by(hours=6)
    with queue.store.jot() as connection:
        assert spool.fail_stale(connection, queue.now()) == 1
    assert queue.state(1) == ("failed", "too_old")
    assert queue.claimed().id == 2


def test_jobs_for_printers_nobody_knows_fail(queue: Spool) -> None:
    queue.ask("a")
    queue.ask("b", printer="weg")
    queue.ask("c", printer="weg", desk_id=2)
    for printers, found in (((PRINTER,), [2]), ((), [1, 2])):
        with queue.store.look() as connection:
            assert sorted(spool.strays(connection, 1, printers)) == found
    with queue.store.jot() as connection:
        assert spool.fail_strays(connection, [2], queue.now()) == 1
    assert queue.state(2) == ("failed", "no_printer")
    assert queue.state(3) == ("queued", "")
