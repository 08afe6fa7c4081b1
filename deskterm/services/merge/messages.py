"""The message lines of two customers in the four that one has."""

from collections.abc import Sequence

LINES = range(1, 5)


def placed(keeper: Sequence[str], loser: Sequence[str]) -> dict[int, int]:
    """Which free line of the keeper each further line of the loser goes to; full is full.

    What the keeper says already is not said twice.
    """
    said = set(keeper)
    free = [line for line in LINES if line > len(keeper) or not keeper[line - 1]]
    found: dict[int, int] = {}
    for line, text in enumerate(loser, start=1):
        if text and text not in said and free:
            found[line] = free.pop(0)
            said.add(text)
    return found


def no_room(keeper: Sequence[str], loser: Sequence[str]) -> tuple[str, ...]:
    """The lines of the loser that find no free line, and that the keeper does not say already."""
    there = {*keeper, *(loser[line - 1] for line in placed(keeper, loser))}
    return tuple(text for text in loser if text and text not in there)
