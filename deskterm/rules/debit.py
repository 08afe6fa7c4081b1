"""Direct debit (incasso): when a customer's account may be debited, and the bank's calendar."""

import re
from datetime import date, timedelta

NOTICE_DAYS = 7
"""How long before its day a debit is announced (PFI, customers.md 5.8)."""

_MANDATE = re.compile(r"[A-Za-z0-9+?/:().,' -]{1,35}", re.ASCII)


def mandate_holds(given: date | None, revoked: date | None, day: date) -> bool:
    """Tell whether a mandate was given by a day and not withdrawn by then."""
    return given is not None and given <= day and (revoked is None or day < revoked)


def mandate_id(institution: str, actor_id: int, given: date) -> str:
    """Number a mandate: one per customer and day of signing, so a new one gets a new number."""
    return f"{institution}-{actor_id}-{given:%Y%m%d}"


def is_mandate_id(text: str) -> bool:
    """Tell whether banks take a mandate number: 35 characters of a small set (SEPA rulebook)."""
    return _MANDATE.fullmatch(text) is not None


def is_creditor_id(text: str) -> bool:
    """Tell whether a creditor identifier (incassant-ID) is sound: AT-02, check digits mod 97.

    The three characters of the business code (5-7) do not count in the check.
    """
    if re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{3}[A-Z0-9]{1,28}", text, re.ASCII) is None:
        return False
    turned = text[7:] + text[:4]
    return int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1


def easter(year: int) -> date:
    """Give Easter Sunday (Gregorian, the algorithm of Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def is_bank_day(day: date) -> bool:
    """Tell whether banks settle on a day: the calendar of TARGET, the euro's payment system."""
    if day.weekday() >= 5 or (day.month, day.day) in ((1, 1), (5, 1), (12, 25), (12, 26)):
        return False
    sunday = easter(day.year)
    return day not in (sunday - timedelta(days=2), sunday + timedelta(days=1))


def next_bank_day(day: date) -> date:
    """Give the day itself when banks settle on it, else the first one after it."""
    while not is_bank_day(day):
        day += timedelta(days=1)
    return day
