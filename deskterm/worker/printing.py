"""The printers of one desk as lanes: each printer has its own, so that a card that waits to be put
in holds no receipt up."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from deskterm.store.engine import Store
from deskterm.worker.loop import machine_now
from deskterm.worker.model import Lane, Task, seconds_until

if TYPE_CHECKING:
    from deskterm.printing.options import DeskOptions, PrintingOptions
    from deskterm.printing.run import Press

SWEEP_EVERY_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class PrintQueue:
    """The jobs of one printer."""

    press: "Press"

    def wait(self) -> float | None:
        from deskterm.printing import spool

        now, of = self.press.now(), (self.press.desk_id, self.press.printer.name)
        with self.press.store.look() as connection:
            return seconds_until(spool.due(connection, *of, now), now)

    def run_one(self) -> bool:
        return self.press.run_one()


@dataclass(frozen=True, slots=True)
class PrinterLook:
    """Looking at a printer when a screen asks how it is.

    Whoever asked is about to print, so a worker that is to end when idle stays a while.
    """

    press: "Press"

    def wait(self) -> float | None:
        from deskterm.printing import sights

        with self.press.store.look() as connection:
            now, of = self.press.now(), (self.press.desk_id, self.press.printer.name)
            if sights.is_asked(connection, *of, now):
                return 0.0
            left = seconds_until(sights.asked_until(connection, *of), now)
        return left if left is not None and left > 0 else None

    def run_one(self) -> bool:
        self.press.look()
        return True


@dataclass(frozen=True, slots=True)
class StrayJobs:
    """Jobs of the desk for printers that the settings of this worker do not name: they fail."""

    store: Store
    desk_id: int
    printers: tuple[str, ...]
    now: Callable[[], datetime]

    def wait(self) -> float | None:
        return 0.0 if self._found() else None

    def run_one(self) -> bool:
        from deskterm.printing import spool

        with self.store.jot() as connection:
            return spool.fail_strays(connection, self._found(), self.now()) > 0

    def _found(self) -> list[int]:
        from deskterm.printing import spool

        with self.store.look() as connection:
            return spool.strays(connection, self.desk_id, self.printers)


class PrintSweep:
    """Ending what nobody printed in time, and emptying what was printed days ago; nothing a worker
    stays for. For all desks, as one may have no worker any more."""

    def __init__(
        self,
        store: Store,
        keep_days: int,
        now: Callable[[], datetime] = machine_now,
        ticks: Callable[[], float] = monotonic,
    ) -> None:
        self._store, self._keep_days, self._now = store, keep_days, now
        self._ticks = ticks
        self._next = ticks()

    def wait(self) -> float | None:
        return 0.0 if self._ticks() >= self._next else None

    def run_one(self) -> bool:
        from deskterm.printing import spool

        self._next = self._ticks() + SWEEP_EVERY_SECONDS
        with self._store.jot() as connection:
            stale = spool.fail_stale(connection, self._now())
            return stale + spool.purge(connection, self._now(), self._keep_days) > 0


def sweep_lane(store: Store, keep_days: int) -> Lane:
    """Keep the queue clean."""
    return Lane("print sweep", (PrintSweep(store, keep_days),))


def printing_lanes(
    store: Store,
    options: "PrintingOptions",
    desk: "DeskOptions",
    desk_id: int,
    worker: str,
    folder: Path,
    now: Callable[[], datetime] = machine_now,
) -> list[Lane]:
    """A lane for each printer of a desk, and one for jobs that no printer is for.

    `folder` is where a `pdf-file` printer without a folder of its own writes.
    """
    from deskterm.printing.run import Press

    printers = {
        printer.name: printer
        for printer in (options.receipt_printer(desk), options.card_printer(desk))
        if printer is not None
    }
    stray: Task = StrayJobs(store, desk_id, tuple(printers), now)
    lanes = [Lane("print strays", (stray,), of_desk=True)]
    for printer in printers.values():
        press = Press(store, options, printer, desk_id, worker, folder, now)
        tasks = (PrintQueue(press), PrinterLook(press))
        lanes.append(Lane(f"print {printer.name}", tasks, of_desk=True))
    return lanes
