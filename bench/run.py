"""Run the benchmarks and print their table: `python -m bench.run [--size N ...] [--only NAME]`."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from bench.accounts import account_rows
from bench.bulk import import_rows
from bench.daily import key_rows, size_rows
from bench.drawing import drawing
from bench.enrol import enrol_rows, lookup_rows
from bench.flood import flood_rows
from bench.growth import growth_rows
from bench.hanging import hanging_rows
from bench.merging import merging_rows
from bench.printing import printing_rows
from bench.privacy import privacy_rows
from bench.series import series_rows
from bench.silent import silent_rows
from bench.ssh import ssh_rows
from bench.start import start_rows
from bench.stores import store
from bench.table import Row, rendered

SIZES = (1_000, 100_000, 1_000_000)
# What does not depend on the size is measured at the size of a large town.
USUAL = 100_000


BY_THEMSELVES: Mapping[str, Callable[[], list[Row]]] = {
    "accounts": account_rows,
    "print": printing_rows,
}
AT_THE_USUAL_SIZE: Mapping[str, Callable[[Path], list[Row]]] = {
    "start": start_rows,
    "keys": key_rows,
    "enrol": enrol_rows,
    "series": series_rows,
    "privacy": privacy_rows,
    "flood": flood_rows,
    "import": import_rows,
    "accounts": silent_rows,
    "print": hanging_rows,
}
AT_EACH_SIZE: Mapping[str, Callable[[Path, int], list[Row]]] = {
    "size": size_rows,
    "enrol": lookup_rows,
    "merging": merging_rows,
    "growth": growth_rows,
}
NAMES = tuple(dict.fromkeys([*AT_THE_USUAL_SIZE, *AT_EACH_SIZE, *BY_THEMSELVES, "ssh"]))


def measurements(names: Sequence[str], sizes: Sequence[int]) -> Iterator[list[Row]]:
    """The rows of each benchmark that is asked for, from the smallest library to the largest."""
    usual = min(sizes, key=lambda size: abs(size - USUAL))
    for name in NAMES:
        if name not in names:
            continue
        if name in BY_THEMSELVES:
            yield BY_THEMSELVES[name]()
        if name in AT_THE_USUAL_SIZE:
            yield AT_THE_USUAL_SIZE[name](store(usual))
        if name in AT_EACH_SIZE:
            for size in sorted(sizes):
                yield AT_EACH_SIZE[name](store(size), size)
        if name == "ssh":
            yield ssh_rows(store(min(sizes)))


def main() -> int:
    """Measure what is asked for; the status is 1 when a bar was not held."""
    parser = argparse.ArgumentParser(prog="python -m bench.run", description=__doc__)
    parser.add_argument("--size", type=int, action="append", help="customers; may be repeated")
    parser.add_argument("--only", choices=NAMES, action="append")
    parser.add_argument("--json", type=Path, help="write all that was measured to this file too")
    parser.add_argument("--draw", type=Path, help="draw the growth (--only growth) in this SVG")
    chosen = parser.parse_args()
    if chosen.draw and chosen.only != ["growth"]:
        parser.error("--draw draws what --only growth measures")
    rows: list[Row] = []
    for fresh in measurements(chosen.only or NAMES, chosen.size or SIZES):
        rows += fresh
        # A long run shows what it has found so far.
        print(*(f"{row.what}: {row.measured:.1f} {row.unit}" for row in fresh), sep="\n")
    if chosen.json:
        chosen.json.write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n")
    if chosen.draw:
        chosen.draw.write_text(drawing(rows), encoding="utf-8")
    print(f"\n{rendered(rows)}")
    return 0 if all(row.value <= row.bar for row in rows) else 1


if __name__ == "__main__":
    raise SystemExit(main())
