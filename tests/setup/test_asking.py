"""Set-up by questions: the usual case is the short one, and wrong answers are asked again."""

from collections.abc import Iterator
from datetime import date

import pytest

from deskterm.rules.cards import CardScheme
from deskterm.setup.asking import Asker
from deskterm.setup.model import SetUp

TODAY = date(2026, 3, 15)


class Person:
    """Types answers in order, and remembers what was asked and said."""

    def __init__(self, *answers: str) -> None:
        self._answers: Iterator[str] = iter(answers)
        self.read: list[str] = []

    def ask(self, question: str) -> str:
        self.read.append(question)
        try:
            return next(self._answers)
        except StopIteration as end:
            raise EOFError from end

    def set_up(self, *, is_new: bool, institution: str = "") -> SetUp:
        asker = Asker(self.ask, self.read.append, TODAY)
        return asker.library(is_new=is_new, institution=institution)


NEW = (
    "", "Bibliotheek Hondsrug",
    "9401", "Annen", "", "balie1, balie2", "n",
    "",
    "J. Prins", "prins", "", "31-12-85", "",
)  # fmt: skip


def test_a_new_library_takes_a_dozen_answers() -> None:
    setup = Person(*NEW).set_up(is_new=True)
    assert [(one.code, one.name) for one in setup.institutions] == [
        ("1001", "Bibliotheek Hondsrug")
    ]
    (branch,) = setup.branches
    assert (branch.code, branch.desks) == ("9401", ("balie1", "balie2"))
    assert branch.card_scheme is CardScheme.STANDARD_14
    assert "Compleet" in [one.name for one in setup.memberships]
    (prins,) = setup.staff
    assert (prins.actor_id, prins.role, prins.branch_code) == (9001, "ADMIN", "9401")
    assert prins.born == date(1985, 12, 31)


def test_memberships_of_ones_own() -> None:
    answers = (*NEW[:7], "n", "70", "Jaar", "18", "", "58,00", "n", *NEW[8:])
    (membership,) = Person(*answers).set_up(is_new=True).memberships
    assert (membership.code, membership.from_age) == ("70", 18)
    assert membership.tariffs[0].price_cents == 5800
    assert membership.tariffs[0].valid_from == TODAY


def test_a_wrong_answer_is_explained_and_asked_again() -> None:
    answers = list(NEW)
    answers[2:3] = ["94", "94o1", "9401"]
    answers[-2:-1] = ["31-02-1985", "01-01-2090", "31-12-85"]
    person = Person(*answers)
    setup = person.set_up(is_new=True)
    assert setup.branches[0].code == "9401"
    assert setup.staff[0].born == date(1985, 12, 31)
    assert "  94: dat past hier niet." in person.read
    assert "  31-02-1985 bestaat niet: die maand heeft 28 dagen." in person.read
    assert "  De geboortedatum 01-01-2090 ligt in de toekomst." in person.read


def test_a_library_that_is_there_is_only_asked_what_to_add() -> None:
    assert Person("", "", "").set_up(is_new=False, institution="1001") == SetUp()
    answers = ("j", "5280", "Zuidlaren", "5", "", "", "", "j", "A. Bakker", "bakker", "9002")
    setup = Person(*answers, "12-03-1978", "", "", "").set_up(is_new=False, institution="1001")
    assert setup.branches[0].institution_code == "1001"
    assert setup.branches[0].card_scheme is CardScheme.ELEVEN_11
    assert setup.staff[0].role == "BALIEBHR"
    assert setup.staff[0].branch_code == "5280"


def test_end_of_input_stops_the_questions() -> None:
    with pytest.raises(EOFError):
        Person("1001").set_up(is_new=True)
