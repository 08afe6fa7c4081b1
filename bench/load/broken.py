"""What breaks while people work, as rows: processes killed, the power gone, storms of keys."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from bench.load import kills, screens
from bench.load.powercut import cut_at_random, recorded, syncing_often
from bench.load.server import server
from bench.stores import copy_of, store
from bench.table import Row
from deskterm.store.backup import restore

KILLS = 500
CUTS = 500
CUSTOMERS = 2_000
"""Every few kills, and after every cut, the whole library is proved."""
TURNS_BEFORE_CUTS = 200
SEED = 7
STORMS = 10_000
DESKS_IN_STORMS = 4
"""At the same time: each waits most of its time, as people do who read."""
STORM_TEST = Path(__file__).parents[2] / "tests/screens/test_app_storms.py"
_STEPS = re.compile(r"^(\d+) steps$", re.MULTILINE)


def kill_rows(folder: Path, moments: int = KILLS) -> list[Row]:
    """Kill desks and workers on SQLite, those and the server on PostgreSQL, and the program."""
    at_screens = moments // 10
    beside_server = moments * 3 // 10
    library = store(CUSTOMERS)
    copy = copy_of(library, "killed.db", folder)
    rows = [_killed("SQLite", kills.kill_at(str(copy), moments - at_screens - beside_server, SEED))]
    with server() as database:
        restore(library, database.fresh("killed"))
        url = database.url("killed")
        rows.append(_killed("PostgreSQL", kills.kill_at(url, beside_server, SEED, database)))
    practice = screens.practice_library(folder)
    seen = screens.kill_at_screens(practice, folder, at_screens, SEED)
    note = f"{seen.moments} kills, {seen.written} of them after something had been saved"
    return [*rows, _row("kill -9 of the program at its screens", note, seen.faults)]


def cut_rows(folder: Path, cuts: int = CUTS) -> list[Row]:
    """Cut the power so often, each time at another moment of a desk's work on SQLite."""
    with syncing_often():
        moments = recorded(copy_of(store(CUSTOMERS), "power.db", folder), TURNS_BEFORE_CUTS)
    anew = len({moment.log[:32] for moment in moments}) - 1
    note = f"{cuts} cuts in {len(moments)} acts, in which the log began anew {anew} times"
    return [_row("power cut, SQLite", note, cut_at_random(moments, folder, cuts, SEED))]


def storm_rows(storms: int = STORMS) -> list[Row]:
    """Let so many bursts of keys, scans, edits and resizes come over the screens."""
    command = [sys.executable, "-m", "pytest", "-qs", "--timeout=0", str(STORM_TEST)]
    environment = {**os.environ, "DESKTERM_STORM_STEPS": str(storms // DESKS_IN_STORMS)}
    running = [
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
        for _desk in range(DESKS_IN_STORMS)
    ]
    said = [one.communicate()[0] for one in running]
    steps = sum(int(count) for one in said for count in _STEPS.findall(one))
    fell = [one for process, one in zip(running, said, strict=True) if process.returncode]
    for one in fell:
        print(one, file=sys.stderr)
    return [Row("storms of keys and scans", len(fell), "faults", 0, note=f"{steps} storms")]


def _killed(engine: str, outcome: kills.Outcome) -> Row:
    parts = ", ".join(f"{kind} {times}" for kind, times in sorted(outcome.kills.items()))
    note = f"{outcome.kills.total()} kills ({parts}) in {outcome.acts} acts"
    return _row(f"kill -9 of processes, {engine}", note, outcome.faults)


def _row(what: str, note: str, faults: Sequence[str]) -> Row:
    return Row(what, len(faults), "faults", 0, note="; ".join([note, *faults[:3]]))
