"""Terms of a membership type: who may have it, how long a period runs, what it turns into.

Every period ends at the end of its last day; all but temporary ones and those with a fixed date
end on the last day of the vervalmaand (customers.md 5.6).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from deskterm.rules.faults import N_, RuleFault
from deskterm.rules.membership import period_end

OLDEST = 999
"""An age band that ends here has no upper age."""


class Term(StrEnum):
    """How the end of a period is found."""

    MONTHS = "months"
    """So many months on, at the end of that month: the vervalmaand (12 is the usual year)."""
    FIXED_MONTH = "fixed_month"
    """At the end of the same month for everybody, such as July for schools."""
    FIXED_DATE = "fixed_date"
    """On one day for everybody, such as the last day of a campaign."""
    DAYS = "days"
    """Temporary: so many days, the first one included."""


@dataclass(frozen=True, slots=True)
class Terms:
    """A membership type (abonnement), as far as rules look at it."""

    code: str
    name: str
    customer_types: frozenset[str] = frozenset({"00"})
    from_age: int = 0
    to_age: int = OLDEST
    term: Term = Term.MONTHS
    months: int = 12
    expiry_month: int | None = None
    expires_on: date | None = None
    days: int | None = None
    renews: bool = True
    """Whether the monthly run gives it a next period; else it ends by itself."""
    debit_only: bool = False
    """Only for who pays by direct debit (incasso)."""
    next_code: str = ""
    """What it turns into for who has become too old for it; empty keeps it."""
    active: bool = True


@dataclass(frozen=True, slots=True)
class Period:
    """The first and the last day that a membership gives rights on."""

    begin_on: date
    end_on: date

    @property
    def expiry_month(self) -> int:
        """The vervalmaand, 1 to 12."""
        return self.end_on.month


def next_period(terms: Terms, today: date, old_end: date | None = None) -> Period:
    """Give the period of who enrols, or renews a membership that ends or ended on `old_end`.

    Renewing before the end (or on that day) adds to what runs; after it, the period starts today.

    Raises RuleFault: the fixed date has passed, or lies within the period that runs.
    """
    runs_on = old_end is not None and old_end >= today
    begin = old_end + timedelta(days=1) if old_end is not None and runs_on else today
    if terms.term is Term.DAYS:
        return Period(begin, begin + timedelta(days=(terms.days or 1) - 1))
    if terms.term is Term.FIXED_DATE:
        return Period(begin, _fixed_date(terms, begin))
    if terms.term is Term.FIXED_MONTH:
        return Period(begin, _end_of_month(begin, terms.expiry_month or 12))
    # What is added to counts from the month in which it ends, not from the day after.
    counted_from = begin - timedelta(days=1) if runs_on else begin
    return Period(begin, period_end(counted_from, terms.months))


def is_offered(terms: Terms, customer_type: str, age: int | None, *, pays_by_debit: bool) -> bool:
    """Tell whether a customer may have this type; an unknown age counts as an adult's."""
    if not terms.active or customer_type not in terms.customer_types:
        return False
    if terms.debit_only and not pays_by_debit:
        return False
    return is_of_age(age, terms.from_age, terms.to_age)


def is_of_age(age: int | None, from_age: int, to_age: int) -> bool:
    """Tell whether an age lies in a band, both ends included.

    Without a birth date (institutions) only a band that runs on to the oldest fits.
    """
    return to_age >= OLDEST if age is None else from_age <= age <= to_age


def turned_into(code: str, types: Mapping[str, Terms], age: int | None) -> str:
    """Give the type that the next period is of: the same, or what it became by age.

    Steps are taken until one fits, so who was away for years comes out right; a type that leads
    nowhere is kept.
    """
    seen: set[str] = set()
    while code in types and code not in seen:
        seen.add(code)
        terms = types[code]
        too_old = age is not None and age > terms.to_age
        if not (too_old and terms.next_code in types):
            return code
        code = terms.next_code
    return code


def _end_of_month(begin: date, month: int) -> date:
    """The end of the next such month; who begins in it has until the next year's."""
    return period_end(begin, (month - begin.month) % 12 or 12)


def _fixed_date(terms: Terms, begin: date) -> date:
    if terms.expires_on is None or terms.expires_on < begin:
        raise RuleFault(N_("Abonnement {name} is afgelopen."), name=f"{terms.code}-{terms.name}")
    return terms.expires_on


def refund_cents(paid_cents: int, begin: date, end: date, last_day: date) -> int:
    """Give what of a price is for the whole months after the last day; a begun month is used.

    A period of so many calendar months counts each alike. All comes back of one that never began.
    """
    if last_day < begin:
        return paid_cents
    total = _months(begin, end)
    left = max(0, _months(last_day, end) - 1)
    return paid_cents * left // total


def _months(first: date, last: date) -> int:
    """Calendar months that two days touch, both included."""
    return (last.year - first.year) * 12 + last.month - first.month + 1
