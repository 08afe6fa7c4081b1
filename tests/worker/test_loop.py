"""The worker's loop: lanes, idleness, heartbeats, faults and a store that is away."""

import logging
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from sqlalchemy import text

from deskterm.store import workers
from deskterm.store.engine import Store
from deskterm.worker.loop import Worker, machine_now, new_name
from deskterm.worker.model import Lane, Task
from tests.rows_store import add_library
from tests.worker.conftest import Pile

Start = Callable[..., Worker]


@pytest.fixture
def start(store: Store) -> Iterator[Start]:
    """Workers in threads, ended when the test has."""
    running: list[tuple[Worker, threading.Thread]] = []

    def run(*lanes: Lane, **options: object) -> Worker:
        worker = make(store, *lanes, **options)
        thread = threading.Thread(target=worker.run)
        thread.start()
        running.append((worker, thread))
        return worker

    yield run
    for worker, thread in running:
        worker.stop()
        thread.join()


def make(store: Store, *lanes: Lane, **options: object) -> Worker:
    settings: dict[str, object] = {"poll_seconds": 0.02, "patience_seconds": 1.0, **options}
    settings.setdefault("name", new_name())
    return Worker(store, lanes, **settings)  # type: ignore[arg-type]


def lane(name: str, *tasks: Task, of_desk: bool = False) -> Lane:
    return Lane(name, tasks, of_desk)


def listed(store: Store) -> list[tuple[str, int | None]]:
    with store.read() as connection:
        return [
            (row.id, row.desk_id)
            for row in connection.execute(text("SELECT id, desk_id FROM worker ORDER BY id"))
        ]


def until(condition: Callable[[], bool]) -> None:
    """Wait for what the worker's threads bring about."""
    tick = threading.Event()
    for _ in range(1000):
        if condition():
            return
        tick.wait(0.01)
    raise TimeoutError


def test_a_worker_without_work_ends_when_it_is_to(store: Store) -> None:
    pile = Pile()
    assert make(store, lane("mail", pile), until_idle=True).run()
    assert pile.looks == 1
    assert listed(store) == []


def test_every_job_is_done_and_lanes_have_threads_of_their_own(store: Store) -> None:
    first, second = Pile("a", "b"), Pile("c")
    assert make(store, lane("one", first), lane("two", second), until_idle=True).run()
    assert (first.done, second.done) == (["a", "b"], ["c"])
    assert first.threads.isdisjoint(second.threads)


def test_the_first_task_of_a_lane_goes_before_the_next(store: Store) -> None:
    order: list[str] = []
    late, early = Pile(lambda: order.append("late")), Pile(lambda: order.append("early"))
    assert make(store, lane("one", early, late), until_idle=True).run()
    assert order == ["early", "late"]


def test_a_lane_is_not_idle_while_another_may_still_bring_it_work(store: Store) -> None:
    mail = Pile()
    looked = threading.Event()

    def make_account() -> None:
        until(lambda: mail.looks >= 2)
        mail.jobs.append("the code")
        looked.set()

    accounts = Pile(make_account)
    assert make(store, lane("accounts", accounts), lane("mail", mail), until_idle=True).run()
    assert looked.is_set()
    assert mail.done == ["the code"]


def test_a_lane_that_was_idle_before_is_not_so_while_it_does_a_job(store: Store) -> None:
    accounts, mail = Pile(), Pile()
    mail.later = 0.5
    worker = make(store, lane("accounts", accounts), lane("mail", mail), until_idle=True)
    thread = threading.Thread(target=worker.run)
    thread.start()
    until(lambda: accounts.looks > 1)

    def make_account() -> None:
        mail.later = None
        looks = mail.looks
        until(lambda: mail.looks > looks + 2)
        mail.jobs.append("the code")

    accounts.jobs.append(make_account)
    thread.join()
    assert mail.done == ["the code"]


def test_a_worker_waits_for_what_is_due_soon_and_not_for_what_is_due_later(store: Store) -> None:
    far = Pile()
    far.later = 3600.0
    assert make(store, lane("mail", far), until_idle=True).run()
    soon = Pile()
    soon.later = 0.5
    worker = make(store, lane("mail", soon), until_idle=True)
    thread = threading.Thread(target=worker.run)
    thread.start()
    until(lambda: soon.looks > 3)
    assert thread.is_alive()
    soon.jobs.append("x")
    soon.later = None
    thread.join()
    assert soon.done == ["x"]


def test_a_job_that_was_begun_is_finished(store: Store) -> None:
    began, go_on = threading.Event(), threading.Event()

    def take_long() -> None:
        began.set()
        go_on.wait()

    pile = Pile(take_long, "not begun")
    worker = make(store, lane("mail", pile))
    thread = threading.Thread(target=worker.run)
    thread.start()
    began.wait()
    worker.stop()
    assert thread.is_alive()
    go_on.set()
    thread.join()
    assert pile.jobs == ["not begun"]
    assert listed(store) == []


def test_a_worker_is_on_the_list_while_it_lives(store: Store, start: Start) -> None:
    worker = start(lane("mail", Pile()), name="here:1")
    until(lambda: listed(store) == [("here:1", None)])
    with store.look() as connection:
        assert workers.somebody(connection, machine_now())
        assert not workers.somebody(connection, machine_now() + timedelta(minutes=1))
    worker.stop()
    until(lambda: listed(store) == [])


def test_a_store_that_is_away_for_a_while_is_waited_for(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    pile = Pile("a")
    pile.away = 3
    with caplog.at_level(logging.WARNING, "deskterm.worker"):
        assert make(store, lane("mail", pile), until_idle=True).run()
    assert pile.done == ["a"]
    assert [record.getMessage() for record in caplog.records] == ["mail: store Locked"] * 3


def test_a_store_that_stays_away_ends_a_worker_that_is_not_to_stay(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deskterm.worker.loop.LONGEST_RETRY_SECONDS", 0.05)
    pile = Pile("a")
    pile.away = 1_000_000
    assert make(store, lane("mail", pile), until_idle=True).run()
    assert pile.done == []


def test_a_fault_of_the_program_ends_all_lanes_and_is_noted_without_what_it_says(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    name = " ".join(("Janneke", "Testabo"))

    def fall_over() -> None:
        raise ZeroDivisionError(name)

    worker = make(store, lane("mail", Pile(fall_over)), lane("accounts", Pile()))
    with caplog.at_level(logging.ERROR, "deskterm"):
        assert not worker.run()
    assert "ZeroDivisionError" in caplog.text
    assert name not in caplog.text
    assert listed(store) == []


def add_desk(store: Store) -> int:
    add_library(store)
    with store.write_plain() as connection:
        connection.execute(text("INSERT INTO desk (name, branch_code) VALUES ('balie1', '9401')"))
        return int(connection.execute(text("SELECT id FROM desk")).scalar_one())


def test_one_worker_serves_the_printers_of_a_desk_and_the_next_takes_over(
    store: Store, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "BEAT_SECONDS", 0.02)
    desk = add_desk(store)
    printed, mailed = Pile(), Pile()
    first = start(lane("printer", printed, of_desk=True), name="a", desk_id=desk)
    until(lambda: listed(store) == [("a", desk)])
    waiting = Pile("receipt")
    start(lane("mail", mailed), lane("printer", waiting, of_desk=True), name="b", desk_id=desk)
    mailed.jobs.append("mail")
    until(lambda: mailed.done == ["mail"])
    assert listed(store) == [("a", desk), ("b", None)]
    assert waiting.done == []
    first.stop()
    until(lambda: waiting.done == ["receipt"])
    assert listed(store) == [("b", desk)]


def test_a_worker_that_was_silent_too_long_steps_aside(store: Store) -> None:
    desk = add_desk(store)
    now = machine_now()

    def beats(name: str, seconds: float) -> bool:
        with store.jot() as connection:
            return workers.beat(connection, name, now + timedelta(seconds=seconds), desk)

    assert beats("a", 0)
    assert not beats("b", 30)
    assert beats("b", 46)
    assert not beats("a", 50)
    assert beats("b", 60)
    with store.look() as connection:
        assert not workers.somebody(connection, now + timedelta(seconds=60), desk, besides="b")
    assert beats("c", 200_000)
    assert listed(store) == [("c", desk)]
