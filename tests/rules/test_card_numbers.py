"""Card numbers: shapes, check digits, kinds."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from deskterm.rules import cards
from deskterm.rules.cards import CardScheme, CodeKind, CodeShapes
from deskterm.rules.faults import RuleFault

BRANCHES = st.integers(0, 9999).map(lambda number: f"{number:04d}")
SEED_CARD = "29401000075868"
"""The card of seed document 1."""


@pytest.mark.parametrize(
    "number", [SEED_CARD, "29401000075876", "25280000000017", "29401000000015"]
)
def test_known_cards_are_cards(number: str) -> None:
    assert cards.kind_of(number, CodeShapes()) is CodeKind.CARD


@pytest.mark.parametrize("number", ["39401000000013", "35280000123452"])
def test_known_items_are_items(number: str) -> None:
    assert cards.kind_of(number, CodeShapes()) is CodeKind.ITEM


@pytest.mark.parametrize(
    "text",
    [
        "",
        "29401000075869",
        "2940100007586",
        "9401000075868",
        "49401000075868",
        "vries",
        "２９４０１０００００７５８６８",
        SEED_CARD + "\n",
    ],
)
def test_what_is_no_code_is_none(text: str) -> None:
    assert cards.kind_of(text, CodeShapes()) is None


def test_the_check_digit_of_the_seed_is_luhns() -> None:
    assert cards.check_digit(SEED_CARD[:-1]) == "8"
    assert cards.from_serial("9401", 7586) == SEED_CARD
    assert cards.serial_of(SEED_CARD) == 7586
    assert cards.branch_of(SEED_CARD) == "9401"


@given(BRANCHES, st.integers(0, 99_999_999))
def test_a_made_number_is_a_card_and_gives_its_parts_back(branch: str, serial: int) -> None:
    number = cards.from_serial(branch, serial)
    assert cards.kind_of(number, CodeShapes()) is CodeKind.CARD
    assert (cards.branch_of(number), cards.serial_of(number)) == (branch, serial)


@given(BRANCHES, st.integers(0, 99_999_999), st.integers(1, 12), st.integers(1, 9))
def test_one_wrong_digit_is_found(branch: str, serial: int, place: int, step: int) -> None:
    number = cards.from_serial(branch, serial)
    wrong = str((int(number[place]) + step) % 10)
    assert not cards.has_valid_check(number[:place] + wrong + number[place + 1 :])


@pytest.mark.parametrize(
    ("scheme", "serial", "number"),
    [
        (CardScheme.STANDARD_14, 7586, SEED_CARD),
        (CardScheme.LIBRARY_13, 7586, "9401000007586"),
        (CardScheme.SCHOOL_13, 12_300_045, "9401123900045"),
        (CardScheme.BRANCH_12, 7586, "940100007586"),
        (CardScheme.ELEVEN_11, 7586, "94010075864"),
        (CardScheme.BRANCH_10, 7586, "9401007586"),
    ],
)
def test_every_scheme_has_its_form(scheme: CardScheme, serial: int, number: str) -> None:
    assert cards.generate(scheme, "9401", serial) == number
    assert cards.serial_of(number, scheme) == serial
    assert cards.branch_of(number, scheme) == "9401"
    shapes = CodeShapes((scheme,), frozenset({"9401"}))
    assert cards.kind_of(number, shapes) is CodeKind.CARD
    assert cards.kind_of(number, CodeShapes((scheme,), frozenset({"5280"}))) is None


@given(BRANCHES, st.integers(0, 999_999))
def test_the_eleven_test_weighs_to_a_multiple_of_eleven(branch: str, serial: int) -> None:
    assume(cards.eleven_check_digit(f"{branch}{serial:06d}") is not None)
    number = cards.generate(CardScheme.ELEVEN_11, branch, serial)
    weighed = sum((11 - place) * int(digit) for place, digit in enumerate(number))
    assert weighed % 11 == 0
    assert cards.has_valid_check(number)


@pytest.mark.parametrize(
    ("branch", "serial", "sentence"),
    [
        ("941", 1, "941 is geen vestigingsnummer van vier cijfers."),
        ("94O1", 1, "94O1 is geen vestigingsnummer van vier cijfers."),
        ("9401", 100_000_000, "Volgnummer 100000000 past niet in 8 cijfers."),
        ("9401", -1, "Volgnummer -1 past niet in 8 cijfers."),
    ],
)
def test_a_number_that_cannot_be_made_is_refused(branch: str, serial: int, sentence: str) -> None:
    with pytest.raises(RuleFault) as refused:
        cards.from_serial(branch, serial)
    assert str(refused.value) == sentence


def test_a_serial_whose_check_would_be_ten_is_passed_over() -> None:
    with pytest.raises(RuleFault, match="Volgnummer 18 heeft geen controlecijfer"):
        cards.generate(CardScheme.ELEVEN_11, "9401", 18)


@pytest.mark.parametrize("number", ["39401000000013", "7586", "9401000007586"])
def test_only_a_number_of_the_scheme_has_a_serial(number: str) -> None:
    with pytest.raises(RuleFault):
        cards.serial_of(number)


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("A29401000075868B", SEED_CARD),
        ("d29401000075868*", SEED_CARD),
        ("A29401000075868", "A29401000075868"),
        ("Anna", "Anna"),
        ("a1234b", "a1234b"),
    ],
)
def test_codabar_letters_are_dropped_in_pairs(text: str, digits: str) -> None:
    assert cards.strip_codabar(text) == digits


@pytest.mark.parametrize("text", ["2940 1000 0758 68", "2.9401.00007586-8", "A29401000075868B "])
def test_a_number_may_be_typed_with_spaces(text: str) -> None:
    assert cards.clean(text) == SEED_CARD


@pytest.mark.parametrize(
    ("number", "valid"),
    [
        ("85073003328", True),
        ("00012556777", True),
        ("85073003329", False),
        ("8507300332", False),
    ],
)
def test_national_numbers_are_checked_by_97(number: str, valid: bool) -> None:
    assert cards.is_national_number(number) is valid


def test_a_national_number_stands_for_the_card_only_when_the_library_says_so() -> None:
    assert cards.kind_of("85073003328", CodeShapes()) is None
    assert cards.kind_of("85073003328", CodeShapes(national_number=True)) is CodeKind.CARD


@pytest.mark.parametrize(
    ("number", "likely"),
    [("123456789", False), ("1234567890", True), ("29401000075869", True), ("2" * 15, False)],
)
def test_staff_may_type_a_number_of_any_scheme(number: str, likely: bool) -> None:
    assert cards.looks_like_card(number) is likely


@pytest.mark.parametrize(
    ("number", "scheme", "valid"),
    [
        ("9401000007586", None, True),
        (SEED_CARD, CardScheme.BRANCH_12, False),
        ("abc", None, False),
    ],
)
def test_schemes_without_a_check_digit_have_nothing_to_fail(
    number: str, scheme: CardScheme | None, valid: bool
) -> None:
    assert cards.has_valid_check(number, scheme) is valid
