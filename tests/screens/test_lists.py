"""The lists: what stands in each column, what is red, and nothing wider than the screen."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from deskterm import text
from deskterm.screens.lists import charges, found, history, holds, loans, payments, years
from deskterm.views.lists import (
    ChargeLine,
    FoundCustomer,
    HoldLine,
    LoanLine,
    LoanYear,
    PaymentLine,
)
from deskterm.widgets.sheet import Row
from tests.screens.samples import EMPTY_PERSON

DAY = date(2026, 3, 15)


def _customer(text: str) -> FoundCustomer:
    return FoundCustomer(
        413700, "29401000075868", text, DAY, text, text, text, "9401", text, 9, valid=False
    )


def _loan(text: str) -> LoanLine:
    return LoanLine(1, "39401000000013", text, text, text, "9401", DAY, DAY, DAY, 2, 1, True)


def _hold(text: str) -> HoldLine:
    number = "2026-03-01.00017"
    return HoldLine(number, "B", "B", 5, text, text, "9401", DAY, DAY, date(2026, 3, 22))


def _charge(text: str) -> ChargeLine:
    return ChargeLine(1, "registration", "2100", DAY, text, 123456, 250, "F", text)


def _payment(text: str) -> PaymentLine:
    return PaymentLine(1, DAY, "A100", "waiver", text, -500, text, text)


LISTS: list[tuple[ModuleType, Callable[[str], object]]] = [
    (found, _customer),
    (loans, _loan),
    (history, _loan),
    (holds, _hold),
    (charges, _charge),
    (payments, _payment),
]


@pytest.mark.parametrize(("module", "make"), LISTS, ids=lambda one: getattr(one, "__name__", ""))
@given(
    text=st.text() | st.sampled_from(["漢" * 5000, "[b]x", "\x1b[2Jx"]), width=st.integers(30, 220)
)
def test_no_text_makes_a_list_wider_than_the_screen(
    module: ModuleType, make: Callable[[str], object], text: str, width: int
) -> None:
    rows: list[Row] = [module.header(width), *module.rows([make(text)], width)]
    assert len(rows) == 2
    assert rows[1].key
    assert {cell_len(row.text) <= width for row in rows} == {True}
    assert "\x1b" not in rows[1].text


def _red(row: Row) -> list[str]:
    return [span.text.strip() for span in row.spans if span.look == "bad"]


@pytest.mark.parametrize(
    ("status", "valid", "word"),
    [
        (5, True, "Normaal"),
        (2, True, "Gefactureerd"),
        (4, True, "Achterstand"),
        (5, False, "Vervallen"),
        (8, False, "Zwarte lijst"),
        (9, False, "Ongeldig"),
        (None, False, "Geen abonn."),
    ],
)
@pytest.mark.parametrize("width", [80, 200])
def test_a_membership_that_ended_is_red_and_says_so(
    status: int | None, valid: bool, word: str, width: int
) -> None:
    (row,) = found.rows([replace(_customer("x"), status=status, valid=valid)], width)
    assert row.text.rstrip().endswith(word)
    assert bool(_red(row)) is not valid


def test_found_customers_at_80_columns() -> None:
    testabo = FoundCustomer(
        413700, "29401000075868", "Testabo, T.", date(1985, 1, 1), "Kruisakkers 41", "9468 BG",
        "ANNEN", "9401", "Compleet", 9, valid=False,
    )  # fmt: skip
    shown = [found.header(80).text, found.rows([testabo], 80)[0].text]
    assert [line.rstrip() for line in shown] == [
        " Pasnummer      Naam            Geboren    Adres       Plaats  Vest Status",
        " 29401000075868 Testabo, T.     01-01-1985 Kruisak… 41 ANNEN   9401 Ongeldig",
    ]


@pytest.mark.parametrize(
    ("reminders", "renewals", "overdue", "remark"),
    [
        (0, 0, False, ""),
        (0, 0, True, "te laat"),
        (1, 0, True, "1 herinnering"),
        (2, 1, True, "2 herinneringen, 1x verl."),
        (3, 0, True, "nota"),
    ],
)
def test_a_loan_says_in_words_what_its_red_date_means(
    reminders: int, renewals: int, overdue: bool, remark: str
) -> None:
    loan = replace(_loan("x"), reminders=reminders, renewals=renewals, overdue=overdue)
    (row,) = loans.rows([loan], 200)
    assert remark in row.text
    assert bool(_red(row)) is overdue


def test_a_hold_on_the_shelf_is_red_and_says_until_when() -> None:
    called, waiting = holds.rows([_hold("x"), replace(_hold("x"), status="A")], 80)
    assert _red(called) == ["Bericht"]
    assert "t/m 22-03-2026" in called.text
    assert _red(waiting) == []
    assert waiting.text.rstrip().endswith("15-03-2026")


def test_in_english_a_called_hold_is_no_message() -> None:
    text.use("en")
    (called,) = holds.rows([_hold("x")], 80)
    assert text._("Bericht") not in called.text


def test_money_stands_with_its_comma_and_its_state_in_words() -> None:
    (charge,) = charges.rows([_charge("Boete")], 80)
    assert charge.text.split()[-3:] == ["1234,56", "2,50", "factuur"]
    (settled,) = charges.rows([replace(_charge("Boete"), open_cents=0)], 80)
    assert settled.text.split()[-2:] == ["1234,56", "0,00"]
    (paid,) = payments.rows([replace(_payment("Boete"), reason="Herinschrijving")], 120)
    assert "Kwijtgescholden Boete (Herinschrijving)" in paid.text
    assert "-5,00" in paid.text


def test_the_chart_has_a_bar_for_each_year_in_which_something_was_lent() -> None:
    lent = [LoanYear(2026, 1), LoanYear(2025, 500), LoanYear(2024, 0), LoanYear(2023, 250)]
    person = replace(EMPTY_PERSON, show_history=True, loans_total=751)
    first, most, none, half, *rest = [row.text for row in years.rows(lent, person, 80)]
    assert first == " 2026   █ 1"
    assert none == " 2024   0"
    assert cell_len(most) <= 80
    assert most.count("█") == 2 * half.count("█")
    assert most.endswith("█ 500")
    assert [line.split() for line in rest] == [[], ["Totaal", "751"]]


@pytest.mark.parametrize(
    ("shown", "wiped", "why"),
    [(False, False, "niet"), (True, True, "wissen"), (True, False, "ouder")],
)
def test_the_chart_says_why_years_are_missing(shown: bool, wiped: bool, why: str) -> None:
    person = replace(EMPTY_PERSON, show_history=shown, erase_history=wiped, loans_total=9)
    *_bars, note = [row.text for row in years.rows([LoanYear(2026, 1)], person, 80)]
    assert why in note
    assert "Totaal" not in note


def test_the_chart_of_somebody_who_never_borrowed_says_so() -> None:
    lent = [LoanYear(2026, 0), LoanYear(2025, 0)]
    texts = [row.text for row in years.rows(lent, replace(EMPTY_PERSON, show_history=True), 80)]
    assert texts[0] == " Er is nog niets geleend."
    assert "█" not in "".join(texts)


@given(lent=st.lists(st.integers(0, 10**9)), width=st.integers(30, 220))
def test_no_number_makes_the_chart_wider_than_the_screen(lent: list[int], width: int) -> None:
    found = [LoanYear(2000 + index, loans) for index, loans in enumerate(lent)]
    for row in years.rows(found, EMPTY_PERSON, width):
        assert cell_len(row.text) <= width


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("Brinkstraat 41", "Brinkst… 41"),
        ("Plein 1944 nr 12 b", "Plein… 12 b"),
        ("Kerkweg 3", "Kerkweg 3"),
        ("Burgemeester Alma", "Burgemeest…"),
    ],
)
def test_of_a_long_address_the_house_number_stays(address: str, shown: str) -> None:
    """It tells one neighbour from another."""
    customer = replace(_customer("x"), address=address)
    assert f" {shown} " in found.rows([customer], 80)[0].text


def test_what_has_no_column_at_80_stands_below_the_list_in_full() -> None:
    customer = replace(
        _customer("x"), address="Brinkstraat 41", postcode="9468 BH", place="ANNEN",
        membership_name="Compleet",
    )  # fmt: skip
    assert found.rest(customer, 80).text == " Brinkstraat 41 · 9468 BH ANNEN · Compleet"
    without = replace(customer, membership_name="", status=None)
    assert found.rest(without, 80).text.endswith("ANNEN · Geen abonn.")


@given(text=st.text() | st.sampled_from(["漢" * 5000, "\x1b[2Jx"]), width=st.integers(30, 129))
def test_no_text_makes_the_line_below_the_list_too_wide(text: str, width: int) -> None:
    below = found.rest(_customer(text), width)
    assert cell_len(below.text) <= width
    assert "\x1b" not in below.text
