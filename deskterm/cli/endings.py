"""How a command ends: its exit status, and one sentence instead of a traceback."""

import os
import sys
from collections.abc import Callable
from enum import IntEnum

from deskterm.rules.names import inert
from deskterm.services.errors import DeskError, FormFaults
from deskterm.text import _, reason_text


class Ending(IntEnum):
    """Exit statuses."""

    DONE = 0
    FAILED = 1
    WRONG_USE = 2
    NO_LIBRARY = 3
    """The screens found a store without a library in it."""
    INTERRUPTED = 130
    PIPE_CLOSED = 141
    """What a shell reports of a program that the closed pipe killed: 128 + SIGPIPE."""


def say(sentence: str) -> None:
    """Tell the one who typed the command something that is no answer: it goes to stderr.

    A sentence may quote what was typed or what a file is called: nothing of it acts.
    """
    print(inert(sentence), file=sys.stderr)


def ending_well(command: Callable[[], int]) -> int:
    """Run a command; what goes wrong becomes a sentence on stderr and an exit status."""
    try:
        status = command()
        sys.stdout.flush()
    except SystemExit as ending:
        return ending.code if isinstance(ending.code, int) else Ending.FAILED
    except KeyboardInterrupt:
        say("")
        return Ending.INTERRUPTED
    except EOFError:
        say(_("Gestopt."))
        return Ending.FAILED
    except BrokenPipeError:
        # Python flushes stdout once more at exit, and would complain there.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Ending.PIPE_CLOSED
    except FormFaults as faults:
        say(faults.sentence)
        for name, sentence in faults.faults:
            say(f"  {name}: {sentence}")
        return Ending.FAILED
    except DeskError as error:
        say(f"deskterm: {error.sentence}")
        if error.hint:
            say(error.hint)
        return Ending.FAILED
    except OSError as error:
        say(_("deskterm: {file}: {reason}").format(file=error.filename, reason=reason_text(error)))
        return Ending.FAILED
    except Exception as trouble:  # noqa: BLE001 - the one place where a command's trouble surfaces
        return _unforeseen(trouble)
    return status


def _unforeseen(trouble: Exception) -> int:
    """What it says may quote a customer, so only the log is told, and that only where it was."""
    from deskterm.logs import log_to_file, note
    from deskterm.paths import log_file

    log_to_file()
    note(trouble)
    say(
        _("deskterm: hier ging iets mis dat niet voorzien was ({kind}).").format(
            kind=type(trouble).__name__
        )
    )
    say(_("In {file} staat waar; geef dat door aan de beheerder.").format(file=log_file()))
    return Ending.FAILED
