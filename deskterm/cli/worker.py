"""`deskterm worker`: what is done beside the desk, until a signal or until nothing is left."""

import logging
import signal
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from deskterm.cli.endings import Ending, say
from deskterm.cli.opening import open_store, say_faults, settings_of
from deskterm.cli.parser import Parser, Subjects
from deskterm.text import _

if TYPE_CHECKING:
    from types import FrameType

    from deskterm.worker.loop import Worker


def add(subjects: Subjects, common: Parser) -> None:
    """Add the command."""
    parser = subjects.add_parser(
        "worker",
        parents=[common],
        help=_("print, maak inlogaccounts en verstuur mail, naast de balie"),
        description=_(
            "Print de passen en bonnen van één balie, maakt inlogaccounts en verstuurt mail, tot"
            " Ctrl+C. Een balie met eigen printers heeft haar eigen werker nodig; een tweede voor"
            " dezelfde balie laat de printers aan de eerste."
        ),
    )
    parser.add_argument(
        "--until-idle", action="store_true", help=_("stop zodra er niets meer te doen is")
    )
    parser.add_argument(
        "--desk", metavar=_("BALIE"), help=_("voor de printers van deze balie: vestiging/naam")
    )
    parser.set_defaults(run=_run)


def _run(given: Namespace) -> int:
    from deskterm import sections

    built = settings_of(given)
    say_faults(sections.faults(built.reading))
    _log_somewhere(to_file=given.until_idle)
    with (
        open_store(built) as store,
        built.worker(store, until_idle=given.until_idle) as worker,
        _ending_in_order(worker) as heard,
    ):
        if not given.until_idle:
            say(_("De werker draait. Ctrl+C stopt, na wat er nu gebeurt."))
        went_well = worker.run()
    if signal.SIGINT in heard:
        return Ending.INTERRUPTED
    return Ending.DONE if went_well else Ending.FAILED


@contextmanager
def _ending_in_order(worker: "Worker") -> Iterator[list[int]]:
    """End after the present job at a signal, at once at a second one; gives the signals heard."""
    heard: list[int] = []
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def stop(number: int, _frame: "FrameType | None") -> None:
        heard.append(number)
        worker.stop()
        signal.signal(number, signal.SIG_DFL)

    for number in before:
        signal.signal(number, stop)
    try:
        yield heard
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _log_somewhere(*, to_file: bool) -> None:
    """Log to the file of the screens, or to stderr where a service manager gathers it."""
    from deskterm.logs import OneLine, log_to_file

    if to_file:
        log_to_file()
        return
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(OneLine("%(levelname)s %(name)s %(message)s"))
    logger = logging.getLogger("deskterm")
    logger.addHandler(handler)
    logger.propagate = False
