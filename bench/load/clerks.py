"""A process with some of the desks of a load, each in a thread: `python -m bench.load.clerks`.

Says `ready`, begins at a line on its stdin, and tells as JSON what its desks were told.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date
from itertools import chain

from bench.load.clerk import Clerk, Told, people, places
from deskterm.bootstrap import PRACTICE_EMPLOYEE
from deskterm.services.desk import DayClock, Desk
from deskterm.services.errors import DeskError
from deskterm.services.staff import by_actor_id
from deskterm.store.engine import Store, open_store
from deskterm.worker.loop import load_database

DAY = date(2026, 3, 15)
PEOPLE = 400


@dataclass
class Report:
    """What the desks of one process did."""

    told: list[Told] = field(default_factory=list)
    late: list[float] = field(default_factory=list)
    """Seconds that each paced act began too late."""
    errors: list[str] = field(default_factory=list)
    """The kind of each refusal; a load expects none."""
    turns: int = 0
    seconds: float = 0.0
    """From the sign to begin to the end of the last act."""

    def add(self, more: Report) -> None:
        """Take what another one did with this."""
        self.told += more.told
        self.late += more.late
        self.errors += more.errors
        self.turns += more.turns
        self.seconds = max(self.seconds, more.seconds)

    def samples(self, kind: str) -> list[float]:
        """The seconds of all `scans` or all `saves`."""
        return list(chain.from_iterable(getattr(one, kind) for one in self.told))


def from_json(line: str) -> Report:
    """Read what a process of clerks said."""
    read = json.loads(line)
    return Report(**{**read, "told": [Told(**told) for told in read["told"]]})


def clerks(store: Store, numbers: Sequence[int], run: str) -> list[Clerk]:
    """The clerks at these of the load's desks, who all serve the same customers."""
    found, served = places(store), people(store, PEOPLE)
    chosen = [found[number] for number in numbers]
    staff = by_actor_id(Desk(store, DayClock(DAY), chosen[0]), PRACTICE_EMPLOYEE)
    if staff is None or not served:
        raise LookupError("a load needs a practice library")
    return [Clerk(store, place, staff, served, DAY, run) for place in chosen]


def in_pace(clerk: Clerk, seconds: float, pace: float) -> Report:
    """Let a clerk do one thing per `pace` seconds, for so long."""
    report = Report()
    with _noted(report, clerk):
        for late in clerk.paced(seconds, pace):
            report.late.append(late)
            report.turns += 1
    return report


def flat_out(clerk: Clerk, turns: int) -> Report:
    """Let a clerk do so many things without a pause."""
    report = Report(turns=turns)
    with _noted(report, clerk):
        clerk.turns(turns)
    return report


@contextmanager
def _noted(report: Report, clerk: Clerk) -> Iterator[None]:
    began = time.perf_counter()
    try:
        yield
    except DeskError as refusal:
        report.errors.append(f"{type(refusal).__name__}: {type(refusal.__cause__).__name__}")
    report.seconds = time.perf_counter() - began
    report.told = [clerk.told]


def main() -> None:
    """Work at desks of a store until the time or the turns are over."""
    parser = argparse.ArgumentParser(prog="python -m bench.load.clerks", description=__doc__)
    parser.add_argument("store")
    parser.add_argument("run")
    parser.add_argument("desks", type=int, nargs="+", help="which of the load's desks")
    parser.add_argument("--seconds", type=float, default=0.0)
    parser.add_argument("--pace", type=float, default=1.0)
    parser.add_argument("--turns", type=int, default=0, help="so many without a pause instead")
    given = parser.parse_args()
    load_database()
    total = Report()
    with closing(open_store(given.store)) as store:
        workers = clerks(store, given.desks, given.run)
        workers[0].warm()
        print("ready", flush=True)
        sys.stdin.readline()
        with ThreadPoolExecutor(len(workers)) as pool:
            if given.turns:
                done = [pool.submit(flat_out, one, given.turns) for one in workers]
            else:
                done = [pool.submit(in_pace, one, given.seconds, given.pace) for one in workers]
        for report in done:
            total.add(report.result())
    print(json.dumps(asdict(total)), flush=True)


if __name__ == "__main__":
    main()
