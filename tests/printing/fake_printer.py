"""A receipt printer of ours on a TCP port: it answers as Epson's reference says, and goes wrong
as real ones do."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum
from types import TracebackType
from typing import Self

from tests.ports import free_port

READY = {1: 0x12, 2: 0x12, 3: 0x12, 4: 0x12}
OFFLINE, COVER, STOPPED, IN_ERROR, CUTTER = 0x08, 0x04, 0x20, 0x40, 0x08
LOW, END = 0x0C, 0x60
STARTS = (b"\x10\x04", b"\x1d(H", b"\x1dr")


class Mode(StrEnum):
    """How it behaves."""

    OK = "ok"
    LOW = "low"
    OUT = "out"
    OFFLINE = "offline"
    COVER = "cover"
    CUTTER = "cutter"
    MUTE = "mute"
    """Takes everything and never says a word."""
    CLONE = "clone"
    """Answers DLE EOT and GS r but knows no GS ( H."""
    STALL = "stall"
    """Stops reading when the job comes."""
    RESET = "reset"
    """Breaks the connection off when the job comes."""
    HANGS_UP = "hangs-up"
    """Prints, and closes the connection without a word."""
    ENDS = "ends"
    """Runs out of paper during the job."""


ANSWERS = {
    Mode.LOW: READY | {4: 0x12 | LOW},
    Mode.OUT: READY | {1: 0x12 | OFFLINE, 2: 0x12 | STOPPED, 4: 0x12 | END},
    Mode.OFFLINE: READY | {1: 0x12 | OFFLINE},
    Mode.COVER: READY | {1: 0x12 | OFFLINE, 2: 0x12 | COVER},
    Mode.CUTTER: READY | {1: 0x12 | OFFLINE, 2: 0x12 | IN_ERROR, 3: 0x12 | CUTTER},
}


class FakePrinter:
    """Listens on a free port of the loopback until the `with` ends."""

    def __init__(self, mode: Mode = Mode.OK) -> None:
        self.mode = mode
        self.paper = bytearray()
        """What came that is no question to the printer."""
        self.connections = 0
        self._end = threading.Event()
        self._refilled = threading.Event()
        self._server = socket.create_server(("127.0.0.1", 0))
        # Small windows, so that a job that is not read does not vanish in buffers.
        self._server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self._thread = threading.Thread(target=self._serve, daemon=True)

    @property
    def port(self) -> int:
        return int(self._server.getsockname()[1])

    def refill(self) -> None:
        """Put paper in."""
        self._refilled.set()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end.set()
        self._refilled.set()
        with suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self._thread.join(10)
        assert not self._thread.is_alive()

    def _serve(self) -> None:
        while not self._end.is_set():
            try:
                connection, _ = self._server.accept()
            except OSError:
                return
            self.connections += 1
            with suppress(OSError), connection:
                self._talk(connection)

    def _talk(self, connection: socket.socket) -> None:
        connection.settimeout(0.05)
        held = b""
        while not self._end.is_set():
            try:
                data = connection.recv(1024)
            except TimeoutError:
                if self._refilled.is_set():
                    held = self._obey(connection, held)
                continue
            if not data:
                return
            held = self._obey(connection, held + data)
            if self.paper and self.mode is Mode.STALL:
                self._end.wait()
            if self.paper and self.mode is Mode.RESET:
                linger = struct.pack("ii", 1, 0)
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                return

    def _obey(self, connection: socket.socket, held: bytes) -> bytes:
        """Do what is asked; what is not there in full yet comes back."""
        while held:
            if len(held) < 3 and any(start.startswith(held) for start in STARTS):
                return held
            if held.startswith(b"\x10\x04"):
                self._say(connection, bytes((self._status(held[2]),)))
                held = held[3:]
            elif held.startswith(b"\x1d(H"):
                if len(held) < 11:
                    return held
                if self.mode is Mode.ENDS and not self._refilled.is_set():
                    return self._only_questions(connection, held)
                if self.mode is Mode.HANGS_UP:
                    raise ConnectionAbortedError
                if self.mode is not Mode.CLONE:
                    self._say(connection, b"\x37\x22" + held[7:11] + b"\x00")
                held = held[11:]
            elif held.startswith(b"\x1dr"):
                self._say(connection, b"\x03" if self.mode is Mode.LOW else b"\x00")
                held = held[3:]
            else:
                self.paper += held[:1]
                held = held[1:]
                if self.mode in (Mode.STALL, Mode.RESET):
                    return held
        return held

    def _only_questions(self, connection: socket.socket, held: bytes) -> bytes:
        """Without paper the job waits, but questions are answered."""
        at = held.find(b"\x10\x04", 11)
        while at >= 0 and len(held) >= at + 3:
            self._say(connection, bytes((self._status(held[at + 2]),)))
            held = held[:at] + held[at + 3 :]
            at = held.find(b"\x10\x04", 11)
        return held

    def _status(self, number: int) -> int:
        if self.mode is Mode.ENDS and self.paper and not self._refilled.is_set():
            return ANSWERS[Mode.OUT][number]
        return ANSWERS.get(self.mode, READY)[number]

    def _say(self, connection: socket.socket, words: bytes) -> None:
        if self.mode is not Mode.MUTE:
            connection.sendall(words)


def closed_port() -> int:
    """A port of the loopback where nobody listens."""
    return free_port()


@contextmanager
def swallowing_host() -> Iterator[int]:
    """A port where connecting gets no answer at all, as behind a firewall that drops packets:
    the queue of those who wait to be let in is full."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(0)
        waiting = []
        try:
            for _ in range(8):
                client = socket.socket()
                client.setblocking(False)
                with suppress(BlockingIOError):
                    client.connect(server.getsockname())
                waiting.append(client)
            yield int(server.getsockname()[1])
        finally:
            for client in waiting:
                client.close()
