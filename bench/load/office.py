"""Four processes of clerks on one store, begun at the same moment."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from contextlib import ExitStack

from bench.load.clerks import Report, from_json

PROCESSES = 4


def spread(desks: int) -> list[list[int]]:
    """The desks' numbers, dealt out over the processes."""
    return [list(range(first, desks, PROCESSES)) for first in range(min(PROCESSES, desks))]


def worked(store: str, desks: int, run: str, *options: str) -> Report:
    """Have so many desks work as the options of `bench.load.clerks` say; what all of them did.

    Raises:
        RuntimeError: a process fell over; what it said is on stderr.
    """
    commands = [
        [sys.executable, "-m", "bench.load.clerks", store, run, *map(str, numbers), *options]
        for numbers in spread(desks)
    ]
    total = Report()
    for line in said(commands):
        total.add(from_json(line))
    return total


def said(commands: Sequence[Sequence[str]]) -> list[str]:
    """Start programs, wait until each says `ready`, let them begin at once; what each says then.

    Raises:
        RuntimeError: one of them fell over; what it said is on stderr.
    """
    with ExitStack() as started:
        running = [
            started.enter_context(
                subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            )
            for command in commands
        ]
        for process in running:
            if _line(process) != "ready":
                raise RuntimeError("a process of clerks did not start")
        for process in running:
            _begin(process)
        return [_line(process) for process in running]


def _begin(process: subprocess.Popen[str]) -> None:
    if process.stdin is not None:
        process.stdin.write("go\n")
        process.stdin.flush()


def _line(process: subprocess.Popen[str]) -> str:
    line = process.stdout.readline() if process.stdout is not None else ""
    if not line:
        raise RuntimeError("a process of clerks fell over")
    return line.strip()
