"""A PostgreSQL server of our own, as durable as any, that can be killed as by a power cut."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import psycopg


class Server:
    """One server; its databases outlive its kills."""

    def __init__(self, server: Any) -> None:
        self._server = server

    def url(self, database: str) -> str:
        """The address of a database."""
        return str(self._server.get_uri(database))

    def fresh(self, database: str, template: str = "template0") -> str:
        """Make a database anew, empty or as another one is; gives its address."""
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")
            connection.execute(f"CREATE DATABASE {database} TEMPLATE {template}")
        return self.url(database)

    def kill(self) -> None:
        """End every process of it at once, without a word."""
        postmaster = int(self._server.get_pid())
        # Its parts go with it: one that goes on would keep the next server from starting.
        family = [postmaster, *_children(postmaster)]
        for process in family:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        while any(_runs(process) for process in family):
            time.sleep(0.005)

    def start(self) -> None:
        """Start it again after a kill; it recovers first."""
        # Where nobody buries dead processes their numbers stay taken, and a server that reads one
        # in its lock takes itself for running.
        socket = Path(self._server.get_postmaster_info().socket_dir)
        for lock in (self._server.pgdata / "postmaster.pid", socket / ".s.PGSQL.5432.lock"):
            lock.unlink(missing_ok=True)
        self._server.ensure_postgres_running()


@contextmanager
def server() -> Iterator[Server]:
    """A server that runs until the block ends."""
    # Started as root it runs as another user, who has to reach the folder. It keeps its lock where
    # the environment says, and looks there when it is imported.
    with TemporaryDirectory(prefix="deskterm-") as folder:
        runtime = Path(folder, "runtime")
        runtime.mkdir(mode=0o700)
        with patch.dict(os.environ, {"XDG_RUNTIME_DIR": str(runtime)}):
            from pgserver import get_server

            running = get_server(Path(folder, "data"), cleanup_mode="delete")
        try:
            yield Server(running)
        finally:
            running.cleanup()


def _children(parent: int) -> list[int]:
    """The processes that a process started."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            _state, of, *_rest = stat.read_text().rpartition(")")[2].split()
            if int(of) == parent:
                found.append(int(stat.parent.name))
    return found


def _runs(process: int) -> bool:
    """Whether a process is there and not only to be buried."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
