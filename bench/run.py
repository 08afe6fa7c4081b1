"""Run the benchmarks and print their table: `python -m bench.run [--size N ...] [--only NAME]`."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence

from bench.accounts import account_rows
from bench.bulk import import_rows
from bench.daily import key_rows, size_rows
from bench.enrol import enrol_rows, lookup_rows
from bench.flood import flood_rows
from bench.hanging import hanging_rows
from bench.printing import printing_rows
from bench.silent import silent_rows
from bench.ssh import ssh_rows
from bench.start import start_rows
from bench.stores import store
from bench.table import Row, rendered

SIZES = (1_000, 100_000, 1_000_000)
# What does not depend on the size is measured at the size of a large town.
USUAL = 100_000


NAMES = ("start", "size", "keys", "enrol", "flood", "import", "accounts", "print", "ssh")


def measurements(names: Sequence[str], sizes: Sequence[int]) -> Iterator[list[Row]]:
    """The rows of each benchmark that is asked for, from the smallest library to the largest."""
    usual = min(sizes, key=lambda size: abs(size - USUAL))
    if "start" in names:
        yield start_rows(store(usual))
    if "size" in names:
        for size in sorted(sizes):
            yield size_rows(store(size), size)
    if "keys" in names:
        yield key_rows(store(usual))
    if "enrol" in names:
        yield enrol_rows(store(usual))
        for size in sorted(sizes):
            yield lookup_rows(store(size), size)
    if "flood" in names:
        yield flood_rows(store(usual))
    if "accounts" in names:
        yield account_rows()
        yield silent_rows(store(usual))
    if "import" in names:
        yield import_rows(store(usual))
    if "print" in names:
        yield printing_rows()
        yield hanging_rows(store(usual))
    if "ssh" in names:
        yield ssh_rows(store(min(sizes)))


def main() -> int:
    """Measure what is asked for; the status is 1 when a bar was not held."""
    parser = argparse.ArgumentParser(prog="python -m bench.run", description=__doc__)
    parser.add_argument("--size", type=int, action="append", help="customers; may be repeated")
    parser.add_argument("--only", choices=NAMES, action="append")
    chosen = parser.parse_args()
    rows: list[Row] = []
    for fresh in measurements(chosen.only or NAMES, chosen.size or SIZES):
        rows += fresh
        # A long run shows what it has found so far.
        print(*(f"{row.what}: {row.measured:.1f} {row.unit}" for row in fresh), sep="\n")
    print(f"\n{rendered(rows)}")
    return 0 if all(row.value <= row.bar for row in rows) else 1


if __name__ == "__main__":
    raise SystemExit(main())
