"""`deskterm scan-test`: scan something and see what the desk would make of it."""

from argparse import Namespace
from collections.abc import Iterator

from deskterm.cli.endings import Ending
from deskterm.cli.keys import STOP
from deskterm.cli.opening import settings_of
from deskterm.cli.parser import Parser, Subjects
from deskterm.cli.raw_terminal import Keyboard, Stroke, raw_keyboard
from deskterm.cli.scan_report import ENDS, Scan, report, setup_sheet
from deskterm.text import _

QUIET_SECONDS = 1.0
"""After so long without a key a scan without an ending is over."""
END_SECONDS = 0.1


def add(subjects: Subjects, common: Parser) -> None:
    """Add the command."""
    parser = subjects.add_parser(
        "scan-test", parents=[common], help=_("scan iets en zie of de scanner goed staat")
    )
    parser.set_defaults(run=_run)


def _run(given: Namespace) -> int:
    settings = settings_of(given).settings
    with raw_keyboard() as keyboard:
        print("\n".join(setup_sheet()))
        print("\n" + _("Scan nu een pas of een boek; Ctrl+C stopt."), flush=True)
        for scan in scans(keyboard):
            for label, value in report(scan, settings):
                print(f"{label:12} {value}")
            print("", flush=True)
    return Ending.DONE


def scans(keyboard: Keyboard) -> Iterator[Scan]:
    """Every scan, as it ends or falls silent, until staff stop."""
    strokes: list[Stroke] = []
    ends: list[str] = []
    while not keyboard.closed:
        # A second ending (the LF of CR LF) comes at once or not at all.
        arrived = keyboard.wait(END_SECONDS if ends else QUIET_SECONDS)
        for stroke in arrived:
            if stroke.key == STOP:
                return
            if stroke.key in ENDS and stroke.key != "paste":
                ends.append(stroke.key)
                continue
            if ends:
                yield Scan(tuple(strokes), tuple(ends))
                strokes, ends = [], []
            strokes.append(stroke)
        if not arrived and (strokes or ends):
            yield Scan(tuple(strokes), tuple(ends))
            strokes, ends = [], []
