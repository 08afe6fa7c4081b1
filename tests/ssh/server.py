"""A real sshd on this machine, set up by `deskterm ssh-setup`, for whoever runs the tests."""

from __future__ import annotations

import grp
import os
import pwd
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from datetime import date
from pathlib import Path

from deskterm import cli
from deskterm.setup.ssh import LEAN
from tests.children import bound
from tests.journeys.steps import SEED_DAY
from tests.needs import output_of, program
from tests.ports import free_port
from tests.terminal import Terminal

DESK = "9401/balie1"
DESK_LINE = "F2 = uitgebreid zoeken"
USER = pwd.getpwuid(os.getuid()).pw_name
GROUP = grp.getgrgid(os.getgid()).gr_name
PRIVILEGES = Path("/run/sshd")
"""Where sshd locks itself up while it talks to strangers; the service of Debian makes it."""
# As open as a server can be: what is shut is shut by the settings under test.
OPEN_SERVER = """
Include {block}
ListenAddress 127.0.0.1
Port {port}
HostKey {folder}/host
PidFile none
UsePAM no
StrictModes no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
AllowTcpForwarding yes
AllowAgentForwarding yes
AllowStreamLocalForwarding yes
X11Forwarding yes
PermitTunnel yes
GatewayPorts yes
PermitUserRC yes
AcceptEnv *
Subsystem sftp internal-sftp
"""


class Server:
    """The server, its keys and its settings, in a folder of its own."""

    def __init__(self, folder: Path, *setup: str, day: date = SEED_DAY, lean: bool = False) -> None:
        """With `lean` desks start as `ssh-setup` has it; without it none has to compile first."""
        self.folder = folder
        self.lean = LEAN if lean else ""
        self.day = day
        self.settings = folder / "etc" / "config.toml"
        self.state = folder / "deskterm"
        self.port = free_port()
        self._keys()
        self._set_up(*setup)
        self._sshd: subprocess.Popen[bytes] | None = None

    def _keys(self) -> None:
        for name in ("host", "client"):
            where = self.folder / name
            output_of(program("ssh-keygen", "openssh-client"), "-q", "-t", "ed25519",
                      "-N", "", "-f", where)  # fmt: skip
        keys = self.settings.parent / "keys"
        keys.mkdir(parents=True)
        shutil.copy(self.folder / "client.pub", keys / USER)

    def _set_up(self, *setup: str) -> None:
        self.settings.touch()
        starter = self.folder / "deskterm-on-its-day"
        words = f'{sys.executable} {self.lean} -I -m deskterm --day {self.day} "$@"'
        starter.write_text(f"#!/bin/sh\nhome=$HOME\nexec {words}\n", encoding="utf-8")
        starter.chmod(0o755)
        launcher, written = self.folder / "lib", self.folder / "written"
        self.state.mkdir()
        status = cli.main([
            "ssh-setup", "--own-rights", "--group", GROUP, "--program", str(starter),
            "--config", str(self.settings), "--state", str(self.state),
            "--launcher", str(launcher), "--write", str(written), *setup,
        ])  # fmt: skip
        assert status == 0
        self.block = written / "root/etc/ssh/sshd_config.d/50-deskterm.conf"
        shutil.copytree(f"{written}/root{launcher}", launcher)
        self.config = self.folder / "sshd_config"
        self.config.write_text(
            OPEN_SERVER.format(block=self.block, port=self.port, folder=self.folder),
            encoding="utf-8",
        )

    def start(self, niceness: int = 0) -> None:
        """Start sshd, its desks as nice to other programs as told, and wait until it answers."""
        if os.getuid() == 0:
            PRIVILEGES.mkdir(mode=0o755, exist_ok=True)
        sshd = program("sshd", "openssh-server")
        with (self.folder / "sshd.log").open("wb") as log:
            words = ("nice", "-n", str(niceness), sshd, "-D", "-e", "-f", str(self.config))
            self._sshd = subprocess.Popen(bound(words), stderr=log)
        end = time.monotonic() + 20
        while not answers_at(self.port):
            assert self._sshd.poll() is None, self.log()
            assert time.monotonic() < end, self.log()

    def stop(self) -> None:
        """End sshd; sessions have ended with their tests."""
        if self._sshd is not None:
            self._sshd.terminate()
            self._sshd.wait(20)

    def log(self) -> str:
        """What sshd said."""
        return (self.folder / "sshd.log").read_text(encoding="utf-8")

    def use(self, store: Path, *, by_login: str = "", settings: str = "") -> None:
        """Let the desks work with this store, and the employee of that name sign in by login."""
        mode = '"ssh-user"' if by_login else "true"
        text = f'store = "{store}"\nsign_in = {mode}\n{settings}\n'
        self.settings.write_text(text, encoding="utf-8")
        if by_login:
            with closing(sqlite3.connect(store)) as connection, connection:
                connection.execute(
                    "UPDATE staff SET username = ?, pin_must_change = 0 WHERE username = ?",
                    (USER, by_login),
                )

    def client(self, tool: str = "ssh", *options: str, port: int | None = None) -> list[str]:
        """The words of a client of OpenSSH that knows this server and has the right key."""
        flag = "-p" if tool == "ssh" else "-P"
        return [
            program(tool, "openssh-client"), "-F", "none", "-i", str(self.folder / "client"),
            "-o", "IdentitiesOnly=yes", "-o", "BatchMode=yes", "-o", "LogLevel=ERROR",
            "-o", "StrictHostKeyChecking=no",
            "-o", f"UserKnownHostsFile={self.folder / 'known'}",
            flag, str(port or self.port), *options,
        ]  # fmt: skip

    def run(
        self, tool: str, options: Sequence[str], *words: str, env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        """Run a client to its end, without a terminal."""
        return subprocess.run(
            [*self.client(tool, *options), *words],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=60,
            check=False,
            env={**os.environ, **(env or {})},
        )

    def terminal(
        self,
        *options: str,
        size: tuple[int, int] = (80, 24),
        env: Mapping[str, str] | None = None,
        term: str = "xterm-256color",
        port: int | None = None,
        command: Sequence[str] = (),
    ) -> Terminal:
        """Open a desk from a terminal, as a branch does."""
        argv = self.client(
            "ssh", "-tt", "-e", "none", "-o", f"SetEnv=DESKTERM_DESK={DESK}", *options, port=port
        )
        return Terminal([*argv, f"{USER}@127.0.0.1", *command], size, env, term)

    def desks(self) -> list[int]:
        """The processes of deskterm that this server's sessions run."""
        found = []
        for folder in Path("/proc").iterdir():
            with suppress(OSError):
                words = (folder / "cmdline").read_bytes().split(b"\0")
                if folder.name.isdigit() and os.fsencode(self.settings) in words:
                    found.append(int(folder.name))
        return found

    def wait_for_no_desk(self, seconds: float = 20) -> None:
        """Wait until no session has left a process behind."""
        end = time.monotonic() + seconds
        while left := self.desks():
            assert time.monotonic() < end, f"still there: {left}"


def answers_at(port: int) -> bool:
    """Whether somebody listens at a port."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True
