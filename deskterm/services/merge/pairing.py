"""Dubbele klanten: every pair of records that may be of one person, in one pass."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from deskterm.services.desk import Desk
from deskterm.views.merging import FoundPair, Pair

Progress: TypeAlias = Callable[[int, int], None]
"""Told how many customers are done, and of how many; called in the thread that asks."""


def pairs(
    desk: Desk, *, everywhere: bool = False, progress: Progress | None = None
) -> tuple[FoundPair, ...]:
    """Find the pairs of this desk's branch, or of all branches; the likeliest first.

    It reads the whole file once, which takes a minute at a million customers. Show them a page at
    a time with `pair_rows`.

    Raises:
        NotAllowed: the employee may not merge customers.
    """
    raise NotImplementedError


def pair_rows(desk: Desk, found: Sequence[FoundPair]) -> tuple[Pair, ...]:
    """Fill the rows of some pairs; one that was merged or removed since is left out.

    Raises:
        NotAllowed: the employee may not merge customers.
    """
    raise NotImplementedError
