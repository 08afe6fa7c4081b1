"""The worker's loop: lanes of tasks side by side, a heartbeat, and an end in good order.

A job that was begun is finished, whatever signal comes. One that a killed worker had goes to
another when its lease has ended. A store that is away for a while is waited for.
"""

import logging
import os
import secrets
import socket
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from datetime import UTC, datetime
from threading import Condition

from deskterm.logs import note
from deskterm.store import workers
from deskterm.store.engine import Store
from deskterm.store.errors import StoreError
from deskterm.worker.model import Lane

POLL_SECONDS = 1.0
"""How long a new job may lie before it is seen."""
LONGEST_RETRY_SECONDS = 30.0
"""Between two tries to reach a store that is away."""
PATIENCE_SECONDS = 60.0
"""A worker that is to end when idle still waits for jobs that are due this soon."""

_log = logging.getLogger("deskterm.worker")


def new_name() -> str:
    """A name for a worker: host, process and start, told apart when a number comes again."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"


def machine_now() -> datetime:
    """This moment by the machine's clock."""
    return datetime.now(UTC)


class Worker:
    """Does the tasks of its lanes until it is stopped or, if so told, has nothing left to do."""

    def __init__(
        self,
        store: Store,
        lanes: Sequence[Lane],
        *,
        name: str,
        desk_id: int | None = None,
        until_idle: bool = False,
        poll_seconds: float = POLL_SECONDS,
        patience_seconds: float = PATIENCE_SECONDS,
        now: Callable[[], datetime] = machine_now,
    ) -> None:
        """`desk_id` is the desk whose printers it serves while no other living worker does."""
        self._store = store
        self._lanes = tuple(lanes)
        self.name = name
        self._desk_id = desk_id
        self._until_idle = until_idle
        self._poll_seconds = poll_seconds
        self._patience_seconds = patience_seconds
        self._now = now
        self._turn = Condition()
        self._stopped = False
        self._jobs_done = 0
        self._idle_since: dict[str, int] = {}
        """By lane: how many jobs had been done when it last found nothing to do."""
        self._beat_at: datetime | None = None
        self.serves_desk = False

    def stop(self) -> None:
        """End after the jobs that are being done; may be called from any thread or signal."""
        # Without the lock: a signal may come while this very thread holds it.
        self._stopped = True

    def run(self) -> bool:
        """Work until the end; False when a fault of the program ended it, which is in the log."""
        load_database()
        self._beat()
        with ThreadPoolExecutor(len(self._lanes), "lane") as pool:
            lanes = [pool.submit(self._work, lane) for lane in self._lanes]
            while not any(lane.done() for lane in lanes):
                wait(lanes, workers.BEAT_SECONDS, FIRST_COMPLETED)
                self._beat()
            # The first one that ends was told to, or fell over: the others finish their jobs.
            self.stop()
        self._leave()
        faults = [fault for lane in lanes if (fault := lane.exception()) is not None]
        for fault in faults:
            note(fault)
        return not faults

    def _work(self, lane: Lane) -> None:
        """One lane, in its thread."""
        failed = 0
        while not self._stopped:
            try:
                seconds = self._turn_of(lane)
            except StoreError as trouble:
                _log.warning("%s: store %s", lane.name, type(trouble).__name__)
                seconds = min(LONGEST_RETRY_SECONDS, self._poll_seconds * 2**failed)
                failed += 1
                if self._until_idle and seconds >= LONGEST_RETRY_SECONDS:
                    self.stop()
            else:
                failed = 0
            self._rest(seconds)

    def _turn_of(self, lane: Lane) -> float:
        """Do one job of the lane if any is due; the seconds that it may rest."""
        with self._turn:
            self._idle_since.pop(lane.name, None)
            done_before = self._jobs_done
        if lane.of_desk and not self.serves_desk:
            self._is_idle(lane, done_before)
            return self._poll_seconds
        waits = []
        for task in lane.tasks:
            seconds = task.wait()
            if seconds is None:
                continue
            if seconds <= 0:
                if task.run_one():
                    self._has_done_a_job()
                    return 0.0
                # Another worker was first; what is left shows at the next look.
                seconds = self._poll_seconds
            waits.append(seconds)
        if not any(seconds <= self._patience_seconds for seconds in waits):
            self._is_idle(lane, done_before)
        return min([self._poll_seconds, *waits])

    def _has_done_a_job(self) -> None:
        """Wake the other lanes: an account that was made has a mail to be sent."""
        with self._turn:
            self._jobs_done += 1
            self._turn.notify_all()

    def _is_idle(self, lane: Lane, done_before: int) -> None:
        """Note that a lane has nothing to do; the worker is idle once all have found so since the
        last job of any."""
        with self._turn:
            self._idle_since[lane.name] = done_before
            found = [self._idle_since.get(one.name) for one in self._lanes]
            if self._until_idle and all(since == self._jobs_done for since in found):
                self._stopped = True
                self._turn.notify_all()

    def _rest(self, seconds: float) -> None:
        """Wait so long, or until a job is done elsewhere. In short waits: `stop` wakes nobody."""
        with self._turn:
            while seconds > 0 and not self._stopped:
                if self._turn.wait(min(self._poll_seconds, seconds)):
                    return
                seconds -= self._poll_seconds

    def _beat(self) -> None:
        now = self._now()
        try:
            with self._store.jot() as connection:
                serves = workers.beat(connection, self.name, now, self._desk_id)
            # Not before others can read it: until the commit the desk is not this worker's.
            self.serves_desk, self._beat_at = serves, now
        except StoreError as trouble:
            _log.warning("heartbeat: store %s", type(trouble).__name__)
            silent = self._beat_at is None or now - self._beat_at >= workers.ALIVE_FOR
            # By now another worker may rightly take this one for dead.
            self.serves_desk = self.serves_desk and not silent

    def _leave(self) -> None:
        try:
            with self._store.jot() as connection:
                workers.leave(connection, self.name)
        except StoreError as trouble:
            _log.warning("end: store %s", type(trouble).__name__)


def load_database() -> None:
    """Import what writes: its modules import each other in a circle, which two threads that enter
    it at different places do not survive."""
    from sqlalchemy.orm import configure_mappers

    from deskterm.store import tables  # noqa: F401

    configure_mappers()
