"""Rows of text: cut, filled and spread by terminal cells, whatever the text is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from deskterm.widgets.sheet import Column, cut, pad, spread, table_row, wrap

TEXTS = st.text() | st.sampled_from(["漢字" * 90, "👩‍👩‍👧🇳🇱", "e\u0301" * 9, "\x1b[1mx", "a\tb"])


@given(text=TEXTS, width=st.integers(0, 60))
def test_a_cut_text_fits_and_a_padded_one_fits_exactly(text: str, width: int) -> None:
    assert cell_len(cut(text, width)) <= width
    assert cell_len(pad(text, width)) == width
    assert cell_len(pad(text, width, right=True)) == width


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("Testabo", 7, "Testabo"),
        ("Testabo", 6, "Testa…"),
        ("T. Testabo", 4, "T.…"),
        ("漢字漢字", 8, "漢字漢字"),
        ("漢字漢字", 7, "漢字漢…"),
        ("漢字漢字", 6, "漢字…"),
        ("Testabo", 1, "…"),
        ("Testabo", 0, ""),
        ("[b]x[/b]", 9, "[b]x[/b]"),
        ("a\nb\x1b[2Jc", 9, "a bc"),
    ],
)
def test_what_is_cut_says_so(text: str, width: int, shown: str) -> None:
    assert cut(text, width) == shown


@given(text=TEXTS, width=st.integers(2, 60))
def test_a_wrapped_text_loses_no_letter(text: str, width: int) -> None:
    rows = wrap(text, width)
    assert all(cell_len(row.text) <= width for row in rows)
    letters = [character for character in text if character.isalnum() and character.isascii()]
    if "\x1b" not in text and "\x9b" not in text:
        shown = "".join(row.text for row in rows)
        assert [c for c in shown if c.isalnum() and c.isascii()] == letters


def test_lines_that_were_typed_stay_lines() -> None:
    assert [row.text for row in wrap("een twee\n\ndrie", 5)] == ["een", "twee", "", "drie"]


def test_a_text_that_just_fits_stays_on_its_row() -> None:
    assert [row.text for row in wrap("een twee drie", 8)] == ["een twee", "drie"]


COLUMNS = st.lists(
    st.builds(Column, st.text(max_size=8), st.integers(1, 30), st.integers(0, 3), st.booleans()),
    min_size=1,
    max_size=8,
)


@given(columns=COLUMNS, width=st.integers(40, 220), text=TEXTS)
def test_a_table_fills_its_width_only_and_growing_columns_get_the_rest(
    columns: list[Column], width: int, text: str
) -> None:
    widths = spread(columns, width)
    assert cell_len(table_row(columns, [text] * len(columns), width).text) <= width
    if sum(column.width for column in columns) + 2 * len(columns) < width:
        assert all(wide >= column.width for wide, column in zip(widths, columns, strict=True))


@given(text=TEXTS, width=st.integers(-30, 1))
def test_a_window_without_room_wraps_without_trouble(text: str, width: int) -> None:
    assert all(cell_len(row.text) <= max(0, width) for row in wrap(text, width))


def test_spread_gives_the_rest_by_share() -> None:
    columns = (Column("a", 10), Column("b", 10, grow=1), Column("c", 10, grow=3))
    assert spread(columns, 75) == (10, 20, 40)


def test_spread_takes_what_lacks_from_the_columns_that_grow_first() -> None:
    columns = (Column("number", 14), Column("name", 10, grow=1), Column("town", 7, grow=1))
    assert spread(columns, 30) == (14, 5, 6)
    assert spread(columns, 20) == (5, 5, 5)
