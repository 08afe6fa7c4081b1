"""A printer on USB as pyusb sees it from below: its own backend, so that all of pyusb runs."""

from errno import EACCES, EIO, ETIMEDOUT
from types import SimpleNamespace
from typing import Any

import usb.backend
import usb.core

VENDOR, PRODUCT = 0x04B8, 0x0202
IN, OUT = 0x82, 0x01


class Bus(usb.backend.IBackend):  # type: ignore[misc] # pyusb has no types
    """One printer that answers DLE EOT and GS ( H; `room` is how many bytes it takes."""

    def __init__(self, room: int = 1 << 30, *, allowed: bool = True, gone_at: int = -1) -> None:
        self.room, self.allowed, self.gone_at = room, allowed, gone_at
        self.paper = b""
        self.says = b""
        self.calls: list[str] = []
        self.detached = False

    def enumerate_devices(self) -> list[str]:
        return ["printer"]

    def get_device_descriptor(self, dev: str) -> SimpleNamespace:
        return SimpleNamespace(
            bLength=18, bDescriptorType=1, bcdUSB=0x0200, bDeviceClass=0, bDeviceSubClass=0,
            bDeviceProtocol=0, bMaxPacketSize0=64, idVendor=VENDOR, idProduct=PRODUCT,
            bcdDevice=0x0100, iManufacturer=0, iProduct=0, iSerialNumber=0,
            bNumConfigurations=1, address=2, bus=1, port_number=1, port_numbers=(1,), speed=3,
        )  # fmt: skip

    def get_configuration_descriptor(self, dev: str, config: int) -> SimpleNamespace:
        return SimpleNamespace(
            bLength=9, bDescriptorType=2, wTotalLength=32, bNumInterfaces=1,
            bConfigurationValue=1, iConfiguration=0, bmAttributes=0xC0, bMaxPower=1,
            extra_descriptors=[],
        )  # fmt: skip

    def get_interface_descriptor(self, dev: str, intf: int, alt: int, config: int) -> Any:
        if alt or intf:
            raise IndexError
        return SimpleNamespace(
            bLength=9, bDescriptorType=4, bInterfaceNumber=0, bAlternateSetting=0,
            bNumEndpoints=2, bInterfaceClass=7, bInterfaceSubClass=1, bInterfaceProtocol=2,
            iInterface=0, extra_descriptors=[],
        )  # fmt: skip

    def get_endpoint_descriptor(
        self, dev: str, ep: int, intf: int, alt: int, config: int
    ) -> SimpleNamespace:
        return SimpleNamespace(
            bLength=7, bDescriptorType=5, bEndpointAddress=(IN, OUT)[ep], bmAttributes=2,
            wMaxPacketSize=64, bInterval=0, bRefresh=0, bSynchAddress=0, extra_descriptors=[],
        )  # fmt: skip

    def open_device(self, dev: str) -> str:
        if not self.allowed:
            raise usb.core.USBError("Access denied (insufficient permissions)", -3, EACCES)
        return dev

    def close_device(self, handle: str) -> None:
        self.calls.append("close")

    def get_configuration(self, handle: str) -> int:
        return 1

    def claim_interface(self, handle: str, intf: int) -> None:
        self.calls.append("claim")

    def release_interface(self, handle: str, intf: int) -> None:
        self.calls.append("release")

    def is_kernel_driver_active(self, handle: str, intf: int) -> bool:
        return not self.detached

    def detach_kernel_driver(self, handle: str, intf: int) -> None:
        self.detached = True

    def attach_kernel_driver(self, handle: str, intf: int) -> None:
        self.detached = False

    def bulk_write(self, handle: str, ep: int, intf: int, data: Any, timeout: int) -> int:
        assert ep == OUT
        assert 0 < timeout <= 5000, "0 is for ever"
        if 0 <= self.gone_at <= len(self.paper):
            raise usb.core.USBError("Input/Output Error", -1, EIO)
        said = bytes(data)
        if said.startswith(b"\x10\x04"):
            self.says += b"\x12"
            return len(said)
        if len(self.paper) + len(said) > self.room:
            raise usb.core.USBTimeoutError("Operation timed out", -7, ETIMEDOUT)
        self.paper += said
        if (at := self.paper.find(b"\x1d(H")) >= 0:
            self.says += b"\x37\x22" + self.paper[at + 7 : at + 11] + b"\x00"
        return len(said)

    def bulk_read(self, handle: str, ep: int, intf: int, buff: Any, timeout: int) -> int:
        assert ep == IN
        assert timeout > 0, "0 is for ever"
        if not self.says:
            raise usb.core.USBTimeoutError("Operation timed out", -7, ETIMEDOUT)
        said, self.says = self.says[: len(buff)], self.says[len(buff) :]
        buff[: len(said)] = type(buff)("B", said)
        return len(said)
