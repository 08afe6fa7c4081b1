"""Taking turns to write: soon after who wrote before, never longer than was said."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from deskterm.store import turns

TURN = "BEGIN IMMEDIATE"


class Time:
    """Stands still but for who sleeps; lets go of the file at a moment."""

    def __init__(self) -> None:
        self.at = 0.0
        self.pauses: list[float] = []
        self.free_at = float("inf")
        self.holder: sqlite3.Connection | None = None

    def monotonic(self) -> float:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.at += seconds
        self.pauses.append(seconds)
        if self.holder is not None and self.at >= self.free_at:
            self.holder.execute("COMMIT")
            self.holder = None


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    time = Time()
    monkeypatch.setattr(turns, "time", time)
    return time


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "turns.db"
    with closing(opened(file)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE t (n INTEGER)")
    return file


@pytest.fixture
def desk(file: Path) -> Iterator[sqlite3.Connection]:
    with closing(opened(file)) as connection:
        yield connection


@pytest.fixture
def other(file: Path, time: Time) -> Iterator[sqlite3.Connection]:
    """Another desk, whose turn it is."""
    with closing(opened(file)) as connection:
        connection.execute(TURN)
        time.holder = connection
        yield connection


def opened(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(file, isolation_level=None)


def patience(connection: sqlite3.Connection) -> int:
    (milliseconds,) = connection.execute("PRAGMA busy_timeout").fetchone()
    return int(milliseconds)


def test_who_is_alone_waits_for_nothing(desk: sqlite3.Connection, time: Time) -> None:
    turns.take_turn(desk, 5)
    assert desk.in_transaction
    assert (time.pauses, patience(desk)) == ([], 5000)


@pytest.mark.parametrize("held", [0.002, 0.02, 0.3, 4.0])
@pytest.mark.usefixtures("other")
def test_a_turn_begins_soon_after_the_one_before(
    desk: sqlite3.Connection, time: Time, held: float
) -> None:
    time.free_at = held
    turns.take_turn(desk, 5)
    assert desk.in_transaction
    assert time.at - held <= max(0.0003, min(held / 8, 0.02))
    # Asking costs more than sleeping: during an import all other desks of a server ask.
    assert len(time.pauses) < 60 + 50 * held
    assert patience(desk) == 5000


@pytest.mark.usefixtures("other")
def test_who_waits_in_vain_is_told_after_the_time_that_was_said(
    desk: sqlite3.Connection, time: Time
) -> None:
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        turns.take_turn(desk, 5)
    assert time.at == pytest.approx(5, abs=0.03)
    assert patience(desk) == 5000
    assert not desk.in_transaction


def test_what_is_no_turn_of_another_is_told_at_once(file: Path, time: Time) -> None:
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True, isolation_level=None)) as desk:
        desk.execute("BEGIN")
        with pytest.raises(sqlite3.OperationalError, match="within a transaction"):
            turns.take_turn(desk, 5)
    assert time.pauses == []
