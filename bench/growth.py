"""How the acts of a desk and of the night grow with the library, and a drawing of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from threading import Thread

from bench.load.clerk import MARK, add_places, people, places
from bench.load.clerks import DAY
from bench.stores import FOLDER, copy_of, name_starts
from bench.table import Row
from deskterm.bootstrap import PRACTICE_EMPLOYEE
from deskterm.services import editing, finding, merging, month, opening
from deskterm.services.desk import DayClock, Desk
from deskterm.services.staff import by_actor_id
from deskterm.store.backup import backup
from deskterm.store.engine import Store, open_store
from deskterm.worker.loop import load_database

TIMES = 100
NIGHT = date(2027, 3, 1)
"""A year after the practice day: most memberships have a step to take."""
# Milliseconds that a library of a million may take at most.
BARS = {
    "open": 40.0,
    "find": 60.0,
    "save": 100.0,
    "save during a backup": 500.0,
    "backup in use": 60_000.0,
    "month": 60_000.0,
    "duplicates": 60_000.0,
}


def growth_rows(library: Path, customers: int) -> list[Row]:
    """What each act takes in a library of this size, in milliseconds."""
    load_database()
    copy = copy_of(library, "growth.db")
    with closing(open_store(str(copy))) as store:
        desk = _desk(store)
        return [
            Row(f"{what}, {customers:,}", 1000 * seconds, "ms", BARS[what])
            for what, seconds in _measured(desk, name_starts(copy, TIMES))
        ]


def _desk(store: Store) -> Desk:
    add_places(store, 1)
    (place,) = places(store)
    staff = by_actor_id(Desk(store, DayClock(DAY), place), PRACTICE_EMPLOYEE)
    return Desk(store, DayClock(DAY), place, staff)


def _measured(desk: Desk, starts: Sequence[str]) -> Iterator[tuple[str, float]]:
    served = people(desk.store, TIMES)
    numbers = [person.card for person in served]
    yield "open", median(_each(lambda card: opening.open_text(desk, card), numbers))
    yield "find", median(_each(lambda start: finding.find(desk, start), starts))
    yield "save", median(_each(lambda one: _save(desk, one.actor_id), served))
    yield from _backed_up(desk, served[0].actor_id)
    yield "month", _taken(lambda: month.run(desk, NIGHT))
    yield "duplicates", _taken(lambda: merging.pairs(desk, everywhere=True))


def _each(act: Callable[..., object], given: Sequence[object]) -> list[float]:
    act(given[0])
    return [_taken(lambda: act(one)) for one in given]  # noqa: B023


def _taken(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _save(desk: Desk, actor_id: int) -> None:
    version = opening.refresh(desk, actor_id).version
    comment = f"{MARK}:{time.perf_counter()}"
    editing.save(desk, actor_id, version, {"private_comment": comment})


def _backed_up(desk: Desk, actor_id: int) -> Iterator[tuple[str, float]]:
    """A backup while a desk goes on saving: how long it takes, and the slowest save."""
    took, saves = list[float](), list[float]()
    with TemporaryDirectory(dir=FOLDER) as folder:
        file = Path(folder) / "backup.db"
        night = Thread(target=lambda: took.append(_taken(lambda: backup(desk.store, file))))
        night.start()
        while night.is_alive() or not saves:
            saves.append(_taken(lambda: _save(desk, actor_id)))
        night.join()
    yield "backup in use", took[0]
    yield "save during a backup", max(saves)
