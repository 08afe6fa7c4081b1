"""What a youth membership becomes, told before the monthly run does it; institutions."""

from datetime import date
from typing import Any

import pytest

from deskterm.screens.block_rows import block_rows
from deskterm.screens.tabs import contribution
from deskterm.services import month, opening
from deskterm.store import tables
from deskterm.views.customer import CustomerView, Grows
from tests.services.edits import faults, save
from tests.services.enrolling import add_prices
from tests.services.library import Library

YOUTH: dict[str, Any] = {
    "membership_code": "50",
    "begin_on": date(2025, 8, 1),
    "end_on": date(2026, 7, 31),
}
BECOMES = Grows("51", "Start", date(2026, 8, 1))


@pytest.fixture
def prices(library: Library) -> Library:
    """The price list, where 50 Jeugd turns into 51 Start for who is older than 18."""
    add_prices(library)
    return library


def view(library: Library) -> CustomerView:
    return opening.refresh(library.desk(), 413700)


@pytest.mark.parametrize(
    ("born", "period", "grows"),
    [
        (date(2007, 7, 31), {}, BECOMES),
        (date(2007, 8, 1), {}, None),
        (date(2000, 1, 1), {"membership_code": "53"}, None),
        (date(2007, 1, 1), {"ending_reason": "AF"}, None),
        (date(2007, 1, 1), {"status": 9}, None),
        (date(2007, 1, 1), {"end_on": date(2026, 3, 14)}, None),
        (None, {}, None),
    ],
)
def test_a_membership_that_is_outgrown_says_what_it_becomes_and_when(
    prices: Library, born: date | None, period: dict[str, Any], grows: Grows | None
) -> None:
    prices.customer(born=born)
    prices.period(**(YOUTH | period))
    assert view(prices).grows == grows


def test_the_monthly_run_does_what_was_told(prices: Library) -> None:
    prices.customer(born=date(2007, 7, 1), email_bcc1="ouder@example.org")
    prices.customer(2, surname="Ouder")
    prices.add(
        tables.Relation(customer_id=413700, other_id=2, kind="parent"),
        tables.Relation(customer_id=413700, other_id=2, kind="payer"),
    )
    prices.period(**YOUTH)
    told = view(prices).grows
    month.run(prices.desk(), date(2026, 7, 1))
    found = view(prices)
    assert told is not None
    assert (found.periods[0].membership_code, found.periods[0].begin_on) == (
        told.membership_code, told.begin_on,
    )  # fmt: skip
    assert [one.kind for one in found.relations] == ["parent", "payer"]
    assert found.person.email_bcc1 == "ouder@example.org"
    assert found.grows is None


def test_tab_3_says_it_in_a_sentence_and_that_the_payer_stays(prices: Library) -> None:
    prices.customer(born=date(2007, 7, 1))
    prices.period(**YOUTH)
    rows = [row.text for row in contribution.read(view(prices), 80)]
    assert " Wordt 51-Start op 01-08-2026." in rows
    prices.customer(2, surname="Ouder")
    prices.add(tables.Relation(customer_id=413700, other_id=2, kind="payer"))
    rows = [row.text for row in contribution.read(view(prices), 80)]
    assert " Wordt 51-Start op 01-08-2026. De betaler blijft (Gezin)." in rows


def test_the_block_of_an_institution_has_whom_to_ask_for(library: Library) -> None:
    library.customer(sex="I", born=None, surname="School", contact_person="Juf Ans")
    shown = " ".join(row.text for row in block_rows(view(library).block, 80))
    assert "contactpersoon" in shown
    assert "Juf Ans" in shown
    assert "geboortedatum" not in shown
    found = save(library, {"contact_person": "Meester Bo", "contact_phone": "0592 123456"})
    assert found.block.contact_person == "Meester Bo"


def test_a_kind_of_institution_is_for_institutions(library: Library) -> None:
    library.customer()
    assert "organization_type" in faults(library, {"organization_type": "SCH"})
    assert save(library, {"sex": "I", "organization_type": "SCH"}).block.contact_person == ""
