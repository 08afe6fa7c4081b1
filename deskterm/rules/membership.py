"""Membership (abonnement): the nine statuses, when one is valid, and how long a period runs."""

import calendar
from datetime import date
from enum import IntEnum

from deskterm.rules.faults import N_


class MembershipStatus(IntEnum):
    """Wise's status codes (OCLC help, *03 Fee tab*; customers.md 6.1)."""

    NEW = 1
    BILLED = 2
    """Gefactureerd: valid, the fee is not paid yet."""
    REMINDED = 3
    """Herinnering."""
    OVERDUE = 4
    """Betalingsachterstand: no holds any more."""
    NORMAL = 5
    """Normaal: paid, or free."""
    WEB_VERIFIED = 6
    """Enrolled and verified on the web, not paid: the card waits for the desk."""
    WEB_UNVERIFIED = 7
    """Enrolled on the web, not verified."""
    BLACKLISTED = 8
    """Zwarte lijst."""
    ENDED = 9
    """Ongeldig, opgezegd: ended or lapsed."""


STATUS_WORDS: dict[MembershipStatus, str] = {
    MembershipStatus.NEW: N_("Nieuw"),
    MembershipStatus.BILLED: N_("Gefactureerd"),
    MembershipStatus.REMINDED: N_("Herinnering"),
    MembershipStatus.OVERDUE: N_("Betalingsachterstand"),
    MembershipStatus.NORMAL: N_("Normaal"),
    MembershipStatus.WEB_VERIFIED: N_("Webinschrijving"),
    MembershipStatus.WEB_UNVERIFIED: N_("Webinschrijving, niet bevestigd"),
    MembershipStatus.BLACKLISTED: N_("Zwarte lijst"),
    MembershipStatus.ENDED: N_("Ongeldig"),
}
"""The word of a status on the screen: message ids."""

VALID_STATUSES = frozenset(
    {
        MembershipStatus.NEW,
        MembershipStatus.BILLED,
        MembershipStatus.REMINDED,
        MembershipStatus.OVERDUE,
        MembershipStatus.NORMAL,
    }
)
"""Statuses that allow lending while the period runs."""


def is_valid(status: MembershipStatus, begin: date, end: date | None, day: date) -> bool:
    """Tell whether a membership gives rights on a day; a period without end runs on."""
    return status in VALID_STATUSES and begin <= day and (end is None or day <= end)


def period_end(begin: date, months: int = 12) -> date:
    """Give the last day of a period: the last of the month, so many months after the begin's.

    06-07-2022 runs to 31-07-2023 (seed document 1, tab 3).

    Raises:
        ValueError: fewer than no months.
    """
    if months < 0:
        raise ValueError("a period of fewer than no months")
    years, month = divmod(begin.month - 1 + months, 12)
    year = begin.year + years
    return date(year, month + 1, calendar.monthrange(year, month + 1)[1])
