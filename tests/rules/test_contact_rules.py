"""Postcodes, telephone numbers and e-mail addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskterm.rules.emails import check_email
from deskterm.rules.faults import RuleFault
from deskterm.rules.phones import check_phone, search_digits
from deskterm.rules.postcodes import normalise_postcode


@pytest.mark.parametrize(
    ("text", "country", "postcode"),
    [
        ("9468bg", "NL", "9468 BG"),
        (" 9468  BG ", "NL", "9468 BG"),
        ("3550", "BE", "3550"),
        ("B-3550", "BE", "3550"),
        ("d-26603", "DE", "D-26603"),
        ("", "NL", ""),
    ],
)
def test_postcodes_are_written_as_the_post_does(text: str, country: str, postcode: str) -> None:
    assert normalise_postcode(text, country) == postcode
    assert normalise_postcode(postcode, country) == postcode


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("0468 BG", "NL"),
        ("9468", "NL"),
        ("9468 BGA", "NL"),
        ("9468 SS", "NL"),
        ("9468 sa", "NL"),
        ("9468 SD", "NL"),
        ("0550", "BE"),
        ("355", "BE"),
        ("9468 BG", "BE"),
    ],
)
def test_postcodes_that_cannot_be_are_refused(text: str, country: str) -> None:
    with pytest.raises(RuleFault, match="postcode"):
        normalise_postcode(text, country)


def test_a_belgian_postcode_without_its_country_says_what_to_choose() -> None:
    with pytest.raises(RuleFault, match="kies bij Land België"):
        normalise_postcode("9000", "NL")


@pytest.mark.parametrize(
    "text",
    ["0612345678", "06-12 34 56 78", "+31 6 12345678", "0031612345678", "+31 (0)6 12345678"],
)
def test_one_number_is_found_however_it_was_written(text: str) -> None:
    assert search_digits(text) == "31612345678"


@pytest.mark.parametrize(
    ("text", "country", "digits"),
    [
        ("0471 23 45 67", "BE", "32471234567"),
        ("+32 471 23 45 67", "NL", "32471234567"),
        ("345678", "NL", "345678"),
        ("0592-123456", "NL", "31592123456"),
        ("0301234567", "XX", "0301234567"),
    ],
)
def test_other_numbers_and_parts_are_their_digits(text: str, country: str, digits: str) -> None:
    assert search_digits(text, country) == digits


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("06-12345678", "NL"),
        ("0592 123456", "NL"),
        ("088 1234567", "NL"),
        ("0900-1234", "NL"),
        ("0471 23 45 67", "BE"),
        ("052 12 34 56", "BE"),
        ("+49 491 925 9000", "NL"),
        ("", "NL"),
    ],
)
def test_numbers_that_can_be_are_kept_as_typed(text: str, country: str) -> None:
    assert check_phone(text, country) == text


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("06-1234567", "tel de cijfers na"),
        ("0592 12345", "tel de cijfers na"),
        ("+32 47 12", "geen telefoonnummer"),
        ("bel Piet", "geen telefoonnummer"),
        ("123456", "geen telefoonnummer"),
        ("592123456", "met het kengetal"),
        ("+1234567890123456", "geen telefoonnummer"),
    ],
)
def test_numbers_that_cannot_be_are_refused(text: str, why: str) -> None:
    with pytest.raises(RuleFault, match=why):
        check_phone(text)


@given(st.from_regex(r"06[0-9]{8}", fullmatch=True))
def test_every_dutch_mobile_number_passes_and_is_found(number: str) -> None:
    assert check_phone(number) == number
    assert search_digits(number) == "31" + number[1:]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("t.testabo@example.nl", "t.testabo@example.nl"),
        (" T.Testabo+bieb@Example.NL ", "T.Testabo+bieb@example.nl"),
        ("o'brien@mail.example.org", "o'brien@mail.example.org"),
        ("jan@bücher.example", "jan@bücher.example"),
        ("", ""),
    ],
)
def test_addresses_are_tidied(text: str, address: str) -> None:
    assert check_email(text) == address


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("testabo", "er staat geen @ in"),
        ("@example.nl", "voor de @"),
        (".t@example.nl", "voor de @"),
        ("t..t@example.nl", "voor de @"),
        ("t t@example.nl", "voor de @"),
        ("a@b@example.nl", "voor de @"),
        ("x" * 65 + "@example.nl", "voor de @"),
        ("t\u202e@example.nl", "voor de @"),
        ("t@example", "na de @"),
        ("t@-example.nl", "na de @"),
        ("t@example..nl", "na de @"),
        ("t@127.0.0.1", "na de @"),
        ("t@exa mple.nl", "na de @"),
    ],
)
def test_what_is_no_address_is_refused_with_the_part_that_is_wrong(text: str, why: str) -> None:
    with pytest.raises(RuleFault, match=why):
        check_email(text)
