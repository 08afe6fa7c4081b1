"""Settling (afrekenen): how money received falls over what is open, and what is left of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from deskterm.rules.faults import N_, RuleFault

STORNO_DAYS = 30
"""How long ago a payment may be for its storno to carry the payment's own day (desk.md 1.3)."""


class Journal(StrEnum):
    """Dagboek: through which door money comes in (desk.md 1.3)."""

    CASH = "K000"
    BANK = "B000"
    """Pin, transfers and direct debit."""
    CREDIT = "R000"
    """Tegoed: what the customer had in hand already."""
    WAIVED_CONTRIBUTION = "A100"
    WAIVED_REGISTRATION = "A200"


PAYING = frozenset({Journal.CASH, Journal.BANK, Journal.CREDIT})


@dataclass(frozen=True, slots=True)
class Due:
    """A charge with what is still open of it, in cents."""

    charge_id: int
    day: date
    open_cents: int


@dataclass(frozen=True, slots=True)
class Share:
    """The part of an amount that settles one charge."""

    charge_id: int
    cents: int


@dataclass(frozen=True, slots=True)
class Allocation:
    """How an amount is shared out, and what of it nothing was open for."""

    shares: tuple[Share, ...]
    left_cents: int


def allocate(dues: Iterable[Due], cents: int) -> Allocation:
    """Share an amount over charges, oldest first; a charge never gets more than is open of it."""
    left, shares = cents, []
    for due in sorted(dues, key=lambda due: (due.day, due.charge_id)):
        part = min(left, due.open_cents)
        if part > 0:
            shares.append(Share(due.charge_id, part))
            left -= part
    return Allocation(tuple(shares), left)


@dataclass(frozen=True, slots=True)
class Leftover:
    """What happens to money beyond what was due: handed back, or kept as credit (tegoed)."""

    change_cents: int = 0
    credit_cents: int = 0


def leftover(journal: Journal, cents: int, *, keep: bool) -> Leftover:
    """Decide about too much money: cash is handed back unless it is to be kept, pin is kept.

    Raises:
        RuleFault: credit cannot be paid with more credit than is due.
    """
    if cents == 0:
        return Leftover()
    if journal is Journal.CREDIT:
        raise RuleFault(N_("Met tegoed kan niet meer betaald worden dan er open staat."))
    if journal is Journal.CASH and not keep:
        return Leftover(change_cents=cents)
    return Leftover(credit_cents=cents)


def waiver_journal(account: str) -> Journal:
    """Give the A-journal of a waiver: contribution or registration (desk.md 3)."""
    if account == "contribution":
        return Journal.WAIVED_CONTRIBUTION
    return Journal.WAIVED_REGISTRATION


def require_storno(journal: str, paid_on: date, today: date) -> None:
    """Raise RuleFault when a payment cannot be reversed by storno: a waiver, or one of today."""
    if not journal.startswith(("K", "B")):
        raise RuleFault(N_("Storno kan alleen bij contant en pin, niet bij {text}."), text=journal)
    if paid_on >= today:
        raise RuleFault(N_("Een betaling van vandaag gaat terug met Herstel, niet met Storno."))


def may_carry_payment_day(paid_on: date, today: date) -> bool:
    """Tell whether a storno may be dated on the payment's own day."""
    return paid_on <= today <= paid_on + timedelta(days=STORNO_DAYS)
