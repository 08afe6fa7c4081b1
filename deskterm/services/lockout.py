"""How guessing PINs is slowed, without letting a guesser keep staff from their work.

Wrong PINs lock for longer and longer. They are counted per employee and desk where the employee is
known (signed in there in the last months), and together for all other desks: who guesses from a
desk that is not somebody's own slows that somebody down at such desks only, and guessing all names
at one desk leaves every other desk alone. The idea is that of device cookies (OWASP).

A name that nobody has is counted and locked just the same, in one of few piles so that names that
were typed are not kept: neither the answer nor the time it takes tells who works here.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256

from deskterm.services import pins
from deskterm.store.light import Reader
from deskterm.store.reads.pin_tries import ELSEWHERE, Tries, find, keep

KNOWN_FOR = timedelta(days=90)
"""How long after signing in a desk knows an employee."""
COUNTED_FOR = timedelta(hours=24)
"""Wrong PINs longer ago than this no longer count: the locks themselves allow no more a day."""
CLOCKS_DIFFER = timedelta(hours=1)
"""By how much the clocks of two desks may differ, and each still keep the other's locks."""


def subject_of(staff_id: int | None, typed: str) -> str:
    """Whose tries are counted: an employee's, or those of a name that nobody has."""
    if staff_id is not None:
        return f"staff:{staff_id}"
    return f"name:{sha256(typed.casefold().encode(errors='replace')).hexdigest()[:2]}"


def tries_of(connection: Reader, subject: str, act: str, desk_id: int, now: datetime) -> Tries:
    """What counts for this subject at this desk: its own count, or the one of all other desks."""
    found = find(connection, subject, act, desk_id)
    here = found.get(desk_id)
    if here is not None and here.right_at is not None and now - here.right_at < KNOWN_FOR:
        return here
    return found.get(ELSEWHERE, Tries(subject, act, ELSEWHERE))


def locked_until(tries: Tries, now: datetime) -> datetime | None:
    """Until when no PIN is looked at; None when one is.

    A lock that lasts longer from now than it ever does was made by a clock that was ahead, and
    would keep staff out for as long as it was: that one no longer holds.
    """
    until, whole = tries.locked_until, pins.lock_time(tries.tries)
    if until is None or whole is None or not now < until <= now + whole + CLOCKS_DIFFER:
        return None
    return until


def count_wrong(connection: Reader, tries: Tries, now: datetime) -> datetime | None:
    """Count a wrong PIN; the answer is until when it locks."""
    is_recent = tries.wrong_at is not None and now - tries.wrong_at < COUNTED_FOR
    count = tries.tries + 1 if is_recent else 1
    wait = pins.lock_time(count)
    until = now + wait if wait else None
    keep(connection, replace(tries, tries=count, wrong_at=now, locked_until=until))
    return until


def forgive(connection: Reader, tries: Tries, desk_id: int, now: datetime) -> None:
    """Begin anew after a right PIN, and let the desk know the employee from now on."""
    anew = replace(tries, tries=0, wrong_at=None, locked_until=None)
    if tries.desk_id != desk_id and tries.tries:
        keep(connection, anew)
    keep(connection, replace(anew, desk_id=desk_id, right_at=now))
