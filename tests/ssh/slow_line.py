"""A line between two places that are far apart: everything comes late, some of it later."""

from __future__ import annotations

import queue
import random
import socket
import threading
import time
from contextlib import suppress
from types import TracebackType

SEGMENT = 1400
LOST_SECONDS = 0.2
"""How much later a segment comes that had to be sent again."""


class SlowLine:
    """A proxy to a port of this machine; use it in a `with`.

    Each way takes `delay` seconds, up to `jitter` more, and one in `lost` segments is sent again:
    as TCP does, whatever comes behind it waits.
    """

    def __init__(self, to: int, delay: float, jitter: float, lost: int, seed: int = 1) -> None:
        self._to = to
        self._delay, self._jitter, self._lost = delay, jitter, lost
        self._random = random.Random(seed)
        self._over, self._gone = threading.Event(), threading.Event()
        self._sockets: list[socket.socket] = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self.received = 0
        """Bytes that came from the server."""

    def __enter__(self) -> SlowLine:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        self.cut()
        # Closing it alone does not wake the thread that waits for who connects.
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def cut(self) -> None:
        """Break every connection at once; what is on its way is lost."""
        self._over.set()
        for one in self._sockets:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        self._sockets = []

    def vanish(self) -> None:
        """Let nothing through any more and tell nobody, as a machine that loses its power does."""
        self._gone.set()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _address = self._listening.accept()
                far = socket.create_connection(("127.0.0.1", self._to))
                for one in (near, far):
                    one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self._sockets += [near, far]
                self._carry(near, far, counted=False)
                self._carry(far, near, counted=True)

    def _carry(self, here: socket.socket, there: socket.socket, *, counted: bool) -> None:
        on_its_way: queue.SimpleQueue[tuple[float, bytes]] = queue.SimpleQueue()

        def take_in() -> None:
            arrives, data = 0.0, b"first"
            while data:
                try:
                    data = here.recv(SEGMENT)
                except OSError:
                    data = b""
                late = self._random.uniform(0, self._jitter)
                late += LOST_SECONDS if self._random.randrange(self._lost) == 0 else 0
                arrives = max(arrives, time.monotonic() + self._delay + late)
                on_its_way.put((arrives, data))
                self.received += len(data) if counted else 0

        def hand_out() -> None:
            data = b"first"
            while data:
                arrives, data = on_its_way.get()
                if self._over.wait(max(0.0, arrives - time.monotonic())):
                    return
                if self._gone.is_set():
                    continue
                try:
                    there.sendall(data)
                except OSError:
                    return
            with suppress(OSError):
                if not self._gone.is_set():
                    there.shutdown(socket.SHUT_WR)

        for work in (take_in, hand_out):
            threading.Thread(target=work, daemon=True).start()
