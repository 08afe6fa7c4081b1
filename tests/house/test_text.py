"""The words: Dutch in the code, other languages from a catalogue."""

import errno
import os
from datetime import date

import pytest

from deskterm import text


def test_dutch_is_spoken_until_told_otherwise() -> None:
    assert text.language() == "nl"
    assert text._("juli") == "juli"
    assert text.ngettext("{n} scan wacht", "{n} scans wachten", 1) == "{n} scan wacht"
    assert text.ngettext("{n} scan wacht", "{n} scans wachten", 2) == "{n} scans wachten"


def test_english_comes_from_the_catalogue_and_falls_back_to_dutch() -> None:
    text.use("en")
    assert text.language() == "en"
    assert text._("juli") == "July"
    assert text._("een tekst die nergens staat") == "een tekst die nergens staat"
    assert text._("") == ""


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown language 'fr'"):
        text.use("fr")


def test_days_look_as_they_are_typed_in_every_language() -> None:
    day = date(2022, 7, 6)
    assert text.date_text(day) == "06-07-2022"
    assert text.date_text(None) == ""
    assert text.long_date(day) == "6 juli 2022"
    text.use("en")
    assert text.date_text(day) == "06-07-2022"
    assert text.long_date(day) == "6 July 2022"


@pytest.mark.parametrize(
    ("cents", "shown"),
    [(0, "0,00"), (5, "0,05"), (5800, "58,00"), (-68, "-0,68"), (123456789, "1234567,89")],
)
def test_cents_as_amounts(cents: int, shown: str) -> None:
    assert text.cents_text(cents) == shown


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOENT, "dat bestand of die map is er niet"),
        (errno.EACCES, "daar is geen toegang toe"),
        (errno.ENOSPC, "de schijf is vol"),
        (errno.EIO, os.strerror(errno.EIO)),
    ],
)
def test_why_a_file_was_refused_is_said_in_the_readers_words(number: int, words: str) -> None:
    assert text.reason_text(OSError(number, os.strerror(number))) == words


def test_a_refusal_without_a_number_is_said_as_it_came() -> None:
    assert text.reason_text(OSError("weg")) == "weg"
