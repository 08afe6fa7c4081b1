"""A card printer and a print server that others wrote, each started for a test.

ippeveprinter is the IPP Everywhere printer of CUPS; it stops without mDNS, see mdns.py.
"""

import os
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.needs import program
from tests.printing.fake_printer import closed_port
from tests.printing.mdns import until

_CARD = """ATTR keyword media-supported om_card-id1_85.6x53.98mm
ATTR keyword media-default om_card-id1_85.6x53.98mm
ATTR keyword media-ready om_card-id1_85.6x53.98mm
ATTR collection media-size-supported { MEMBER integer x-dimension 8560 \
MEMBER integer y-dimension 5398 }
ATTR collection media-col-default { MEMBER collection media-size { \
MEMBER integer x-dimension 8560 MEMBER integer y-dimension 5398 } }
ATTR collection media-col-ready { MEMBER collection media-size { \
MEMBER integer x-dimension 8560 MEMBER integer y-dimension 5398 } }
ATTR collection media-col-database { MEMBER collection media-size { \
MEMBER integer x-dimension 8560 MEMBER integer y-dimension 5398 } }
ATTR integer media-bottom-margin-supported 0
ATTR integer media-left-margin-supported 0
ATTR integer media-right-margin-supported 0
ATTR integer media-top-margin-supported 0
ATTR mimeMediaType document-format-supported application/pdf,image/png,image/pwg-raster
ATTR resolution printer-resolution-supported 300dpi
ATTR keyword print-scaling-supported auto,fit,fill,none
"""
# Runs once for each job; what stands in the folder is how the printer is.
_COMMAND = """#!/bin/sh
cd "{folder}" || exit 1
touch began
if [ -e no-card ]; then
    echo "STATE: +media-needed" >&2
    while [ -e no-card ]; do [ -e stop ] && exit 1; sleep 0.05; done
    echo "STATE: -media-needed" >&2
fi
while [ -e slow ]; do sleep 0.05; done
[ -e stop ] && exit 1
if [ -e jam ]; then
    echo "STATE: +media-jam" >&2
    exit 1
fi
cp "$1" printed.part && mv printed.part "printed-$(ls | grep -c '^printed-')"
echo "ATTR: job-impressions-completed=1" >&2
"""


def answers(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a program and all it has started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(10)


@contextmanager
def running(
    *command: str | Path, log: Path, environment: dict[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """A program in a group of its own, so that what it starts ends with it."""
    with log.open("ab") as out:
        process = subprocess.Popen(
            command,
            stdout=out,
            stderr=out,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            env=os.environ | (environment or {}),
        )
    try:
        yield process
    finally:
        stop(process)


class CardPrinter:
    """An ID-1 card printer; files in its folder are how it is."""

    def __init__(self, folder: Path, port: int, process: subprocess.Popen[bytes]) -> None:
        self.folder, self.port, self._process = folder, port, process
        self.uri = f"ipp://localhost:{port}/ipp/print"

    def set(self, state: str) -> None:
        """`no-card`, `slow`, `jam`, or `stop` for a job that ends without a card."""
        (self.folder / state).touch()

    def clear(self, state: str) -> None:
        (self.folder / state).unlink()

    def insert_card(self) -> None:
        self.clear("no-card")

    def give_up(self) -> None:
        """End the job that waits for a card, without one."""
        self.set("stop")
        self.clear("no-card")

    @property
    def cards(self) -> list[bytes]:
        """What has come out, in order."""
        return [path.read_bytes() for path in sorted(self.folder.glob("printed-*"))]

    def has_begun(self) -> bool:
        return (self.folder / "began").exists()

    def kill(self) -> None:
        stop(self._process)

    def freeze(self) -> None:
        """It keeps its port and does nothing any more."""
        os.killpg(self._process.pid, signal.SIGSTOP)


@contextmanager
def card_printer(environment: dict[str, str]) -> Iterator[CardPrinter]:
    """A card printer in this neighbourhood, ready to print."""
    ippeveprinter = program("ippeveprinter", "cups-ipp-utils")
    with tempfile.TemporaryDirectory(prefix="deskterm-") as name:
        folder = Path(name)
        (folder / "card.conf").write_text(_CARD)
        command = folder / "command.sh"
        command.write_text(_COMMAND.format(folder=folder))
        command.chmod(0o755)
        (folder / "spool").mkdir()
        port = closed_port()
        with running(
            ippeveprinter, "-r", "off", "-n", "localhost", "-p", str(port),
            "-d", folder / "spool", "-k", "-K", folder, "-a", folder / "card.conf",
            "-c", command, "Ledenpas",
            log=folder / "log", environment=environment,
        ) as process:  # fmt: skip
            until(lambda: answers(port) or process.poll() is not None, "ippeveprinter")
            assert process.poll() is None, (folder / "log").read_text()
            yield CardPrinter(folder, port, process)
