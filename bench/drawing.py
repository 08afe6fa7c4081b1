"""The growth of a library's acts as a drawing: plain SVG, both axes logarithmic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from math import ceil, floor, log10

from bench.table import Row

WIDTH, HEIGHT = 820, 520
LEFT, RIGHT, TOP, BOTTOM = 80, 200, 50, 50
COLOURS = ("#0b5394", "#a61c00", "#38761d", "#741b47", "#b45f06", "#134f5c", "#555555")
LEAST_APART = 17
"""Pixels between the names of two lines."""

Points = list[tuple[int, float]]


def drawing(rows: Iterable[Row]) -> str:
    """Draw rows called `act, customers`, whose measurements are milliseconds, as lines."""
    lines = _lines(rows)
    sizes = sorted({size for points in lines.values() for size, _ms in points})
    times = [ms for points in lines.values() for _size, ms in points]
    axes = _Axes(sizes[0], sizes[-1], floor(log10(min(times))), ceil(log10(max(times))))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"'
        ' font-family="sans-serif" font-size="13">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
        f'<text x="{LEFT}" y="25" font-size="16">Time by customers in the library</text>',
        *_grid(axes, sizes),
        *_drawn(axes, lines),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _lines(rows: Iterable[Row]) -> dict[str, Points]:
    lines: dict[str, Points] = {}
    for row in rows:
        act, customers = row.what.split(", ")
        lines.setdefault(act, []).append((int(customers.replace(",", "")), row.measured))
    return {act: sorted(points) for act, points in lines.items()}


class _Axes:
    """Where a value stands."""

    def __init__(self, least: int, most: int, bottom: int, top: int) -> None:
        self._first, self._decades = log10(least), log10(most / least) or 1
        self.bottom, self.top = bottom, max(top, bottom + 1)

    def x(self, size: int) -> float:
        """Pixels from the left."""
        share = (log10(size) - self._first) / self._decades
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)

    def y(self, milliseconds: float) -> float:
        """Pixels from above."""
        share = (log10(milliseconds) - self.bottom) / (self.top - self.bottom)
        return round(HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM), 1)


def _grid(axes: _Axes, sizes: Sequence[int]) -> Iterator[str]:
    for power in range(axes.bottom, axes.top + 1):
        y = axes.y(10.0**power)
        yield _rule(LEFT, y, WIDTH - RIGHT, y)
        yield f'<text x="{LEFT - 8}" y="{y + 4}" text-anchor="end">{_time(power)}</text>'
    for size in sizes:
        x = axes.x(size)
        yield _rule(x, TOP, x, HEIGHT - BOTTOM)
        yield f'<text x="{x}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">{size:,}</text>'


def _rule(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="#dddddd"/>'


def _time(power: int) -> str:
    return f"{10.0**power:g} ms" if power < 3 else f"{10 ** (power - 3):,} s"


def _drawn(axes: _Axes, lines: dict[str, Points]) -> Iterator[str]:
    """The lines, from the slowest, each with its name behind its end."""
    lowest = float(TOP - LEAST_APART)
    slowest_first = sorted(lines.items(), key=lambda line: -line[1][-1][1])
    for number, (act, points) in enumerate(slowest_first):
        colour = COLOURS[number % len(COLOURS)]
        places = [(axes.x(size), axes.y(ms)) for size, ms in points]
        path = " ".join(f"{x},{y}" for x, y in places)
        yield f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
        yield from (f'<circle cx="{x}" cy="{y}" r="3" fill="{colour}"/>' for x, y in places)
        lowest = max(lowest + LEAST_APART, places[-1][1] + 4)
        x = WIDTH - RIGHT + 10
        yield f'<text x="{x}" y="{lowest}" fill="{colour}">{escape(act)}</text>'
