"""Every text has its translation, and the compiled catalogue is the one in the repository."""

import re

import pytest
from babel.messages.catalog import Message

from tests import catalogue
from tests.catalogue import ids, strings, translated

LANGUAGES = ["en"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated_and_none_is_left_over(language: str) -> None:
    wanted, there = catalogue.wanted(), catalogue.read(language)
    # Countable texts are told apart by their singular, as gettext does.
    asked = {text_of(message) for message in wanted} - {""}
    answered = {text_of(message) for message in there if translated(message)} - {""}
    assert sorted(asked - answered) == [], "run `make text` and translate these"
    assert sorted(answered - asked) == [], "run `make text`"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_keeps_the_placeholders(language: str) -> None:
    for message in filter(translated, catalogue.read(language)):
        # One of many may leave the number out: "one scan waits", "{count} scans wait".
        asked = set().union(*map(placeholders, ids(message)))
        answered = set().union(*map(placeholders, strings(message)))
        assert answered == asked, message.id


def text_of(message: Message) -> str:
    """The Dutch text, with what it is about where one word stands for two things."""
    text = ids(message)[0]
    return f"{text} ({message.context})" if message.context else text


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"{\w*", text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_fresh(language: str) -> None:
    compiled = catalogue.po_file(language).with_suffix(".mo").read_bytes()
    assert compiled == catalogue.mo_bytes(catalogue.read(language)), "run `make text`"
