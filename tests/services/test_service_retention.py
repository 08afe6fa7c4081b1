"""The privacy run: who goes, what keeps who stays, what ages; again it finds nothing more."""

import json
import multiprocessing
import os
import signal
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from deskterm.rules.privacy import Terms
from deskterm.services import retention
from deskterm.services.errors import DeskError, NotAllowed
from deskterm.store import tables
from deskterm.store.check import check
from deskterm.store.engine import Store, open_store
from deskterm.store.tables import metadata
from deskterm.views.privacy import PrivacyReport
from tests.services.library import TODAY, Library, fill

LONG_AGO = date(2023, 1, 31)
TERMS = Terms()


def run(library: Library, on: date = TODAY, **options: Any) -> PrivacyReport:
    return retention.run(library.desk(), TERMS, on, **options)


def done(report: PrivacyReport) -> dict[str, int]:
    """What a run did, without what it did not."""
    names = set(PrivacyReport.__slots__) - {"day", "held"}
    return {name: value for name in names if (value := getattr(report, name))}


def erased(library: Library) -> list[int]:
    customer = metadata.tables["customer"]
    gone = select(customer.c.actor_id).where(customer.c.erased_on.is_not(None))
    with library.store.read() as connection:
        return sorted(connection.scalars(gone))


def ended(library: Library, actor_id: int, end: date = LONG_AGO, **columns: Any) -> int:
    """A customer whose membership ended on a day."""
    library.customer(actor_id, registered_on=date(2015, 1, 1), **columns)
    library.period(actor_id, begin_on=end - timedelta(days=365), end_on=end, status=9)
    return actor_id


def book(library: Library, actor_id: int, day: date, cents: int = 250, paid: bool = True) -> None:
    """A charge of a day, paid the same day."""
    common: dict[str, Any] = {
        "customer_id": actor_id, "account": "registration", "booking_code": "2101", "day": day,
        "at": library.clock.now(), "branch_code": "9401", "description": "Boete Turks fruit",
    }  # fmt: skip
    with library.store.write() as session:
        charge = tables.LedgerEntry(kind="charge", amount_cents=cents, **common)
        session.add(charge)
        session.flush()
        if paid:
            session.add(
                tables.LedgerEntry(
                    kind="payment", amount_cents=-cents, charge_id=charge.id, journal="K000",
                    **common,
                )
            )  # fmt: skip


@pytest.mark.parametrize(
    ("end", "goes"),
    [(date(2024, 3, 14), True), (date(2024, 3, 15), False), (date(2026, 7, 31), False)],
)
def test_a_person_goes_two_years_after_the_end(
    sqlite_library: Library, end: date, goes: bool
) -> None:
    ended(sqlite_library, 1, end)
    report = run(sqlite_library)
    assert (report.persons, erased(sqlite_library)) == ((1, [1]) if goes else (0, []))


def test_a_membership_that_was_stopped_early_counts_from_then(library: Library) -> None:
    library.customer(1)
    library.period(
        1, status=9, begin_on=LONG_AGO, status_on=date(2024, 1, 1), end_on=date(2024, 12, 31)
    )
    library.customer(2)
    library.period(
        2, status=9, begin_on=LONG_AGO, status_on=date(2024, 6, 1), end_on=date(2024, 12, 31)
    )
    assert run(library).persons == 1
    assert erased(library) == [1]


def test_who_was_never_a_member_counts_from_the_last_that_was_heard(library: Library) -> None:
    library.customer(1, registered_on=LONG_AGO)
    library.customer(2, registered_on=LONG_AGO, last_activity_on=date(2025, 1, 1))
    run(library)
    assert erased(library) == [1]


def test_institutions_stay_and_the_merged_go_with_their_keeper(library: Library) -> None:
    ended(library, 1, sex="I")
    ended(library, 2)
    library.customer(3, merged_into_id=2)
    library.customer(4)
    library.period(4)
    library.customer(5, merged_into_id=4, registered_on=LONG_AGO)
    assert run(library).persons == 1
    assert erased(library) == [2, 3]
    assert check(library.store) == ()


def test_everything_that_keeps_a_person_is_told_by_actor_id(library: Library) -> None:
    library.customer(99)
    library.period(99)
    for number in range(1, 8):
        ended(library, number)
    book(library, 1, LONG_AGO, paid=False)
    book(library, 2, date(2025, 6, 1))
    library.loan("Turks fruit", 3)
    library.add(
        tables.Block(customer_id=4, kind="collections", since=LONG_AGO),
        tables.Block(customer_id=5, kind="general", since=LONG_AGO, lifted_at=library.clock.now()),
        tables.Relation(customer_id=99, other_id=6, kind="payer"),
        tables.Relation(customer_id=5, other_id=7, kind="payer"),
    )
    report = run(library)
    assert {one.actor_id: one.reasons for one in report.held} == {
        1: ("open_costs",),
        2: ("recent_costs",),
        3: ("at_home",),
        4: ("collections",),
        6: ("family",),
    }
    assert erased(library) == [5, 7]


def test_what_herstel_can_put_back_is_not_taken_away_under_it(library: Library) -> None:
    from deskterm.services.deeds.recording import recorded

    ended(library, 1)
    desk = library.desk()
    until = TODAY + timedelta(days=30)
    with (
        library.store.write() as session,
        recorded(desk, session, "series", "k", until=until),
    ):
        session.get_one(tables.Customer, 1).phone = "0592-1"
    assert run(library).held[0].reasons == ("deed",)
    later = replace(desk, clock=_Day(until + timedelta(days=1)))
    assert retention.run(later, TERMS, until + timedelta(days=1)).persons == 1


class _Day:
    """A clock that stands on another day."""

    def __init__(self, day: date) -> None:
        self._day = day

    def now(self) -> Any:
        from datetime import UTC, datetime, time

        return datetime.combine(self._day, time(9), UTC)

    def today(self) -> date:
        return self._day


def test_loans_go_after_the_term_that_the_customer_chose(library: Library) -> None:
    for number, wipes in ((1, True), (2, False)):
        library.customer(number, erase_history=wipes)
        library.period(number)
        for days in (89, 91, 1800, 1900):
            library.loan(f"{number} {days}", number, returned_on=TODAY - timedelta(days=days))
        library.loan("thuis", number)
    assert done(run(library)) == {"loans": 4}
    loan = metadata.tables["loan"]
    query = select(loan.c.customer_id, func.count()).group_by(loan.c.customer_id)
    with library.store.read() as connection:
        assert dict(map(tuple, connection.execute(query))) == {1: 2, 2: 4}


def test_old_paid_items_of_members_lose_their_words_and_not_their_money(library: Library) -> None:
    library.customer(1)
    library.period(1)
    book(library, 1, date(2016, 3, 14))
    book(library, 1, date(2016, 3, 14), paid=False)
    book(library, 1, date(2016, 3, 16))
    assert done(run(library)) == {"paid": 2}
    entry = metadata.tables["ledger_entry"]
    with library.store.read() as connection:
        rows = list(connection.execute(select(entry).order_by(entry.c.id)).mappings())
    assert [(row["amount_cents"], row["description"]) for row in rows[:3]] == [
        (250, ""), (-250, ""), (250, "Boete Turks fruit"),
    ]  # fmt: skip
    assert check(library.store) == ()


def test_who_looked_and_what_was_left_unfinished_goes_after_its_term(library: Library) -> None:
    library.customer(1)
    library.period(1)
    old = library.clock.now() - timedelta(days=400)
    for at in (old, library.clock.now()):
        library.add(
            tables.Viewing(customer_id=1, staff_id=1, day=at.date(), at=at),
            tables.Acknowledgement(customer_id=1, staff_id=1, at=at, kind="block", answer="end"),
            tables.Draft(staff_id=1, kind="enrolment", key=str(at), payload="{}", at=at),
        )
    assert done(run(library)) == {"viewings": 2, "drafts": 1}


def test_bank_files_go_when_no_debit_can_be_taken_back(library: Library) -> None:
    library.customer(1)
    library.period(1)
    charge = library.charge(500, 1)
    for number, (state, on) in enumerate(
        [("paid", LONG_AGO), ("sent", LONG_AGO), ("paid", TODAY)], start=1
    ):
        library.add(
            tables.DebitBatch(
                id=number, message_id=str(number), collection_on=on, at=library.clock.now(),
                total_cents=500, content="<Document>Testabo</Document>",
            ),
            tables.DebitLine(
                batch_id=number, end_to_end_id=str(number), customer_id=1, charge_id=charge,
                mandate_id="m", sequence="FRST", iban="NL91ABNA0417164300", amount_cents=500,
                state=state,
            ),
        )  # fmt: skip
    assert done(run(library)) == {"debits": 1}
    batch = metadata.tables["debit_batch"]
    with library.store.read() as connection:
        contents = list(connection.scalars(select(batch.c.content).order_by(batch.c.id)))
    assert [bool(one) for one in contents] == [False, True, True]


def test_a_second_run_and_a_dry_run_change_nothing(library: Library) -> None:
    ended(library, 1)
    ended(library, 2)
    library.loan("oud", 2, returned_on=LONG_AGO - timedelta(days=3650))
    dry = run(library, dry_run=True)
    assert erased(library) == []
    assert run(library) == dry
    assert done(run(library)) == {}


def test_a_run_is_kept_with_its_counts_and_names_nobody(library: Library) -> None:
    ended(library, 1)
    run(library)
    with library.store.read() as connection:
        (row,) = connection.execute(select(metadata.tables["privacy_run"])).mappings()
    assert (row["day"], json.loads(row["report"])["persons"]) == (TODAY, 1)
    assert "Testabo" not in str(dict(row))


def test_nothing_is_erased_before_its_day(library: Library) -> None:
    ended(library, 1)
    with pytest.raises(DeskError, match="moet nog komen"):
        run(library, TODAY + timedelta(days=1))
    assert run(library, TODAY + timedelta(days=1), dry_run=True).persons == 1
    with pytest.raises(NotAllowed):
        retention.run(library.desk("BESTELBHR"), TERMS, TODAY)
    assert erased(library) == []


def _run_until_killed(file: str, batches: int) -> None:
    """Do some batches, then die as a power cut would have it."""
    library = Library(open_store(file))
    done = 0

    def killed(_done: int, _total: int) -> None:
        nonlocal done
        done += 1
        if done == batches:
            os.kill(os.getpid(), signal.SIGKILL)

    retention.BATCH = 5
    retention.run(library.desk(), TERMS, TODAY, progress=killed)


def test_a_run_that_is_killed_has_done_whole_batches_and_the_next_one_does_the_rest(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = fill(sqlite_store)
    for number in range(1, 24):
        ended(library, number)
    child = multiprocessing.get_context("spawn").Process(
        target=_run_until_killed, args=(str(sqlite_store.file), 2)
    )
    child.start()
    child.join(60)
    assert child.exitcode == -signal.SIGKILL
    assert erased(library) == list(range(1, 11))
    assert check(sqlite_store) == ()
    assert Path(str(sqlite_store.file)).exists()
    monkeypatch.setattr(retention, "BATCH", 5)
    assert run(library).persons == 13
    assert done(run(library)) == {}
    assert check(sqlite_store) == ()
