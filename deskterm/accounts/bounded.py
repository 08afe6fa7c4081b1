"""Waiting no longer than so long, whatever it is that does not come."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
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


def within(seconds: float, act: Callable[[], Result]) -> Result:
    """What `act` answers or raises; TimeoutError when it is not done by then.

    The limits of a socket are per read and a name server has none at all, so the work is done in
    a thread that can be left alone. It does not keep the program from ending.
    """
    future: Future[Result] = Future()

    def errand() -> None:
        try:
            future.set_result(act())
        except BaseException as error:  # noqa: BLE001 - the thread that waits raises it
            future.set_exception(error)

    threading.Thread(target=errand, name="account server", daemon=True).start()
    return future.result(seconds)
