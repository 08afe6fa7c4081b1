"""Printing one job: what is written down when, and what never is printed twice."""

import hashlib
import logging
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from deskterm.printing import spool_desk
from deskterm.printing.documents import CardDocument, ReceiptDocument, Symbology, Text, to_json
from deskterm.printing.model import (
    NotSent,
    Outcome,
    PrinterState,
    Progress,
    Readiness,
    Reason,
    Result,
    SentUnsure,
    Stage,
    Tell,
)
from deskterm.printing.options import PrinterOptions, PrinterType, PrintingOptions
from deskterm.printing.run import Press
from deskterm.printing.sights import sight
from deskterm.printing.spool_states import LEASE, JobState
from deskterm.store.engine import Store
from deskterm.store.errors import Full, Locked
from tests.printing.fake_printer import FakePrinter, Mode, closed_port
from tests.printing.scripted import Scripted
from tests.printing.spooling import NAME, PRINTER, Spool, add_desks, full_disk

RECEIPTS = PrinterOptions(PRINTER, PrinterType.ESCPOS_NETWORK, host="127.0.0.1")
CARDS = PrinterOptions(PRINTER, PrinterType.PDF_FILE)


@pytest.fixture
def queue(sqlite_store: Store) -> Spool:
    add_desks(sqlite_store)
    return Spool(sqlite_store)


def press(queue: Spool, printer: PrinterOptions = RECEIPTS, folder: Path = Path()) -> Press:
    """The printer of desk 1."""
    options = PrintingOptions(printers={printer.name: printer})
    return Press(queue.store, options, printer, 1, "worker", folder, queue.now)


def scripted(queue: Spool, driver: Scripted, printer: PrinterOptions = RECEIPTS) -> Press:
    return replace(press(queue, printer), make_driver=lambda *_: driver)


def at(printer: FakePrinter) -> PrinterOptions:
    return replace(RECEIPTS, port=printer.port, confirm="process-id")


def seen(queue: Spool) -> tuple[str, str]:
    with queue.store.look() as connection:
        found = sight(connection, 1, PRINTER)
    return found.readiness.value, found.reason


def test_a_receipt_comes_out_once(queue: Spool) -> None:
    queue.ask()
    with FakePrinter() as printer:
        worker = press(queue, at(printer))
        assert worker.run_one()
        assert not worker.run_one()
    row = queue.row()
    assert (row["state"], row["reason"], row["attempts"]) == ("done", "", 1)
    assert NAME.encode() in row["payload"]
    assert (row["form"], row["sha256"]) == (
        "escpos", hashlib.sha256(row["payload"]).hexdigest(),
    )  # fmt: skip
    assert bytes(printer.paper) == row["payload"]
    assert seen(queue) == ("ready", "")


def test_what_is_printed_again_is_the_same_to_the_byte(
    queue: Spool, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue.ask()
    driver = Scripted()
    assert scripted(queue, driver).run_one()
    with queue.store.jot() as connection:
        first = spool_desk.by_id(connection, 1, queue.now())
        assert first is not None
        spool_desk.enqueue_again(connection, first, "again", 1, PRINTER, None, queue.now())
    monkeypatch.setattr("deskterm.printing.render.payload.render", None)
    assert scripted(queue, driver).run_one()
    assert queue.state(2) == ("done", "")
    assert driver.printed[0] == driver.printed[1] != b""


def test_what_was_kept_for_another_kind_of_printer_is_rendered_anew(
    queue: Spool, tmp_path: Path
) -> None:
    queue.ask()
    with FakePrinter() as printer:
        press(queue, at(printer)).run_one()
    with queue.store.jot() as connection:
        first = spool_desk.by_id(connection, 1, queue.now())
        assert first is not None
        spool_desk.enqueue_again(connection, first, "again", 1, PRINTER, None, queue.now())
    assert press(queue, CARDS, tmp_path / "printed").run_one()
    (file,) = (tmp_path / "printed").iterdir()
    assert file.read_bytes().startswith(b"%PDF")
    assert queue.row(2)["form"] == "a4-pdf"


def test_a_printer_without_paper_prints_once_it_has_some(queue: Spool) -> None:
    queue.ask()
    with FakePrinter(Mode.OUT) as printer:
        worker = press(queue, at(printer))
        assert worker.run_one()
        assert queue.state() == ("queued", "paper_out")
        assert seen(queue) == ("attention", "paper_out")
        printer.mode = Mode.OK
        assert not worker.run_one()
        queue.now.pass_by(seconds=1)
        assert worker.run_one()
    assert queue.state() == ("done", "")
    assert bytes(printer.paper).count(NAME.encode()) == 1


def test_a_printer_that_is_off(queue: Spool) -> None:
    queue.ask()
    assert press(queue, replace(RECEIPTS, port=closed_port())).run_one()
    assert queue.state() == ("queued", "offline")
    assert seen(queue) == ("offline", "offline")


def test_a_printer_that_breaks_off_is_never_tried_again(queue: Spool) -> None:
    lines = tuple(Text("x" * 4000) for _ in range(200))
    queue.ask(source=to_json(ReceiptDocument("status", "", lines)))
    with FakePrinter(Mode.RESET) as printer:
        worker = press(queue, at(printer))
        assert worker.run_one()
        assert queue.state() == ("unknown", "interrupted")
        queue.now.pass_by(hours=1)
        assert not worker.run_one()
    assert printer.connections == 1


def test_sending_is_in_the_store_before_the_first_byte(queue: Spool) -> None:
    driver = Scripted()
    states = []

    def note(_tell: Tell) -> None:
        states.append((queue.state(), len(driver.printed)))

    def wait(tell: Tell) -> None:
        tell(Progress(Stage.WAITING, Reason.CARD_NEEDED))
        note(tell)

    def run_out(tell: Tell) -> None:
        note(tell)
        tell(Progress(Stage.SENT, Reason.PAPER_OUT))
        note(tell)

    driver.before, driver.between, driver.after = wait, note, run_out
    queue.ask()
    scripted(queue, driver).run_one()
    assert states == [
        (("waiting", "card_needed"), 0),
        (("sending", ""), 1),
        (("sent", ""), 1),
        (("sent", "paper_out"), 1),
    ]
    row = queue.row()
    assert (row["state"], row["device_job"], driver.closed) == ("done", "17", 1)


@pytest.mark.parametrize(
    ("outcome", "state", "printer"),
    [
        (Outcome(Result.DONE), ("done", ""), ("ready", "")),
        (Outcome(Result.DONE, Reason.PAPER_LOW), ("done", "paper_low"), ("ready", "paper_low")),
        (Outcome(Result.DONE, confirmed=False), ("done", "not_confirmed"), ("unknown", "")),
        (Outcome(Result.FAILED, Reason.JAM), ("failed", "jam"), ("attention", "jam")),
        (Outcome(Result.UNKNOWN, Reason.JOB_GONE), ("unknown", "job_gone"), None),
    ],
)
def test_what_came_of_it(
    queue: Spool, outcome: Outcome, state: tuple[str, str], printer: tuple[str, str] | None
) -> None:
    queue.ask()
    scripted(queue, Scripted(outcome)).run_one()
    assert queue.state() == state
    assert printer is None or seen(queue) == printer


def raising(error: Exception) -> Scripted:
    driver = Scripted()

    def fail(_tell: Tell) -> None:
        raise error

    driver.between = fail
    return driver


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (NotSent(Reason.BUSY), ("queued", "busy")),
        (NotSent(Reason.MEDIA, lasting=True), ("failed", "media")),
        (SentUnsure(Reason.INTERRUPTED, "23"), ("unknown", "interrupted")),
    ],
)
def test_what_the_first_byte_decides(
    queue: Spool, error: Exception, state: tuple[str, str]
) -> None:
    queue.ask()
    driver = raising(error)
    scripted(queue, driver).run_one()
    assert queue.state() == state
    assert queue.row()["device_job"] == ("23" if state[0] == "unknown" else "")
    assert driver.closed == 1


def test_a_job_that_is_called_off_in_time_is_not_printed(queue: Spool) -> None:
    queue.ask()
    driver = Scripted()

    def call_off(_tell: Tell) -> None:
        with queue.store.jot() as connection:
            assert spool_desk.cancel(connection, 1, None, queue.now())

    driver.before = call_off
    assert scripted(queue, driver).run_one()
    assert (driver.printed, queue.state()) == ([], ("cancelled", ""))


def test_a_worker_that_slept_too_long_prints_nothing(queue: Spool) -> None:
    queue.ask()
    driver = Scripted()

    def sleep(_tell: Tell) -> None:
        queue.now.pass_by(seconds=LEASE.total_seconds())
        assert queue.reap() == 1

    driver.before = sleep
    assert scripted(queue, driver).run_one()
    assert (driver.printed, queue.state()) == ([], ("queued", "worker_lost"))


def test_who_was_taken_for_lost_does_not_undo_the_question(queue: Spool) -> None:
    queue.ask()
    driver = Scripted()

    def sleep(_tell: Tell) -> None:
        queue.now.pass_by(seconds=LEASE.total_seconds())
        assert queue.reap() == 1

    driver.after = sleep
    assert scripted(queue, driver).run_one()
    assert queue.state() == ("unknown", "worker_lost")


def test_on_a_full_disk_nothing_goes_and_later_it_does_once(queue: Spool) -> None:
    queue.ask()
    driver = Scripted()
    worker = scripted(queue, driver)
    with full_disk(), pytest.raises(Full):
        worker.run_one()
    assert queue.state() == ("queued", "")

    def fill(tell: Tell) -> None:
        with full_disk():
            tell(Progress(Stage.SENDING))

    driver.before = fill
    with pytest.raises(Full):
        worker.run_one()
    assert (driver.printed, queue.state()) == ([], ("claimed", ""))
    driver.before = lambda _: None
    queue.now.pass_by(seconds=LEASE.total_seconds())
    assert worker.run_one()
    assert (len(driver.printed), queue.state()) == (1, ("done", ""))


def test_a_store_that_is_away_while_it_prints_does_not_stop_the_waiting(queue: Spool) -> None:
    queue.ask()
    driver = Scripted()

    def fill(tell: Tell) -> None:
        with full_disk():
            tell(Progress(Stage.SENT))

    driver.between = fill
    assert scripted(queue, driver).run_one()
    assert queue.state() == ("done", "")


def test_a_store_that_stays_away_leaves_the_question(queue: Spool) -> None:
    queue.ask()
    driver = Scripted()
    real = queue.store.jot

    def gone(_tell: Tell) -> None:
        def jot() -> None:
            raise Locked("busy")

        queue.store.jot = jot  # type: ignore[assignment, method-assign]

    driver.after = gone
    with pytest.raises(Locked):
        scripted(queue, driver).run_one()
    queue.store.jot = real  # type: ignore[method-assign]
    assert queue.state()[0] == "sent"
    queue.now.pass_by(seconds=LEASE.total_seconds())
    assert not scripted(queue, driver).run_one()
    assert (queue.state(), len(driver.printed)) == (("unknown", "worker_lost"), 1)


@pytest.mark.parametrize(
    ("kind", "source", "reason"),
    [
        ("status", "{}", "bad_document"),
        ("status", "onzin", "bad_document"),
        ("card", to_json(CardDocument("", NAME)), "number_empty"),
        ("card", to_json(CardDocument("9" * 80, NAME)), "number_too_long"),
        ("card", to_json(CardDocument("ABC", NAME, symbology=Symbology.ITF)), "number_unfit"),
    ],
)
def test_what_cannot_be_rendered_fails_and_nothing_is_sent(
    queue: Spool, kind: str, source: str, reason: str
) -> None:
    queue.ask(kind=kind, source=source)
    driver = Scripted()
    assert scripted(queue, driver, CARDS).run_one()
    assert (driver.printed, queue.state()) == ([], ("failed", reason))


def test_a_document_that_the_printer_is_not_for_fails(queue: Spool) -> None:
    queue.ask()
    evolis = PrinterOptions(PRINTER, PrinterType.EVOLIS)
    driver = Scripted()
    assert scripted(queue, driver, evolis).run_one()
    assert (driver.printed, queue.state()) == ([], ("failed", "wrong_printer"))


def test_a_long_wait_keeps_the_job(queue: Spool) -> None:
    queue.ask()
    driver, worker = Scripted(), press(queue)
    before = queue.now()

    def wait(_tell: Tell) -> None:
        lease = queue.row()["lease_until"]
        queue.now.pass_by(seconds=LEASE.total_seconds() - 1)
        for _ in range(1000):
            if queue.row()["lease_until"] > lease:
                return
            Event().wait(0.01)
        raise TimeoutError

    driver.after = wait
    worker = replace(worker, make_driver=lambda *_: driver, beat_seconds=0.01)
    assert worker.run_one()
    assert queue.state() == ("done", "")
    assert queue.now() > before


def test_a_look_at_the_printer_is_written_down(queue: Spool) -> None:
    driver = Scripted()
    driver.state = PrinterState(Readiness.WAITING, (Reason.CARD_NEEDED, Reason.WARMING))
    scripted(queue, driver).look()
    assert seen(queue) == ("waiting", "card_needed")
    with FakePrinter(Mode.COVER) as printer:
        press(queue, at(printer)).look()
    assert seen(queue) == ("attention", "cover_open")
    assert JobState.QUEUED not in seen(queue)


def test_the_log_names_nobody(queue: Spool, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    queue.ask("a")
    queue.ask("b", kind="card", source=to_json(CardDocument("29401000075868", NAME)))
    for driver in (raising(SentUnsure(Reason.INTERRUPTED)), raising(NotSent(Reason.BUSY))):
        assert scripted(queue, driver, CARDS).run_one()
    assert "print job 1: unknown interrupted" in caplog.text
    assert "print job 2: queued, busy" in caplog.text
    assert NAME not in caplog.text
    assert "29401000075868" not in caplog.text
