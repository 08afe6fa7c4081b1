"""Desks, workers and the database killed at random moments, again and again."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from random import Random
from typing import TYPE_CHECKING

from bench.load.clerk import add_places, people
from bench.load.clerks import PEOPLE
from bench.load.flows import AllTold
from bench.load.proof_flows import beside_faults, flow_faults
from bench.load.victims import PROCESSES, Scene, Worker, serve, work_at_desk
from deskterm.store.engine import open_store

if TYPE_CHECKING:
    from bench.load.server import Server
    from tests.accounts.scim_server import AccountServer
    from tests.printing.fake_printer import FakePrinter

DESKS = 2
AHEAD = timedelta(seconds=61)
"""By how much each worker's clock is ahead of the one before: a lease is over by then."""
LONGEST_ACT_SECONDS = 0.1
MOST_PATIENT_SECONDS = 2.0
"""With somebody who has nothing to do."""
PROVE_EVERY = 25
DATABASE_EVERY = 5
"""Moments; the others are of desks and workers."""


class Victim:
    """One process, and the line that it says on what it has done."""

    def __init__(self, target: Callable[..., None], *args: object) -> None:
        self.line, theirs = PROCESSES.Pipe(duplex=False)
        self._process: BaseProcess = PROCESSES.Process(target=target, args=(*args, theirs))
        self._process.start()
        theirs.close()
        # The line says when it is at work; its end, that it fell over.
        self.line.recv()

    def kill(self) -> list[AllTold]:
        """End it as a power cut does; what it had been told, in its own words."""
        self._process.kill()
        self._process.join()
        return list(_said(self.line))

    def heard(self) -> list[AllTold]:
        """What it has said until now; RuntimeError when it fell over by itself."""
        told = []
        while self.line.poll():
            try:
                told.append(self.line.recv())
            except EOFError as end:
                raise RuntimeError("a desk or worker fell over by itself") from end
        return told


def _said(line: Connection) -> Iterator[AllTold]:
    with suppress(EOFError):
        while True:
            yield line.recv()


@dataclass
class Massacre:
    """Desks and a worker on one store, each started again when it was killed."""

    scene: Scene
    random: Random
    server: Server | None = None
    told: list[AllTold] = field(default_factory=list)
    kills: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    _started: int = 0
    _living: dict[str, Victim] = field(default_factory=dict)

    @property
    def ahead(self) -> timedelta:
        """The clock of the next worker."""
        return AHEAD * (self._started + 1)

    def run(self, moments: int) -> None:
        """Kill so many times, and prove the store now and then."""
        try:
            self._run(moments)
        finally:
            for victim in self._living.values():
                self.told += victim.kill()
        self.faults += flow_faults(self.scene.store, self.told)

    def _run(self, moments: int) -> None:
        for name in (*(f"desk {number}" for number in range(DESKS)), "worker"):
            self._start(name)
        for moment in range(1, moments + 1):
            self._kill()
            if moment % PROVE_EVERY == 0:
                self._hear()
                self.faults += flow_faults(self.scene.store, self.told)
        # Whoever fell over by itself says nothing when it is killed.
        self._hear()

    def _kill(self) -> None:
        if self.server is not None and self.kills.total() % DATABASE_EVERY == 1:
            self._wait_for(self.random.choice(list(self._living.values())))
            self.server.kill()
            self.server.start()
            self.kills["database"] += 1
            return
        name = self.random.choice(list(self._living))
        self._wait_for(self._living[name])
        self.told += self._living.pop(name).kill()
        self.kills[name.split()[0]] += 1
        self._start(name)

    def _wait_for(self, victim: Victim) -> None:
        """Let one do some things, mostly, and then wait until it is in the middle of the next."""
        for _act in range(self.random.randrange(4)):
            if victim.line.poll(MOST_PATIENT_SECONDS):
                self.told += victim.heard()
        time.sleep(self.random.random() * LONGEST_ACT_SECONDS)

    def _start(self, name: str) -> None:
        self._started += 1
        kind, _space, number = name.partition(" ")
        if kind == "worker":
            self._living[name] = Victim(serve, self.scene, self.ahead)
        else:
            run = f"k{self._started}"
            self._living[name] = Victim(work_at_desk, self.scene, int(number), run)

    def _hear(self) -> None:
        for victim in self._living.values():
            self.told += victim.heard()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it."""

    kills: Counter[str]
    acts: int
    """How many things the desks had been told to be done."""
    faults: list[str]


def kill_at(store: str, moments: int, seed: int, database: Server | None = None) -> Outcome:
    """Kill at so many random moments of random flows on a store; the rest is then worked off."""
    with closing(open_store(store)) as opened:
        add_places(opened, DESKS)
        served = people(opened, PEOPLE)
    with _neighbours() as (accounts, printer):
        from tests.accounts.scim_server import TOKEN

        scene = Scene(store, served, accounts.url, TOKEN, printer.port)
        massacre = Massacre(scene, Random(seed), database)
        massacre.run(moments)
        _finish(scene, massacre.ahead)
        users = {user["id"] for user in accounts.users()}
        beside = beside_faults(store, massacre.told, users, bytes(printer.paper))
    done = sum(
        len(told.paid) + len(told.enrolled) + len(told.comments) + len(told.asked)
        for told in massacre.told
    )
    return Outcome(massacre.kills, done, massacre.faults + beside)


@contextmanager
def _neighbours() -> Iterator[tuple[AccountServer, FakePrinter]]:
    from tests.accounts.scim_server import account_server
    from tests.printing.fake_printer import FakePrinter

    with ExitStack() as open_ones:
        yield open_ones.enter_context(account_server()), open_ones.enter_context(FakePrinter())


def _finish(scene: Scene, ahead: timedelta) -> None:
    """Do what waits, with a clock by which all that was held is free."""
    with closing(open_store(scene.store)) as store:
        for _twice in range(2):
            ahead += AHEAD
            with closing(Worker(store, scene, ahead)) as worker:
                while worker.run_one():
                    pass
