"""The privacy run over a town's customers, of whom most are over, and what a desk waits for it."""

from __future__ import annotations

import time
from contextlib import closing
from datetime import date
from itertools import pairwise
from pathlib import Path

from bench.stores import FOLDER, copy_of
from bench.table import Row

ON = date(2030, 3, 15)
"""Four years after the practice library's day: two of three memberships ended two years ago."""
MOST_S = 120
LONGEST_S = 2
"""A desk that saves waits for one batch at most, and gives up after five seconds."""


def privacy_rows(store: Path, folder: Path = FOLDER) -> list[Row]:
    """How long a run takes in all, and its longest transaction."""
    from deskterm import bootstrap
    from deskterm.rules.privacy import Terms
    from deskterm.services import retention
    from deskterm.services.staff import by_actor_id

    copy = copy_of(store, "privacy.db", folder)
    built = bootstrap.build(bootstrap.Options(store=str(copy), day=ON, practice=True))
    ends: list[float] = []
    with closing(built.open_store()) as opened:
        desk = built.make_desk(opened)
        desk = desk.signed_in_as(by_actor_id(desk, bootstrap.PRACTICE_EMPLOYEE))
        began = time.perf_counter()
        report = retention.run(
            desk, Terms(), ON, progress=lambda _done, _total: ends.append(time.perf_counter())
        )
        took = time.perf_counter() - began
    copy.unlink()
    batches = [after - before for before, after in pairwise(ends)]
    note = f"{report.persons:,} erased, {len(report.held):,} kept"
    return [
        Row("privacy run", took, "s", MOST_S, note=note),
        Row("privacy run, longest batch", max(batches, default=took), "s", LONGEST_S),
    ]
