"""What is left out of the painting: whatever it was, the terminal shows the same."""

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from deskterm.thin_line import ThinLine

COLUMNS, ROWS = 60, 6
STYLES = (
    "", "1", "4", "7", "1;38;2;1;2;3", "38;2;1;2;3;48;2;4;5;6", "48;2;4;5;6", "48;2;7;8;9",
    "38;5;12;48;5;3", "31;42", "3;9;91;103", "2;39;49",
)  # fmt: skip
NARROW = st.text("ab é│ ", min_size=1, max_size=20)
WIDE = st.text("aé漢 字", min_size=1, max_size=20)
LAST = ROWS - 1


def painting(row: int, column: int, style: str, text: str) -> str:
    """A strip as Textual writes it: where, how, what, and all off again."""
    sign = f"\x1b[{style}m{text}\x1b[0m" if style else text
    return f"\x1b[{row + 1};{column + 1}H{sign}"


def whole_row(style: str, text: str) -> str:
    """The last row from edge to edge: emulators differ in what is left of half a character."""
    blanks = " " * (COLUMNS - cell_len(text))
    return painting(LAST - 1, 0, style, text + blanks)


STYLE = st.sampled_from(STYLES)
ROW, COLUMN = st.integers(0, ROWS - 3), st.integers(0, COLUMNS - 20)
PIECES = st.one_of(
    st.builds(painting, ROW, COLUMN, STYLE, NARROW), st.builds(whole_row, STYLE, WIDE)
)
WRITES = st.lists(PIECES, min_size=1, max_size=6).map("\n".join)


class Shown:
    """A terminal that does not wrap lines, as Textual sets it."""

    def __init__(self) -> None:
        self.screen = pyte.Screen(COLUMNS, ROWS)
        self.stream = pyte.Stream(self.screen)
        self.stream.feed("\x1b[?7l")

    def cells(self) -> list[list[tuple[object, ...]]]:
        """What is seen: of a blank neither its letters' colour nor how bold they are."""
        return [
            [
                (c.data, c.bg, c.underscore, c.reverse, c.strikethrough)
                if c.data == " " and not (c.underscore or c.reverse or c.strikethrough)
                else tuple(c)
                for c in (self.screen.buffer[row][column] for column in range(COLUMNS))
            ]
            for row in range(ROWS)
        ]


@given(st.lists(WRITES, max_size=12))
def test_a_terminal_shows_the_same_after_every_write(writes: list[str]) -> None:
    line, whole, thin = ThinLine(), Shown(), Shown()
    for data in writes:
        whole.stream.feed(data)
        thin.stream.feed(line.thinned(data))
        assert thin.cells() == whole.cells()
        assert thin.screen.cursor.attrs.bg == "default", "the look is not left behind"


def test_what_is_there_is_not_sent_again() -> None:
    line, blue = ThinLine(), "38;2;1;1;1;48;2;0;0;99"
    first = painting(3, 0, blue, "Vries, B. de") + "\x1b[1;1H"
    assert line.thinned(first) == f"\x1b[4;1H\x1b[{blue}mVries, B. de\x1b[m\x1b[1;1H"
    assert line.thinned(first) == ""
    other = painting(3, 0, blue, "Vries, C. de") + "\x1b[1;1H"
    assert line.thinned(other) == f"\x1b[4;8H\x1b[{blue}mC\x1b[m\x1b[1;1H"


def test_a_change_of_one_colour_sends_that_colour() -> None:
    data = painting(0, 0, "38;2;1;1;1;48;2;9;9;9", "a") + painting(0, 1, "38;5;2;48;2;9;9;9", "b")
    assert "a\x1b[38;5;2mb" in ThinLine().thinned(data)


@pytest.mark.parametrize(
    "control", ["\x1b[?1049h", "\x1b[2J", "\x1b]0;title\x07", "\x1b[H", "text", "\x1b[1;1Hab\ncd"]
)
def test_what_is_no_painting_passes_and_all_is_painted_anew(control: str) -> None:
    line, data = ThinLine(), painting(0, 0, "", "abc")
    first = line.thinned(data)
    assert line.thinned(control) == control
    assert line.thinned(data) == first


def test_the_marks_of_an_update_pass_and_nothing_is_forgotten() -> None:
    line, data = ThinLine(), painting(0, 0, "", "abc")
    line.thinned(data)
    assert line.thinned("\x1b[?2026h") == "\x1b[?2026h"
    assert line.thinned(data) == ""


def test_another_size_is_painted_anew() -> None:
    line, data = ThinLine(), painting(0, 0, "", "abc")
    first = line.thinned(data)
    line.forget()
    assert line.thinned(data) == first


@pytest.mark.parametrize(("column", "shown"), [(0, "x 字"), (1, " x字"), (2, "漢x "), (3, "漢 x")])
def test_of_half_a_wide_character_nothing_is_left(column: int, shown: str) -> None:
    line = ThinLine()
    line.thinned(painting(0, 0, "", "漢字"))
    assert line.thinned(painting(0, column, "", "x")).startswith(f"\x1b[1;1H{shown}\x1b[")


def test_a_row_with_wide_characters_is_sent_whole() -> None:
    line = ThinLine()
    line.thinned(painting(0, 0, "", "漢字 a"))
    assert line.thinned(painting(0, 5, "", "b")) == "\x1b[1;1H漢字 b\x1b[1;7H"
