"""What a worker is given to do."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


class Task(Protocol):
    """A queue of one kind of jobs. Both verbs may raise StoreError; the worker tries again later.

    What else goes wrong in a job is the job's own to write down: an error that comes out of
    `run_one` is a fault of the program and ends the worker.
    """

    def wait(self) -> float | None:
        """Seconds until the next job is due, 0 or less when one is now, None when there is none.

        Asked every second, so it has to be one light look at the store.
        """

    def run_one(self) -> bool:
        """Do one job that is due, within limits of its own; False when there was none to take."""


@dataclass(frozen=True, slots=True)
class Lane:
    """Tasks that take turns in one thread; lanes do not wait for each other."""

    name: str
    """For the log."""
    tasks: tuple[Task, ...]
    """In order of precedence: a later one works while the earlier ones have nothing due."""
    of_desk: bool = False
    """Only the one worker that serves the printers of its desk does these."""


def seconds_until(due: datetime | None, now: datetime) -> float | None:
    """The answer of `Task.wait` for a queue whose next job is due at this moment."""
    return None if due is None else (due - now).total_seconds()
