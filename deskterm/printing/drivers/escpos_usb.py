"""Receipt printers on USB that have no device file, through pyusb (extra `usb`)."""

from __future__ import annotations

import errno
from contextlib import suppress
from time import sleep
from typing import TYPE_CHECKING, ClassVar

from deskterm.printing.drivers.confirm import Confirm
from deskterm.printing.drivers.escpos import EscposDriver
from deskterm.printing.model import NotSent, Reason

if TYPE_CHECKING:
    from usb.core import Device

_WHY = {
    errno.EACCES: Reason.NO_ACCESS,
    errno.EPERM: Reason.NO_ACCESS,
    errno.EBUSY: Reason.BUSY,
    errno.ENODEV: Reason.NOT_CONNECTED,
}


class UsbTransport:
    """The first printer with these ids, claimed from the system's own driver meanwhile."""

    def __init__(
        self, vendor: int, product: int, in_ep: int, out_ep: int, interface: int, timeout: float
    ) -> None:
        """The ids and endpoints as `lsusb -v` shows them; `timeout` in seconds per write."""
        self._ids = {"idVendor": vendor, "idProduct": product}
        self._in, self._out = in_ep, out_ep
        self._interface = interface
        self._timeout = timeout
        self._device: Device | None = None
        self._detached = False

    def open(self) -> None:
        """Find and claim it; see Transport."""
        try:
            import usb.core
        except ImportError:
            raise NotSent(Reason.NO_LIBRARY, lasting=True) from None
        try:
            self._device = usb.core.find(**self._ids)
            if self._device is None:
                raise NotSent(Reason.NOT_CONNECTED)
            self._claim(self._device)
        except usb.core.NoBackendError:
            raise NotSent(Reason.NO_LIBRARY, lasting=True) from None
        except OSError as error:
            raise NotSent(_WHY.get(error.errno or 0, Reason.OFFLINE)) from None

    def _claim(self, device: Device) -> None:
        import usb.core
        import usb.util

        # Systems whose library cannot tell have no driver of their own to detach either.
        with suppress(NotImplementedError):
            if device.is_kernel_driver_active(self._interface):
                device.detach_kernel_driver(self._interface)
                self._detached = True
        try:
            device.get_active_configuration()
        except usb.core.USBError:
            device.set_configuration()
        ends = [
            end.bEndpointAddress
            for interface in device.get_active_configuration()
            if interface.bInterfaceNumber == self._interface
            for end in interface
        ]
        if self._in not in ends or self._out not in ends:
            raise NotSent(Reason.BAD_ANSWER, lasting=True)
        usb.util.claim_interface(device, self._interface)

    def write(self, data: bytes) -> int:
        """See Transport."""
        from usb.core import USBTimeoutError

        try:
            return int(self._open_device.write(self._out, data, _ms(self._timeout)))
        except USBTimeoutError:
            raise TimeoutError from None

    def read(self, timeout: float) -> bytes:
        """See Transport."""
        from usb.core import USBTimeoutError

        try:
            data = bytes(self._open_device.read(self._in, 64, _ms(timeout)))
        except USBTimeoutError:
            return b""
        if not data:
            # Some printers answer with nothing instead of keeping silent.
            sleep(0.01)
        return data

    def settled(self) -> bool:
        """A write that returned is with the printer."""
        return True

    def close(self) -> None:
        """Give the printer back to the system."""
        device, self._device = self._device, None
        if device is None:
            return
        import usb.util

        with suppress(OSError):
            usb.util.release_interface(device, self._interface)
        with suppress(OSError, NotImplementedError):
            if self._detached:
                device.attach_kernel_driver(self._interface)
        usb.util.dispose_resources(device)

    @property
    def _open_device(self) -> Device:
        if self._device is None:
            raise ConnectionResetError
        return self._device


def _ms(seconds: float) -> int:
    """At least one: 0 is for ever."""
    return max(1, int(seconds * 1000))


class EscposUsb(EscposDriver):
    """`type = "escpos-usb"`."""

    kind: ClassVar[str] = "escpos-usb"

    def __init__(
        self,
        vendor: int,
        product: int,
        *,
        in_ep: int = 0x82,
        out_ep: int = 0x01,
        interface: int = 0,
        confirm: Confirm = Confirm.PROCESS_ID,
        timeout: float = 5.0,
    ) -> None:
        """The ids and endpoints as `lsusb -v` shows them; `timeout` in seconds per write."""
        super().__init__(UsbTransport(vendor, product, in_ep, out_ep, interface, timeout), confirm)
