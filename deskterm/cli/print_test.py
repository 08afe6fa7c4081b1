"""The proof that `deskterm print-test` prints, and what the printer says of it."""

from dataclasses import replace
from typing import TYPE_CHECKING

from deskterm.cli.endings import say
from deskterm.paths import printed_folder
from deskterm.text import _

if TYPE_CHECKING:
    from deskterm.printing.model import Outcome, PrinterJob, Progress
    from deskterm.printing.options import PrinterOptions, PrintingOptions

_JOB = 9999
"""The number that the printer is to answer with; no job of the spool is meant."""
_ANSWER_SECONDS = 3.0


def run_test(printer: "PrinterOptions", options: "PrintingOptions") -> bool:
    """Print a proof on a printer and say what came of it; whether it came out."""
    from deskterm.printing.model import PrinterJob
    from deskterm.printing.render.payload import render
    from deskterm.printing.render.testpage import document_for
    from deskterm.printing.rendering import PROBLEM_TEXTS, RenderFault

    printer = _with_found_confirm(printer)
    try:
        payload = render(document_for(printer), printer, options.branch(""))
    except RenderFault as fault:
        say(_(PROBLEM_TEXTS[fault.problem]))
        return False
    outcome = _print(printer, PrinterJob(_JOB, payload.data, payload.form), _seconds(printer))
    return outcome is not None and _tell_end(outcome)


def _with_found_confirm(printer: "PrinterOptions") -> "PrinterOptions":
    """The printer with the way in which it tells that it has printed, found out by asking."""
    from deskterm.printing.model import Form, PrinterJob, Result
    from deskterm.printing.options import ESCPOS_TYPES

    if printer.type not in ESCPOS_TYPES or printer.language != "escpos":
        return printer
    for confirm in ("process-id", "gs-r"):
        asked = replace(printer, confirm=confirm)
        # Starting afresh prints nothing.
        outcome = _print(
            asked, PrinterJob(_JOB, b"\x1b@", Form.ESCPOS), _ANSWER_SECONDS, quiet=True
        )
        if outcome is not None and outcome.result is Result.DONE and outcome.confirmed:
            if printer.confirm != confirm:
                print(
                    _('Deze printer kan meer: zet confirm = "{confirm}".').format(confirm=confirm)
                )
            return asked
    if printer.confirm != "none":
        print(_('Deze printer antwoordt niet op confirm = "{confirm}".').format(
            confirm=printer.confirm
        ))  # fmt: skip
    return replace(printer, confirm="none")


def _print(
    printer: "PrinterOptions", job: "PrinterJob", seconds: float, *, quiet: bool = False
) -> "Outcome | None":
    """Send a job and wait for its end; None when nothing has gone, which is said."""
    from deskterm.printing.drivers.choosing import driver_for
    from deskterm.printing.model import NotSent, Outcome, Result, SentUnsure
    from deskterm.services.printing_words import sentence

    def tell(progress: "Progress") -> None:
        if progress.reason is not None and not quiet:
            print(sentence(progress.reason))

    driver = driver_for(printer, printed_folder())
    try:
        return driver.confirm(job, driver.send(job, tell), seconds, tell)
    except NotSent as refusal:
        if not quiet:
            say(sentence(refusal.reason))
        return None
    except SentUnsure as unsure:
        return Outcome(Result.UNKNOWN, unsure.reason)
    finally:
        driver.close()


def _seconds(printer: "PrinterOptions") -> float:
    from deskterm.printing.drivers.choosing import confirm_seconds

    return confirm_seconds(printer)


def _tell_end(outcome: "Outcome") -> bool:
    from deskterm.printing.model import Result
    from deskterm.services.printing_words import sentence

    why = sentence(outcome.reason or "")
    if outcome.result is not Result.DONE:
        say(" ".join(filter(None, (_("Kijk bij de printer of de proef eruit kwam."), why))))
        return False
    if outcome.confirmed:
        print(" ".join(filter(None, (_("Geprint: de printer heeft het zelf gemeld."), why))))
    else:
        print(_("Verstuurd; deze printer meldt niet of het geprint is."))
    return True
