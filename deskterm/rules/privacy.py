"""How long personal data is kept (AVG), and what keeps a person's data longer.

The terms are those of Wise's clean-up in Flanders (customers.md 6.2 and 1.6); those that Wise does
not tell are our choice: viewings a year, bank files until no debit can be taken back any more.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from deskterm.rules.monthly import months_later


@dataclass(frozen=True, slots=True)
class Terms:
    """How long a library keeps what; a term that has passed is taken by the next privacy run."""

    years_after_end: int = 2
    """Years after the end of the last membership, and after the last entry in the books, that
    `deskterm privacy run` erases a person."""
    history_days: int = 90
    """Days that a returned loan is kept of who wants the loan history erased."""
    history_years: int = 5
    """Years that a returned loan is kept of everybody else."""
    paid_years: int = 10
    """Years after which paid items of members lose their words and the title they were about."""
    debit_months: int = 14
    """Months that bank files and the account numbers in them are kept after the collection."""
    viewing_days: int = 365
    """Days that is kept who looked at whom."""
    draft_days: int = 30
    """Days that a form that was never finished is kept."""

    def person_before(self, on: date) -> date:
        """Who ended before this day is erased on `on`, if nothing keeps them."""
        return months_later(on, -12 * self.years_after_end)

    def wiped_loans_before(self, on: date) -> date:
        """Before which day loans were returned that go, of who has them erased."""
        return on - timedelta(days=self.history_days)

    def loans_before(self, on: date) -> date:
        """The same of everybody else: never later than of who has them erased."""
        return min(months_later(on, -12 * self.history_years), self.wiped_loans_before(on))

    def paid_before(self, on: date) -> date:
        """Before which day paid items were booked that lose their words."""
        return months_later(on, -12 * self.paid_years)

    def debits_before(self, on: date) -> date:
        """Before which day a direct debit was collected that no bank takes back any more."""
        return months_later(on, -self.debit_months)

    def viewings_before(self, on: date) -> date:
        """Before which day somebody looked for it to be forgotten."""
        return on - timedelta(days=self.viewing_days)

    def drafts_before(self, on: date) -> date:
        """Before which day a form was left for it to be thrown away."""
        return on - timedelta(days=self.draft_days)


class Hold(StrEnum):
    """What keeps a person's data although the term has passed."""

    OPEN_COSTS = "open_costs"
    CREDIT = "credit"
    AT_HOME = "at_home"
    GENERAL_BLOCK = "general_block"
    COLLECTIONS = "collections"
    RECENT_COSTS = "recent_costs"
    DIRECT_DEBIT = "direct_debit"
    FAMILY = "family"
    DEED = "deed"


@dataclass(frozen=True, slots=True)
class Standing:
    """What counts of a person whose membership ended long ago."""

    actor_id: int
    has_open_costs: bool = False
    has_credit: bool = False
    at_home: int = 0
    blocks: frozenset[str] = frozenset()
    """Kinds of the blocks in force."""
    last_entry_on: date | None = None
    """The newest day in the books."""
    has_running_debit: bool = False
    is_needed: bool = False
    """Whether somebody who is not over names them as parent or payer."""
    in_deed: bool = False
    """Whether Herstel can still put something of them back."""


def holds(standing: Standing, terms: Terms, on: date) -> tuple[Hold, ...]:
    """Everything that keeps a person's data; empty when they are to be erased."""
    last = standing.last_entry_on
    kept = {
        Hold.OPEN_COSTS: standing.has_open_costs,
        Hold.CREDIT: standing.has_credit,
        Hold.AT_HOME: standing.at_home > 0,
        Hold.GENERAL_BLOCK: "general" in standing.blocks,
        Hold.COLLECTIONS: "collections" in standing.blocks,
        Hold.RECENT_COSTS: last is not None and last >= terms.person_before(on),
        Hold.DIRECT_DEBIT: standing.has_running_debit,
        Hold.FAMILY: standing.is_needed,
        Hold.DEED: standing.in_deed,
    }
    return tuple(hold for hold, keeps in kept.items() if keeps)
