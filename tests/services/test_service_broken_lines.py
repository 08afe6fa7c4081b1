"""The line to the server breaks under a use case: reads are asked again, writes never unasked."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from deskterm.services import editing, opening, settling
from deskterm.services.errors import StoreTrouble
from deskterm.services.trouble import asked_again
from deskterm.store import certain
from deskterm.store.check import check
from deskterm.store.engine import open_store
from tests.breaking import COMMIT, Line, line_to
from tests.services.library import Library, fill
from tests.services.money import CUSTOMER, Books, books_of

pytestmark = pytest.mark.postgresql


@pytest.fixture
def line(postgresql_url: str) -> Iterator[Line]:
    with line_to(postgresql_url) as line:
        yield line


@pytest.fixture
def far(line: Line) -> Iterator[Books]:
    """The books of a library that is at the other end of the line."""
    with closing(open_store(line.url)) as store:
        yield books_of(fill(store))


def test_a_read_is_asked_again_once(line: Line, far: Books) -> None:
    before = opening.refresh(far.desk, CUSTOMER)
    line.break_at = b"FROM membership_period"
    assert asked_again(lambda: opening.refresh(far.desk, CUSTOMER)) == before
    assert line.broken.is_set()


def test_a_server_that_stays_away_is_a_sentence(line: Line, far: Books) -> None:
    line.break_at, line.stays_away = b"FROM membership_period", True
    with pytest.raises(StoreTrouble) as trouble:
        asked_again(lambda: opening.refresh(far.desk, CUSTOMER))
    assert trouble.value.sentence == "de databank is niet bereikbaar."
    line.stays_away = False
    assert opening.refresh(far.desk, CUSTOMER).actor_id == CUSTOMER


@pytest.mark.parametrize("begun", [b"INSERT INTO ledger_entry", COMMIT])
def test_a_use_case_that_writes_is_not_repeated(line: Line, far: Books, begun: bytes) -> None:
    charge = far.library.charge(500)
    asked = []

    def pay() -> None:
        asked.append(charge)
        settling.pay(far.desk, CUSTOMER, "key", [charge], "K000", 500)

    line.break_at = begun
    with pytest.raises(StoreTrouble):
        asked_again(pay)
    assert len(asked) == 1
    assert far.cents() == [500]
    pay()
    assert far.cents() == []


def test_a_payment_whose_answer_was_lost_is_a_payment(line: Line, far: Books) -> None:
    charge = far.library.charge(500)
    line.break_at, line.too_late = COMMIT, True
    paid = settling.pay(far.desk, CUSTOMER, "key", [charge], "K000", 500)
    assert line.broken.is_set()
    assert paid.settled_cents == 500
    assert far.cents() == []


@pytest.mark.parametrize("too_late", [True, False])
def test_paying_again_when_nobody_was_sure_pays_once(
    line: Line, far: Books, monkeypatch: pytest.MonkeyPatch, too_late: bool
) -> None:
    monkeypatch.setattr(certain, "PATIENCE_SECONDS", 0.2)
    charge = far.library.charge(500)
    line.break_at, line.too_late, line.stays_away = COMMIT, too_late, True
    with pytest.raises(StoreTrouble, match="niet zeker"):
        settling.pay(far.desk, CUSTOMER, "key", [charge], "K000", 500)
    line.stays_away = False
    assert settling.pay(far.desk, CUSTOMER, "key", [charge], "K000", 500).settled_cents == 500
    assert far.cents() == []
    assert check(far.library.store) == ()


def test_an_edit_whose_answer_was_lost_is_no_conflict_with_oneself(line: Line, far: Books) -> None:
    library: Library = far.library
    version = opening.refresh(library.desk(), CUSTOMER).version
    line.break_at, line.too_late = COMMIT, True
    saved = editing.save(library.desk(), CUSTOMER, version, {"surname": "Hoekstra"})
    assert line.broken.is_set()
    assert saved.version == version + 1
    assert opening.refresh(library.desk(), CUSTOMER) == saved
