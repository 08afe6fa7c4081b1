"""A server as docs/ssh.md sets it up: users of its own, sudo, and data that are nobody else's.

It needs root. Mounts that nobody else sees keep it apart from the machine; in CI, where the machine
is thrown away afterwards, it does without them.
"""

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.journeys.steps import PLAIN
from tests.needs import absent, program
from tests.ports import free_port
from tests.ssh.server import DESK, DESK_LINE, answers_at
from tests.terminal import Terminal

SCRIPT = Path(__file__).with_name("least_rights.sh")
TOOLS = {
    "sshd": "openssh-server",
    "ssh-keygen": "openssh-client",
    "sudo": "sudo",
    "useradd": "passwd",
    "systemd-sysusers": "systemd",
    "systemd-tmpfiles": "systemd",
    "logrotate": "logrotate",
}
APART = ("unshare", "-m", "--propagation", "private")


def gives_mounts(folder: Path) -> bool:
    """Whether this machine gives mounts of one's own."""
    words = f"mount -t tmpfs x {folder} && mkdir {folder}/u {folder}/w && mount -t overlay x -o"
    words += f" lowerdir=/etc,upperdir={folder}/u,workdir={folder}/w /etc"
    run = subprocess.run([*APART, "sh", "-c", words], capture_output=True, check=False)
    return run.returncode == 0


def starter(folder: Path) -> list[str]:
    """The words that run the script where it changes nothing that somebody misses."""
    if os.name != "posix" or os.getuid() != 0:
        absent("only root makes users and gives them rights")
    for tool, package in TOOLS.items():
        program(tool, package)
    if gives_mounts(folder):
        return [*APART, "sh", str(SCRIPT), "apart"]
    if not os.environ.get("CI"):
        absent("this machine gives no mounts of one's own")
    return ["sh", str(SCRIPT), "here"]


@pytest.fixture
def log_in(practice: Path, tmp_path: Path) -> Iterator[list[str]]:
    """The words of a client of employee Prins on such a server."""
    folder = tmp_path / "server"
    folder.mkdir()
    words = starter(folder)
    with closing(sqlite3.connect(practice)) as store, store:
        store.execute("UPDATE staff SET pin_must_change = 0 WHERE username = 'prins'")
    port, key = free_port(), tmp_path / "key"
    key.touch(0o600)
    words += [str(folder), str(port), str(practice), sys.executable]
    with (tmp_path / "log").open("wb") as log, key.open("wb") as secret:
        # The script writes the key to where its third file is.
        line = " ".join(map(repr, words))
        server = subprocess.Popen(
            ["sh", "-c", f"exec {line} 3>&1 1>&2"], stdout=secret, stderr=log, close_fds=False
        )
    try:
        end = time.monotonic() + 60
        while not answers_at(port):
            told = (tmp_path / "log").read_text(encoding="utf-8")
            assert server.poll() is None, told
            assert time.monotonic() < end, told
        yield [
            program("ssh", "openssh-client"), "-F", "none", "-i", str(key), "-p", str(port),
            "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=no", "-o", "LogLevel=ERROR",
            "-o", f"UserKnownHostsFile={tmp_path / 'known'}", "-e", "none",
            "-o", f"SetEnv=DESKTERM_DESK={DESK}",
        ]  # fmt: skip
    finally:
        server.terminate()
        server.wait(20)


def test_whoever_works_at_a_desk_reaches_the_library_through_the_desk_alone(
    log_in: list[str],
) -> None:
    run = subprocess.run(
        [*log_in, "prins@127.0.0.1", "id"], capture_output=True, timeout=60, check=False
    )
    assert (run.returncode, run.stdout) == (2, b"")
    with Terminal([*log_in, "-tt", "prins@127.0.0.1"]) as terminal:
        terminal.wait(DESK_LINE)
        terminal.wait("balie1 +J. Prins")
        terminal.resize(100, 30)
        terminal.scan(PLAIN)
        terminal.wait("de Vries")
        (desk,) = desks()
        assert owner_of(desk) not in (0, os.getuid())
        terminal.kill()
        end = time.monotonic() + 20
        while desks():
            assert time.monotonic() < end, "the process has outlived its line"


def desks() -> list[Path]:
    """The processes that sudo started for Prins; sudo itself is none."""
    mark = b"\0--login\0prins\0"
    return [one for one in Path("/proc").glob("[0-9]*") if mark in command_of(one)]


def command_of(process: Path) -> bytes:
    """Its command line; nothing when it has just ended."""
    try:
        return (process / "cmdline").read_bytes()
    except OSError:
        return b""


def owner_of(process: Path) -> int:
    """The user that it runs as."""
    return process.stat().st_uid
