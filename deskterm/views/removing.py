"""What stands in the way of removing a customer, and what came of removing one."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A reason why a customer cannot be removed now."""

    sentence: str
    action: str
    """The action of `keys` that goes where it can be solved; empty when it passes by itself."""


@dataclass(frozen=True, slots=True)
class Removed:
    """A customer whose personal data went."""

    actor_id: int
    deed_id: int
    until_on: date
    """The last day on which Herstel can bring them back."""
