"""The help pages: the same ones in Dutch and in English, of the few forms that F1 can draw."""

import re
from pathlib import Path

import pytest
from rich.cells import cell_len

import deskterm
from deskterm.screens.help import markdown_rows, page

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


@pytest.mark.parametrize("name", sorted(NAMES))
@pytest.mark.parametrize("width", [40, 72])
def test_a_page_is_drawn_whole_in_a_narrow_window(name: str, width: int) -> None:
    source = page(name.removesuffix(".md"))
    rows = markdown_rows(source, width)
    assert all(cell_len(row.text) <= width for row in rows)
    assert {span.look for row in rows for span in row.spans} == {"title", "value"}
    shown = " ".join(row.text for row in rows).split()
    assert shown == re.sub(r"^# ", "", source, flags=re.MULTILINE).split()


def test_the_desk_line_explains_the_scanner_too() -> None:
    assert page("desk").endswith(page("scanner"))
