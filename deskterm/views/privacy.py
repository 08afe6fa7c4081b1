"""What the privacy run did, and who looked at a customer."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Held:
    """A person whose term has passed and whose data stays all the same."""

    actor_id: int
    reasons: tuple[str, ...]
    """Values of `rules.privacy.Hold`."""


@dataclass(frozen=True, slots=True)
class PrivacyReport:
    """What a privacy run erased, in numbers; it names nobody."""

    day: date
    persons: int
    loans: int
    """Returned loans that went, of people who stay."""
    holds: int
    """Finished reservations that went with them."""
    paid: int
    """Entries of the books that lost their words."""
    debits: int
    """Lines of direct debit that lost their account number."""
    viewings: int
    """Who looked at whom, and who answered which pop-up."""
    drafts: int
    held: tuple[Held, ...] = ()


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody opened a customer on a screen."""

    at: datetime
    staff: str
    desk: str
