"""Which driver a printer of the settings needs."""

from pathlib import Path

from deskterm.printing.drivers.confirm import Confirm
from deskterm.printing.model import Driver
from deskterm.printing.options import ESCPOS_TYPES, PrinterOptions, PrinterType

RECEIPT_S = 60.0
"""How long a receipt may take, with somebody putting a new roll in."""
_USB_WRITE_S = 5.0
_SERIAL_WRITE_S = 5.0


def confirm_seconds(options: PrinterOptions) -> float:
    """How long the end of a job is waited for before it is unknown."""
    if options.type in ESCPOS_TYPES:
        return max(RECEIPT_S, options.timeout_s)
    return options.timeout_s


def driver_for(options: PrinterOptions, folder: Path = Path()) -> Driver:
    """A driver for one job or one probe.

    `folder` is where `pdf-file` writes when the settings name no folder; it is made when it is
    not there. What a driver needs beyond the standard library is loaded when it is used, so
    this never fails.
    """
    match options.type:
        case PrinterType.IPP:
            return _ipp(options)
        case PrinterType.EVOLIS:
            from deskterm.printing.drivers.evolis import Evolis

            return Evolis(options.device, manual_feed=options.manual_feed)
        case PrinterType.PDF_FILE:
            from deskterm.printing.drivers.pdf_file import PdfFile

            if options.folder:
                return PdfFile(Path(options.folder).expanduser())
            return PdfFile(folder, make=True)
        case PrinterType.NULL:
            from deskterm.printing.drivers.null import Null

            return Null()
        case _:
            return _escpos(options)


def _ipp(options: PrinterOptions) -> Driver:
    from deskterm.printing.drivers.ipp import Ipp

    return Ipp(
        options.uri,
        media_mm=options.media_mm if options.paper == "card" else None,
        manual_feed=options.manual_feed,
        ca_file=options.ca_file,
    )


def _escpos(options: PrinterOptions) -> Driver:
    confirm = Confirm(options.confirm)
    match options.type:
        case PrinterType.ESCPOS_NETWORK:
            from deskterm.printing.drivers.escpos_network import EscposNetwork

            return EscposNetwork(
                options.host, options.port, confirm=confirm, timeout=options.timeout_s
            )
        case PrinterType.ESCPOS_USB:
            from deskterm.printing.drivers.escpos_usb import EscposUsb

            return EscposUsb(
                options.vendor_id,
                options.product_id,
                in_ep=options.in_ep,
                out_ep=options.out_ep,
                confirm=confirm,
                timeout=max(_USB_WRITE_S, options.timeout_s),
            )
        case PrinterType.ESCPOS_SERIAL:
            from deskterm.printing.drivers.escpos_serial import EscposSerial

            return EscposSerial(
                options.device,
                options.baudrate,
                flow=options.flow,
                confirm=confirm,
                timeout=max(_SERIAL_WRITE_S, options.timeout_s),
            )
        case _:
            return _escpos_file(Path(options.device), confirm)


def _escpos_file(path: Path, confirm: Confirm) -> Driver:
    from deskterm.printing.drivers.escpos_file import EscposFile, EscposSpoolFile

    # A device that is unplugged is still meant as a device, not as a file in /dev.
    if path.is_char_device() or path.is_relative_to("/dev"):
        return EscposFile(path, confirm=confirm)
    return EscposSpoolFile(path)
