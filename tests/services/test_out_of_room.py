"""The disk is full, or the library may only be read: a sentence, nothing half saved, and on."""

import resource
import signal
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

import pytest

from deskterm.services import editing, finding, opening, settling
from deskterm.services.desk import Desk
from deskterm.services.errors import StoreTrouble
from deskterm.store import engine
from deskterm.store.check import check
from deskterm.store.engine import Store, open_store
from tests.services.library import SEED_CARD, Library
from tests.services.money import Books

Act = Callable[[Desk], object]


@contextmanager
def no_room() -> Iterator[None]:
    """No file can grow, and the system says so as when the disk is full."""
    heard = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, heard)


def save(desk: Desk) -> object:
    version = opening.refresh(desk, 413700).version
    return editing.save(desk, 413700, version, {"initials": "X.", "first_name": "Xander"})


def charge(desk: Desk) -> object:
    return settling.charge(desk, 413700, "charge", "2101", 250)


def pay(desk: Desk) -> object:
    (line,) = settling.open_lines(desk, 413700).lines
    return settling.pay(desk, 413700, "pay", [line.charge_id], "K000", line.open_cents)


ACTS = [save, charge, pay]


@pytest.fixture
def library(sqlite_books: Books) -> Library:
    """Somebody who owes, and has a card."""
    library = sqlite_books.library
    library.card()
    library.charge(1000)
    return library


def contents(store: Store) -> list[str]:
    """Every row of the library, as SQL; by another connection, as another desk sees it."""
    assert store.file is not None
    with closing(sqlite3.connect(store.file)) as connection:
        return list(connection.iterdump())


@pytest.mark.parametrize("act", ACTS)
def test_on_a_full_disk_nothing_is_half_saved_and_it_goes_on_with_room(
    library: Library, act: Act
) -> None:
    desk = library.desk()
    before = contents(library.store)
    with no_room(), pytest.raises(StoreTrouble) as refused:
        act(desk)
    assert "is vol of doet het niet; er is niets opgeslagen" in refused.value.sentence
    assert "Maak ruimte vrij" in refused.value.hint
    assert contents(library.store) == before
    act(desk)
    assert contents(library.store) != before
    assert check(library.store) == ()


@pytest.mark.parametrize("act", ACTS)
def test_a_library_that_may_only_be_read_is_read_and_says_that_it_is(
    library: Library, act: Act, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(library.store)
    assert library.store.file is not None
    # As a file without the right to write, which root has on every file.
    pragmas = (*engine._SQLITE_PRAGMAS, "PRAGMA query_only = ON")
    monkeypatch.setattr(engine, "_SQLITE_PRAGMAS", pragmas)
    locked = open_store(str(library.store.file))
    desk = Library(locked).desk()
    assert opening.open_text(desk, SEED_CARD).customer.actor_id == 413700  # type: ignore[union-attr]
    assert len(finding.find(desk, "testa").rows) == 1
    with pytest.raises(StoreTrouble) as refused:
        act(desk)
    assert "mag niet geschreven worden; er is niets opgeslagen" in refused.value.sentence
    locked.close()
    assert contents(library.store) == before
