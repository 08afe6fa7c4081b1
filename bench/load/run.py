"""Put a store under load, break it, and print what came of it: `python -m bench.load.run`."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.load import broken, fifty, most
from bench.stores import FOLDER, store
from bench.table import Row, rendered

NAMES = ("desks", "most", "kills", "powercut", "storms")
SIZE = 100_000


def measurements(given: argparse.Namespace, folder: Path) -> Iterator[list[Row]]:
    """The rows of each part that is asked for."""
    names = given.only or NAMES
    if "desks" in names:
        yield fifty.fifty_rows(store(given.size), folder, given.seconds)
    if "most" in names:
        yield most.most_rows(store(given.size), folder, given.turns)
    if "kills" in names:
        yield broken.kill_rows(folder, given.kills)
    if "powercut" in names:
        yield broken.cut_rows(folder, given.cuts)
    if "storms" in names:
        yield broken.storm_rows(given.storms)


def main() -> int:
    """Run what is asked for; the status is 1 when a bar was not held."""
    parser = argparse.ArgumentParser(prog="python -m bench.load.run", description=__doc__)
    parser.add_argument("--only", choices=NAMES, action="append")
    parser.add_argument("--size", type=int, default=SIZE, help="customers")
    parser.add_argument("--seconds", type=float, default=fifty.SECONDS, help="of fifty desks")
    parser.add_argument("--turns", type=int, default=most.TURNS, help="of each desk flat out")
    parser.add_argument("--kills", type=int, default=broken.KILLS, help="moments of kill -9")
    parser.add_argument("--cuts", type=int, default=broken.CUTS, help="of the power")
    parser.add_argument("--storms", type=int, default=broken.STORMS, help="of keys and scans")
    given = parser.parse_args()
    rows: list[Row] = []
    FOLDER.mkdir(exist_ok=True)
    with TemporaryDirectory(dir=FOLDER) as folder:
        for fresh in measurements(given, Path(folder)):
            rows += fresh
            print(rendered(fresh), flush=True)
    print(f"\n{rendered(rows)}")
    return 0 if all(row.value <= row.bar for row in rows) else 1


if __name__ == "__main__":
    raise SystemExit(main())
