"""The log of what nobody foresaw: which error, where in the code, never whose data.

The message of an exception may quote a name or a number, so it is left out. What is logged is one
line whatever it holds, but for the places in the code under it.
"""

import io
import logging
import os
import traceback

from deskterm.rules.names import inert

SIZE = 1_000_000
KEPT = 3
_PLACES = "places"


class OneLine(logging.Formatter):
    """Writes each event as one harmless line, with the places in the code of `note` below it.

    What a server answered, or a customer is called, can begin no line of its own. A traceback that
    comes with an event says which error and where, not what it said.
    """

    def format(self, record: logging.LogRecord) -> str:
        record.message = record.getMessage()
        record.asctime = self.formatTime(record) if self.usesTime() else ""
        places: str = getattr(record, _PLACES, "")
        if record.exc_info and record.exc_info[1] is not None:
            places += f"{type(record.exc_info[1]).__name__}\n{_places_of(record.exc_info[1])}"
        return "\n".join(filter(None, (inert(self.formatMessage(record)), places.rstrip("\n"))))


def log_to_file() -> None:
    """Let the program's log go to a file of the user's, readable for nobody else."""
    from logging.handlers import RotatingFileHandler

    from deskterm.paths import log_file, only_mine, private_folder

    class PrivateFile(RotatingFileHandler):
        """The fresh file after a full one is private too."""

        def _open(self) -> io.TextIOWrapper:
            flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
            raw = io.FileIO(only_mine(self.baseFilename, flags), "ab")
            return io.TextIOWrapper(io.BufferedWriter(raw), encoding="utf-8")

    file = log_file()
    private_folder(file.parent)
    handler = PrivateFile(file, maxBytes=SIZE, backupCount=KEPT, delay=True)
    handler.setFormatter(OneLine("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logger = logging.getLogger("deskterm")
    logger.addHandler(handler)
    logger.propagate = False


def keep_off_terminal() -> None:
    """Keep the log off the terminal of a command, which says in its own words what went wrong."""
    logger = logging.getLogger("deskterm")
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())


def note(trouble: BaseException) -> None:
    """Write down which error came up and where, without what it said."""
    logging.getLogger("deskterm").error(
        type(trouble).__name__, extra={_PLACES: _places_of(trouble)}
    )


def _places_of(trouble: BaseException) -> str:
    return "".join(traceback.format_tb(trouble.__traceback__))
