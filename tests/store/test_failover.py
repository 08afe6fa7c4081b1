"""The server is stopped, killed and started while desks save: nothing told is lost or double."""

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from threading import Thread

import pytest
from sqlalchemy import text

from deskterm.store.check import check
from deskterm.store.engine import open_store
from tests.server import Server, Stop

pytestmark = pytest.mark.postgresql

DESKS = 4
# Saves one thing after the other until it is hung up on, and says what it was told of each.
DESK = """
import sys
import time
from datetime import UTC, date, datetime
from deskterm.store.engine import open_store
from deskterm.store.errors import StoreError, Unsure
from deskterm.store.tables import ChangeLogLine, Word
store, name, number = open_store(sys.argv[1]), sys.argv[2], 0
while True:
    number += 1
    what = f"{name}-{number}"
    try:
        with store.write() as session:
            session.add(Word(kind="saved", code=what, nl=""))
            at, day = datetime.now(UTC), date(2026, 3, 15)
            session.add(ChangeLogLine(at=at, day=day, action="edit", new=what))
    except Unsure:
        print("unsure", what, flush=True)
    except StoreError:
        print("refused", what, flush=True)
        # Whoever is refused looks up before trying the next thing.
        time.sleep(0.05)
    else:
        print("saved", what, flush=True)
"""


class Desk:
    """One that saves, and what it was told."""

    def __init__(self, url: str, name: str) -> None:
        argv = [sys.executable, "-c", DESK, url, name]
        self._process = subprocess.Popen(argv, stdout=subprocess.PIPE, text=True)
        self.told: dict[str, str] = {}
        self.counts: Counter[str] = Counter()
        self._ear = Thread(target=self._listen)
        self._ear.start()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if not line.endswith("\n"):
                return
            answer, what = line.split()
            self.told[what] = answer
            self.counts[answer] += 1

    def stop(self) -> None:
        """End it at once; of what it was doing then nobody was told."""
        self._process.kill()
        self._process.wait()
        self._ear.join()
        if self._process.stdout is not None:
            self._process.stdout.close()


@pytest.fixture
def desks(own_server: Server) -> Iterator[list[Desk]]:
    url = own_server.database("library")
    open_store(url).close()
    with ExitStack() as ends:
        desks = [Desk(url, str(number)) for number in range(DESKS)]
        for desk in desks:
            ends.callback(desk.stop)
        yield desks


def wait_for(true: Callable[[], bool], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.005)


def more(desks: list[Desk], answer: str, count: int, but: int = 0) -> Callable[[], bool]:
    """Whether every desk, but for so many, has heard an answer so often since now."""
    before = [desk.counts[answer] for desk in desks]

    def heard() -> bool:
        now = [desk.counts[answer] for desk in desks]
        enough = [one >= past + count for one, past in zip(now, before, strict=True)]
        return enough.count(True) >= len(desks) - but

    return heard


def told_of(desks: list[Desk]) -> dict[str, set[str]]:
    """What the desks were told, by answer; they are ended first."""
    told: dict[str, set[str]] = {"saved": set(), "refused": set(), "unsure": set()}
    for desk in desks:
        desk.stop()
        for what, answer in desk.told.items():
            told[answer].add(what)
    return told


def require_truth(url: str, told: dict[str, set[str]]) -> None:
    """What desks were told is what the store holds, each thing once."""
    with closing(open_store(url)) as store:
        with store.read() as connection:
            words = set(connection.scalars(text("SELECT code FROM word")))
            lines = Counter(connection.scalars(text("SELECT new FROM change_log")))
        assert check(store) == ()
    assert set(lines) == words
    assert set(lines.values()) == {1}
    assert told["saved"] - words == set()
    assert told["refused"] & words == set()
    # What is there untold is what a desk was doing when it was ended.
    assert len(words - told["saved"] - told["unsure"]) <= DESKS


@pytest.mark.parametrize("how", ["fast", "immediate"])
def test_what_was_said_to_be_saved_is_there_once(
    own_server: Server, desks: list[Desk], how: Stop
) -> None:
    for _stop in range(5):
        wait_for(more(desks, "saved", 20))
        # The one that was saving waits for the server to tell it what came of that.
        refused = more(desks, "refused", 1, but=1)
        own_server.stop(how)
        wait_for(refused)
        own_server.start()
    wait_for(more(desks, "saved", 20))
    told = told_of(desks)
    assert len(told["saved"]) >= DESKS * 6 * 20
    require_truth(own_server.database("library"), told)


def test_a_standby_takes_over(own_server: Server) -> None:
    url = own_server.database("library")
    open_store(url).close()
    with ExitStack() as ends:
        standby = own_server.standby(own_server.folder)
        ends.callback(standby.close)
        hosts = f"host={own_server.folder / 'data'},{standby.folder}"
        both = f"{url.partition('?')[0]}?{hosts}&target_session_attrs=read-write"
        desks = [Desk(both, str(number)) for number in range(DESKS)]
        for desk in desks:
            ends.callback(desk.stop)
        wait_for(more(desks, "saved", 20))
        own_server.stop("immediate")
        saved = more(desks, "saved", 20)
        standby.promote()
        wait_for(saved)
        require_truth(both, told_of(desks))
