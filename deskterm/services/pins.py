"""PINs of staff: how they are kept, the first one, which may be chosen, and how guessing is slowed.

Four digits are soon guessed, so the hash is slow (argon2) and wrong tries lock for longer and
longer. The first PIN is day and month of birth (seed document 1).
"""

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from deskterm.services.errors import FormFaults
from deskterm.text import _

if TYPE_CHECKING:
    from argon2 import PasswordHasher

TRIES_BEFORE_LOCK = 5
LOCK_MINUTES = (1, 5, 15, 60)
"""How long the fifth wrong try locks, the sixth and so on; the last goes for every later one."""
SHORTEST, LONGEST = 4, 12


def first_pin(born: date) -> str:
    """Give the PIN a new employee starts with: `0101` for 1 January."""
    return f"{born.day:02}{born.month:02}"


def hash_of(pin: str) -> str:
    """Hash a PIN to be kept."""
    return _hasher().hash(pin)


def is_right(pin: str, pin_hash: str | None) -> bool:
    """Tell whether a PIN is the one that was hashed.

    Without a hash (nobody of that name) it takes as long and is wrong: the time tells nothing.
    """
    from argon2.exceptions import InvalidHashError, VerifyMismatchError

    dummy = _nobodys_hash()
    try:
        _hasher().verify(pin_hash or dummy, pin)
    except (InvalidHashError, VerifyMismatchError):
        return False
    return bool(pin_hash)


def is_outdated(pin_hash: str) -> bool:
    """Tell whether a hash was made with lighter settings than today's."""
    return _hasher().check_needs_rehash(pin_hash)


def lock_time(failed_tries: int) -> timedelta | None:
    """Give how long so many wrong tries in a row lock signing in; None while they do not."""
    beyond = failed_tries - TRIES_BEFORE_LOCK
    if beyond < 0:
        return None
    return timedelta(minutes=LOCK_MINUTES[min(beyond, len(LOCK_MINUTES) - 1)])


def check_new(pin: str, old: str, born: date | None) -> None:
    """Raise FormFaults when a PIN may not be chosen: it must not be what others guess first."""
    if not (pin.isascii() and pin.isdigit() and SHORTEST <= len(pin) <= LONGEST):
        raise _fault(
            _("Een pincode heeft {least} tot {most} cijfers.").format(least=SHORTEST, most=LONGEST)
        )
    if pin == old:
        raise _fault(_("Kies een andere pincode dan de oude."))
    if born is not None and pin == first_pin(born):
        raise _fault(_("Kies een andere pincode dan uw geboortedag."))
    if len(set(pin)) == 1 or pin in "01234567890123" or pin in "98765432109876":
        raise _fault(_("Deze pincode is te makkelijk te raden."))


def _fault(sentence: str) -> FormFaults:
    return FormFaults((("new", sentence),))


@cache
def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher

    return PasswordHasher()


@cache
def _nobodys_hash() -> str:
    return _hasher().hash("nobody")
