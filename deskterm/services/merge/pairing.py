"""Dubbele klanten: every pair of records that may be of one person, in one pass."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, TypeAlias

from deskterm.rules.resemblance import LEAST_NAME, Similarity, resemblance
from deskterm.rules.rights import Right
from deskterm.services.desk import Desk
from deskterm.services.merge.seeking import candidate, similarity, why
from deskterm.services.trouble import reading
from deskterm.store.reads import resembling
from deskterm.store.search.pages import listed
from deskterm.views.merging import FoundPair, Pair

if TYPE_CHECKING:
    from deskterm.store.light import Reader
    from deskterm.store.reads.resembling import Named

Progress: TypeAlias = Callable[[int, int], None]
"""Told how many steps are done, and of how many; called in the thread that asks."""
LEAST = 60
"""Name and birth date agree, or name, a birth date that is nearly the same, and something else."""
_CONTACT_STEPS = 10
"""As long as so many years of births does it take to look at mail addresses, and at telephones."""
_CHUNK = 2000


def pairs(
    desk: Desk,
    *,
    everywhere: bool = False,
    branch: str = "",
    progress: Progress | None = None,
) -> tuple[FoundPair, ...]:
    """Find the pairs of a branch, the desk's own unless told, or of all; the likeliest first.

    It reads the whole file once, which takes a minute at a million customers. Show them a page at
    a time with `pair_rows`.

    Raises:
        NotAllowed: the employee may not merge customers.
    """
    desk.require(Right.CUSTOMER_MERGE)
    with reading(desk) as connection:
        likely = sorted(_likely(connection, progress or _nobody))
        wanted = None if everywhere else branch or desk.place.branch.code
        found = list(_judged(connection, likely, wanted))
    return tuple(sorted(found, key=lambda pair: (-pair.score, pair.one_id, pair.other_id)))


def pair_rows(desk: Desk, found: Sequence[FoundPair]) -> tuple[Pair, ...]:
    """Fill the rows of some pairs; one that was merged or removed since is left out.

    Raises:
        NotAllowed: the employee may not merge customers.
    """
    desk.require(Right.CUSTOMER_MERGE)
    ids = sorted({number for pair in found for number in (pair.one_id, pair.other_id)})
    with reading(desk) as connection:
        there = sorted(resembling.people(connection, ids))
        rows = {row.actor_id: row for row in listed(connection, there, desk.today)}
    return tuple(
        Pair(
            candidate(rows[pair.one_id], (pair.score, pair.reasons)),
            candidate(rows[pair.other_id], (pair.score, pair.reasons)),
            why(pair.reasons),
            pair.score,
        )
        for pair in found
        if pair.one_id in rows and pair.other_id in rows
    )


def _likely(connection: "Reader", progress: Progress) -> set[tuple[int, int]]:
    """The pairs that share a birth date, mail address or telephone, and are called alike."""
    years = resembling.years(connection)
    total = len(years) + 2 * _CONTACT_STEPS
    found: set[tuple[int, int]] = set()
    similar = similarity()
    for done, year in enumerate(years, start=1):
        for group in resembling.born_in(connection, year):
            found.update(_called_alike(group, similar))
        progress(done, total)
    for step, groups in enumerate((resembling.same_email, resembling.same_phone), start=1):
        for group in groups(connection):
            found.update(_called_alike(group, similar))
        progress(len(years) + step * _CONTACT_STEPS, total)
    return found


def _called_alike(group: "Sequence[Named]", similar: Similarity) -> Iterator[tuple[int, int]]:
    """The pairs of a group whose names may be one, written differently.

    Only those are compared whose surnames begin the same, or whose given names do.
    """
    blocks: dict[str, list[Named]] = {}
    for one in group:
        blocks.setdefault(one.surname[:2], []).append(one)
        if one.given:
            blocks.setdefault(f"  {one.given[:3]}", []).append(one)
    for block in blocks.values():
        for one, other in combinations(block, 2):
            if one.given[:1] != other.given[:1] and one.given and other.given:
                continue
            if one.surname == other.surname or similar(one.surname, other.surname) >= LEAST_NAME:
                yield min(one.actor_id, other.actor_id), max(one.actor_id, other.actor_id)


def _judged(
    connection: "Reader", likely: Sequence[tuple[int, int]], branch: str | None
) -> Iterable[FoundPair]:
    """Read both of each pair whole, and keep those that are alike enough."""
    similar = similarity()
    for start in range(0, len(likely), _CHUNK):
        chunk = likely[start : start + _CHUNK]
        ids = sorted({number for pair in chunk for number in pair})
        people = resembling.people(connection, ids)
        for one_id, other_id in chunk:
            one, other = people[one_id], people[other_id]
            if branch is not None and branch not in (one.branch_code, other.branch_code):
                continue
            score, clues = resemblance(one.record, other.record, similar)
            if score >= LEAST:
                yield FoundPair(one_id, other_id, clues, score)


def _nobody(_done: int, _total: int) -> None:
    """Told, and telling nobody."""
