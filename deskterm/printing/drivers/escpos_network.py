"""Receipt printers on the network: bytes to a TCP port, mostly 9100."""

import socket
import sys
from contextlib import suppress
from time import monotonic
from typing import ClassVar

from deskterm.printing.drivers.confirm import Confirm
from deskterm.printing.drivers.escpos import EscposDriver
from deskterm.printing.model import NotSent, Reason

_LAST_WORDS_S = 0.5
"""How long a printer may take to close its end."""


class TcpTransport:
    """One connection to a printer's port."""

    def __init__(self, host: str, port: int, timeout: float) -> None:
        """`timeout` in seconds, for connecting and for every write."""
        self._address = (host, port)
        self._timeout = timeout
        self._socket: socket.socket | None = None

    def open(self) -> None:
        """Connect; a name nobody knows is told apart from a printer that is off."""
        try:
            self._socket = socket.create_connection(self._address, self._timeout)
        except (socket.gaierror, UnicodeError):
            raise NotSent(Reason.NO_ADDRESS) from None
        except OSError:
            raise NotSent(Reason.OFFLINE) from None
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def write(self, data: bytes) -> int:
        """See Transport."""
        self._open_socket.settimeout(self._timeout)
        return self._open_socket.send(data)

    def read(self, timeout: float) -> bytes:
        """See Transport."""
        self._open_socket.settimeout(max(timeout, 0.001))
        try:
            data = self._open_socket.recv(4096)
        except TimeoutError:
            return b""
        if not data:
            raise ConnectionResetError
        return data

    def settled(self) -> bool:
        """Whether the printer's own system has all bytes, where ours counts them (Linux)."""
        if sys.platform != "linux":
            return True
        import fcntl
        import termios

        waiting = fcntl.ioctl(self._open_socket, termios.TIOCOUTQ, bytes(4))
        return int.from_bytes(waiting, sys.byteorder) == 0

    def close(self) -> None:
        """Close our end first and hear the printer out: closing on unread bytes would break the
        connection off, and with it what the printer has not read yet."""
        open_socket, self._socket = self._socket, None
        if open_socket is None:
            return
        with suppress(OSError), open_socket:
            open_socket.shutdown(socket.SHUT_WR)
            open_socket.settimeout(_LAST_WORDS_S)
            end = monotonic() + _LAST_WORDS_S
            while open_socket.recv(4096) and monotonic() < end:
                pass

    @property
    def _open_socket(self) -> socket.socket:
        if self._socket is None:
            raise ConnectionResetError
        return self._socket


class EscposNetwork(EscposDriver):
    """`type = "escpos-network"`."""

    kind: ClassVar[str] = "escpos-network"

    def __init__(
        self,
        host: str,
        port: int = 9100,
        *,
        confirm: Confirm = Confirm.PROCESS_ID,
        timeout: float = 3.0,
    ) -> None:
        """`timeout` in seconds, for connecting and for every write."""
        super().__init__(TcpTransport(host, port, timeout), confirm)
