"""Tasks made of lists, for workers that have nothing else to do; programs that are cleared away."""

import threading
from collections.abc import Callable, Iterator

import pytest

from deskterm.store.errors import Locked
from tests.worker.programs import STARTED, kill


@pytest.fixture(autouse=True)
def _no_worker_outlives_its_test() -> Iterator[None]:
    yield
    while STARTED:
        worker = STARTED.pop()
        if worker.poll() is None:
            kill(worker)


class Pile:
    """A task with jobs that are due now; each is a name that is put in `done`, or is called."""

    def __init__(self, *jobs: str | Callable[[], None]) -> None:
        self.jobs = list(jobs)
        self.done: list[str] = []
        self.threads: set[int] = set()
        self.away = 0
        """How many looks at the store fail before it is back."""
        self.later: float | None = None
        """Seconds until a next job, when there is none now."""
        self.looks = 0

    def wait(self) -> float | None:
        self.looks += 1
        if self.away:
            self.away -= 1
            raise Locked("busy")
        return 0.0 if self.jobs else self.later

    def run_one(self) -> bool:
        if not self.jobs:
            return False
        self.threads.add(threading.get_ident())
        job = self.jobs.pop(0)
        if isinstance(job, str):
            self.done.append(job)
        else:
            job()
        return True
