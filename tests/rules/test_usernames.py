"""User names that templates make of a customer."""

import re
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskterm.accounts.options import USERNAME_CANDIDATES, USERNAME_PATTERN
from deskterm.rules.faults import RuleFault
from deskterm.rules.usernames import MOST, Named, candidates, check_templates


def names(*templates: str, **who: str) -> list[str]:
    found = candidates(templates or USERNAME_CANDIDATES, USERNAME_PATTERN, Named(**who))
    return list(islice(found, 4))


def test_the_card_comes_first_then_the_name_then_its_numbers() -> None:
    found = names(card="29401000075868", initials="T.", surname="Testabo")
    assert found == ["29401000075868", "ttestabo", "ttestabo2", "ttestabo3"]


@pytest.mark.parametrize(
    ("initials", "surname", "made"),
    [
        ("É.", "Büyükdoğan", "ebuyukdogan"),
        ("Ł.", "Øster", "loster"),
        ("J.P.", "de Vries", "jvries"),
        ("J.", "Vries, van der", "jvries"),
        ("d'", "O'Neil", "doneil"),
        ("A.", "*Jansen-de Boer", "ajansendeboer"),
        ("T.", "Van", "tvan"),
        ("", "Gemeentehuis", "gemeentehuis"),
    ],
)
def test_letters_are_folded_and_prefixes_left_out(initials: str, surname: str, made: str) -> None:
    assert names("{voorletter}{achternaam}", initials=initials, surname=surname) == [made]


def test_a_first_name_stands_in_for_initials() -> None:
    assert names("{voorletter}.{achternaam}", first_name="Zoë", surname="Smit") == ["z.smit"]


def test_what_a_customer_lacks_is_passed_over() -> None:
    assert names("{pas}", "x{achternaam}x", initials="T.") == []
    assert names("{voorletter}.{achternaam}", surname="Smit") == ["smit"]


@pytest.mark.parametrize("surname", ["Li", "Иванов", "x" * 500, "🙂🙂🙂🙂"])
def test_names_outside_the_pattern_are_not_given(surname: str) -> None:
    assert names("{achternaam}", surname=surname) == []


def test_a_name_that_is_too_short_may_fit_with_a_number() -> None:
    found = names(
        "{voorletter}{achternaam}", "{voorletter}{achternaam}{n}", initials="J", surname="Li"
    )
    assert found == ["jli2", "jli3", "jli4", "jli5"]


TEXTS = st.text(max_size=60)
PEOPLE = st.builds(Named, card=TEXTS, initials=TEXTS, first_name=TEXTS, surname=TEXTS)


@given(PEOPLE)
def test_every_name_fits_and_comes_once(who: Named) -> None:
    many = (*USERNAME_CANDIDATES, "{achternaam}{n}", "{pas}{n}", "{achternaam}.{n}")
    found = list(candidates(many, USERNAME_PATTERN, who))
    assert len(found) <= MOST
    assert len(set(found)) == len(found)
    assert all(re.fullmatch(USERNAME_PATTERN, name) for name in found)


@given(st.text("abcdeéèğłøßñ", min_size=4, max_size=20))
def test_latin_names_always_get_one(surname: str) -> None:
    assert next(candidates(USERNAME_CANDIDATES, USERNAME_PATTERN, Named(surname=surname)))


def test_no_more_than_so_many_are_tried() -> None:
    many = [f"{{achternaam}}{letter}{{n}}" for letter in "abcdef"]
    found = list(candidates(many, USERNAME_PATTERN, Named(surname="Testabo")))
    assert len(found) == MOST


@pytest.mark.parametrize(
    "template", ["", "vast", "{n}", "{voorletter}", "{naam}", "{pas", "{pas!r}", "{pas:>9}", "{}"]
)
def test_templates_that_make_no_name_are_refused(template: str) -> None:
    with pytest.raises(RuleFault, match="vorm"):
        check_templates([template], USERNAME_PATTERN)
    assert list(candidates([template], "", Named("29401000075868", "T.", "T", "Smit"))) == []


def test_patterns_and_their_absence_are_checked_too() -> None:
    check_templates(USERNAME_CANDIDATES, USERNAME_PATTERN)
    with pytest.raises(RuleFault, match="patroon"):
        check_templates(USERNAME_CANDIDATES, "[a-z")
    with pytest.raises(RuleFault, match="geen enkele"):
        check_templates([], USERNAME_PATTERN)
