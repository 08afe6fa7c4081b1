"""D-Bus and Avahi of our own, which ippeveprinter wants to be announced by.

There can be one Avahi on a machine, and tests run side by side: who comes first starts it, who
goes last ends it. Where a system has one running, that one serves.
"""

import fcntl
import os
import signal
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from time import monotonic, sleep

from tests.needs import program

START_S = 30.0
TAKEN_S = 5.0
"""How long another Avahi may take to end."""

_DBUS = """<busconfig>
  <type>system</type>
  <listen>unix:path={folder}/bus</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
    <allow user="*"/>
  </policy>
</busconfig>
"""
_AVAHI = """[server]
host-name=deskterm-test
use-ipv4=yes
use-ipv6=no
allow-interfaces=lo
[publish]
publish-workstation=no
"""


def until(done: Callable[[], bool], what: str, limit: float = START_S) -> None:
    """Wait for `done()` to be true."""
    end = monotonic() + limit
    while not done():
        assert monotonic() < end, f"{what} does not come"
        sleep(0.02)


@contextmanager
def neighbourhood() -> Iterator[dict[str, str]]:
    """The environment that leads to an Avahi, for as long as it is needed."""
    folder = Path(tempfile.gettempdir()) / f"deskterm-mdns-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    with (folder / "door").open("w") as door, (folder / "guests").open("w") as guests:
        fcntl.flock(door, fcntl.LOCK_EX)
        environment = _environment(folder)
        fcntl.flock(guests, fcntl.LOCK_SH)
        fcntl.flock(door, fcntl.LOCK_UN)
        try:
            yield environment
        finally:
            fcntl.flock(door, fcntl.LOCK_EX)
            fcntl.flock(guests, fcntl.LOCK_UN)
            with suppress(BlockingIOError):
                fcntl.flock(guests, fcntl.LOCK_EX | fcntl.LOCK_NB)
                _stop(folder)


def _environment(folder: Path) -> dict[str, str]:
    ours = {"DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={folder}/bus"}
    if not (_is_alive(folder, "dbus") and _is_alive(folder, "avahi") and _listens(folder)):
        _stop(folder)
        _start_bus(folder)
        if not _start_avahi(folder, ours):
            return {}
    return ours


def _start_bus(folder: Path) -> None:
    dbus = program("dbus-daemon", "dbus")
    (folder / "bus").unlink(missing_ok=True)
    (folder / "dbus.conf").write_text(_DBUS.format(folder=folder))
    _start(folder, "dbus", {}, dbus, f"--config-file={folder}/dbus.conf", "--nofork", "--nopidfile")
    until(lambda: _listens(folder), "D-Bus")


def _start_avahi(folder: Path, ours: dict[str, str]) -> bool:
    """Whether it runs; False where another one, of the system, stays."""
    avahi = program("avahi-daemon", "avahi-daemon")
    (folder / "avahi.conf").write_text(_AVAHI)
    options = ("-f", f"{folder}/avahi.conf", "--no-rlimits", "--no-drop-root", "--no-chroot")
    log, end = folder / "avahi.log", monotonic() + TAKEN_S
    while monotonic() < end:
        _start(folder, "avahi", ours, avahi, *options)
        until(
            lambda: b"startup complete" in log.read_bytes() or not _is_alive(folder, "avahi"),
            "Avahi",
        )
        if _is_alive(folder, "avahi"):
            return True
        sleep(0.1)
    assert b"already running" in log.read_bytes(), log.read_text()
    return False


def _start(folder: Path, name: str, environment: dict[str, str], *command: str) -> None:
    """Start a program that outlives us, as another test may still need it when we end."""
    shell = 'log=$1; shift; "$@" >"$log" 2>&1 </dev/null & echo $!'
    run = subprocess.run(
        ["setsid", "sh", "-c", shell, "sh", folder / f"{name}.log", *command],
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        check=True,
    )
    (folder / f"{name}.pid").write_bytes(run.stdout)


def _stop(folder: Path) -> None:
    for name in ("avahi", "dbus"):
        if _is_alive(folder, name):
            os.kill(_number(folder, name), signal.SIGTERM)
            with suppress(AssertionError):
                until(partial(_is_gone, folder, name), name, 5)
        (folder / f"{name}.pid").unlink(missing_ok=True)


def _number(folder: Path, name: str) -> int:
    with suppress(OSError, ValueError):
        return int((folder / f"{name}.pid").read_text())
    return 0


def _is_alive(folder: Path, name: str) -> bool:
    """Whether our program of this name runs; one that only waits to be buried does not."""
    with suppress(OSError):
        words = Path(f"/proc/{_number(folder, name)}/stat").read_text()
        program_name, _, state = words.partition(")")
        return name in program_name and state.split()[0] != "Z"
    return False


def _is_gone(folder: Path, name: str) -> bool:
    return not _is_alive(folder, name)


def _listens(folder: Path) -> bool:
    with suppress(OSError), socket.socket(socket.AF_UNIX) as client:
        client.connect(str(folder / "bus"))
        return True
    return False
