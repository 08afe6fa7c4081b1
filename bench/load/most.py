"""The most acts a second that four desks reach, beside the same statements by the bare driver."""

from __future__ import annotations

import pickle
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from bench.load.clerk import add_places
from bench.load.clerks import clerks
from bench.load.office import PROCESSES, said, worked
from bench.load.proof import faults
from bench.load.server import server
from bench.load.statements import Recorder, Statement
from bench.stores import copy_of
from bench.table import Row
from deskterm.store.backup import restore
from deskterm.store.engine import open_store
from deskterm.worker.loop import load_database

TURNS = 600
"""Of each desk."""
MOST_TIMES_AS_LONG = 1 / 0.3
RUN = "most"

Fresh = Callable[[str], str]
"""Makes a store of a name, as it was before anything was done in it; gives its address."""


def most_rows(library: Path, folder: Path, turns: int = TURNS) -> list[Row]:
    """Both engines."""
    prepared = copy_of(library, "most.db", folder)
    with closing(open_store(str(prepared))) as store:
        add_places(store, PROCESSES)

    def copied(name: str) -> str:
        return str(copy_of(prepared, f"most-{name}.db", folder))

    rows = _rows("SQLite", copied, folder, turns)
    with server() as running:
        restore(prepared, running.fresh("prepared"))
        rows += _rows("PostgreSQL", lambda name: running.fresh(name, "prepared"), folder, turns)
    return rows


def _rows(engine: str, fresh: Fresh, folder: Path, turns: int) -> list[Row]:
    ours = fresh("ours")
    report = worked(ours, PROCESSES, RUN, "--turns", str(turns))
    acts = PROCESSES * turns
    wrong = report.errors + faults(ours, report.told)
    plain = _plain(fresh("plain"), recorded(fresh("recorded"), turns), folder)
    mine, theirs = acts / report.seconds, acts / plain
    note = f"{mine:.0f} acts a second beside {theirs:.0f}: {mine / theirs:.2f} x"
    return [
        Row(
            f"4 desks flat out, {engine}: an act",
            1000 / mine, "ms", MOST_TIMES_AS_LONG, 1000 / theirs, note=note,
        ),
        Row(
            f"4 desks flat out, {engine}: errors, lost, double",
            len(wrong), "faults", 0, note="; ".join(wrong[:3]),
        ),
    ]  # fmt: skip


def recorded(store: str, turns: int) -> list[list[Statement]]:
    """What each desk sends for the same acts, all of them in turn."""
    load_database()
    with closing(open_store(store)) as opened:
        working = clerks(opened, range(PROCESSES), RUN)
        recorder = Recorder(opened)
        streams: list[list[Statement]] = [[] for _ in working]
        with recorder.listening():
            for clerk, stream in zip(working, streams, strict=True):
                recorder.current = stream
                clerk.warm()
            for _turn in range(turns):
                for clerk, stream in zip(working, streams, strict=True):
                    recorder.current = stream
                    clerk.turn()
    return streams


def _plain(store: str, streams: list[list[Statement]], folder: Path) -> float:
    """Seconds that the bare driver takes in four processes, until the last has done."""
    commands = []
    for number, stream in enumerate(streams):
        file = folder / f"statements-{number}.pickle"
        file.write_bytes(pickle.dumps(stream))
        commands.append([sys.executable, "-m", "bench.load.replay", store, str(file)])
    return max(float(line) for line in said(commands))
