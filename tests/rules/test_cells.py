"""Cells: no spreadsheet runs them, and nothing is lost."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskterm.rules.cells import harmless, restored

RISKY = st.sampled_from(["=", "+", "-", "@", "\t", "\r", "\n", "'", "''=", "'+", "＝"])
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"))


@pytest.mark.parametrize(
    "text", ["=1+1", "+31 6 12", "-5", "@SUM(A1)", "\t=1", "\r=1", "'=1", "＝1", "=HYPERLINK(1)"]
)
def test_what_a_spreadsheet_would_run_gets_a_mark(text: str) -> None:
    assert harmless(text) == "'" + text


@pytest.mark.parametrize("text", ["", "Jansen", "'s-Gravenhage", "5-3", "a=b", "06-12"])
def test_what_is_harmless_stays(text: str) -> None:
    assert harmless(text) == text


@given(st.one_of(TEXTS, st.builds(str.__add__, RISKY, TEXTS)))
def test_the_round_trip_loses_nothing(text: str) -> None:
    assert restored(harmless(text)) == text


@given(st.one_of(TEXTS, st.builds(str.__add__, RISKY, TEXTS)))
def test_no_written_cell_starts_a_formula(text: str) -> None:
    assert not harmless(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@given(st.lists(TEXTS, min_size=2))
def test_cells_survive_the_csv_format(texts: list[str]) -> None:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=";").writerow([harmless(text) for text in texts])
    read = list(csv.reader(io.StringIO(stream.getvalue(), newline=""), delimiter=";"))
    assert [restored(cell) for cell in read[0]] == texts
