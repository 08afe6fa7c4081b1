"""Desks with printers, and a worker's hands for the jobs that services ask for."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import text

from deskterm.printing import spool
from deskterm.printing.model import Form
from deskterm.printing.options import (
    DeskOptions,
    PrinterOptions,
    PrinterType,
    PrintingOptions,
)
from deskterm.printing.spool import ClaimedJob
from deskterm.printing.spool_states import LEASE, JobState
from deskterm.services.desk import Desk
from tests.services.library import SEED_CARD, Library

CUSTOMER = 413700
CARD = SEED_CARD
CARD_PRINTER, RECEIPT_PRINTER = "pas-balie1", "bon-balie1"
PRINTERS = {
    CARD_PRINTER: PrinterOptions(
        CARD_PRINTER, PrinterType.IPP, uri="ipp://localhost:631/printers/ledenpas"
    ),
    RECEIPT_PRINTER: PrinterOptions(RECEIPT_PRINTER, PrinterType.ESCPOS_NETWORK, host="127.0.0.1"),
}
OPTIONS = PrintingOptions(
    printers=PRINTERS,
    desks={"balie1": DeskOptions("balie1", receipt=RECEIPT_PRINTER, card=CARD_PRINTER)},
)


def with_printers(desk: Desk, options: PrintingOptions | None = OPTIONS, **here: Any) -> Desk:
    """The desk with these printers; `here` changes what stands at it."""
    if options is not None and here:
        changed = replace(options.desks["balie1"], **here)
        options = replace(options, desks={"balie1": changed})
    return replace(desk, read_printing=lambda: options)


@dataclass
class Hands:
    """What the worker of desk 1 does to its jobs."""

    library: Library

    def claim(self, printer: str = CARD_PRINTER) -> ClaimedJob:
        with self.library.store.jot() as connection:
            job = spool.claim(connection, 1, printer, "worker", datetime.now(UTC))
        assert job is not None
        return job

    def bring(self, printer: str, *states: str, reason: str = "") -> ClaimedJob:
        """Take the next job and bring it through states."""
        job = self.claim(printer)
        for state in states:
            with self.library.store.jot() as connection:
                to = JobState(state)
                assert spool.move(connection, job, to, datetime.now(UTC), reason)
        return job

    def render(self, job: ClaimedJob, data: bytes) -> None:
        with self.library.store.jot() as connection:
            assert spool.keep_payload(connection, job, data, Form.CARD_PDF, "sum")

    def refuse(self, job: ClaimedJob, reason: str) -> None:
        """The printer takes nothing of it."""
        with self.library.store.jot() as connection:
            spool.release(connection, job, reason, datetime.now(UTC), lasting=False)

    def vanish(self) -> None:
        """The worker is killed, long enough ago."""
        past = (datetime.now(UTC) - 2 * LEASE).strftime("%Y-%m-%d %H:%M:%S.%f")
        self.write("UPDATE print_job SET lease_until = :past", past=past)

    def let_days_pass(self, days: int) -> None:
        """As many days and the worker's sweep."""
        with self.library.store.jot() as connection:
            spool.purge(connection, datetime.now(UTC) + timedelta(days=days), 7)

    def write(self, statement: str, **values: object) -> None:
        with self.library.store.write_plain() as connection:
            connection.execute(text(statement), values)

    def rows(self, statement: str) -> list[tuple[object, ...]]:
        with self.library.store.read() as connection:
            return [tuple(row) for row in connection.execute(text(statement))]
