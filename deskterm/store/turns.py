"""How those who write to a SQLite file take turns."""

import sqlite3
import time

_BUSY = 5
"""Primary result code: another one writes."""
_SOONEST, _LATEST = 0.0003, 0.02
"""Seconds between two tries: a turn at a desk lasts some milliseconds, one of an import minutes."""
_PART = 8
"""Of the time that was waited so far, how little more is waited at a time."""


def take_turn(driver: sqlite3.Connection, most_seconds: int) -> None:
    """Begin a transaction that writes, as soon as nobody else does.

    SQLite's own waiting sleeps 1, 2, 5, 10 and more milliseconds between two tries: where several
    desks write without a pause all of them slept half of the time.

    Raises:
        sqlite3.OperationalError: others wrote all the time, or the file cannot be written.
    """
    began = time.monotonic()
    driver.execute("PRAGMA busy_timeout = 0")
    try:
        while not _begun(driver, is_last=time.monotonic() - began >= most_seconds):
            waited = time.monotonic() - began
            time.sleep(min(max(waited / _PART, _SOONEST), _LATEST))
    finally:
        driver.execute(f"PRAGMA busy_timeout = {most_seconds * 1000}")


def _begun(driver: sqlite3.Connection, *, is_last: bool) -> bool:
    try:
        driver.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if is_last or error.sqlite_errorcode & 0xFF != _BUSY:
            raise
        return False
    return True
