"""The privacy run (AVG): erase whose time has passed, and what has become too old of everybody.

It goes through the customers in batches, each one transaction, so desks go on working and a run
that is broken off has done whole batches. Running it again does the rest, and then nothing more.
"""

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from deskterm.rules.privacy import Terms, holds
from deskterm.rules.rights import Right
from deskterm.services.desk import Desk
from deskterm.services.errors import DeskError
from deskterm.services.monthly import reading as customers
from deskterm.services.trouble import reading, writing
from deskterm.store.reads import privacy
from deskterm.text import _
from deskterm.views.privacy import Held, PrivacyReport

if TYPE_CHECKING:
    from sqlmodel import Session

BATCH = 1000
"""Customers per transaction: under half a second when all of them go, so no desk waits long."""

Progress = Callable[[int, int], None]
"""Told how many customers are done, and of how many."""


@dataclass(slots=True)
class _Tally:
    """What a run has done so far."""

    counts: Counter[str] = field(default_factory=Counter)
    held: list[Held] = field(default_factory=list)


def run(
    desk: Desk, terms: Terms, on: date, *, dry_run: bool = False, progress: Progress | None = None
) -> PrivacyReport:
    """Erase everything whose term has passed on a day; a dry run tells it and keeps nothing.

    Raises:
        NotAllowed: the employee may not set the library up.
        DeskError: the day is still to come, and it is no dry run: nothing is erased before its day.
    """
    desk.require(Right.LIBRARY_MANAGE)
    if on > desk.today and not dry_run:
        raise DeskError(
            _("Deze dag moet nog komen; er is niets gewist."),
            _("Kijk met --dry-run wat er op die dag gewist zou worden."),
        )
    with reading(desk) as connection:
        total = customers.count(connection)
        ranges = list(customers.batches(connection, BATCH))
    tally = _Tally()
    run_id = 0 if dry_run else _start(desk, on)
    if run_id:
        from deskterm.services import tidying

        tally.counts["deeds"] = tidying.tidy(desk).deeds
    in_deeds = _in_deeds(desk, on)
    for number, (after, last) in enumerate(ranges, start=1):
        _batch(desk, terms, on, (after, last), in_deeds, tally, run_id)
        if progress is not None:
            progress(min(number * BATCH, total), total)
    _rest(desk, terms, on, tally, run_id)
    return _report(on, tally)


def _start(desk: Desk, on: date) -> int:
    from deskterm.store.tables import PrivacyRun

    with writing(desk) as session:
        staff_id = (desk.staff.id or None) if desk.staff else None
        run = PrivacyRun(day=on, at=desk.clock.now(), staff_id=staff_id, report="{}")
        session.add(run)
        session.flush()
        return run.id or 0


def _in_deeds(desk: Desk, on: date) -> frozenset[int]:
    """Everybody of whom Herstel can still put something back."""
    from sqlmodel import col, select

    from deskterm.services.deeds.undoing import touched_customers
    from deskterm.services.trouble import reading_rows
    from deskterm.store.tables import Deed

    with reading_rows(desk) as session:
        open_deeds = select(Deed).where(
            col(Deed.until_on) >= on, col(Deed.undone_at).is_(None), col(Deed.emptied_at).is_(None)
        )
        deeds = session.exec(open_deeds).all()
        return frozenset(one for deed in deeds for one in touched_customers(session, deed))


def _batch(
    desk: Desk,
    terms: Terms,
    on: date,
    people: tuple[int, int],
    in_deeds: frozenset[int],
    tally: _Tally,
    run_id: int,
) -> None:
    """Do one range of customers; without a number of a run nothing of it is kept."""
    from deskterm.services.privacy import aging, erasing

    with writing(desk) as session:
        connection = session.connection()
        before = terms.person_before(on)
        over = privacy.over(connection, *people, before)
        due = []
        for standing in privacy.standings(connection, over, before, in_deeds):
            if reasons := holds(standing, terms, on):
                tally.held.append(Held(standing.actor_id, tuple(one.value for one in reasons)))
            else:
                due.append(standing.actor_id)
        them = aging.Range(*people)
        counts = Counter(
            persons=len(due),
            loans=aging.drop_history(connection, them, terms, on),
            holds=aging.drop_holds(connection, them, terms, on),
            paid=aging.empty_old_words(connection, them, terms.paid_before(on)),
            viewings=aging.drop_viewings(connection, them, terms.viewings_before(on)),
        )
        erasing.erase(connection, desk, due, on)
        tally.counts += counts
        _keep(session, run_id, tally.counts)


def _rest(desk: Desk, terms: Terms, on: date, tally: _Tally, run_id: int) -> None:
    """What belongs to no range of customers."""
    from deskterm.services.privacy import aging

    with writing(desk) as session:
        connection = session.connection()
        tally.counts += Counter(
            debits=aging.empty_debits(connection, terms.debits_before(on)),
            drafts=aging.drop_drafts(connection, terms.drafts_before(on)),
        )
        _keep(session, run_id, tally.counts)


def _keep(session: "Session", run_id: int, counts: Mapping[str, int]) -> None:
    """Write what was done with what did it: a run that is killed has told all of it."""
    from deskterm.store.tables import PrivacyRun

    if not run_id:
        session.rollback()
        return
    run = session.get_one(PrivacyRun, run_id)
    run.report = json.dumps(counts, sort_keys=True)
    session.add(run)


def _report(on: date, tally: _Tally) -> PrivacyReport:
    counts = tally.counts
    return PrivacyReport(
        day=on,
        persons=counts["persons"],
        loans=counts["loans"],
        holds=counts["holds"],
        paid=counts["paid"],
        debits=counts["debits"],
        viewings=counts["viewings"],
        drafts=counts["drafts"],
        deeds=counts["deeds"],
        held=tuple(tally.held),
    )
