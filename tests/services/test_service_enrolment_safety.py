"""Enrolling when things go wrong: keys held down, two desks at once, the power cut."""

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from deskterm.services import enrolment, opening
from deskterm.services.errors import Conflict
from deskterm.store.engine import open_store
from deskterm.views.enrolment import Enrolled, EnrolmentForm
from tests.services.enrolling import add_prices, enrol, form_for, new_form
from tests.services.library import Library, fill

DESKS = 4


@pytest.fixture
def lapsed(library: Library) -> Library:
    add_prices(library)
    library.customer()
    library.period(begin_on=date(2022, 7, 6), end_on=date(2023, 7, 31), status=9)
    return library


def at_once(library: Library, forms: list[EnrolmentForm]) -> Iterator[Enrolled | Conflict]:
    """Press Opslaan at several desks at the same moment."""

    def press(form: EnrolmentForm) -> Enrolled | Conflict:
        try:
            return enrol(library, form)
        except Conflict as conflict:
            return conflict

    with ThreadPoolExecutor(len(forms)) as desks:
        yield from desks.map(press, forms)


def test_enter_held_down_enrols_once(lapsed: Library) -> None:
    found = list(at_once(lapsed, [form_for(lapsed)] * DESKS))
    assert sorted(one.repeated for one in found if isinstance(one, Enrolled)) == [
        False, True, True, True,
    ]  # fmt: skip
    view = opening.refresh(lapsed.desk(), 413700)
    assert (len(view.periods), view.block.contribution_cents) == (2, 5800)


def test_of_desks_that_enrol_the_same_customer_one_wins(lapsed: Library) -> None:
    form = form_for(lapsed)
    found = list(at_once(lapsed, [replace(form, key=str(n)) for n in range(DESKS)]))
    assert sum(isinstance(one, Enrolled) for one in found) == 1
    assert len(opening.refresh(lapsed.desk(), 413700).periods) == 2


def test_new_cards_never_have_the_same_number(lapsed: Library) -> None:
    forms = [new_form({"initials": f"{n}."}, key=str(n)) for n in range(DESKS)]
    numbers = {one.card_number for one in at_once(lapsed, forms) if isinstance(one, Enrolled)}
    assert len(numbers) == DESKS


CRASH = """
import os, signal, sys
from deskterm.services import enrolment
from deskterm.services.enrol import writing
from deskterm.store.engine import open_store
from tests.services.enrolling import form_for
from tests.services.library import Library

def die(*_args, **_options):
    os.kill(os.getpid(), signal.SIGKILL)

place, name = sys.argv[2].split(".")
setattr({"writing": writing, "enrolment": enrolment}[place], name, die)
library = Library(open_store(sys.argv[1]))
enrolment.enrol(library.desk(), form_for(library))
"""


@pytest.mark.parametrize(
    ("point", "is_kept"),
    [
        ("writing.write_role", False),
        ("writing.remember", False),
        ("enrolment.enrolled", True),
    ],
)
def test_a_power_cut_leaves_all_or_nothing(sqlite_file: Path, point: str, is_kept: bool) -> None:
    with closing(open_store(str(sqlite_file))) as store:
        there = fill(store)
        add_prices(there)
        there.customer()
        form = form_for(there)
        died = subprocess.run(
            [sys.executable, "-c", CRASH, str(sqlite_file), point], check=False, capture_output=True
        )
        assert died.returncode == -9, died.stderr
        view = opening.refresh(there.desk(), 413700)
        assert (len(view.periods), len(view.charges)) == ((1, 1) if is_kept else (0, 0))
        again = enrolment.enrol(there.desk(), form)
        assert (again.repeated, len(again.customer.periods)) == (is_kept, 1)
        assert again.balance_cents == 5800


def test_a_clock_set_back_does_not_lose_a_period(lapsed: Library) -> None:
    enrol(lapsed, form_for(lapsed))
    lapsed.clock.at -= timedelta(days=400)
    done = enrol(lapsed, form_for(lapsed, key="later"))
    assert done.begin_on > date(2027, 3, 31)
    assert len(done.customer.periods) == 3
