"""Dates of the practice library: most are counted from the practice day, so it never grows old."""

import calendar
import re
from datetime import date, timedelta

_OFFSET = re.compile(r"([+-]?)(\d+)([dmy])")


def resolve(value: date | str, day: date) -> date:
    """A date as the case file has it: a day, or counted from the practice day (`-40d`, `+2m`).

    Raises ValueError for a text that is neither.
    """
    if isinstance(value, date):
        return value
    match = _OFFSET.fullmatch(value)
    if match is None:
        raise ValueError(f"no day: {value!r}")
    count = int(match[2]) * (-1 if match[1] == "-" else 1)
    if match[3] == "d":
        return day + timedelta(days=count)
    return months_after(day, count if match[3] == "m" else 12 * count)


def months_after(day: date, months: int) -> date:
    """The same day so many months later (or earlier), or the last of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
