"""A customer whose personal data are gone: nobody opens, changes or bills them any more."""

from datetime import date

import pytest

from deskterm.services import editing, opening
from deskterm.services.errors import Erased
from deskterm.store import tables
from tests.services.library import SEED_CARD, TODAY, Library


@pytest.fixture
def erased(library: Library) -> Library:
    """A library with a customer who was erased, and the card of then."""
    library.customer(surname="", initials="", title="", born=None, erased_on=TODAY)
    library.card(status="replaced")
    return library


@pytest.mark.parametrize("typed", [SEED_CARD, "413700"])
def test_an_erased_customer_is_told_of_and_not_opened(erased: Library, typed: str) -> None:
    with pytest.raises(Erased, match="413700 is verwijderd op 15-03-2026"):
        opening.open_text(erased.desk(), typed)


def test_nothing_of_an_erased_customer_can_be_changed(erased: Library) -> None:
    with pytest.raises(Erased):
        editing.save(erased.desk(), 413700, 1, {"phone": "0592 123456"})
    assert erased.log() == []


def test_the_monthly_run_lets_an_erased_customer_be(erased: Library) -> None:
    from deskterm.services import month

    erased.period(begin_on=date(2024, 1, 1), end_on=date(2024, 12, 31))
    month.run(erased.desk(), TODAY)
    with erased.store.write() as session:
        assert session.get_one(tables.MembershipPeriod, 1).status == 5
