"""A storm: three workers at one printer, killed at random, and every receipt asked for twice."""

import random
import re
import socket
import subprocess
import sys
import time
from collections import Counter
from threading import Thread

from deskterm.printing import spool_desk
from deskterm.printing.spool_states import OPEN
from deskterm.store.engine import Store
from deskterm.store.light import text
from tests.printing.fake_printer import FakePrinter
from tests.printing.spooling import CUSTOMER, add_desks
from tests.printing.storming import PRINTER, FastClock, receipt

WORKERS = 3
STORMS = {"sqlite": (100, 30), "postgresql": (60, 15)}
"""Receipts and kills."""


class SlowPrinter(FakePrinter):
    """One that takes a third of a second for each of these receipts."""

    def _obey(self, connection: socket.socket, held: bytes) -> bytes:
        self._end.wait(0.02)
        return super()._obey(connection, held)


class Workers:
    """Three workers of one desk at one printer."""

    def __init__(self, store: Store, port: int, begin: float) -> None:
        self._command = [
            sys.executable, "-m", "tests.printing.storming", store.url, str(port), str(begin),
        ]  # fmt: skip
        self._dice = random.Random(5)
        self.all = [self._start() for _ in range(WORKERS)]

    def _start(self) -> "subprocess.Popen[str]":
        return subprocess.Popen(self._command, stdout=subprocess.PIPE, text=True)

    def kill_one(self, store: Store) -> bool:
        """Kill the worker that has a job, some moment later, and start another; False when there
        is no job left."""
        index = self._busy(store)
        if index is None:
            return False
        time.sleep(self._dice.random() * 0.4)
        assert self.all[index].poll() is None
        self._end(self.all[index])
        self.all[index] = self._start()
        return True

    def _busy(self, store: Store) -> int | None:
        """Which one has a job, once one has; None when all jobs have ended."""
        query = text("SELECT worker, state FROM print_job WHERE state IN :states", many=("states",))
        for _ in range(3000):
            with store.look() as connection:
                found = list(connection.execute(query, {"states": sorted(OPEN)}).mappings())
            if not found:
                return None
            # What a killed one had is there until it is given up.
            having = {row["worker"].split(":")[1] for row in found if row["worker"]}
            for index, worker in enumerate(self.all):
                if str(worker.pid) in having:
                    return index
            time.sleep(0.01)
        raise TimeoutError

    def end(self) -> None:
        for worker in self.all:
            self._end(worker)

    @staticmethod
    def _end(worker: "subprocess.Popen[str]") -> None:
        worker.kill()
        worker.communicate()


def ask_for_all(store: Store, count: int, clock: FastClock) -> None:
    """Press the key of every receipt."""
    for number in range(1, count + 1):
        job = spool_desk.NewJob(
            f"key-{number}", 1, PRINTER, "status", receipt(number), customer_id=CUSTOMER
        )
        with store.jot() as connection:
            spool_desk.enqueue(connection, job, clock())


def jobs(store: Store) -> dict[int, tuple[str, str]]:
    """State and reason of every receipt, by its number."""
    query = text("SELECT key, state, reason FROM print_job")
    with store.look() as connection:
        found = list(connection.execute(query).mappings())
    numbers = {int(row["key"].partition("-")[2]): row for row in found}
    assert len(numbers) == len(found)
    return {number: (row["state"], row["reason"]) for number, row in numbers.items()}


def wait_for_the_end(store: Store) -> None:
    for _ in range(3000):
        if not {state for state, _ in jobs(store).values()} & OPEN:
            return
        time.sleep(0.05)
    raise TimeoutError


def test_nothing_is_printed_twice_and_nothing_done_that_was_not(store: Store) -> None:
    count, kills = STORMS[store.dialect]
    add_desks(store)
    begin = time.time()
    with SlowPrinter() as printer:
        workers = Workers(store, printer.port, begin)
        try:
            presses = [
                Thread(target=ask_for_all, args=(store, count, FastClock(begin))) for _ in range(2)
            ]
            for press in presses:
                press.start()
            for press in presses:
                press.join()
            struck = sum(workers.kill_one(store) for _ in range(kills))
            wait_for_the_end(store)
        finally:
            workers.end()
    begun = Counter(int(mark) for mark in re.findall(rb"<(\d{4})>", printer.paper))
    whole = Counter(int(mark) for mark in re.findall(rb"</(\d{4})>", printer.paper))
    ends = jobs(store)
    print(
        f"\n{store.dialect}: {count} receipts asked for twice, {struck} kills,"
        f" {Counter(state for state, _ in ends.values())},"
        f" unknown that had come out whole: {sum(whole[n] for n in unknown(ends))},"
        f" in part: {sum(begun[n] > whole[n] for n in unknown(ends))}"
    )
    assert sorted(ends) == list(range(1, count + 1))
    assert max(begun.values()) == 1
    # On a swamped machine one may be lost again and again before it is sent, until it is given up.
    failed = {number for number, (state, _) in ends.items() if state == "failed"}
    assert failed.isdisjoint(begun)
    assert {state for state, _ in ends.values()} <= {"done", "unknown", "failed"}
    assert {n for n, (state, _) in ends.items() if state == "done"} <= set(whole)
    assert {n for n in begun if not whole[n]} <= unknown(ends)
    assert {ends[n][1] for n in unknown(ends)} <= {"worker_lost"}
    assert struck == kills
    assert unknown(ends)


def unknown(ends: dict[int, tuple[str, str]]) -> set[int]:
    return {number for number, (state, _) in ends.items() if state == "unknown"}
