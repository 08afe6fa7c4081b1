"""Who looked at whom: written in one go, told to an administrator alone."""

import pytest

from deskterm.services import viewings
from deskterm.services.errors import NotAllowed, NotFound
from deskterm.services.staff import MACHINE
from tests.services.library import Library

ONE, MERGED = 501, 502


@pytest.fixture
def looked(library: Library) -> Library:
    """Two employees opened a customer, and one who was merged into that one."""
    library.customer(ONE)
    library.customer(MERGED, merged_into_id=ONE)
    for role, who in (("BALIEBHR", ONE), ("ADMIN", MERGED), ("BALIEBHR", ONE)):
        desk = library.desk(role)
        look = viewings.look_of(desk, who)
        assert look is not None
        viewings.record(desk, [look])
    return library


def test_the_latest_comes_first_with_who_and_where(looked: Library) -> None:
    found = viewings.viewers(looked.desk(), ONE)
    assert [(one.staff, one.desk) for one in found] == [
        ("Baliebhr", "balie1"), ("Admin", "balie1"), ("Baliebhr", "balie1"),
    ]  # fmt: skip
    assert [one.at for one in found] == sorted((one.at for one in found), reverse=True)


def test_only_an_administrator_is_told(looked: Library) -> None:
    with pytest.raises(NotAllowed):
        viewings.viewers(looked.desk("BESTELBHR"), ONE)
    with pytest.raises(NotFound):
        viewings.viewers(looked.desk(), 999)


def test_a_program_looks_at_nobody(looked: Library) -> None:
    machine = looked.desk().signed_in_as(MACHINE)
    assert viewings.look_of(machine, ONE) is None


def test_many_are_written_together_or_not_at_all(library: Library) -> None:
    library.customer(ONE)
    desk = library.desk()
    look = viewings.look_of(desk, ONE)
    assert look is not None
    viewings.record(desk, [look] * 50)
    assert len(viewings.viewers(desk, ONE)) == 50
    viewings.record(desk, [])
    assert len(viewings.viewers(desk, ONE)) == 50
