"""A print server: cupsd on the loopback with queues of the test, beside any that the system runs.

Its queue of PDF runs the filters of CUPS, and then a file is its printer.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.needs import program
from tests.printing.fake_printer import closed_port
from tests.printing.ipp_servers import answers, running
from tests.printing.mdns import until

PDF_QUEUE = "ledenpas"
"""Through the filters, into a file."""
DEAD_QUEUE = "uit"
"""Its printer is off."""
PAUSED_QUEUE = "pauze"
CLOSED_QUEUE = "dicht"

_CUPSD = """LogLevel debug
Listen 127.0.0.1:{port}
Browsing Off
DefaultAuthType None
WebInterface No
<Location />
  Order allow,deny
  Allow from 127.0.0.1
</Location>
<Policy default>
  <Limit All>
    Order allow,deny
    Allow from 127.0.0.1
  </Limit>
</Policy>
"""
_FILES = """ServerRoot {folder}
RequestRoot {folder}/spool
CacheDir {folder}/cache
StateDir {folder}/state
TempDir {folder}/temp
AccessLog {folder}/access_log
ErrorLog {folder}/error_log
PageLog {folder}/page_log
SystemGroup root
FileDevice Yes
"""
_PRINTERS = """<Printer {pdf}>
DeviceURI file://{folder}/out.pdf
State Idle
Accepting Yes
</Printer>
<Printer {dead}>
DeviceURI socket://127.0.0.1:{nobody}
State Idle
Accepting Yes
ErrorPolicy retry-job
</Printer>
<Printer {paused}>
DeviceURI socket://127.0.0.1:{nobody}
State Stopped
Accepting Yes
</Printer>
<Printer {closed}>
DeviceURI socket://127.0.0.1:{nobody}
State Idle
Accepting No
</Printer>
"""
_MODEL = """*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "CARD.PPD"
*Manufacturer: "deskterm"
*Product: "(ID-1)"
*ModelName: "deskterm ID-1"
*ShortNickName: "deskterm ID-1"
*NickName: "deskterm ID-1"
*cupsVersion: 2.4
*cupsFilter2: "application/vnd.cups-pdf application/pdf 0 -"
*OpenUI *PageSize/Media Size: PickOne
*DefaultPageSize: CR80
*PageSize CR80/ID-1: "<</PageSize[242.64 153.01]>>setpagedevice"
*CloseUI: *PageSize
*OpenUI *PageRegion/Media Size: PickOne
*DefaultPageRegion: CR80
*PageRegion CR80/ID-1: "<</PageSize[242.64 153.01]>>setpagedevice"
*CloseUI: *PageRegion
*DefaultImageableArea: CR80
*ImageableArea CR80/ID-1: "0 0 242.64 153.01"
*DefaultPaperDimension: CR80
*PaperDimension CR80/ID-1: "242.64 153.01"
"""


class PrintServer:
    """A cupsd that runs."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port

    def uri(self, queue: str) -> str:
        return f"ipp://127.0.0.1:{self.port}/printers/{queue}"

    @property
    def page(self) -> Path:
        """What came out of the PDF queue last."""
        return self.folder / "out.pdf"

    @property
    def log(self) -> str:
        return (self.folder / "error_log").read_text()


@contextmanager
def print_server() -> Iterator[PrintServer]:
    """A cupsd with a queue into a file, and some that do not print."""
    cupsd = program("cupsd", "cups")
    with tempfile.TemporaryDirectory(prefix="deskterm-") as name:
        folder, port = Path(name), closed_port()
        # Filters run as another user.
        folder.chmod(0o755)
        for part in ("spool", "cache", "state", "temp", "ppd"):
            (folder / part).mkdir()
        (folder / "temp").chmod(0o1777)
        (folder / "cupsd.conf").write_text(_CUPSD.format(port=port))
        (folder / "cups-files.conf").write_text(_FILES.format(folder=folder))
        queues = {"pdf": PDF_QUEUE, "dead": DEAD_QUEUE, "paused": PAUSED_QUEUE}
        (folder / "printers.conf").write_text(
            _PRINTERS.format(folder=folder, closed=CLOSED_QUEUE, nobody=closed_port(), **queues)
        )
        (folder / "ppd" / f"{PDF_QUEUE}.ppd").write_text(_MODEL)
        with running(
            cupsd, "-f", "-c", folder / "cupsd.conf", "-s", folder / "cups-files.conf",
            log=folder / "log",
        ) as process:  # fmt: skip
            until(lambda: answers(port) or process.poll() is not None, "cupsd")
            assert process.poll() is None, (folder / "log").read_text()
            yield PrintServer(folder, port)
