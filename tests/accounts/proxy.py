"""A proxy between a client and an account server that loses, cuts, delays and repeats."""

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum, auto
from types import TracebackType

from tests.accounts.exchanges import read_answer, read_request


class Fault(Enum):
    """What happens to one exchange."""

    NONE = auto()
    DROP = auto()
    """The question never arrives; the connection ends."""
    SWALLOW = auto()
    """The question arrives and is done; the answer is lost."""
    CUT = auto()
    """The answer ends half-way."""
    HOLD = auto()
    """The question arrives and is done; the answer stays out until `release`."""
    DOUBLE = auto()
    """The question arrives twice; the first answer goes back."""


@dataclass
class Proxy:
    """Listens on a port of its own. `fault` decides by the first line of a question."""

    server_port: int
    fault: Callable[[str], Fault] = lambda _line: Fault.NONE
    questions: list[bytes] = field(default_factory=list)
    release: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> "Proxy":
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
        self.release.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()

    @property
    def url(self) -> str:
        """The base address of the server behind it."""
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}/v2"

    def lines(self) -> list[str]:
        """The first lines of the questions so far, without the version."""
        firsts = (question.partition(b"\r\n")[0].decode() for question in self.questions)
        return [first.rpartition(" ")[0] for first in firsts]

    def once(self, start: str, fault: Fault) -> None:
        """Let this happen to the next question whose first line starts so, and to no other."""
        waiting = [fault]

        def decide(line: str) -> Fault:
            return waiting.pop() if waiting and line.startswith(start) else Fault.NONE

        self.fault = decide

    def _listen(self) -> None:
        while True:
            try:
                client, _address = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._exchange, args=(client,), daemon=True).start()

    def _exchange(self, client: socket.socket) -> None:
        with client:
            question = read_request(client)
            if not question:
                return
            self.questions.append(question)
            fault = self.fault(question.partition(b"\r\n")[0].decode())
            if fault is Fault.DROP:
                return
            answer = self._passed_on(question)
            if fault is Fault.DOUBLE:
                self._passed_on(question)
            if fault is Fault.HOLD:
                self.release.wait()
            if fault in (Fault.SWALLOW, Fault.HOLD):
                return
            with suppress(OSError):  # who asked may have waited long enough
                client.sendall(answer[: len(answer) // 2] if fault is Fault.CUT else answer)

    def _passed_on(self, question: bytes) -> bytes:
        with socket.create_connection(("127.0.0.1", self.server_port)) as server:
            server.sendall(question)
            return read_answer(server)
