"""Money: amounts as they are typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskterm.rules.faults import RuleFault
from deskterm.rules.money import LARGEST_TYPED, parse_cents
from deskterm.text import cents_text


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("0,68", 68),
        (",68", 68),
        ("58", 5800),
        ("58,5", 5850),
        (" 58,00 ", 5800),
        ("€ 58,00", 5800),
        ("0", 0),
        ("007,00", 700),
        ("1.234,56", 123456),
        ("99999,99", LARGEST_TYPED),
        ("99.999,99", LARGEST_TYPED),
    ],
)
def test_amounts_are_read_as_desks_type_them(text: str, cents: int) -> None:
    assert parse_cents(text) == cents


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "Vul een bedrag in"),
        ("€", "Vul een bedrag in"),
        ("58.00", "schrijf een komma voor de centen"),
        ("1.234", "schrijf een komma voor de centen"),
        ("-1", "zonder plus of min"),
        ("+1", "zonder plus of min"),
        ("1,005", "hoogstens twee cijfers achter de komma"),
        ("100000", "het hoogste bedrag is 99.999,99"),
        ("100.000,00", "het hoogste bedrag is 99.999,99"),
        ("5 8", "Geen bedrag"),
        ("1e3", "Geen bedrag"),
        ("12.34,56", "Geen bedrag"),
        (",", "Geen bedrag"),
        ("58,", "Geen bedrag"),
        ("٥٨", "Geen bedrag"),
    ],
)
def test_what_is_no_amount_is_refused_with_the_reason(text: str, why: str) -> None:
    with pytest.raises(RuleFault) as refused:
        parse_cents(text)
    assert why in str(refused.value)


@given(st.integers(0, LARGEST_TYPED))
def test_what_a_screen_writes_can_be_read(cents: int) -> None:
    assert parse_cents(cents_text(cents)) == cents


def read(text: str) -> int | None:
    try:
        return parse_cents(text)
    except RuleFault:
        return None


@given(st.text(st.sampled_from("0123456789.,-€ e")))
def test_anything_is_an_amount_or_refused(text: str) -> None:
    cents = read(text)
    assert cents is None or 0 <= cents <= LARGEST_TYPED
