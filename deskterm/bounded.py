"""Asking a server of somebody else, and waiting no longer than so long, whatever does not come."""

import json
import logging
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future
from queue import SimpleQueue
from typing import TypeVar

Result = TypeVar("Result")

# Their lines hold whole addresses, with the names that are looked for, and headers.
_TALKATIVE = ("httpx", "httpcore")


class Deadline:
    """The moment by which something has to be done."""

    def __init__(self, seconds: float, late: type[Exception] = TimeoutError) -> None:
        """`late` is raised when no time is left, with one word that is safe to show."""
        self._end = time.monotonic() + seconds
        self._late = late

    def left(self, reserve_s: float = 0.0) -> float:
        """The seconds until then, less what is kept for later; raises `late` when none are left."""
        left = self._end - time.monotonic() - reserve_s
        if left <= 0:
            raise self._late("deadline")
        return left

    def watch(self, event: str, _told: Mapping[str, object]) -> None:
        """Keep a question from being sent once nobody waits for it: a `trace` of httpx."""
        if event == "http11.send_request_headers.started":
            self.left()


class Errands:
    """A thread that does one thing after another for somebody who may stop waiting.

    The limits of a socket are per read and a name server has none at all, so what is asked of them
    is done by a thread that can be left alone. It does not keep the program from ending.
    """

    def __init__(self, name: str) -> None:
        """`name` is the thread's."""
        self._name = name
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
            threading.Thread(target=_run, args=(self._asked,), name=self._name, daemon=True).start()
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


def keep_silent() -> None:
    """Keep what is asked of servers out of the log."""
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)


def json_of(parts: Iterable[bytes], most_bytes: int, deadline: Deadline | None = None) -> object:
    """The JSON that comes in parts, as it comes and never unpacked: what was packed has no size
    that can be kept to. None when nothing comes.

    Raises:
        ValueError: it is no JSON, or longer than so many bytes; the message is safe to show.
    """
    read = bytearray()
    for part in parts:
        if deadline is not None:
            deadline.left()
        read += part
        if len(read) > most_bytes:
            raise ValueError("too long")
    try:
        return json.loads(read.decode("utf-8-sig")) if read.strip() else None
    except (ValueError, RecursionError):
        raise ValueError("no JSON") from None
