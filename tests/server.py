"""PostgreSQL servers for tests: a shared one, and one that a test may stop and start again."""

import shutil
import subprocess
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import psycopg
import pytest

if TYPE_CHECKING:
    from pgserver.postgres_server import PostgresServer

Stop = Literal["fast", "immediate"]
PATIENCE_S = 120
"""For starting or stopping a server, on a machine that others swamp."""


def started(data: Path) -> "PostgresServer":
    """A new server with its data in this folder.

    It keeps its lock where `XDG_RUNTIME_DIR` is when the first one is made. Nothing is synced to
    the disk, as nothing of it outlives the machine: one that was killed would sync a thousand files
    before it is there again.
    """
    from pgserver import postgres_server

    initdb, pg_ctl = postgres_server.initdb, postgres_server.pg_ctl

    def make(words: list[str], **more: object) -> object:
        return initdb([*words, "--no-sync", "--set", "fsync=off"], **more)

    def control(words: list[str], **more: object) -> object:
        # Its own ten seconds are too few now and then.
        return pg_ctl([*words, "-t", str(PATIENCE_S)], **{**more, "timeout": PATIENCE_S})

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postgres_server, "initdb", make)
        patch.setattr(postgres_server, "pg_ctl", control)
        return postgres_server.get_server(data, cleanup_mode="delete")


class Server:
    """A server that listens on a socket in its folder; made running, without its own store."""

    def __init__(self, folder: Path) -> None:
        """`folder` has to be one that every user can reach, as root is no user to a server."""
        self.folder = folder
        self._server = started(folder / "data")
        self.uri: str = self._server.get_uri()
        self.log = folder / "data" / "log"

    def database(self, name: str, user: str = "postgres", password: str = "") -> str:
        """The URL of a database, after making it when it is not there."""
        with psycopg.connect(self.uri, autocommit=True) as connection:
            query = "SELECT 1 FROM pg_database WHERE datname = %s"
            if connection.execute(query, (name,)).fetchone() is None:
                connection.execute(f"CREATE DATABASE {name}".encode())
        return self.uri.replace("/postgres?", f"/{name}?").replace(
            "//postgres:", f"//{user}:{password}"
        )

    def run(self, sql: str, database: str = "postgres") -> None:
        """Statements of the owner of everything."""
        with psycopg.connect(self.database(database), autocommit=True) as connection:
            connection.execute(sql.encode())

    def stop(self, how: Stop = "fast") -> None:
        """Stop it: in good order, or as a power cut does (`immediate`)."""
        self._control("stop", "-m", how)

    def start(self) -> None:
        """Start it again at the same place."""
        place = self.uri.partition("host=")[2]
        self._control("start", "-o", '-h ""', "-o", f"-k {place}", "-l", str(self.log))

    def close(self) -> None:
        """Stop it for good, whether it runs or not."""
        # pgserver only knows the process that it started itself, not one started again since.
        with suppress(subprocess.CalledProcessError):
            self.stop("immediate")
        self._server.cleanup()

    def standby(self, folder: Path) -> "Standby":
        """Another server that follows this one; what this one says is saved, is there too."""
        data = folder / "standby"
        data.mkdir(mode=0o700)
        if self._server.system_user:
            shutil.chown(data, self._server.system_user)
        self._run(
            "pg_basebackup", "-D", str(data), "-R", "-X", "stream", "-c", "fast", "-d", self.uri
        )
        # The socket is in the folder of the data; its lock is no part of the copy.
        (data / ".s.PGSQL.5432.lock").unlink()
        standby = Standby(data, self._run)
        standby.start()
        self.run("ALTER SYSTEM SET synchronous_standby_names = '*'")
        self.run("SELECT pg_reload_conf()")
        return standby

    def _control(self, *words: str) -> None:
        patience = ("-t", str(PATIENCE_S))
        self._run("pg_ctl", "-w", *patience, "-D", str(self._server.pgdata), *words)

    def _run(self, program: str, *words: str) -> None:
        from pgserver._commands import POSTGRES_BIN_PATH

        subprocess.run(
            [str(POSTGRES_BIN_PATH / program), *words],
            user=self._server.system_user,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=True,
        )


class Standby:
    """A server that follows another one until it is promoted."""

    def __init__(self, data: Path, run: Callable[..., None]) -> None:
        self.folder, self._run = data, run

    def start(self) -> None:
        """Start following."""
        place = ("-o", '-h ""', "-o", f"-k {self.folder}", "-l", str(self.folder / "log"))
        self._run("pg_ctl", "-w", "-D", str(self.folder), *place, "start")

    def promote(self) -> None:
        """Take over: from now on it may be written."""
        self._run("pg_ctl", "-w", "-D", str(self.folder), "promote")

    def close(self) -> None:
        """Stop it."""
        self._run("pg_ctl", "-w", "-D", str(self.folder), "-m", "immediate", "stop")
