"""A worker of its own process beside the screens, for a desk where no other one runs.

It outlives the screens: what is due is done, then it ends by itself.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import monotonic

STORE_VARIABLE = "DESKTERM_STORE"
REST_AFTER_FAILURE_SECONDS = 300.0
"""One that failed has said why in the log; starting it again at once would not help."""


@dataclass(frozen=True, slots=True)
class BesideOptions:
    """What a worker has to know to work for the same library as the screens."""

    store: str
    """A file or an address. An address holds a password, so none of it goes to the command line,
    which every user of the machine can read."""
    config: Path | None = None
    day: date | None = None
    desk: str = ""
    """`branch/desk`: whose printers it serves."""


class Beside:
    """Starts a worker, one at a time."""

    def __init__(self, ticks: Callable[[], float] = monotonic) -> None:
        self._ticks = ticks
        self.process: subprocess.Popen[bytes] | None = None
        """The worker that was started last."""
        self._not_before = float("-inf")

    def start(self, options: BesideOptions) -> bool:
        """Start a worker unless one that was started here still runs; tells whether it did.

        Raises OSError when the system cannot start a program.
        """
        if self.process is not None:
            if self.process.poll() is None:
                return False
            if self.process.returncode:
                self._not_before = self._ticks() + REST_AFTER_FAILURE_SECONDS
            self.process = None
        if self._ticks() < self._not_before:
            return False
        self.process = _detached(command(options), options.store)
        return True


def command(options: BesideOptions) -> list[str]:
    """The command line of the worker; where the store is goes through the environment."""
    words = [sys.executable, "-m", "deskterm", "worker", "--until-idle"]
    if options.config is not None:
        words += ["--config", str(options.config)]
    if options.day is not None:
        words += ["--day", options.day.isoformat()]
    if options.desk:
        words += ["--desk", options.desk]
    return words


def _detached(words: list[str], store: str) -> "subprocess.Popen[bytes]":
    """A program that neither the terminal's keys nor its end reach."""
    # Windows has no sessions; there these flags keep the console's signals away.
    flags = getattr(subprocess, "DETACHED_PROCESS", 0) | getattr(
        subprocess, "CREATE_NEW_PROCESS_GROUP", 0
    )
    return subprocess.Popen(
        words,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, STORE_VARIABLE: store},
        start_new_session=os.name == "posix",
        creationflags=flags,
    )
