"""One worker of a storm: prints receipts of a desk until it is killed or told to end.

Its clock runs sixty times as fast as others, so that what a killed worker had is given up within
half a second.
"""

import socket
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from deskterm.printing.documents import Columns, ReceiptDocument, Text, to_json
from deskterm.printing.drivers.confirm import Confirm
from deskterm.printing.drivers.escpos import EscposDriver
from deskterm.printing.drivers.escpos_network import TcpTransport
from deskterm.printing.model import Driver
from deskterm.printing.options import PrinterOptions, PrinterType, PrintingOptions
from deskterm.printing.run import Press
from deskterm.store.engine import open_store
from deskterm.worker.loop import load_database, new_name

SPEED = 60
LINES = 300
PRINTER = "bon-balie1"


def receipt(number: int) -> str:
    """A long receipt with a mark at its begin and one at its end."""
    lines = (Columns((f"Regel {line} van een lange bon", "1,00")) for line in range(LINES))
    begin, end = Text(f"<{number:04}>"), Text(f"</{number:04}>")
    return to_json(ReceiptDocument("status", "", (begin, *lines, end)))


class FastClock:
    """The machine's clock, faster; the same for all who begin at the same moment."""

    def __init__(self, begin: float) -> None:
        self._begin = begin

    def __call__(self) -> datetime:
        passed = (time.time() - self._begin) * SPEED
        return datetime.fromtimestamp(self._begin, UTC) + timedelta(seconds=passed)


class TightTransport(TcpTransport):
    """A connection that takes little at a time, so that a kill can strike in the middle."""

    def open(self) -> None:
        super().open()
        self._open_socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 2048)


def tight_driver(options: PrinterOptions, _folder: Path) -> Driver:
    transport = TightTransport(options.host, options.port, timeout=10)
    return EscposDriver(transport, Confirm.PROCESS_ID)


def main() -> None:
    """Print what is queued in a store: its place, the printer's port, when the clock began."""
    url, port, begin = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
    printer = PrinterOptions(PRINTER, PrinterType.ESCPOS_NETWORK, host="127.0.0.1", port=port)
    store = open_store(url)
    load_database()
    options = PrintingOptions(printers={PRINTER: printer})
    press = Press(
        store, options, printer, 1, new_name(), Path(), FastClock(begin), tight_driver, 0.1
    )
    # What is slow once is done before the storm strikes.
    press._rendered(receipt(0))
    print("ready", flush=True)
    while True:
        if not press.run_one():
            time.sleep(0.02)


if __name__ == "__main__":
    main()
