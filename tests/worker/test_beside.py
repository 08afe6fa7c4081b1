"""A worker beside the screens: its own session, the same store, and no password to be seen."""

import os
import signal
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from deskterm.store.engine import Store
from deskterm.worker.beside import Beside, BesideOptions, command
from tests.worker.programs import queue_account, rows, until

SECRET = "geheim"


class Ticks:
    """A clock of seconds that tests move."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def beside() -> Iterator[Beside]:
    beside = Beside()
    yield beside
    if beside.process is not None:
        beside.process.kill()
        beside.process.wait()


def test_it_does_what_waits_and_ends(store: Store, store_url: str, beside: Beside) -> None:
    queue_account(store)
    assert beside.start(BesideOptions(store_url))
    assert beside.process is not None
    assert beside.process.wait(60) == 0
    assert rows(store, "SELECT state FROM account_job") == [("done",)]
    assert rows(store, "SELECT state FROM mail_job") == [("sent",)]


def test_nobody_on_the_machine_can_read_the_password_of_the_store(
    postgresql_url: str, beside: Beside
) -> None:
    url = postgresql_url.replace(":@", f":{SECRET}@")
    assert SECRET in url
    beside.start(BesideOptions(url))
    assert beside.process is not None
    shown = Path(f"/proc/{beside.process.pid}/cmdline")
    # Between fork and exec a process has no command line.
    until(lambda: b"worker" in shown.read_bytes())
    assert SECRET.encode() not in shown.read_bytes()
    assert beside.process.wait(60) == 0


def test_the_command_line_names_what_the_screens_work_with(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    options = BesideOptions("library.db", config, date(2026, 3, 15), "9401/balie1")
    assert command(options)[1:] == [
        "-m", "deskterm", "worker", "--until-idle", "--config", str(config),
        "--day", "2026-03-15", "--desk", "9401/balie1",
    ]  # fmt: skip
    assert command(BesideOptions("library.db"))[1:] == ["-m", "deskterm", "worker", "--until-idle"]


def test_it_has_a_session_of_its_own_and_there_is_one(
    sqlite_store: Store, sqlite_file: Path, beside: Beside, tmp_path: Path
) -> None:
    # Work that is due in a moment keeps it from ending.
    queue_account(sqlite_store)
    with sqlite_store.write_plain() as connection:
        connection.exec_driver_sql(
            "UPDATE account_job SET attempts = 1, next_at = datetime('now', '+50 seconds')"
        )
    assert beside.start(BesideOptions(str(sqlite_file)))
    assert beside.process is not None
    assert os.getsid(beside.process.pid) == beside.process.pid
    until(lambda: bool(rows(sqlite_store, "SELECT * FROM worker")))
    assert not beside.start(BesideOptions(str(sqlite_file)))
    beside.process.send_signal(signal.SIGTERM)
    assert beside.process.wait(60) == 0


def test_one_that_failed_is_not_started_again_at_once(tmp_path: Path) -> None:
    ticks = Ticks()
    beside = Beside(ticks)
    options = BesideOptions(str(tmp_path / "none.db"))
    assert beside.start(options)
    assert beside.process is not None
    assert beside.process.wait(60) == 1
    assert not beside.start(options)
    ticks.at += 299
    assert not beside.start(options)
    ticks.at += 2
    assert beside.start(options)
    beside.process.wait(60)
