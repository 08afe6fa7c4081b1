"""Dates as desks type them: 31121985, 31-12-85, 31/12/1985; and ages."""

import calendar
import re
from datetime import date

from deskterm.rules.faults import N_, RuleFault

_PARTED = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})", re.ASCII)
_JOINED = re.compile(r"(\d{2})(\d{2})(\d{4}|\d{2})", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_OLDEST_YEAR = 1850
_YEARS_AHEAD = 30


def parse_date(text: str, today: date, *, birth: bool = False) -> date:
    """Read a date in any of the ways a desk writes one.

    Two-digit years: of a birth date the latest that is not in the future, of another date the one
    within thirty years from now, else the past. Raises RuleFault naming what is wrong.
    """
    digits, month, day = _parts(text.strip())
    year = int(digits)
    if len(digits) == 2:
        year = _full_year(year, month, day, today, birth=birth)
    found = _existing(year, month, day)
    if birth and found > today:
        raise RuleFault(N_("De geboortedatum {date} ligt in de toekomst."), date=format_date(found))
    return found


def age_on(born: date, day: date) -> int:
    """Give the age in whole years.

    Who was born on 29 February is a year older on 1 March of a common year: the birthday's day
    must have come, as the Dutch civil register counts. Negative before birth is 0.
    """
    had_birthday = (day.month, day.day) >= (born.month, born.day)
    return max(0, day.year - born.year - (0 if had_birthday else 1))


def format_date(day: date) -> str:
    """Write a date as dd-mm-jjjj."""
    return f"{day.day:02d}-{day.month:02d}-{day.year:04d}"


def _parts(text: str) -> tuple[str, int, int]:
    if match := _ISO.fullmatch(text):
        return match[1], int(match[2]), int(match[3])
    if match := _PARTED.fullmatch(text):
        return match[4], int(match[3]), int(match[1])
    if match := _JOINED.fullmatch(text):
        return match[3], int(match[2]), int(match[1])
    raise RuleFault(
        N_("Geen datum: {text}. Schrijf dag, maand en jaar, zoals 31-12-1985."), text=text
    )


def _full_year(short: int, month: int, day: int, today: date, *, birth: bool) -> int:
    century = today.year - today.year % 100
    year = century + short
    if birth:
        return year - 100 if (year, month, day) > (today.year, today.month, today.day) else year
    if year > today.year + _YEARS_AHEAD:
        return year - 100
    return year + 100 if year + 100 <= today.year + _YEARS_AHEAD else year


def _existing(year: int, month: int, day: int) -> date:
    if not 1 <= month <= 12:
        raise RuleFault(N_("Maand {month} bestaat niet."), month=month)
    if year < _OLDEST_YEAR:
        raise RuleFault(N_("Het jaar {year} is te lang geleden."), year=year)
    days = calendar.monthrange(year, month)[1]
    if not 1 <= day <= days:
        raise RuleFault(
            N_("{day}-{month}-{year} bestaat niet: die maand heeft {days} dagen."),
            day=f"{day:02d}",
            month=f"{month:02d}",
            year=year,
            days=days,
        )
    return date(year, month, day)
