"""Rows of the lists: found customers, loans, holds, charges."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class FoundCustomer:
    """A row of the result list."""

    actor_id: int
    card_number: str
    name: str
    """`Vries, J. de`: sorted by surname."""
    born: date | None
    address: str
    postcode: str
    place: str
    branch_code: str
    membership_name: str
    status: int | None
    valid: bool


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A page of the result list; `next_key` asks for the following one, None at the end."""

    rows: tuple[FoundCustomer, ...]
    next_key: str | None


@dataclass(frozen=True, slots=True)
class LoanLine:
    """A loan at home, or one of the history when `returned_on` is set."""

    id: int
    item_number: str
    title: str
    author: str
    material: str
    branch_code: str
    lent_on: date
    due_on: date
    returned_on: date | None
    renewals: int
    reminders: int
    overdue: bool


@dataclass(frozen=True, slots=True)
class LoanYear:
    """How many loans of a customer began in a year."""

    year: int
    loans: int


@dataclass(frozen=True, slots=True)
class HoldLine:
    """A hold (reservering) that is not finished."""

    number: str
    kind: str
    status: str
    priority: int
    title: str
    author: str
    pickup_branch: str
    placed_on: date
    ready_on: date | None
    expires_on: date | None


@dataclass(frozen=True, slots=True)
class ChargeLine:
    """A charge with what is still open of it, in cents."""

    id: int
    account: str
    """`contribution` or `registration`."""
    booking_code: str
    day: date
    description: str
    amount_cents: int
    open_cents: int
    mark: str
    branch_code: str
    arranged_until: date | None = None
    """Until and including this day it does not count for the limit (Regeling)."""


@dataclass(frozen=True, slots=True)
class PaymentLine:
    """An entry of the ledger that settled something: Historie of Financieel."""

    id: int
    day: date
    journal: str
    kind: str
    description: str
    amount_cents: int
    reason: str
    staff: str
    is_undone: bool = False
    """Herstel or Storno took it back."""
