"""An actor-id that nobody has is told in the same two sentences wherever it comes from."""

from collections.abc import Callable

import pytest

from deskterm.services import (
    acknowledge,
    enrolment,
    families,
    insight,
    ledger,
    login_accounts,
    merging,
    opening,
    overviews,
    removing,
    viewings,
)
from deskterm.services.desk import Desk
from deskterm.services.errors import NoCustomer
from tests.services.library import Library

NOBODY = 99999
ASKING: dict[str, Callable[[Desk], object]] = {
    "acknowledge": lambda desk: acknowledge.acknowledge(desk, NOBODY, "block", "continue"),
    "candidates": lambda desk: merging.candidates(desk, NOBODY),
    "compare": lambda desk: merging.compare(desk, NOBODY, NOBODY + 1),
    "entries": lambda desk: ledger.entries(desk, NOBODY),
    "family": lambda desk: families.family(desk, NOBODY),
    "history": lambda desk: overviews.history(desk, NOBODY),
    "insight": lambda desk: insight.read(desk, NOBODY),
    "loan years": lambda desk: overviews.loan_years(desk, NOBODY),
    "login account": lambda desk: login_accounts.account_of(desk, NOBODY),
    "obstacles": lambda desk: removing.obstacles(desk, NOBODY),
    "open": lambda desk: opening.open_customer(desk, NOBODY),
    "re-enrol": lambda desk: enrolment.begin(desk, NOBODY, "00"),
    "relative": lambda desk: enrolment.begin(desk, None, "00", like=NOBODY),
    "viewers": lambda desk: viewings.viewers(desk, NOBODY),
}


@pytest.mark.parametrize("ask", ASKING.values(), ids=ASKING)
def test_nobody_is_told_with_what_to_do(
    sqlite_library: Library, ask: Callable[[Desk], object]
) -> None:
    with pytest.raises(NoCustomer) as told:
        ask(sqlite_library.desk())
    assert told.value.sentence == "Er is geen klant met actor-id 99999."
    assert told.value.hint.endswith("zoek op naam.")
