"""A job that its printer has and that somebody wants back: asked for, and told what came of it."""

from pathlib import Path

from deskterm.printing import spool_desk
from deskterm.printing.model import Outcome, Progress, Reason, Result, Stage, Tell
from deskterm.printing.options import PrinterOptions, PrinterType, PrintingOptions
from deskterm.printing.run import Press
from deskterm.store.engine import Store
from tests.printing.scripted import Scripted
from tests.printing.spooling import PRINTER, Spool, add_desks

PRINTER_THERE = PrinterOptions(PRINTER, PrinterType.ESCPOS_NETWORK, host="127.0.0.1")


def test_that_a_job_is_wanted_back_stays_said_until_the_printer_answers(
    sqlite_store: Store,
) -> None:
    add_desks(sqlite_store)
    queue = Spool(sqlite_store)
    queue.ask()
    driver, seen = Scripted(Outcome(Result.FAILED, Reason.CANCELLED)), list[object]()

    def ask(tell: Tell) -> None:
        asked = driver.jobs[0].stop_asked
        seen.append(asked())
        with queue.store.jot() as connection:
            assert spool_desk.ask_to_stop(connection, 1, queue.now())
        seen.append(asked())
        tell(Progress(Stage.SENT, Reason.CARD_NEEDED))
        seen.append(queue.state())
        tell(Progress(Stage.SENT, Reason.NOT_STOPPED))
        seen.extend([queue.state(), asked()])

    driver.after = ask
    press = Press(
        queue.store, PrintingOptions(), PRINTER_THERE, 1, "worker", Path(), queue.now,
        make_driver=lambda *_: driver,
    )  # fmt: skip
    assert press.run_one()
    assert seen == [False, True, ("sent", "stop_asked"), ("sent", "not_stopped"), False]
    assert queue.state() == ("failed", "cancelled")
    with queue.store.jot() as connection:
        assert not spool_desk.ask_to_stop(connection, 1, queue.now())
