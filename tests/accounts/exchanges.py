"""Whole questions and answers of HTTP, off a socket, for servers that tests make themselves."""

import re
import socket
import ssl
import threading
from collections.abc import Callable
from types import TracebackType

Reply = bytes | Callable[[socket.socket], None]


def read_request(connection: socket.socket) -> bytes:
    """A question with its body; empty when the other side went away."""
    read = b""
    try:
        while b"\r\n\r\n" not in read:
            part = connection.recv(65536)
            if not part:
                return b""
            read += part
        head, _, body = read.partition(b"\r\n\r\n")
        length = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
        while length and len(body) < int(length[1]):
            part = connection.recv(65536)
            if not part:
                return b""
            body += part
    except OSError:
        return b""
    return head + b"\r\n\r\n" + body


def read_answer(connection: socket.socket) -> bytes:
    """An answer of a server that closes the connection after it."""
    return b"".join(iter(lambda: connection.recv(65536), b""))


def answer(
    status: int = 200,
    body: bytes = b"",
    kind: str = "application/scim+json",
    headers: str = "",
) -> bytes:
    """A whole answer, after which the connection ends."""
    head = f"HTTP/1.1 {status} Whatever\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
    return f"{head}{headers}Connection: close\r\n\r\n".encode() + body


class Stub:
    """A server that says what a test wants: the bytes of an answer, or a function that talks.

    `reply` gets the whole question, which is kept in `questions`; `greeted` counts connections.
    """

    def __init__(
        self, reply: Callable[[bytes], Reply], context: ssl.SSLContext | None = None
    ) -> None:
        """With a context it speaks TLS."""
        self._reply, self._context = reply, context
        self.greeted = 0
        self.questions: list[bytes] = []
        self.ended = threading.Event()

    def __enter__(self) -> "Stub":
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.ended.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()

    @property
    def port(self) -> int:
        """Where it listens."""
        port: int = self._listener.getsockname()[1]
        return port

    @property
    def url(self) -> str:
        """Its base address."""
        return f"http{'s' if self._context else ''}://127.0.0.1:{self.port}/v2"

    def _listen(self) -> None:
        while True:
            try:
                client, _address = self._listener.accept()
            except OSError:
                return
            self.greeted += 1
            threading.Thread(target=self._talk, args=(client,), daemon=True).start()

    def _talk(self, client: socket.socket) -> None:
        if self._context is not None:
            try:
                client = self._context.wrap_socket(client, server_side=True)
            except OSError:
                # The client does not trust it.
                client.close()
                return
        with client:
            question = read_request(client)
            if not question:
                return
            self.questions.append(question)
            reply = self._reply(question)
            try:
                if isinstance(reply, bytes):
                    client.sendall(reply)
                else:
                    reply(client)
            except OSError:
                # The client had enough.
                return
