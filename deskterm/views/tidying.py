"""What tidying did."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tidied:
    """How many deeds were let go of, as their days are over or they were taken back."""

    deeds: int = 0
    removed: int = 0
    """Of these, people who were removed and are now erased for good."""
    merged: int = 0
    """Of these, records that were merged into another and lost what stood in them."""
