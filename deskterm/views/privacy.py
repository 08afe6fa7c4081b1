"""What the privacy run did, and who looked at a customer."""

from collections.abc import Mapping
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
    deeds: int
    """Deeds that Herstel takes back no more, and that lost what they had noted; a dry run does not
    look for them."""
    held: tuple[Held, ...] = ()


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody opened a customer on a screen."""

    at: datetime
    staff: str
    desk: str


@dataclass(frozen=True, slots=True)
class Look:
    """A customer that was opened, yet to be written down."""

    actor_id: int
    staff_id: int
    desk_id: int
    day: date
    at: datetime


@dataclass(frozen=True, slots=True)
class Section:
    """One part of what is kept about a person."""

    name: str
    """The table it comes from."""
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    """In words, for people."""
    values: tuple[Mapping[str, object], ...]
    """The same by column, for computers."""


@dataclass(frozen=True, slots=True)
class Insight:
    """Everything that is kept about a person."""

    actor_id: int
    day: date
    sections: tuple[Section, ...]
