"""Receipt printers on a serial port, through pyserial (extra `serial`)."""

from __future__ import annotations

import errno
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from deskterm.printing.drivers.confirm import Confirm
from deskterm.printing.drivers.escpos import EscposDriver
from deskterm.printing.model import NotSent, Reason

if TYPE_CHECKING:
    from serial import Serial

_WHY = {
    errno.ENOENT: Reason.NOT_CONNECTED,
    errno.ENODEV: Reason.NOT_CONNECTED,
    errno.ENXIO: Reason.NOT_CONNECTED,
    errno.EACCES: Reason.NO_ACCESS,
    errno.EBUSY: Reason.BUSY,
    errno.EAGAIN: Reason.BUSY,
}


class SerialTransport:
    """One serial port, held by nobody else meanwhile."""

    def __init__(self, port: str, baudrate: int, flow: str, timeout: float) -> None:
        """`flow` is `none`, `rtscts`, `dsrdtr` or `xonxoff`; `timeout` in seconds per write."""
        self._port = port
        self._baudrate = baudrate
        self._flow = flow
        self._timeout = timeout
        self._serial: Serial | None = None

    def open(self) -> None:
        """Open the port; see Transport."""
        try:
            from serial import Serial
        except ImportError:
            raise NotSent(Reason.NO_LIBRARY, lasting=True) from None
        flow = {} if self._flow == "none" else {self._flow: True}
        try:
            self._serial = Serial(
                self._port,
                self._baudrate,
                timeout=0,
                write_timeout=self._timeout,
                exclusive=True,
                **flow,
            )
        except OSError as error:
            raise NotSent(_WHY.get(error.errno or 0, Reason.OFFLINE)) from None

    def write(self, data: bytes) -> int:
        """All of `data`, or TimeoutError when the printer holds it up; see Transport."""
        from serial import SerialTimeoutException

        try:
            self._open_port.write(data)
        except SerialTimeoutException:
            raise TimeoutError from None
        return len(data)

    def read(self, timeout: float) -> bytes:
        """One byte at a time: asking for more would wait the whole time out at every answer."""
        self._open_port.timeout = timeout
        return bytes(self._open_port.read(1))

    def settled(self) -> bool:
        """Whether the port has put out all bytes."""
        return int(self._open_port.out_waiting) == 0

    def close(self) -> None:
        """Close the port. What it still holds back is dropped: waiting for it could take for
        ever, and a job that ends so is not called done."""
        port, self._serial = self._serial, None
        if port is None:
            return
        with suppress(OSError, *_port_errors()):
            port.reset_output_buffer()
        with suppress(OSError, *_port_errors()):
            port.close()

    @property
    def _open_port(self) -> Serial:
        if self._serial is None:
            raise ConnectionResetError
        return self._serial


def _port_errors() -> tuple[type[Exception], ...]:
    """What a port that has gone raises beside OSError, which pyserial lets through."""
    try:
        from termios import error
    except ImportError:
        return ()
    return (error,)


class EscposSerial(EscposDriver):
    """`type = "escpos-serial"`."""

    kind: ClassVar[str] = "escpos-serial"

    def __init__(
        self,
        port: str,
        baudrate: int = 9600,
        *,
        flow: str = "none",
        confirm: Confirm = Confirm.PROCESS_ID,
        timeout: float = 5.0,
    ) -> None:
        """`flow` is `none`, `rtscts`, `dsrdtr` or `xonxoff`; `timeout` in seconds per write."""
        super().__init__(SerialTransport(port, baudrate, flow, timeout), confirm)
