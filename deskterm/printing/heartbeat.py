"""Keeping a job while its driver waits for the printer: the lease is made longer in a thread."""

import logging
from collections.abc import Callable
from datetime import datetime
from threading import Event, Thread
from types import TracebackType
from typing import Self

from deskterm.printing import spool
from deskterm.printing.spool import ClaimedJob
from deskterm.store.engine import Store
from deskterm.store.errors import StoreError

_log = logging.getLogger("deskterm.printing")


class Heartbeat:
    """Beats for one job as long as the `with` lasts, or until somebody else has the job."""

    def __init__(
        self,
        store: Store,
        job: ClaimedJob,
        now: Callable[[], datetime],
        every_seconds: float,
    ) -> None:
        """`now` is the machine's clock."""
        self._store, self._job, self._now = store, job, now
        self._every_seconds = every_seconds
        self._ends = Event()
        self._thread = Thread(target=self._beat, name=f"job {job.id}", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ends.set()
        self._thread.join()

    def _beat(self) -> None:
        while not self._ends.wait(self._every_seconds):
            try:
                with self._store.jot() as connection:
                    if not spool.beat(connection, self._job, self._now()):
                        return
            except StoreError as trouble:
                # One beat may fail: the lease is three of them long.
                _log.warning("print job %d: store %s", self._job.id, type(trouble).__name__)
