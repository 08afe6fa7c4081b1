"""The help pages: the same ones in Dutch and in English, of the few forms that F1 can draw."""

import re
from pathlib import Path

import pytest

import deskterm

PAGES = Path(deskterm.__file__).parent / "help"
NAMES = {file.name for file in (PAGES / "nl").glob("*.md")}
FORMS = re.compile(r"# \S.*|- \S.*|[^\W\d].*|")


def test_every_screen_has_a_page_in_both_languages() -> None:
    assert {file.name for file in (PAGES / "en").glob("*.md")} == NAMES
    assert {"desk.md", "search.md", "customer.md", "pop-ups.md", "sign-in.md"} <= NAMES


@pytest.mark.parametrize("name", sorted(NAMES))
def test_both_languages_tell_the_same_things_in_the_same_order(name: str) -> None:
    shapes = []
    for language in ("nl", "en"):
        lines = (PAGES / language / name).read_text(encoding="utf-8").splitlines()
        assert [line for line in lines if not FORMS.fullmatch(line)] == []
        shapes.append([line[:1] if line[:1] in "#-" else bool(line) for line in lines])
    assert shapes[0] == shapes[1]
