"""Receipt printers behind a device file (/dev/usb/lp0), and receipts put in a file."""

import errno
import os
import select
import sys
from contextlib import suppress
from pathlib import Path
from time import sleep
from typing import ClassVar

from deskterm.printing.drivers.confirm import Confirm
from deskterm.printing.drivers.escpos import EscposDriver
from deskterm.printing.drivers.files import FileDriver
from deskterm.printing.model import (
    Form,
    NotSent,
    PrinterJob,
    PrinterState,
    Readiness,
    Reason,
)

LPGETSTATUS = 0x060B
"""Linux, include/uapi/linux/lp.h: asks a printer's port how it is."""
_NO_ERROR, _SELECTED, _NO_PAPER = 0x08, 0x10, 0x20
_WHY = {
    errno.ENOENT: Reason.NOT_CONNECTED,
    errno.ENODEV: Reason.NOT_CONNECTED,
    errno.ENXIO: Reason.NOT_CONNECTED,
    errno.EACCES: Reason.NO_ACCESS,
    errno.EPERM: Reason.NO_ACCESS,
    errno.EBUSY: Reason.BUSY,
}


def port_trouble(bits: int) -> Reason | None:
    """What the status byte of a printer's port says is wrong."""
    if bits & _NO_PAPER:
        return Reason.PAPER_OUT
    if not bits & _SELECTED:
        return Reason.PAUSED
    return None if bits & _NO_ERROR else Reason.FAULT


class DeviceTransport:
    """A device file that can be read and written."""

    def __init__(self, path: Path, timeout: float) -> None:
        """`timeout` in seconds per write."""
        self._path = path
        self._timeout = timeout
        self._handle: int | None = None

    def open(self) -> None:
        """Open it for both ways; see Transport."""
        if sys.platform == "win32":
            raise NotSent(Reason.NO_LIBRARY, lasting=True)
        try:
            self._handle = os.open(self._path, os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY)
        except OSError as error:
            raise NotSent(_WHY.get(error.errno or 0, Reason.OFFLINE)) from None
        if os.isatty(self._handle):
            import tty

            # A terminal line would translate bytes that are no text.
            tty.setraw(self._handle)

    def write(self, data: bytes) -> int:
        """See Transport."""
        _, ready, _ = select.select([], [self._open_handle], [], self._timeout)
        if not ready:
            raise TimeoutError
        return os.write(self._open_handle, data)

    def read(self, timeout: float) -> bytes:
        """See Transport."""
        ready, _, _ = select.select([self._open_handle], [], [], timeout)
        if not ready:
            return b""
        with suppress(BlockingIOError):
            if data := os.read(self._open_handle, 4096):
                return data
        # Readable and empty is how the kernel's driver says that nothing came.
        sleep(0.01)
        return b""

    def settled(self) -> bool:
        """A write that returned is with the kernel's driver, which tells no more."""
        return True

    def port_status(self) -> int | None:
        """The bits of the printer's port; None where the system does not have them."""
        if sys.platform == "win32":
            return None
        import fcntl

        try:
            answer = fcntl.ioctl(self._open_handle, LPGETSTATUS, bytes(4))
        except OSError:
            return None
        return int.from_bytes(answer, sys.byteorder)

    def close(self) -> None:
        """Close the file."""
        handle, self._handle = self._handle, None
        if handle is not None:
            with suppress(OSError):
                os.close(handle)

    @property
    def _open_handle(self) -> int:
        if self._handle is None:
            raise ConnectionResetError
        return self._handle


class EscposFile(EscposDriver):
    """`type = "escpos-file"` with a device."""

    kind: ClassVar[str] = "escpos-file"

    def __init__(
        self, device: Path, *, confirm: Confirm = Confirm.NONE, timeout: float = 5.0
    ) -> None:
        """`timeout` in seconds per write."""
        self._device = DeviceTransport(device, timeout)
        super().__init__(self._device, confirm)

    def _ask(self) -> PrinterState:
        bits = self._device.port_status()
        if bits is not None and (trouble := port_trouble(bits)):
            return PrinterState(Readiness.ATTENTION, (trouble,), self._can_confirm)
        state = super()._ask()
        if state.readiness is Readiness.UNKNOWN and bits is not None and not self._can_confirm:
            return PrinterState(Readiness.READY)
        return state


class EscposSpoolFile(FileDriver):
    """`type = "escpos-file"` with a plain file, which each receipt replaces."""

    kind: ClassVar[str] = "escpos-file"
    accepts: ClassVar[frozenset[Form]] = frozenset({Form.ESCPOS, Form.ZPL})

    def __init__(self, file: Path) -> None:
        """The folder of `file` has to be there."""
        super().__init__(file.parent)
        self._file = file

    def path(self, job: PrinterJob) -> Path:
        """Always the same."""
        return self._file
