"""Who may be the same person as a customer: looked for along the indexes, judged by the names."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from deskterm.rules.resemblance import Clue, Similarity, resemblance
from deskterm.rules.rights import Right
from deskterm.services.desk import Desk
from deskterm.services.errors import Merged, NoCustomer, NotFound
from deskterm.services.trouble import reading
from deskterm.store.reads import resembling
from deskterm.store.reads.merging import keepers
from deskterm.store.search.pages import listed
from deskterm.text import N_, _
from deskterm.views.merging import Candidate

if TYPE_CHECKING:
    from deskterm.store.light import Reader
    from deskterm.views.lists import FoundCustomer

MOST = 20
LEAST = 35
"""Who is less alike is not worth looking at: the same mail address and nothing else has 15."""
_WORDS: Mapping[str, str] = {
    Clue.NAME: N_("naam"),
    Clue.BORN: N_("geboortedatum"),
    Clue.NEARLY_BORN: N_("geboortedatum bijna"),
    Clue.DOOR: N_("adres"),
    Clue.EMAIL: N_("e-mail"),
    Clue.PHONE: N_("telefoon"),
    Clue.EXTERNAL: N_("extern nummer"),
}


def candidates(desk: Desk, actor_id: int) -> tuple[Candidate, ...]:
    """Find who may be the same person as this customer, the likeliest first; 20 at most.

    Raises:
        NotAllowed: the employee may not merge customers.
        NotFound: the customer is gone, or was merged into another itself.
    """
    desk.require(Right.CUSTOMER_MERGE)
    with reading(desk) as connection:
        similar = similarity()
        asked, others = resembling.shortlist(connection, actor_id, similar)
        if asked is None:
            raise _gone(connection, actor_id)
        judged = {
            number: resemblance(asked.record, other.record, similar)
            for number, other in others.items()
        }
        likely = [number for number, (score, _clues) in judged.items() if score >= LEAST]
        likely.sort(key=lambda number: (-judged[number][0], number))
        return tuple(
            candidate(row, judged[row.actor_id])
            for row in listed(connection, likely[:MOST], desk.today)
        )


def similarity() -> Similarity:
    """What tells how alike two names are; one letter more or less hardly counts."""
    from rapidfuzz.distance import JaroWinkler

    return JaroWinkler.normalized_similarity


def why(clues: Sequence[str]) -> tuple[str, ...]:
    """What two records have in common, in words."""
    return tuple(_(_WORDS[clue]) for clue in clues)


def candidate(row: "FoundCustomer", judged: tuple[int, Sequence[str]]) -> Candidate:
    """Make a candidate of a row of a list."""
    score, clues = judged
    return Candidate(
        actor_id=row.actor_id,
        name=row.name,
        born=row.born,
        address=row.address,
        place=f"{row.postcode} {row.place}".strip(),
        card_number=row.card_number,
        branch_code=row.branch_code,
        membership_name=row.membership_name,
        status=row.status,
        valid=row.valid,
        why=why(clues),
        score=score,
    )


def _gone(connection: "Reader", actor_id: int) -> NotFound:
    keeper = keepers(connection, (actor_id,)).get(actor_id)
    if keeper is not None:
        return Merged(actor_id, keeper)
    return NoCustomer(actor_id)
