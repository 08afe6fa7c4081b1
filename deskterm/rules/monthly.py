"""The monthly customer run (klantenrun): which step a membership takes on a day.

The usual path is 5 → (the bill for the next period) 2 → 3 → 4 → 9; paying leads back to 5 at any
point before 9 (customers.md 6.2). Only the newest period of a customer moves: one that was
superseded keeps its last status (seed document 1).
"""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from deskterm.rules.membership import MembershipStatus as Status


class Step(StrEnum):
    """What happens to a period."""

    BILL = "bill"
    """New, and not settled at the desk: Gefactureerd, with a contributiebrief."""
    ACCEPT = "accept"
    """New and free: Normaal."""
    RENEW = "renew"
    """Gets a next period, which is billed or free."""
    REMIND = "remind"
    OVERDUE = "overdue"
    END_UNPAID = "end_unpaid"
    LAPSE = "lapse"
    """Its time is over and nothing follows."""
    END_WEB = "end_web"
    """Enrolled on the web and never confirmed or paid at the desk."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """After how many months each step comes; of a membership type."""

    bill_before: int = 1
    remind_after: int = 1
    overdue_after: int = 1
    end_after: int = 1
    renews: bool = True


@dataclass(frozen=True, slots=True)
class Standing:
    """What of a customer's newest period decides its step."""

    status: Status
    begin_on: date
    end_on: date
    status_on: date
    """Since when it has its status."""
    price_cents: int
    ends_by_choice: bool = False
    """Staff ended it per a later day."""
    deceased: bool = False
    excused: bool = False
    """No reminders: the bank collects it, or a payment arrangement (regeling) holds."""
    inactive: bool = False
    """No activity for so long that a free membership is not renewed."""


def step_of(standing: Standing, schedule: Schedule, day: date, web_months: int) -> Step | None:
    """Give the step of a period on a day; None when it stays as it is."""
    status = standing.status
    if status in (Status.WEB_VERIFIED, Status.WEB_UNVERIFIED):
        late = _has_passed(standing.begin_on, web_months, day) or standing.end_on < day
        return Step.END_WEB if late else None
    if status not in _MOVING:
        return None
    if _may_renew(standing, schedule, day):
        return Step.RENEW
    if standing.end_on < day:
        return Step.LAPSE
    if status is Status.NEW and standing.status_on < day:
        return Step.BILL if standing.price_cents else Step.ACCEPT
    return None if standing.excused else _dunning(standing, schedule, day)


def months_later(day: date, months: int) -> date:
    """Give the same day so many months on (back when negative), or the last of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


_MOVING = frozenset({Status.NEW, Status.BILLED, Status.REMINDED, Status.OVERDUE, Status.NORMAL})


def _may_renew(standing: Standing, schedule: Schedule, day: date) -> bool:
    """Whether the bill for the next period goes out: so many months before it begins.

    A next period that should have begun before this month is missed for good: somebody would get
    months that are over.
    """
    if standing.status is not Status.NORMAL or not schedule.renews:
        return False
    if standing.ends_by_choice or standing.deceased:
        return False
    if standing.inactive and not standing.price_cents:
        return False
    begin = standing.end_on + timedelta(days=1)
    return day.replace(day=1) <= begin <= months_later(day, schedule.bill_before)


def _dunning(standing: Standing, schedule: Schedule, day: date) -> Step | None:
    """What follows a bill that is not paid; one step a run, as each counts from the one before."""
    steps = {
        Status.BILLED: (schedule.remind_after, Step.REMIND),
        Status.REMINDED: (schedule.overdue_after, Step.OVERDUE),
        Status.OVERDUE: (schedule.end_after, Step.END_UNPAID),
    }
    if standing.status not in steps:
        return None
    months, step = steps[standing.status]
    # A term of nothing still waits for the next run.
    waited = standing.status_on < day and _has_passed(standing.status_on, months, day)
    return step if waited else None


def _has_passed(since: date, months: int, day: date) -> bool:
    return months_later(since, months) <= day
