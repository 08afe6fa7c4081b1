"""The monthly run: each step with its money, letters and holds; again changes nothing."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from deskterm.services import enrolment, month, opening
from deskterm.services.desk import Desk
from deskterm.services.errors import DeskError, NotAllowed
from deskterm.services.monthly import lock
from deskterm.store import tables
from deskterm.views.enrolment import MonthReport
from tests.services.enrolling import add_prices, enrol, new_form
from tests.services.library import TODAY, Library

JULY = date(2026, 7, 1)


@pytest.fixture(autouse=True)
def _prices(library: Library) -> None:
    add_prices(library)
    library.add(
        tables.Word(kind="end_reason", code="NB", nl="Niet betaald"),
        tables.Word(kind="end_reason", code="OP", nl="Op verzoek"),
    )


def run(library: Library, on: date, **options: Any) -> MonthReport:
    return month.run(library.desk(), on, **options)


def done(report: MonthReport) -> dict[str, int]:
    """What a run did, without what it did not."""
    names = MonthReport.__slots__
    return {name: value for name in names if (value := getattr(report, name)) and name != "day"}


def statuses(library: Library, actor_id: int = 413700) -> list[tuple[str, int, str]]:
    view = opening.refresh(library.desk(), actor_id)
    return [(p.membership_code, p.status, p.end_reason) for p in view.periods]


def letters(library: Library) -> list[tuple[int, str]]:
    with library.store.write() as session:
        return [(one.customer_id, one.kind) for one in session.exec(select(tables.Letter))]


def test_a_membership_is_billed_before_it_ends(library: Library) -> None:
    library.customer()
    library.period()
    assert done(run(library, date(2026, 6, 1))) == {}
    assert done(run(library, JULY)) == {"renewed": 1, "billed": 1, "letters": 1}
    view = opening.refresh(library.desk(), 413700)
    new = view.periods[0]
    assert (new.begin_on, new.end_on, new.status) == (date(2026, 8, 1), date(2027, 7, 31), 2)
    assert [(line.description, line.open_cents) for line in view.charges] == [
        ("Contributie 53-Compleet", 5800)
    ]
    assert letters(library) == [(413700, "CAJ")]
    assert done(run(library, JULY)) == {}


def test_who_is_not_paying_is_reminded_and_ended(library: Library) -> None:
    library.customer()
    library.period(begin_on=date(2026, 3, 1), end_on=date(2027, 3, 31), status=2)
    library.add(
        tables.Title(name="Reis"),
        tables.Hold(
            number="2026-03-01.00001", customer_id=413700, title_id=1, pickup_branch="9401",
            placed_on=TODAY,
        ),
        tables.CustomerRole(customer_id=413700, code="ABO", begin_on=TODAY),
    )  # fmt: skip
    found = [done(run(library, date(2026, number, 1))) for number in (4, 5, 6)]
    assert found == [
        {"reminded": 1, "letters": 1},
        {"overdue": 1},
        {"ended_unpaid": 1, "holds_cancelled": 1, "letters": 1},
    ]
    assert statuses(library) == [("53", 9, "Niet betaald")]
    view = opening.refresh(library.desk(), 413700)
    assert (view.holds, view.roles[0].end_on) == ((), date(2026, 6, 1))
    assert ("hold.cancel", "hold", "2026-03-01.00001 A", "2026-03-01.00001 Z") in library.log()


def test_free_memberships_renew_and_people_grow_out_of_them(library: Library) -> None:
    for number, born in ((1, date(2015, 5, 1)), (2, date(2007, 8, 1)), (3, date(2007, 8, 2))):
        library.customer(number, born=born, last_activity_on=TODAY)
        library.period(number, membership_code="50", price_cents=0)
    assert done(run(library, JULY)) == {"renewed": 3}
    assert [statuses(library, number)[0][:2] for number in (1, 2, 3)] == [
        ("50", 5), ("50", 5), ("50", 5),
    ]  # fmt: skip


def test_a_birthday_before_the_next_period_changes_the_type(library: Library) -> None:
    library.customer(born=date(2007, 7, 31), last_activity_on=TODAY)
    library.period(membership_code="50", price_cents=0)
    assert done(run(library, JULY)) == {"renewed": 1, "grown": 1}
    assert statuses(library)[0] == ("51", 5, "")


def test_free_memberships_nobody_uses_end(library: Library) -> None:
    library.customer(born=date(2015, 5, 1), last_activity_on=date(2024, 6, 30))
    library.period(membership_code="50", price_cents=0)
    assert done(run(library, JULY)) == {}
    assert done(run(library, date(2026, 8, 1))) == {"lapsed": 1, "letters": 1}
    assert statuses(library) == [("50", 9, "Afgevoerd")]


def test_what_staff_ended_per_a_day_ends_with_their_reason(library: Library) -> None:
    library.customer()
    library.period(ending_reason="OP")
    assert done(run(library, JULY)) == {}
    run(library, date(2026, 8, 1))
    assert statuses(library) == [("53", 9, "Op verzoek")]


def test_the_deceased_get_no_letters(library: Library) -> None:
    library.customer(surname="*Testabo")
    library.period()
    assert done(run(library, date(2026, 8, 1))) == {"lapsed": 1}


def test_who_pays_by_direct_debit_gets_no_letters_and_no_reminders(library: Library) -> None:
    library.customer(direct_debit=True, iban="NL91ABNA0417164300")
    library.period()
    assert done(run(library, JULY)) == {"renewed": 1, "billed": 1}
    assert done(run(library, date(2026, 9, 1))) == {}


def test_a_superseded_period_keeps_its_status(library: Library) -> None:
    library.customer()
    library.period(begin_on=date(2022, 7, 4), end_on=date(2022, 7, 5), status=2)
    library.period(begin_on=date(2022, 7, 6), end_on=date(2023, 7, 31))
    assert done(run(library, date(2023, 9, 1))) == {"lapsed": 1, "letters": 1}
    assert [status for _code, status, _reason in statuses(library)] == [9, 2]


def test_what_was_left_unsettled_at_the_desk_is_billed(library: Library) -> None:
    made = enrol(library, new_form())
    assert done(run(library, TODAY)) == {}
    assert done(run(library, date(2026, 4, 1))) == {"billed": 1, "letters": 1}
    assert statuses(library, made.customer.actor_id)[0][1] == 2


def test_web_enrolments_that_nobody_confirmed_end(library: Library) -> None:
    library.customer()
    library.period(begin_on=date(2026, 2, 10), end_on=date(2027, 2, 28), status=6)
    assert done(run(library, date(2026, 4, 1))) == {}
    assert done(run(library, date(2026, 5, 1))) == {"ended_unpaid": 1}


def test_a_missing_tariff_is_told(library: Library) -> None:
    library.add(tables.MembershipType(code="58", name="Nieuw"))
    library.customer()
    library.period(membership_code="58")
    assert done(run(library, JULY)) == {"no_tariff": 1}


def test_a_dry_run_keeps_nothing(library: Library) -> None:
    library.customer()
    library.period()
    assert done(run(library, JULY, dry_run=True)) == {"renewed": 1, "billed": 1, "letters": 1}
    assert (len(statuses(library)), letters(library), library.log()) == (1, [], [])


def test_batches_are_whole_ranges_of_customers(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(month, "BATCH", 2)
    for number in (3, 7, 8, 20, 21):
        library.customer(number)
        library.period(number)
    told: list[tuple[int, int]] = []
    report = run(library, JULY, progress=lambda *done: told.append(done))
    assert (report.renewed, told) == (5, [(2, 5), (4, 5), (5, 5)])


def test_a_run_that_is_broken_off_is_finished_by_the_next(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(month, "BATCH", 2)
    for number in (3, 7, 8):
        library.customer(number)
        library.period(number)

    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(library, JULY, progress=stop)
    assert [len(statuses(library, number)) for number in (3, 7, 8)] == [2, 2, 1]
    assert done(run(library, JULY)) == {"renewed": 1, "billed": 1, "letters": 1}


def test_one_run_at_a_time(library: Library) -> None:
    desk = library.desk()
    first = lock.start(desk, JULY)
    with pytest.raises(DeskError, match="loopt al"):
        run(library, JULY)
    lock.finish(desk, first, {})
    run(library, JULY)
    lock.start(desk, JULY)
    library.clock.at += lock.DEAD_AFTER
    run(library, JULY)


def test_only_an_administrator_starts_a_run(library: Library) -> None:
    with pytest.raises(NotAllowed):
        month.run(library.desk("BESTELBHR"), JULY)


def test_who_renewed_at_the_desk_is_not_renewed_again(library: Library) -> None:
    library.customer()
    library.period()
    desk: Desk = replace(library.desk())
    start = enrolment.begin(desk, 413700, "00")
    form = replace(
        new_form({}, card=""), actor_id=413700, version=start.version, values=start.values
    )
    enrol(library, form)
    assert "renewed" not in done(run(library, JULY))
