"""A store with desks in it, and jobs for their printers."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from deskterm.printing import spool, spool_desk
from deskterm.printing.documents import ReceiptDocument, Text, to_json
from deskterm.printing.spool import ClaimedJob
from deskterm.printing.spool_states import JobState
from deskterm.store.engine import Store
from deskterm.store.light import text
from deskterm.store.tables import Desk
from tests.rows_store import add_library, customer_row

PRINTER = "bon-balie1"
CUSTOMER = 413700
NAME = "Thea Testabo-Geheim"
SOURCE = to_json(ReceiptDocument("status", "Klantbon", (Text(NAME),)))


@dataclass
class Hands:
    """A clock whose hands tests move."""

    at: datetime = field(default_factory=lambda: datetime(2026, 3, 15, 9, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.at

    def pass_by(self, **span: float) -> datetime:
        """Let time go by."""
        self.at += timedelta(**span)
        return self.at


def add_desks(store: Store, count: int = 2) -> None:
    """The library with a customer, and desks 1, 2 …"""
    add_library(store)
    with store.write() as session:
        session.add(customer_row(CUSTOMER))
        for number in range(1, count + 1):
            session.add(Desk(id=number, branch_code="9401", name=f"balie{number}"))
            session.flush()


@dataclass
class Spool:
    """The queue of one store, seen from both sides."""

    store: Store
    now: Hands = field(default_factory=Hands)

    def ask(
        self,
        key: str = "key-1",
        desk_id: int = 1,
        printer: str = PRINTER,
        kind: str = "status",
        source: str = SOURCE,
    ) -> int | None:
        """Ask for a receipt of a customer, or for something else."""
        job = spool_desk.NewJob(key, desk_id, printer, kind, source, customer_id=CUSTOMER)
        with self.store.jot() as connection:
            return spool_desk.enqueue(connection, job, self.now())

    def claim(
        self, worker: str = "one", desk_id: int = 1, printer: str = PRINTER
    ) -> ClaimedJob | None:
        with self.store.jot() as connection:
            return spool.claim(connection, desk_id, printer, worker, self.now())

    def claimed(self, worker: str = "one") -> ClaimedJob:
        job = self.claim(worker)
        assert job is not None
        return job

    def move(self, job: ClaimedJob, *states: str, reason: str = "", device_job: str = "") -> bool:
        """Bring a job through states; whether it came through the last."""
        moved = False
        for state in states:
            with self.store.jot() as connection:
                to = JobState(state)
                moved = spool.move(connection, job, to, self.now(), reason, device_job)
        return moved

    def release(self, job: ClaimedJob, *, lasting: bool = False) -> str | None:
        with self.store.jot() as connection:
            return spool.release(connection, job, "paper_out", self.now(), lasting=lasting)

    def reap(self, desk_id: int = 1) -> int:
        with self.store.jot() as connection:
            return spool.reap(connection, desk_id, self.now())

    def due(self) -> datetime | None:
        with self.store.look() as connection:
            return spool.due(connection, 1, PRINTER, self.now())

    def row(self, job_id: int = 1) -> dict[str, Any]:
        query = text("SELECT * FROM print_job WHERE id = :id")
        with self.store.look() as connection:
            (row,) = connection.execute(query, {"id": job_id}).mappings()
            return dict(row)

    def state(self, job_id: int = 1) -> tuple[str, str]:
        """State and reason."""
        row = self.row(job_id)
        return row["state"], row["reason"]


@contextmanager
def full_disk() -> Iterator[None]:
    """No file of this process takes another byte."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
