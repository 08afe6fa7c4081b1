"""Ontdubbelen: who may be the same customer, merging two, and every pair of the whole file."""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from bench.stores import FOLDER, copy_of
from bench.table import Row, median_and_p95, milliseconds, p95

if TYPE_CHECKING:
    from deskterm.services.desk import Desk

ASKED = 100
MERGES = 20

_LIVING = "born IS NOT NULL AND merged_into_id IS NULL AND erased_on IS NULL"
_TWICE = f"""
    SELECT min(actor_id), max(actor_id) FROM customer WHERE {_LIVING}
    GROUP BY born, substr(sort_key, 1, 3) HAVING count(*) > 1 LIMIT {MERGES}
"""
_SAME_DAY = "SELECT * FROM customer WHERE born = (SELECT born FROM customer WHERE actor_id = ?)"
_WHOLE_FILE = f"SELECT born, sort_key, actor_id FROM customer WHERE {_LIVING} ORDER BY born"


def merging_rows(store: Path, customers: int, folder: Path = FOLDER) -> list[Row]:
    """How long each takes in a library of this size, beside the plain reading that it needs."""
    from deskterm import bootstrap
    from deskterm.services.staff import by_actor_id

    copy = copy_of(store, "merging.db", folder)
    options = bootstrap.Options(store=str(copy), day=date(2026, 3, 15), practice=True)
    built = bootstrap.build(options)
    with closing(built.open_store()) as opened:
        desk = built.make_desk(opened)
        desk = desk.signed_in_as(by_actor_id(desk, bootstrap.PRACTICE_EMPLOYEE))
        with closing(sqlite3.connect(copy)) as plain:
            return [
                _candidates(desk, plain, customers),
                _merges(desk, plain, customers),
                _pairs(desk, plain, customers),
            ]


def _candidates(desk: Desk, plain: sqlite3.Connection, customers: int) -> Row:
    """Candidates for customers from all over the file; the floor is who shares the birth date."""
    from deskterm.services import merging

    first, last = plain.execute(
        f"SELECT min(actor_id), max(actor_id) FROM customer WHERE {_LIVING}"
    ).fetchone()
    drawn = random.Random(1).sample(range(first, last + 1), min(3 * ASKED, last - first))
    asked = f"SELECT actor_id FROM customer WHERE {_LIVING} AND actor_id IN ({_list(drawn)})"
    numbers = [number for (number,) in plain.execute(asked)][:ASKED]
    # The first one loads what the others have.
    merging.candidates(desk, numbers[0])
    floors = [_seconds(partial(_same_day, plain, number)) for number in numbers]
    taken = [_seconds(partial(merging.candidates, desk, number)) for number in numbers]
    return _row(f"candidates for one, {customers:,}", taken, 20, floors)


def _merges(desk: Desk, plain: sqlite3.Connection, customers: int) -> Row:
    """Merge people of one birth date; the floor is one row written and kept."""
    from deskterm.services import merging

    taken, floors = [], []
    for number, (keeper, loser) in enumerate(plain.execute(_TWICE).fetchall()):
        shown = merging.compare(desk, keeper, loser)
        decisions = {one.name: "keeper" for one in shown.decisions}
        merge = partial(
            merging.merge, desk, keeper, loser, shown.versions, f"bench {number}", {}, decisions
        )
        taken.append(_seconds(partial(merge, sure=True)))
        floors.append(_seconds(partial(_write_one, plain, keeper)))
    # The first one loads the ORM.
    return _row(f"merge two, {customers:,}", taken[1:], 100, floors[1:])


def _pairs(desk: Desk, plain: sqlite3.Connection, customers: int) -> Row:
    """Every pair of all branches; the floor is reading the names in the order of births."""
    from deskterm.services import merging

    floor = _seconds(lambda: plain.execute(_WHOLE_FILE).fetchall())
    began = time.perf_counter()
    found = merging.pairs(desk, everywhere=True)
    taken = time.perf_counter() - began
    note = f"{len(found)} pairs; reading the names alone {floor:.1f} s ({taken / floor:.1f} x)"
    return Row(f"pairs of the whole file, {customers:,}", taken, "s", 60, note=note)


def _same_day(plain: sqlite3.Connection, actor_id: int) -> None:
    plain.execute(_SAME_DAY, (actor_id,)).fetchall()


def _write_one(plain: sqlite3.Connection, actor_id: int) -> None:
    with plain:
        plain.execute("UPDATE customer SET fax = fax WHERE actor_id = ?", (actor_id,))


def _row(what: str, samples: list[float], bar: float, floors: list[float]) -> Row:
    taken, floor = milliseconds(samples), median(milliseconds(floors))
    note = f"{median_and_p95(taken)}; floor {floor:.2f} ms ({median(taken) / floor:.1f} x)"
    return Row(what, p95(taken), "ms", bar, note=note)


def _seconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _list(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers))
