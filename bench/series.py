"""Seriemutatie: ten thousand customers changed in one transaction, and all of them taken back."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TypeVar

from bench.stores import FOLDER, copy_of
from bench.table import Row

Answer = TypeVar("Answer")
PEOPLE = 10_000
LONGEST_S = 5
"""No other desk can save meanwhile, and one that wants to gives up after five seconds."""
CHANGES = {"phone": "+31 592 000000", "no_mail": "1", "no_email": "1"}
_CHOSEN = f"SELECT actor_id FROM customer ORDER BY actor_id LIMIT {PEOPLE}"


def series_rows(store: Path, folder: Path = FOLDER) -> list[Row]:
    """How long a series takes, and Herstel of it, beside the bare rows written by sqlite3."""
    from deskterm import bootstrap
    from deskterm.services import series
    from deskterm.services.staff import by_actor_id
    from deskterm.views.series import Wanted

    copy = copy_of(store, "series.db", folder)
    options = bootstrap.Options(store=str(copy), day=date(2026, 3, 15), practice=True)
    built = bootstrap.build(options)
    with closing(built.open_store()) as opened:
        desk = built.make_desk(opened)
        desk = desk.signed_in_as(by_actor_id(desk, bootstrap.PRACTICE_EMPLOYEE))
        with closing(sqlite3.connect(copy)) as plain:
            numbers = " ".join(str(actor_id) for (actor_id,) in plain.execute(_CHOSEN))
        chosen = series.of_numbers(desk, numbers).people
        people = [Wanted(one.actor_id, one.version, CHANGES) for one in chosen]
        saved, took = _timed(lambda: series.save(desk, people, "bench", len(people)))
        _told, took_back = _timed(lambda: series.take_back(desk, saved.deed_id))
    floor = _bare(copy_of(store, "series.db", folder))
    count = f"{len(people):,}"
    return [
        Row(f"batch change of {count}", took, "s", LONGEST_S, note=_beside(took, floor)),
        Row(f"undo of {count}", took_back, "s", LONGEST_S, note=_beside(took_back, floor)),
    ]


def _timed(work: Callable[[], Answer]) -> tuple[Answer, float]:
    began = time.perf_counter()
    answer = work()
    return answer, time.perf_counter() - began


def _bare(copy: Path) -> float:
    """Seconds to write the same columns and as many lines of the log, and nothing else."""
    with closing(sqlite3.connect(copy)) as connection:
        ids = connection.execute(_CHOSEN).fetchall()
        columns = [row[1] for row in connection.execute("PRAGMA table_info(change_log)")]
        (line,) = connection.execute("SELECT * FROM change_log ORDER BY id DESC LIMIT 1").fetchall()
        last = line[columns.index("id")]
        lines = [(last + number, *line[1:]) for number in range(1, len(CHANGES) * len(ids) + 1)]
        began = time.perf_counter()
        with connection:
            sets = ", ".join(f"{name} = ?" for name in CHANGES)
            values = [(*CHANGES.values(), actor_id) for (actor_id,) in ids]
            connection.executemany(f"UPDATE customer SET {sets} WHERE actor_id = ?", values)
            marks = ", ".join("?" * len(columns))
            connection.executemany(f"INSERT INTO change_log VALUES ({marks})", lines)
        return time.perf_counter() - began


def _beside(took: float, floor: float) -> str:
    return f"{took / floor:.1f} x the bare rows, {floor:.2f} s"
