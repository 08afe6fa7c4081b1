"""JSON of views: plain for scripts, harmless for terminals."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskterm.cli.as_json import as_json, plain


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True, slots=True)
class Inner:
    day: date | None
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Outer:
    cents: int
    at: datetime
    inner: tuple[Inner, ...]
    colour: Colour
    valid: bool


def test_a_view_keeps_its_fields_in_their_order() -> None:
    at = datetime(2026, 3, 15, 9, 30, tzinfo=UTC)
    view = Outer(5800, at, (Inner(date(2022, 7, 6), frozenset("ba")), Inner(None, frozenset())),
                 Colour.RED, valid=True)  # fmt: skip
    assert json.loads(as_json(view)) == {
        "cents": 5800,
        "at": "2026-03-15T09:30:00+00:00",
        "inner": [{"day": "2022-07-06", "kinds": ["a", "b"]}, {"day": None, "kinds": []}],
        "colour": "red",
        "valid": True,
    }
    assert list(json.loads(as_json(view))) == ["cents", "at", "inner", "colour", "valid"]


@given(st.text())
def test_any_text_comes_back_and_nothing_in_it_reaches_the_terminal(text: str) -> None:
    written = as_json({"text": text})
    assert json.loads(written) == {"text": text}
    assert not any(ord(one) < 32 and one != "\n" for one in written)
    assert not any(one in written for one in "\x7f\x9b\u202e\u200f\u2066")


def test_letters_stay_letters() -> None:
    assert "Yılmaz" in as_json({"name": "Yılmaz"})


def test_what_is_no_value_is_refused() -> None:
    with pytest.raises(TypeError, match="object"):
        plain({"a": object()})
