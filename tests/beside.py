"""The workers that the screens of a store have started beside them."""

import os
import signal
import socket
import sqlite3
from contextlib import closing, suppress
from pathlib import Path


def end_workers(store: Path) -> None:
    """End the workers of a store."""
    for number in workers(store):
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)


def workers(store: Path) -> list[int]:
    """The process numbers of those of this machine that run."""
    with closing(sqlite3.connect(store)) as connection:
        names = [name.split(":") for (name,) in connection.execute("SELECT id FROM worker")]
    # The name ends in the start of the process; a test that plays a worker leaves that out.
    here = [int(name[1]) for name in names if len(name) == 3 and name[0] == socket.gethostname()]
    return [number for number in here if _is_worker(number)]


def _is_worker(number: int) -> bool:
    """Whether this is still a worker: one that has ended leaves its number to any other program."""
    try:
        return b"worker" in Path(f"/proc/{number}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
