"""Waiting no longer than so long, whatever it is that does not come."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from typing import TypeVar

from deskterm.accounts.model import Unavailable

Result = TypeVar("Result")


class Deadline:
    """The moment by which something has to be done."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self, reserve_s: float = 0.0) -> float:
        """The seconds until then, less what is kept for later; Unavailable when none are left."""
        left = self._end - time.monotonic() - reserve_s
        if left <= 0:
            raise Unavailable("deadline")
        return left


class Errands:
    """A thread that does one thing after another for somebody who may stop waiting.

    The limits of a socket are per read and a name server has none at all, so what is asked of them
    is done by a thread that can be left alone. It does not keep the program from ending.
    """

    def __init__(self) -> None:
        self._asked: SimpleQueue[Callable[[], None] | None] | None = None

    def within(self, seconds: float, act: Callable[[], Result]) -> Result:
        """What `act` answers or raises; TimeoutError when it is not done by then."""
        future: Future[Result] = Future()

        def errand() -> None:
            try:
                future.set_result(act())
            except BaseException as error:  # noqa: BLE001 - the thread that waits raises it
                future.set_exception(error)

        if self._asked is None:
            self._asked = SimpleQueue()
            # Kept from one errand to the next: starting one costs as much as a third of a request.
            threading.Thread(
                target=_run, args=(self._asked,), name="account server", daemon=True
            ).start()
        self._asked.put(errand)
        try:
            return future.result(seconds)
        except TimeoutError:
            self.leave()
            raise

    def leave(self) -> None:
        """Let the thread end after what it is doing; the next errand gets another one."""
        if self._asked is not None:
            self._asked.put(None)
            self._asked = None


def _run(asked: SimpleQueue[Callable[[], None] | None]) -> None:
    while (errand := asked.get()) is not None:
        errand()
        # What it came with is not kept while there is nothing to do.
        del errand
