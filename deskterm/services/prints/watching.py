"""How jobs stand, for whoever waits for one and for the list of a desk."""

from datetime import timedelta

from deskterm.printing import spool, spool_desk
from deskterm.rules.rights import Right
from deskterm.services.desk import Desk
from deskterm.services.prints.asking import machine_now, the_row, view_of
from deskterm.services.trouble import reading, writing_plain
from deskterm.views.printing import PrintJobView

_MOST = 200
PATIENCE = timedelta(seconds=15)
"""A worker may be on another machine, whose clock is behind."""


def job(desk: Desk, job_id: int) -> PrintJobView:
    """Tell how a job stands; one whose worker was lost becomes `unknown` here at the latest.

    Raises NotFound when there is no such job.
    """
    desk.require(Right.CUSTOMER_READ)
    now = machine_now()
    with reading(desk) as connection:
        row = the_row(connection, job_id, now - PATIENCE)
        if not row.is_lost:
            return view_of(desk, connection, row, now)
    _let_go(desk, row.desk_id)
    with reading(desk) as connection:
        return view_of(desk, connection, the_row(connection, job_id, now), now)


def open_jobs(desk: Desk) -> tuple[PrintJobView, ...]:
    """Give the jobs of this desk that are on their way or wait for an answer, oldest first."""
    desk.require(Right.CUSTOMER_READ)
    now = machine_now()
    with reading(desk) as connection:
        lost = spool_desk.any_lost(connection, desk.place.id, now - PATIENCE)
    if lost:
        _let_go(desk, desk.place.id)
    with reading(desk) as connection:
        rows = spool_desk.unfinished(connection, desk.place.id, now)
        return tuple(view_of(desk, connection, row, now) for row in rows)


def queue(desk: Desk) -> tuple[PrintJobView, ...]:
    """Give the latest jobs of this desk, newest first and 200 at most."""
    desk.require(Right.CUSTOMER_READ)
    now = machine_now()
    with reading(desk) as connection:
        rows = spool_desk.latest(connection, desk.place.id, _MOST, now)
        return tuple(view_of(desk, connection, row, now) for row in rows)


def batch(desk: Desk, batch: str) -> tuple[PrintJobView, ...]:
    """Give the jobs of a class, in the order in which they were asked for."""
    desk.require(Right.CUSTOMER_READ)
    now = machine_now()
    with reading(desk) as connection:
        rows = spool_desk.of_batch(connection, batch, now)
        return tuple(view_of(desk, connection, row, now) for row in rows)


def _let_go(desk: Desk, desk_id: int) -> None:
    """Let the jobs of lost workers end: nobody else may come to do it."""
    with writing_plain(desk) as connection:
        spool.reap(connection, desk_id, machine_now(), PATIENCE)
