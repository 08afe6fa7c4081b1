"""A line to a PostgreSQL server that breaks when it is told to."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Lock, Thread
from urllib.parse import parse_qs, urlsplit

COMMIT = b"COMMIT\0"
"""As it goes over the line in either direction; `BEGIN … READ COMMITTED` is none."""


class Line:
    """Passes everything on between clients and the server, until it breaks.

    `break_at` cuts a connection in which a client sends this, before the server got it or, with
    `too_late`, after the server has answered; the answer never arrives.
    """

    def __init__(self, server_url: str) -> None:
        (self._folder,) = parse_qs(urlsplit(server_url).query)["host"]
        self._url = server_url
        self._door = socket.create_server(("127.0.0.1", 0))
        self.break_at: bytes | None = None
        self.too_late = False
        self.stays_away = False
        """Nobody gets through any more once it has broken."""
        self.broken = Event()
        self._ends: list[socket.socket] = []
        self._at_ends = Lock()
        Thread(target=self._welcome, daemon=True).start()

    @property
    def url(self) -> str:
        """The database, over this line."""
        host, port = self._door.getsockname()
        return f"{self._url.partition('?')[0]}?host={host}&port={port}"

    def cut(self) -> None:
        """Cut every connection that there is now; who comes back meanwhile gets a new one."""
        self.broken.set()
        with self._at_ends:
            ends, self._ends = self._ends, []
        for end in ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Let nobody through any more."""
        self.cut()
        with suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()

    def _welcome(self) -> None:
        while True:
            try:
                client, _address = self._door.accept()
            except OSError:
                return
            if self.stays_away and self.broken.is_set():
                client.close()
                continue
            server = socket.socket(socket.AF_UNIX)
            server.connect(f"{self._folder}/.s.PGSQL.5432")
            with self._at_ends:
                self._ends += [client, server]
            Thread(target=self._ask, args=(client, server), daemon=True).start()
            Thread(target=self._answer, args=(client, server), daemon=True).start()

    def _is_time(self, passing: bytes) -> bool:
        """Whether the line is to break at this, and if so: it does, this once."""
        if self.break_at is None or self.break_at not in passing:
            return False
        self.break_at = None
        self.cut()
        return True

    def _ask(self, client: socket.socket, server: socket.socket) -> None:
        with client, suppress(OSError):
            while sent := client.recv(65536):
                if not self.too_late and self._is_time(sent):
                    return
                server.sendall(sent)
            server.shutdown(socket.SHUT_WR)

    def _answer(self, client: socket.socket, server: socket.socket) -> None:
        with server, suppress(OSError):
            while answer := server.recv(65536):
                if self.too_late and self._is_time(answer):
                    return
                client.sendall(answer)
            client.shutdown(socket.SHUT_WR)


@contextmanager
def line_to(server_url: str) -> Iterator[Line]:
    """A line, for as long as the block lasts."""
    line = Line(server_url)
    try:
        yield line
    finally:
        line.close()
