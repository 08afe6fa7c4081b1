"""Workers as programs: started on a store, and what became of its jobs."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import text

from deskterm.store.engine import Store
from deskterm.store.tables import AccountJob, MailJob
from tests.children import bound
from tests.rows_store import add_library, customer_row

EMAIL = "thea@example.org"
CONTENTS = (
    '{"name": "Thea Testabo", "username": "thea", "code": "K7QX-M2PD-AAAA",'
    ' "expires": "2999-01-01T12:00:00+00:00", "hours": "24",'
    ' "library": "Annen"}'
)

STARTED: "list[subprocess.Popen[str]]" = []
"""Those that a test has to leave no trace of, also when it fails."""


def start(store_url: str, *options: str, **environ: str) -> "subprocess.Popen[str]":
    """Start `deskterm worker` on a store."""
    worker = subprocess.Popen(
        bound([sys.executable, "-m", "deskterm", "worker", *options]),
        env={**os.environ, "DESKTERM_STORE": store_url, **environ},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    STARTED.append(worker)
    return worker


def ended(worker: "subprocess.Popen[str]") -> tuple[int, str]:
    """Wait for its end; gives its status and what it said on stderr."""
    _out, err = worker.communicate(timeout=60)
    return worker.returncode, err


def has_heard(worker: "subprocess.Popen[str]", number: int) -> bool:
    """Whether it has dealt with a signal: the next one would end it at once (Linux)."""
    status = Path(f"/proc/{worker.pid}/status").read_text(encoding="ascii")
    caught = next(line.split()[1] for line in status.splitlines() if line.startswith("SigCgt:"))
    return not int(caught, 16) >> (number - 1) & 1


def kill(worker: "subprocess.Popen[str]") -> None:
    """End a worker as a power cut does."""
    worker.send_signal(signal.SIGKILL)
    worker.communicate()


def until(condition: Callable[[], bool], tries: int = 3000) -> None:
    """Wait for what a program or a thread brings about."""
    tick = threading.Event()
    for _ in range(tries):
        if condition():
            return
        tick.wait(0.01)
    raise TimeoutError


def queue_mail(store: Store, key: str = "mail-1") -> None:
    """A mail that is due."""
    now = datetime.now(UTC)
    with store.write() as session:
        session.add(
            MailJob(
                key=key,
                kind="account_made",
                recipient=EMAIL,
                contents=CONTENTS,
                at=now,
                next_at=now,
            )
        )


def queue_account(store: Store, customer_id: int = 1) -> None:
    """The library with a customer whose account is to be made."""
    add_library(store)
    now = datetime.now(UTC)
    with store.write() as session:
        customer = customer_row(customer_id)
        customer.initials, customer.email = "T.", EMAIL
        session.add(customer)
        session.flush()
        session.add(
            AccountJob(
                key=f"job-{customer_id}", customer_id=customer_id, email=EMAIL, at=now, next_at=now
            )
        )


def rows(store: Store, query: str) -> list[Any]:
    """The rows of a query, whatever they are."""
    with store.read() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def mails(folder: Path) -> list[str]:
    """What is in a Maildir."""
    return [file.read_text(encoding="utf-8") for file in (folder / "new").glob("*")]
