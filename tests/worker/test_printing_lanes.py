"""The printers of a desk as lanes of its worker: side by side, for one worker, and kept clean."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread

import pytest

from deskterm.printing import sights, spool_desk
from deskterm.printing.documents import CardDocument, to_json
from deskterm.printing.options import DeskOptions, PrinterOptions, PrinterType, PrintingOptions
from deskterm.store import workers
from deskterm.store.engine import Store
from deskterm.store.light import text
from deskterm.worker.loop import Worker
from deskterm.worker.printing import PrintSweep, printing_lanes, sweep_lane
from tests.printing.fake_printer import FakePrinter, Mode
from tests.printing.spooling import CUSTOMER, SOURCE, add_desks

CARD = to_json(CardDocument("29401000075868", "T. Testabo"))


@pytest.fixture
def store(store: Store) -> Store:
    add_desks(store)
    return store


def options(port: int) -> PrintingOptions:
    bon = PrinterOptions(
        "bon", PrinterType.ESCPOS_NETWORK, host="127.0.0.1", port=port, confirm="process-id"
    )
    pas = PrinterOptions("pas", PrinterType.PDF_FILE)
    desk = DeskOptions("balie1", receipt="bon", card="pas")
    return PrintingOptions(printers={"bon": bon, "pas": pas}, desks={"balie1": desk})


def worker_of(store: Store, port: int, folder: Path, name: str = "one") -> Worker:
    settings = options(port)
    lanes = printing_lanes(store, settings, settings.desk("balie1"), 1, name, folder)
    return Worker(
        store, [*lanes, sweep_lane(store, 7)], name=name, desk_id=1, until_idle=True,
        poll_seconds=0.01, patience_seconds=0,
    )  # fmt: skip


def ask(store: Store, key: str, printer: str, at: datetime | None = None) -> None:
    card = printer == "pas"
    kind, source = ("card", CARD) if card else ("status", SOURCE)
    job = spool_desk.NewJob(key, 1, printer, kind, source, customer_id=CUSTOMER)
    with store.jot() as connection:
        spool_desk.enqueue(connection, job, at or datetime.now(UTC))


def states(store: Store) -> dict[str, tuple[str, str]]:
    with store.look() as connection:
        rows = connection.execute(text("SELECT key, state, reason FROM print_job")).mappings()
        return {row["key"]: (row["state"], row["reason"]) for row in rows}


def test_a_worker_prints_what_is_queued_and_ends(store: Store, tmp_path: Path) -> None:
    ask(store, "bon", "bon")
    ask(store, "pas", "pas")
    ask(store, "weg", "weg")
    with FakePrinter() as printer:
        assert worker_of(store, printer.port, tmp_path / "printed").run()
    assert states(store) == {
        "bon": ("done", ""), "pas": ("done", ""), "weg": ("failed", "no_printer"),
    }  # fmt: skip
    assert len(list((tmp_path / "printed").iterdir())) == 1


def test_a_receipt_does_not_wait_for_another_printer(store: Store, tmp_path: Path) -> None:
    """The receipt printer is out of paper in the middle of a job; cards go on."""
    ask(store, "bon", "bon")
    with FakePrinter(Mode.ENDS) as printer:
        worker = worker_of(store, printer.port, tmp_path / "printed")
        thread = Thread(target=worker.run)
        thread.start()
        until(lambda: states(store)["bon"][0] == "sent")
        ask(store, "pas", "pas")
        until(lambda: states(store)["pas"] == ("done", ""))
        assert states(store)["bon"][0] == "sent"
        printer.refill()
        thread.join(30)
    assert states(store)["bon"] == ("done", "")


def test_a_second_worker_of_the_desk_steps_aside(store: Store, tmp_path: Path) -> None:
    ask(store, "bon", "bon")
    with store.jot() as connection:
        assert workers.beat(connection, "first", datetime.now(UTC), 1)
    with FakePrinter() as printer:
        assert worker_of(store, printer.port, tmp_path, "second").run()
        assert (states(store)["bon"], printer.connections) == (("queued", ""), 0)
        with store.jot() as connection:
            workers.leave(connection, "first")
        assert worker_of(store, printer.port, tmp_path, "second").run()
    assert states(store)["bon"] == ("done", "")


def test_a_look_while_the_clock_was_ahead_answers_no_later_question(store: Store) -> None:
    now = datetime.now(UTC)
    with store.jot() as connection:
        sights.ask(connection, 1, "bon", now + timedelta(days=400))
        assert not sights.is_asked(connection, 1, "bon", now)
        sights.seen(connection, 1, "bon", "offline", "offline", now + timedelta(days=400))
        assert not sights.is_asked(connection, 1, "bon", now)
        sights.ask(connection, 1, "bon", now)
        assert sights.is_asked(connection, 1, "bon", now)
        sights.seen(connection, 1, "bon", "ready", "", now)
        assert not sights.is_asked(connection, 1, "bon", now)


def test_a_screen_that_asks_is_told_how_the_printer_is(store: Store, tmp_path: Path) -> None:
    now = datetime.now(UTC)
    with store.jot() as connection:
        sights.ask(connection, 1, "bon", now)
    with FakePrinter(Mode.COVER) as printer:
        assert worker_of(store, printer.port, tmp_path).run()
    with store.look() as connection:
        seen = sights.sight(connection, 1, "bon")
        other = sights.sight(connection, 1, "pas")
    assert (seen.readiness, seen.reason) == ("attention", "cover_open")
    assert seen.seen_at is not None
    assert seen.seen_at >= now
    assert other.seen_at is None


def test_the_sweep_ends_the_stale_and_empties_the_old_now_and_then(store: Store) -> None:
    long_ago = datetime.now(UTC) - timedelta(days=8)
    ask(store, "stale", "bon", long_ago)
    ask(store, "fresh", "bon")
    ticks = [0.0]
    now = [datetime.now(UTC)]
    sweep = PrintSweep(store, 7, now=lambda: now[0], ticks=lambda: ticks[0])
    assert sweep.wait() == 0
    assert sweep.run_one()
    assert states(store) == {"stale": ("failed", "too_old"), "fresh": ("queued", "")}
    assert sweep.wait() is None
    ticks[0], now[0] = 600.0, now[0] + timedelta(days=7, minutes=1)
    assert sweep.wait() == 0
    assert sweep.run_one()
    with store.look() as connection:
        query = text("SELECT source FROM print_job WHERE key = 'stale'")
        assert connection.execute(query).scalar() == "{}"


def until(condition: object) -> None:
    assert callable(condition)
    for _ in range(3000):
        if condition():
            return
        Event().wait(0.01)
    raise TimeoutError
