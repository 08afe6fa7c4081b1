"""The cash drawer: the notes and coins of the euro."""

from collections.abc import Mapping

NOTES = (50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500)
COINS = (200, 100, 50, 20, 10, 5, 2, 1)
DENOMINATIONS = NOTES + COINS
"""By value in cents, largest first."""


def total(pieces: Mapping[int, int]) -> int:
    """Add up so many of each note and coin, in cents."""
    return sum(value * number for value, number in pieces.items())
