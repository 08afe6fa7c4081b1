"""Which ties would make a circle."""

from collections.abc import Callable, Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskterm.rules.relations import INVERSE, WRITTEN, makes_circle

TIES = st.lists(st.tuples(st.integers(1, 8), st.integers(1, 8)), max_size=20)


def above(ties: Iterable[tuple[int, int]]) -> Callable[[int], list[int]]:
    """Whom somebody is tied to."""
    found: dict[int, list[int]] = {}
    for lower, upper in ties:
        found.setdefault(lower, []).append(upper)
    return lambda one: found.get(one, [])


def reaches(ties: set[tuple[int, int]], start: int, end: int) -> bool:
    """Whether steps upwards lead from one to another, by doing every step until none is new."""
    found = {start}
    while more := {upper for lower, upper in ties if lower in found} - found:
        found |= more
    return end in found


@pytest.mark.parametrize(
    ("ties", "lower", "upper", "circle"),
    [
        ([], 1, 2, False),
        ([], 1, 1, True),
        ([(1, 2)], 2, 1, True),
        ([(1, 2)], 3, 2, False),
        ([(1, 2), (2, 3)], 3, 1, True),
        ([(1, 2), (1, 3)], 2, 3, False),
    ],
)
def test_a_circle_is_told(
    ties: list[tuple[int, int]], lower: int, upper: int, circle: bool
) -> None:
    assert makes_circle(lower, upper, above(ties)) is circle


@given(TIES, st.integers(1, 8), st.integers(1, 8))
def test_it_ends_and_is_right_whatever_ties_there_are(
    ties: list[tuple[int, int]], lower: int, upper: int
) -> None:
    told = makes_circle(lower, upper, above(ties))
    assert told is reaches(set(ties), upper, lower)


@given(TIES)
def test_ties_that_are_refused_when_they_close_a_circle_never_leave_one(
    ties: list[tuple[int, int]],
) -> None:
    kept: list[tuple[int, int]] = []
    for lower, upper in ties:
        if not makes_circle(lower, upper, above(kept)):
            kept.append((lower, upper))
    assert not any(reaches(set(kept), upper, lower) for lower, upper in kept)


def test_each_tie_seen_from_the_other_side_comes_back() -> None:
    assert all(INVERSE[INVERSE[tie]] == tie for tie in INVERSE)
    assert set(WRITTEN) | {INVERSE[tie] for tie in WRITTEN} == set(INVERSE)
