"""Changing, ending and blocking a membership, and what that does to money and holds."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from deskterm.services import enrolment, memberships, opening
from deskterm.services.errors import Conflict, DeskError
from deskterm.store import tables
from deskterm.views.customer import CustomerView
from tests.services.enrolling import add_prices, enrol, form_for
from tests.services.library import TODAY, Library


@pytest.fixture(autouse=True)
def member(library: Library) -> Library:
    """A customer with a year's membership from 6 July 2025, paid."""
    add_prices(library)
    library.add(
        tables.Word(kind="end_reason", code="OV", nl="Overleden"),
        tables.Word(kind="end_reason", code="ZL", nl="Misbruik"),
    )
    library.customer()
    library.period()
    return library


def paid(library: Library, cents: int = 5800) -> None:
    """Give the running period a charge that was paid."""
    with library.store.write() as session:
        period = session.exec(select(tables.MembershipPeriod)).one()
        known: dict[str, Any] = {
            "customer_id": 413700, "account": "contribution", "booking_code": "1001",
            "description": "Contributie", "day": TODAY, "at": library.clock.now(),
            "branch_code": "9401", "period_id": period.id,
        }  # fmt: skip
        charge = tables.LedgerEntry(kind="charge", amount_cents=cents, **known)
        session.add(charge)
        session.flush()
        session.add(
            tables.LedgerEntry(kind="payment", amount_cents=-cents, charge_id=charge.id, **known)
        )


def hold(library: Library) -> None:
    library.add(tables.Title(name="Reis"))
    library.add(
        tables.Hold(
            number="2026-03-01.00001", customer_id=413700, title_id=1, pickup_branch="9401",
            placed_on=TODAY,
        )
    )  # fmt: skip


def view(library: Library) -> CustomerView:
    return opening.refresh(library.desk(), 413700)


def end(library: Library, when: Any, reason: str = "AF") -> CustomerView:
    return memberships.end(library.desk(), 413700, view(library).version, when, reason)


def change(library: Library, code: str, *, now: bool) -> Any:
    version = view(library).version
    return memberships.change(library.desk(), 413700, version, code, now=now)


def test_changing_now_starts_today_and_cuts_the_old_one_short(library: Library) -> None:
    done = change(library, "54", now=True)
    assert (done.begin_on, done.end_on, done.balance_cents) == (TODAY, date(2027, 3, 31), 4200)
    old = done.customer.periods[1]
    assert (old.end_on, old.status) == (date(2026, 3, 14), 5)
    assert done.customer.block.membership_name == "Online"
    assert ("membership.change", "membership", "53-Compleet", "54-Online") in library.log()


def test_changing_later_starts_after_what_runs(library: Library) -> None:
    done = change(library, "54", now=False)
    assert (done.begin_on, done.end_on) == (date(2026, 8, 1), date(2027, 7, 31))
    assert done.customer.block.membership_name == "Compleet"
    with pytest.raises(DeskError, match="volgende periode"):
        change(library, "55", now=True)


def test_changing_twice_with_one_press_is_done_once(library: Library) -> None:
    desk, version = library.desk(), view(library).version
    first = memberships.change(desk, 413700, version, "54", now=True)
    again = memberships.change(desk, 413700, version, "54", now=True)
    assert (again.period_id, again.repeated) == (first.period_id, True)
    with pytest.raises(Conflict):
        memberships.end(desk, 413700, version, "now", "AF")


def test_a_slip_of_today_takes_its_charge_back(library: Library) -> None:
    library.customer(2, surname="Tweede")
    wrong = enrol(library, form_for(library, 2))
    done = memberships.change(library.desk(), 2, wrong.customer.version, "54", now=True)
    assert done.customer.block.contribution_cents == 4200
    assert [period.end_on for period in done.customer.periods] == [date(2027, 3, 31), TODAY]


def test_ending_at_once(library: Library) -> None:
    hold(library)
    library.add(tables.CustomerRole(customer_id=413700, code="ABO", begin_on=date(2022, 7, 4)))
    found = end(library, "now")
    assert (found.block.status, found.block.end_reason, found.block.valid) == (
        9,
        "Afgevoerd",
        False,
    )
    assert found.periods[0].end_on == TODAY
    assert (found.holds, found.roles[0].end_on) == ((), TODAY)


@pytest.mark.parametrize(
    ("when", "last"), [("expiry", date(2026, 7, 31)), (date(2026, 5, 31), date(2026, 5, 31))]
)
def test_ending_later_lets_it_run_until_then(library: Library, when: Any, last: date) -> None:
    hold(library)
    found = end(library, when)
    assert (found.block.valid, found.block.end_reason) == (True, "")
    assert (found.periods[0].end_on, len(found.holds)) == (last, 1)
    assert found.periods[0].ending_reason == "Afgevoerd"


@pytest.mark.parametrize("when", [date(2026, 3, 14), date(2026, 8, 1)])
def test_a_last_day_outside_the_period_is_refused(library: Library, when: date) -> None:
    with pytest.raises(DeskError, match="31-07-2026"):
        end(library, when)


def test_ending_needs_a_reason_of_the_library_and_something_that_runs(library: Library) -> None:
    with pytest.raises(DeskError, match="reden"):
        end(library, "now", "XX")
    end(library, "now")
    with pytest.raises(DeskError, match="loopt"):
        end(library, "now")


def test_the_deceased_are_marked_and_written_to_no_more(library: Library) -> None:
    found = end(library, "now", "OV")
    assert found.person.surname == "*Testabo"
    assert found.person.no_mail
    assert found.person.no_email
    assert ("edit", "surname", "Testabo", "*Testabo") in library.log()


def test_the_rest_is_given_back_when_the_library_does_so(library: Library) -> None:
    paid(library)
    assert memberships.end_warnings(library.desk(), 413700).refund_cents == 0
    library.setting("membership.refund", "months")
    # Thirteen months are touched, of which April to July are left.
    assert memberships.end_warnings(library.desk(), 413700).refund_cents == 5800 * 4 // 13
    assert end(library, "now").block.credit_cents == 5800 * 4 // 13


def test_ending_takes_back_what_was_bought_ahead(library: Library) -> None:
    change(library, "54", now=False)
    found = end(library, "now")
    assert (found.block.contribution_cents, {p.status for p in found.periods}) == (0, {9})


def test_what_stands_open_is_told_before_ending(library: Library) -> None:
    hold(library)
    library.loan("Boek")
    library.charge(150)
    library.customer(2, surname="Kind")
    library.add(tables.Relation(customer_id=2, other_id=413700, kind="payer"))
    found = memberships.end_warnings(library.desk(), 413700)
    assert (found.loans, found.holds, found.open_cents, found.pays_for) == (1, 1, 150, ("T. Kind",))


def test_blacklist_invalid_and_back(library: Library) -> None:
    desk = library.desk()
    banned = memberships.set_status(desk, 413700, 1, "blacklist", "ZL")
    assert (banned.block.status, banned.block.end_reason) == (8, "Misbruik")
    back = memberships.set_status(desk, 413700, 2, "back")
    assert (back.block.status, back.block.end_reason, back.block.valid) == (5, "", True)
    with pytest.raises(DeskError, match="niet geblokkeerd"):
        memberships.set_status(desk, 413700, 3, "back")
    assert ("membership.status", "membership_status", "5", "8 ZL") in library.log()


def test_back_is_billed_while_the_contribution_is_open(library: Library) -> None:
    library.customer(2, surname="Tweede")
    made = enrol(library, form_for(library, 2))
    version = made.customer.version
    off = memberships.set_status(library.desk(), 2, version, "invalid", "AF")
    back = memberships.set_status(library.desk(), 2, off.version, "back")
    assert back.block.status == 2


def test_what_is_over_cannot_come_back(library: Library) -> None:
    library.customer(2, surname="Tweede")
    library.period(2, begin_on=date(2024, 1, 1), end_on=date(2025, 1, 31), status=9)
    with pytest.raises(DeskError, match="31-01-2025"):
        memberships.set_status(library.desk(), 2, 1, "back")


def test_a_membership_that_ends_is_not_counted_on_by_the_next(library: Library) -> None:
    end(library, date(2026, 5, 31))
    assert enrolment.begin(library.desk(), 413700, "00").valid_until == date(2026, 5, 31)
