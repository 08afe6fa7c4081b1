"""What Afrekenen and F8 in Financieel offer, and why something cannot be done now."""

from datetime import date

import pytest

from deskterm.screens.asks import Choice
from deskterm.screens.money.means import ways
from deskterm.screens.money.row_menu import choices
from deskterm.screens.money.tally import Tallied
from deskterm.views.lists import ChargeLine, PaymentLine
from deskterm.views.money import OpenLine

TODAY = date(2024, 5, 15)
EARLIER = date(2024, 5, 14)


def tallied(due: int, received: int) -> Tallied:
    line = OpenLine(
        charge_id=1,
        actor_id=413710,
        name="G.J. Ter Horst",
        account="contribution",
        booking_code="1001",
        day=EARLIER,
        description="Contributie Compleet",
        amount_cents=due,
        open_cents=due,
        mark="",
        arranged_until=None,
        branch_code="9401",
    )
    return Tallied((line,), received, "")


def charge(open_cents: int = 500, day: date = EARLIER, mark: str = "") -> ChargeLine:
    return ChargeLine(1, "registration", "2803", day, "Nieuwe pas", 500, open_cents, mark, "9401")


def payment(
    journal: str, day: date = EARLIER, kind: str = "payment", *, is_undone: bool = False
) -> PaymentLine:
    return PaymentLine(2, day, journal, kind, "Nieuwe pas", -500, "", "J. Prins", is_undone)


def possible(offered: list[Choice]) -> list[str]:
    return [choice.code for choice in offered if not choice.why_not]


@pytest.mark.parametrize(
    ("due", "received", "credit", "codes"),
    [
        (5800, 5800, 0, ["cash", "pin", "register", "waive"]),
        (5800, 6000, 0, ["cash", "cash-kept", "pin", "register", "waive"]),
        (5800, 5800, 5800, ["cash", "pin", "credit", "register", "waive"]),
        (5800, 2000, 2000, ["cash", "pin", "credit", "register", "waive"]),
        (5800, 5800, 5799, ["cash", "pin", "register", "waive"]),
        (5800, 6000, 9900, ["cash", "cash-kept", "pin", "register", "waive"]),
    ],
)
def test_credit_pays_no_more_than_there_is_and_no_more_than_is_due(
    due: int, received: int, credit: int, codes: list[str]
) -> None:
    assert possible(ways(tallied(due, received), credit)) == codes


def test_every_way_to_settle_has_a_letter_of_its_own() -> None:
    letters = [choice.letter for choice in ways(tallied(5800, 6000), 0)]
    assert len(set(letters)) == len(letters) == 6
    assert {"C", "P", "T", "R", "K"} < set(letters)


@pytest.mark.parametrize(
    ("row", "may_storno", "codes"),
    [
        (charge(), False, ["pay", "waive", "arrange", "charge"]),
        (charge(day=TODAY), False, ["pay", "waive", "arrange", "undo", "charge"]),
        (charge(open_cents=0), False, ["charge"]),
        (charge(mark="I"), False, ["charge"]),
        (payment("K000", TODAY), True, ["undo", "charge"]),
        (payment("K000"), True, ["storno", "charge"]),
        (payment("B000"), False, ["charge"]),
        (payment("A200"), True, ["charge"]),
        (payment("K000", TODAY, "correction"), True, ["charge"]),
        (payment("K000", TODAY, is_undone=True), True, ["charge"]),
        (payment("K000", is_undone=True), True, ["charge"]),
        (None, True, ["charge"]),
    ],
)
def test_f8_offers_what_the_row_and_the_right_allow(
    row: ChargeLine | PaymentLine | None, may_storno: bool, codes: list[str]
) -> None:
    assert possible(choices(row, TODAY, may_storno=may_storno)) == codes
