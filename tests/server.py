"""A PostgreSQL server of a test's own, which it may stop, kill and start again."""

import shutil
import subprocess
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Literal

import psycopg

Stop = Literal["fast", "immediate"]


class Server:
    """A server that listens on a socket in its folder; made running, without its own store."""

    def __init__(self, folder: Path) -> None:
        """`folder` has to be one that every user can reach, as root is no user to a server."""
        from pgserver import get_server

        self.folder = folder
        self._server = get_server(folder / "data", cleanup_mode="delete")
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
        self._control(
            "start", "-o", '-h ""', "-o", f"-k {place}", "-l", str(self.log), "-t", "60"
        )  # fmt: skip

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
        self._run("pg_ctl", "-w", "-D", str(self._server.pgdata), *words)

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
