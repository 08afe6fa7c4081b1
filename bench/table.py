"""Measurements, and the table that they are shown in."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


def p95(samples: Sequence[float]) -> float:
    """The value that 95 of 100 samples stay under."""
    return sorted(samples)[max(0, round(0.95 * len(samples)) - 1)]


def milliseconds(samples: Iterable[float]) -> list[float]:
    """Seconds as milliseconds."""
    return [1000 * sample for sample in samples]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: what was measured, against what."""

    what: str
    measured: float
    unit: str
    bar: float
    """The most it may be."""
    floor: float | None = None
    """What the bar is a multiple of, where it is one."""
    note: str = ""

    @property
    def value(self) -> float:
        """What the bar speaks of: the ratio to the floor, or the measurement itself."""
        return self.measured / self.floor if self.floor else self.measured

    def cells(self) -> tuple[str, ...]:
        """The line as texts."""
        ratio = f"{self.value:.2f} x" if self.floor else ""
        floor = f"{self.floor:.0f} {self.unit}" if self.floor else ""
        bar = f"{self.bar:g} x" if self.floor else f"{self.bar:g} {self.unit}"
        verdict = "yes" if self.value <= self.bar else "NO"
        measured = f"{self.measured:.1f} {self.unit}"
        return (self.what, measured, floor, ratio, bar, verdict, self.note)


def median_and_p95(samples: Sequence[float]) -> str:
    """A note on how the samples lie."""
    return f"median {statistics.median(samples):.1f}, p95 {p95(samples):.1f}, n {len(samples)}"


HEAD = ("what", "measured", "floor", "ratio", "at most", "holds", "note")


def rendered(rows: Sequence[Row]) -> str:
    """The table in Markdown, so that it can be pasted where it is talked about."""
    lines = [HEAD, *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEAD))]

    def drawn(cells: Sequence[str]) -> str:
        padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
        return f"| {' | '.join(padded)} |"

    rule = drawn(["-" * width for width in widths])
    return "\n".join([drawn(HEAD), rule, *(drawn(row.cells()) for row in rows)])
