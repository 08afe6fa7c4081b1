"""One process of a storm: random acts on shared customers, until told enough or killed."""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from random import Random

from deskterm.services import ledger, pins, settling, till
from deskterm.services.desk import DayClock, Desk
from deskterm.services.errors import DeskError
from deskterm.store.engine import open_store
from deskterm.views.desk import BranchView, DeskView
from tests.services.library import TODAY, staff_of

CUSTOMERS = tuple(range(600, 620))
SIGNER, PIN = "9005", "0501"
_JOURNALS = ("K000", "B000", "R000")
_REASONS = ("HER", "COU", "FOU")


class Storm:
    """Does random acts at one desk; refusals are part of the weather."""

    def __init__(self, url: str, number: int) -> None:
        place = DeskView(number, f"balie{number}", BranchView("9401", "Annen", "1001"))
        self.store = open_store(url)
        self.desk = Desk(self.store, DayClock(TODAY), place, staff_of("ADMIN"))
        # A desk that is started again presses keys of its own, and does other things.
        self.name = f"{number}-{os.getpid()}"
        self.random = Random(self.name)
        self._acts: tuple[Callable[[int, str], object], ...] = (
            self._charge, self._charge, self._pay, self._pay, self._pay, self._pay, self._register,
            self._waive, self._undo, self._undo, self._arrange, self._count,
        )  # fmt: skip

    def run(self, acts: int) -> int:
        """Do so many acts, one in five of them pressed twice; the answer is how many went well."""
        done = 0
        for index in range(acts):
            act, actor_id = self.random.choice(self._acts), self.random.choice(CUSTOMERS)
            state = self.random.getstate()
            for press in range(1 + (self.random.random() < 0.2)):
                if press:
                    self.random.setstate(state)
                    self.random.random()
                with suppress(DeskError):
                    act(actor_id, f"{self.name}-{index}")
                    done += 1
        return done

    def _charge(self, actor_id: int, key: str) -> None:
        cents = self.random.randint(1, 9_000)
        settling.charge(self.desk, actor_id, key, "2101", cents)

    def _pay(self, actor_id: int, key: str) -> None:
        lines = settling.open_lines(self.desk, actor_id).lines
        ticked = [line.charge_id for line in lines if self.random.random() < 0.7]
        journal, cents = self.random.choice(_JOURNALS), self.random.randint(1, 12_000)
        keep = self.random.random() < 0.5
        settling.pay(self.desk, actor_id, key, ticked, journal, cents, keep_change=keep)

    def _register(self, actor_id: int, key: str) -> None:
        settling.register(self.desk, actor_id, key, [])

    def _waive(self, actor_id: int, key: str) -> None:
        lines = settling.open_lines(self.desk, actor_id).lines[:1]
        ticked = [line.charge_id for line in lines]
        reason = self.random.choice(_REASONS)
        settling.waive(self.desk, actor_id, key, ticked, reason, SIGNER, PIN)

    def _undo(self, actor_id: int, key: str) -> None:
        entries = ledger.entries(self.desk, actor_id).entries
        if entries:
            entry = self.random.choice(entries[-20:])
            settling.undo(self.desk, actor_id, entry.id, key)

    def _arrange(self, actor_id: int, key: str) -> None:
        until: date = TODAY + timedelta(days=self.random.randint(1, 60))
        settling.arrange(self.desk, actor_id, key, [], until)

    def _count(self, _actor_id: int, key: str) -> None:
        state = till.expected(self.desk)
        coins = max(0, state.expected_cents // 100 + self.random.randint(-1, 1))
        till.count(self.desk, key, {100: coins}, deposit_cents=coins * 50)


def main() -> None:
    """Storm on a store: its place, the desk's number, how many acts."""
    url, number, acts = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    # The quick hash of the storm's signer stays as it is.
    pins.is_outdated = lambda *_: False
    storm = Storm(url, number)
    print("ready", flush=True)
    sys.stdin.readline()
    print(storm.run(acts), flush=True)
    storm.store.close()


if __name__ == "__main__":
    main()
