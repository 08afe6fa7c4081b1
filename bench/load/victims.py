"""Processes that are there to be killed: a desk, and the worker of its accounts and printer.

They are forked off one that has loaded everything, so that hundreds can be killed in a minute.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from bench.load.clerk import Person, places
from bench.load.clerks import DAY
from bench.load.flows import PRINTER, AllTold, Flow, printing_options
from deskterm.accounts import queue
from deskterm.accounts.options import AccountOptions, ScimOptions
from deskterm.accounts.scim import ScimProvider
from deskterm.bootstrap import PRACTICE_EMPLOYEE
from deskterm.printing.run import Press
from deskterm.services.desk import DayClock, Desk
from deskterm.services.staff import by_actor_id
from deskterm.store.engine import Store, open_store
from deskterm.store.errors import StoreError
from deskterm.views.desk import DeskView
from deskterm.worker.loop import load_database, new_name

# Once, in the process that all others are forked off.
load_database()

PROCESSES = get_context("forkserver")
PROCESSES.set_forkserver_preload([__name__])
_REST = 0.005


@dataclass(frozen=True, slots=True)
class Scene:
    """Where it happens, and to whom: who is started again goes on with the same people."""

    store: str
    served: tuple[Person, ...]
    scim_url: str
    scim_token: str
    printer_port: int


@dataclass(frozen=True, slots=True)
class LaterClock:
    """The machine's clock, put forward: what killed workers had is given up by now."""

    ahead: timedelta

    def now(self) -> datetime:
        """This moment, later."""
        return datetime.now(UTC) + self.ahead

    def today(self) -> date:
        """The day of that moment."""
        return self.now().date()


def work_at_desk(scene: Scene, number: int, run: str, line: Connection) -> None:
    """Work at one of the load's desks until killed, and say what was done after each turn."""
    store = open_store(scene.store)
    place = places(store)[number]
    staff = by_actor_id(Desk(store, DayClock(DAY), place), PRACTICE_EMPLOYEE)
    if staff is None:
        raise LookupError("a load needs a practice library")
    flow = Flow(store, place, staff, scene.served, DAY, run, scene.printer_port)
    line.send(None)
    while True:
        flow.turn()
        line.send(flow.told)
        flow.told = AllTold()


def serve(scene: Scene, ahead: timedelta, line: Connection) -> None:
    """Make accounts, and print for every desk of the load, until killed."""
    worker = Worker(open_store(scene.store), scene, ahead)
    line.send(None)
    while True:
        try:
            if worker.run_one():
                line.send(AllTold())
            else:
                time.sleep(_REST)
        except StoreError:
            time.sleep(_REST)


class Worker:
    """What a worker of the program does, without its lanes: kills are to hit what it does."""

    def __init__(self, store: Store, scene: Scene, ahead: timedelta) -> None:
        self._store = store
        self._clock = LaterClock(ahead)
        self._options = AccountOptions()
        self._provider = ScimProvider(ScimOptions(base_url=scene.scim_url), scene.scim_token, 24)
        self._name = new_name()
        self._presses = [self._press(scene, place) for place in places(store)]

    def _press(self, scene: Scene, place: DeskView) -> Press:
        options = printing_options(place.name, scene.printer_port)
        printer = options.printers[PRINTER]
        return Press(self._store, options, printer, place.id, self._name, Path(), self._clock.now)

    def run_one(self) -> bool:
        """Do what is due in the queues; False when nothing is."""
        made = queue.run_one(self._store, self._provider, self._clock, self._options, self._name)
        printed = [press.run_one() for press in self._presses]
        return made is not None or any(printed)

    def close(self) -> None:
        """Let go of the account server."""
        self._provider.close()
