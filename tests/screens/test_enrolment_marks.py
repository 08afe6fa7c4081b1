"""The marks of what must be filled in follow what is being enrolled: a person or an institution."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.screens.headless import Headless


@pytest.fixture
def desk(small_library: Path, tmp_path: Path) -> Iterator[Headless]:
    """A desk at the data form of somebody new."""
    file = shutil.copy(small_library, tmp_path / "practice.db")
    desk = Headless(Path(file))
    desk.press("alt+t")
    desk.press("enter")
    yield desk
    desk.close()


def marked(desk: Headless) -> set[str]:
    """The fields with a mark."""
    return {field.name for field in desk.form().fields if field.required}


def test_an_institution_is_asked_no_birth_date(desk: Headless) -> None:
    form = desk.form()
    of_a_person = marked(desk)
    assert "born" in of_a_person
    names = [one.name for one in form.fields if one.kind != "readonly"]
    desk.press(*["tab"] * names.index("sex"))
    desk.press("i")
    assert form.values["sex"] == "I"
    assert marked(desk) == of_a_person - {"born"}
    desk.press("m")
    assert marked(desk) == of_a_person
    desk.press("i")
    desk.press("ctrl+s")
    assert set(form.faults) == of_a_person - {"born"}


def test_a_form_that_is_left_for_a_step_keeps_its_marks(desk: Headless) -> None:
    form = desk.form()
    names = [one.name for one in form.fields if one.kind != "readonly"]
    desk.press(*["tab"] * names.index("sex"))
    desk.press("i")
    desk.press("escape")
    desk.press("enter")
    assert desk.form().values["sex"] == "I"
    assert "born" not in marked(desk)
