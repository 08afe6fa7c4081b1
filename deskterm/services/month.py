"""The monthly customer run (klantenrun): every membership takes the step that its terms ask.

It goes through the customers in batches, each one transaction, so desks go on working and a run
that is broken off has done whole batches. Running it again does the rest: a step that was taken
is not taken twice.
"""

from collections import Counter
from collections.abc import Callable
from datetime import date

from deskterm.rules.monthly import Step, step_of
from deskterm.rules.rights import Right
from deskterm.services.desk import Desk
from deskterm.services.monthly import lock
from deskterm.services.monthly import reading as reads
from deskterm.services.monthly.writing import Batch
from deskterm.services.settings import value_of
from deskterm.services.trouble import reading, writing
from deskterm.store.reads import library
from deskterm.store.reads.tariffs import price_list
from deskterm.views.enrolment import MonthReport

BATCH = 10_000
"""Customers per transaction: under a second, so no desk waits."""
NAME = "klantenrun"
"""What the change log names as the desk."""

Progress = Callable[[int, int], None]
"""Told how many customers are done, and of how many."""


def run(
    desk: Desk, on: date, *, dry_run: bool = False, progress: Progress | None = None
) -> MonthReport:
    """Take every step that is due on a day; a dry run tells what it would do and keeps nothing.

    Raises:
        NotAllowed: the employee may not set the library up.
        DeskError: another run is under way.
    """
    desk.require(Right.LIBRARY_MANAGE)
    counts: Counter[str] = Counter()
    if dry_run:
        _all(desk, on, 0, counts, progress)
        return _report(on, counts)
    run_id = lock.start(desk, on)
    try:
        _all(desk, on, run_id, counts, progress)
    finally:
        # Also of a run that was broken off, so that the next one need not wait.
        lock.finish(desk, run_id, counts)
    return _report(on, counts)


def _all(
    desk: Desk, on: date, run_id: int, counts: Counter[str], progress: Progress | None
) -> None:
    """Go through every customer, and add up what was done."""
    with reading(desk) as connection:
        total = reads.count(connection)
        ranges = list(reads.batches(connection, BATCH))
    for number, (after, last) in enumerate(ranges, start=1):
        counts += _batch(desk, on, after, last, run_id)
        if progress is not None:
            progress(min(number * BATCH, total), total)


def _batch(desk: Desk, on: date, after: int, last: int, run_id: int) -> Counter[str]:
    """Do one range of customers; without a number of a run nothing of it is kept."""
    with writing(desk) as session:
        connection = session.connection()
        settings = library.settings(connection)
        schedules = reads.schedules(connection)
        longest = max((one.bill_before for one in schedules.values()), default=0)
        years = int(value_of(settings, "month.inactive_years"))
        web_months = int(value_of(settings, "month.web_months"))
        batch = Batch(connection, price_list(connection), on, desk.clock.now(), NAME)
        for member in reads.members(connection, after, last, on, longest, years):
            schedule = schedules[member.membership_code]
            step = step_of(member.standing, schedule, on, web_months)
            if step is not None:
                batch.take(member, step)
        batch.write()
        if run_id:
            lock.beat(desk, session, run_id)
        else:
            session.rollback()
    return batch.counts


def _report(on: date, counts: Counter[str]) -> MonthReport:
    return MonthReport(
        day=on,
        renewed=counts[Step.RENEW],
        grown=counts["grown"],
        billed=counts[Step.BILL],
        reminded=counts[Step.REMIND],
        overdue=counts[Step.OVERDUE],
        ended_unpaid=counts[Step.END_UNPAID] + counts[Step.END_WEB],
        lapsed=counts[Step.LAPSE],
        holds_cancelled=counts["holds_cancelled"],
        letters=counts["letters"],
        no_tariff=counts["no_tariff"],
    )
