"""The log of what nobody foresaw: which error, where in the code, never whose data.

The message of an exception may quote a name or a number, so it is left out.
"""

import logging
import traceback

SIZE = 1_000_000
KEPT = 3


def log_to_file() -> None:
    """Let the program's log go to a file of the user's, readable for nobody else."""
    import os
    from logging.handlers import RotatingFileHandler

    from deskterm.paths import log_file, private_folder

    file = log_file()
    private_folder(file.parent)
    handler = RotatingFileHandler(file, maxBytes=SIZE, backupCount=KEPT, delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logger = logging.getLogger("deskterm")
    logger.addHandler(handler)
    logger.propagate = False
    if not file.exists():
        os.close(os.open(file, os.O_CREAT | os.O_WRONLY, 0o600))


def keep_off_terminal() -> None:
    """Keep the log off the terminal of a command, which says in its own words what went wrong."""
    logger = logging.getLogger("deskterm")
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())


def note(trouble: BaseException) -> None:
    """Write down which error came up and where, without what it said."""
    place = "".join(traceback.format_tb(trouble.__traceback__))
    logging.getLogger("deskterm").error("%s\n%s", type(trouble).__name__, place)
