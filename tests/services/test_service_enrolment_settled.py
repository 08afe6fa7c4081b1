"""From Inschrijven to Afrekenen: what paying, registering and the month make of it."""

from datetime import date

import pytest

from deskterm.services import month, opening, settling
from deskterm.services.ledger import check
from tests.services.enrolling import add_prices, enrol, form_for
from tests.services.library import Library


@pytest.fixture(autouse=True)
def lapsed(library: Library) -> Library:
    add_prices(library)
    library.customer()
    library.period(begin_on=date(2022, 7, 6), end_on=date(2023, 7, 31), status=9)
    return library


def test_paying_makes_it_normal_and_the_month_leaves_it_alone(library: Library) -> None:
    done = enrol(library, form_for(library))
    assert done.charge_id is not None
    settling.pay(library.desk(), 413700, "pay-1", [done.charge_id], "K000", 5800)
    block = opening.refresh(library.desk(), 413700).block
    assert (block.status, block.contribution_cents) == (5, 0)
    report = month.run(library.desk(), date(2026, 4, 1))
    assert (report.billed, report.lapsed, report.letters) == (0, 0, 0)


def test_registering_bills_it_and_the_month_reminds(library: Library) -> None:
    done = enrol(library, form_for(library))
    assert done.charge_id is not None
    settling.register(library.desk(), 413700, "reg-1", [done.charge_id])
    assert opening.refresh(library.desk(), 413700).block.status == 2
    assert month.run(library.desk(), date(2026, 4, 1)).reminded == 0
    report = month.run(library.desk(), date(2026, 5, 1))
    assert (report.reminded, report.letters) == (1, 1)


def test_the_ledger_is_clean_after_all_of_it(library: Library) -> None:
    done = enrol(library, form_for(library))
    assert done.charge_id is not None
    settling.pay(library.desk(), 413700, "pay-1", [done.charge_id], "B000", 5800)
    month.run(library.desk(), date(2027, 3, 1))
    month.run(library.desk(), date(2027, 4, 1))
    assert list(check(library.desk())) == []
