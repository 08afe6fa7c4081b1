"""Fifty desks on one SQLite store, each with one act a second, by the use cases themselves.

The desks are threads of four processes, without their screens: those run on the machines or in
the sessions of staff, and their cost is measured elsewhere.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from bench.load.clerk import add_places
from bench.load.office import worked
from bench.load.proof import faults
from bench.stores import copy_of
from bench.table import Row, median_and_p95, milliseconds, p95
from deskterm.store.engine import open_store

DESKS = 50
SECONDS = 300.0
MOST_LATE = 1.0
"""Who begins an act later than this does not do one a second."""


def fifty_rows(
    library: Path, folder: Path, seconds: float = SECONDS, desks: int = DESKS
) -> list[Row]:
    """Let the desks work, and prove what they did."""
    copy = str(copy_of(library, "fifty.db", folder))
    with closing(open_store(copy)) as store:
        add_places(store, desks)
    report = worked(copy, desks, "fifty", "--seconds", str(seconds), "--pace", "1")
    wrong = report.errors + faults(copy, report.told)
    late = sum(seconds > MOST_LATE for seconds in report.late)
    scans, saves = (milliseconds(report.samples(kind)) for kind in ("scans", "saves"))
    done = f"{report.turns} acts, {report.turns / report.seconds:.1f} a second"
    conflicts = sum(told.conflicts for told in report.told)
    return [
        Row(
            f"{desks} desks, {seconds:.0f} s: errors, lost, double",
            len(wrong), "faults", 0, note="; ".join([done, *wrong[:3]]),
        ),
        Row(f"{desks} desks: acts a second late", late, "acts", 0),
        Row(f"{desks} desks: save", p95(saves), "ms", 100,
            note=f"{median_and_p95(saves)}, {conflicts} after another desk's save"),
        Row(f"{desks} desks: scan", p95(scans), "ms", 100, note=median_and_p95(scans)),
    ]  # fmt: skip
