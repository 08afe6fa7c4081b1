"""Text from anywhere is one harmless row of letters once it was made inert."""

import json
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskterm.cli.as_json import as_json
from deskterm.rules.names import inert
from deskterm.widgets.sheet import cut, pad, wrap
from tests.security.corpus import HOSTILE, INVISIBLE, dangers

PATIENCE_S = 20
ANY = st.text(st.characters(exclude_categories=[]), max_size=200)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_nothing_of_a_hostile_text_acts(text: str) -> None:
    shown = inert(text)
    assert dangers(shown) == ""
    assert inert(shown) == shown
    assert "rie" in shown or "Vries" not in text


@pytest.mark.parametrize("text", ["\x9d", "\x9da", "\x1b]", "\x1b[0", "\x1b[ ", "\x1b", "\u202e"])
def test_a_text_is_made_inert_in_time_that_grows_with_it(text: str) -> None:
    endless = text * 100_000
    began = process_time()
    assert dangers(inert(endless)) == ""
    # A second when the machine has much to do; minutes if each beginning is looked for an end.
    assert process_time() - began < PATIENCE_S


@given(text=ANY)
def test_nothing_of_any_text_acts(text: str) -> None:
    assert dangers(inert(text)) == ""
    assert inert(inert(text)) == inert(text)


@given(text=ANY, width=st.integers(0, 40))
def test_no_row_that_is_drawn_acts(text: str, width: int) -> None:
    drawn = [cut(text, width), pad(text, width), *(row.text for row in wrap(text, max(2, width)))]
    assert [dangers(row) for row in drawn] == [""] * len(drawn)


@pytest.mark.parametrize(
    "name",
    ["Müller-Özgür", "O’Neill", "Nguyễn", "de l'Église", "Dvořák", "李小龍", "محمد", "Πέτρος"],
)
def test_names_of_people_stay_as_they_are(name: str) -> None:
    assert inert(name) == name


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_json_for_scripts_is_whole_and_nothing_of_it_acts(text: str) -> None:
    written = as_json({"name": text, text: [text]})
    rows = written.split("\n")
    assert [set(dangers(row)) - INVISIBLE for row in rows] == [set()] * len(rows)
    written.encode()
    assert json.loads(written) == {"name": text, text: [text]}
