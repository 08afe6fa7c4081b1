"""How long personal data is kept, and what keeps it longer, as tables."""

from datetime import date
from typing import Any

import pytest

from deskterm.rules.privacy import Hold, Standing, Terms, holds

ON = date(2026, 3, 15)


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        ({}, ()),
        ({"has_open_costs": True}, (Hold.OPEN_COSTS,)),
        ({"has_credit": True}, (Hold.CREDIT,)),
        ({"at_home": 1}, (Hold.AT_HOME,)),
        ({"blocks": frozenset({"general"})}, (Hold.GENERAL_BLOCK,)),
        ({"blocks": frozenset({"collections"})}, (Hold.COLLECTIONS,)),
        ({"blocks": frozenset({"payment", "internet", "missing", "address", "public"})}, ()),
        ({"last_entry_on": date(2024, 3, 15)}, (Hold.RECENT_COSTS,)),
        ({"last_entry_on": date(2024, 3, 14)}, ()),
        ({"has_running_debit": True}, (Hold.DIRECT_DEBIT,)),
        ({"is_needed": True}, (Hold.FAMILY,)),
        ({"in_deed": True}, (Hold.DEED,)),
        ({"has_open_costs": True, "at_home": 2}, (Hold.OPEN_COSTS, Hold.AT_HOME)),
    ],
)
def test_what_keeps_a_person(what: dict[str, Any], expected: tuple[Hold, ...]) -> None:
    assert holds(Standing(1, **what), Terms(), ON) == expected


@pytest.mark.parametrize(
    ("term", "on", "before"),
    [
        ("person_before", date(2026, 3, 15), date(2024, 3, 15)),
        ("person_before", date(2028, 2, 29), date(2026, 2, 28)),
        ("wiped_loans_before", date(2026, 3, 15), date(2025, 12, 15)),
        ("loans_before", date(2026, 3, 15), date(2021, 3, 15)),
        ("paid_before", date(2026, 3, 15), date(2016, 3, 15)),
        ("debits_before", date(2026, 3, 15), date(2025, 1, 15)),
        ("viewings_before", date(2026, 3, 15), date(2025, 3, 15)),
        ("drafts_before", date(2026, 3, 15), date(2026, 2, 13)),
    ],
)
def test_from_which_day_on_something_goes(term: str, on: date, before: date) -> None:
    assert getattr(Terms(), term)(on) == before


def test_whoever_wants_loans_erased_never_keeps_them_longer_than_others() -> None:
    terms = Terms(history_days=90, history_years=0)
    assert terms.loans_before(ON) == terms.wiped_loans_before(ON)
