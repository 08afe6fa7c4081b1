"""Unfinished forms: each employee's own, one per walk, gone when the walk is done."""

import pytest

from deskterm.services import drafts
from deskterm.services.staff import MACHINE
from tests.services.enrolling import add_prices, enrol, new_form
from tests.services.library import Library


@pytest.fixture(autouse=True)
def _prices(library: Library) -> None:
    add_prices(library)


def test_a_form_is_offered_as_it_was_kept_last(library: Library) -> None:
    desk = library.desk()
    drafts.keep(desk, "enrolment", "a", {"surname": "Te"})
    drafts.keep(desk, "enrolment", "b", {})
    drafts.keep(desk, "enrolment", "a", {"surname": "Testabo"})
    assert [(d.key, d.payload) for d in drafts.offered(desk)] == [
        ("a", {"surname": "Testabo"}), ("b", {}),
    ]  # fmt: skip
    drafts.drop(desk, "enrolment", "a")
    assert [draft.key for draft in drafts.offered(desk)] == ["b"]


def test_nobody_sees_the_form_of_another(library: Library) -> None:
    drafts.keep(library.desk("ADMIN"), "enrolment", "a", {})
    assert drafts.offered(library.desk("BALIEBHR")) == ()


@pytest.mark.parametrize("who", [None, MACHINE])
def test_without_an_employee_nothing_is_kept(library: Library, who: object) -> None:
    desk = library.desk().signed_in_as(MACHINE if who else None)
    drafts.keep(desk, "enrolment", "a", {})
    drafts.drop(desk, "enrolment", "a")
    assert drafts.offered(desk) == ()


def test_enrolling_drops_its_draft(library: Library) -> None:
    desk = library.desk("BALIEBHR")
    drafts.keep(desk, "enrolment", "walk-1", {})
    drafts.keep(desk, "enrolment", "walk-2", {})
    enrol(library, new_form())
    assert [draft.key for draft in drafts.offered(desk)] == ["walk-2"]
