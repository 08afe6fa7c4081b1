"""F8 on tab 8: Herstel on the day itself, and Wijzigen naar volgpas below everything else."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from deskterm.screens.cards.menu import actions
from tests.screens.samples import crowded

DAY = date(2026, 3, 15)
EARLIER = DAY - timedelta(days=1)


def offered(row: str, *issued: date) -> list[str]:
    """The actions on a row of three cards that were handed out on these days."""
    view = crowded("x")
    cards = (replace(card, issued_on=day) for card, day in zip(view.cards, issued, strict=True))
    return [one.id for one in actions(replace(view, cards=tuple(cards)), f"card:{row}", DAY)]


@pytest.mark.parametrize(
    ("row", "issued", "possible"),
    [
        ("1", (DAY, EARLIER, EARLIER), True),
        ("3", (DAY, EARLIER, EARLIER), True),
        ("2", (DAY, EARLIER, EARLIER), False),
        ("2", (EARLIER, DAY, EARLIER), True),
        ("3", (EARLIER, EARLIER, EARLIER), False),
        ("1", (EARLIER, EARLIER, EARLIER), False),
    ],
)
def test_herstel_is_offered_on_what_may_have_been_handed_out_today(
    row: str, issued: tuple[date, date, date], possible: bool
) -> None:
    assert ("card.undo" in offered(row, *issued)) == possible


def test_changing_to_a_volgpas_stays_the_last() -> None:
    assert offered("1", DAY, EARLIER, EARLIER) == [
        "card.replace", "card.block", "card.extra", "card.undo", "card.to_extra",
    ]  # fmt: skip
