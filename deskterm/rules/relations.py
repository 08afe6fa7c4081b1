"""Relations between customers (relaties): which ties there are, and which would make a circle.

A tie is written once, from the lower to the upper: a child to its parent, who is paid for to the
payer, a member to the institution. Partners have no lower and upper.
"""

from collections.abc import Callable, Iterable, Mapping

INVERSE: Mapping[str, str] = {
    "parent": "child",
    "child": "parent",
    "payer": "pays_for",
    "pays_for": "payer",
    "institution": "member",
    "member": "institution",
    "partner": "partner",
}
"""What a customer is to the other, by what the other is to the customer."""
WRITTEN = ("parent", "payer", "partner", "institution")
"""The ties that are written down; each of the others is one of these seen from above."""
IN_ORDER = frozenset({"parent", "payer", "institution"})
"""Ties of which a circle makes no sense."""


def makes_circle(lower: int, upper: int, above: Callable[[int], Iterable[int]]) -> bool:
    """Tell whether a tie from `lower` to `upper` closes a circle.

    `above` gives whom somebody is tied to already. Circles that are there do no harm.
    """
    seen: set[int] = set()
    waiting = [upper]
    while waiting:
        one = waiting.pop()
        if one == lower:
            return True
        if one not in seen:
            seen.add(one)
            waiting += above(one)
    return False
