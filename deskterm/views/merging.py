"""Ontdubbelen: who may be the same person, two records side by side, what merging them did."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from deskterm.views.customer import CustomerView

Side: TypeAlias = Literal["keeper", "loser"]
"""Which of two records: the one that stays, or the one that is merged into it."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be the same person, as a row of a list."""

    actor_id: int
    name: str
    """`Vries, J. de`."""
    born: date | None
    address: str
    place: str
    """With the postcode in front."""
    card_number: str
    branch_code: str
    membership_name: str
    status: int | None
    valid: bool
    why: tuple[str, ...]
    """What is the same, in words: *Geboortedatum*, *E-mail*."""
    score: int
    """How likely it is one person: 0 to 100."""


@dataclass(frozen=True, slots=True)
class FieldPair:
    """One field of two records."""

    name: str
    """What `merge` calls it in `chosen`."""
    label: str
    keeper: str
    """As staff read it; empty when there is nothing."""
    loser: str
    differs: bool
    choosable: bool
    """Whether staff choose; what is not chosen is added up, or follows from a decision."""
    suggested: Side
    """The loser's where the keeper's is empty, else the keeper's."""


@dataclass(frozen=True, slots=True)
class Moving:
    """Rows of one kind that go from the loser to the keeper."""

    words: str
    """*Passen*, *Leningen*, *Tegoed*."""
    count: int
    cents: int | None = None
    """What is still open of them, for costs; positive owes."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What staff must decide, as both records have one and a person can have but one."""

    name: str
    """`account` or `main_card`; what `merge` calls it in `decisions`."""
    question: str
    keeper: str
    """The keeper's, in words."""
    loser: str


@dataclass(frozen=True, slots=True)
class Head:
    """Who stands on top of one side."""

    actor_id: int
    version: int
    name: str
    born: date | None
    card_number: str
    membership_name: str
    valid: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two records side by side, and what merging the second into the first would do."""

    keeper: Head
    loser: Head
    fields: tuple[FieldPair, ...]
    """In the order of the tabs; fields that are empty on both sides are left out."""
    moves: tuple[Moving, ...]
    """Only kinds of which there is something."""
    decisions: tuple[Decision, ...]
    warnings: tuple[str, ...]
    """Sentences that ask twice: `merge` refuses unless it is told to be sure."""
    notes: tuple[str, ...]
    """Sentences that are good to know, and ask nothing."""
    until_on: date
    """The last day on which Herstel could take it apart."""

    @property
    def versions(self) -> tuple[int, int]:
        """What `merge` asks: the versions of keeper and loser that were shown."""
        return self.keeper.version, self.loser.version


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge did."""

    customer: CustomerView
    """The keeper as it is now."""
    loser_id: int
    deed_id: int
    until_on: date
    """The last day on which Herstel can take it apart."""
    told: tuple[str, ...] = ()
    """What staff have to see to, in sentences: a message line that found no room."""
    repeated: bool = False
    """Whether the key was used before, so that nothing more was done."""


@dataclass(frozen=True, slots=True)
class TakenApart:
    """What taking a merge apart did."""

    customer: CustomerView
    """The keeper as it is now."""
    loser_id: int
    left: tuple[str, ...]
    """What could not go back, in sentences."""


@dataclass(frozen=True, slots=True)
class FoundPair:
    """Two records that may be of one person, by actor-id; the elder record first."""

    one_id: int
    other_id: int
    reasons: tuple[str, ...]
    """Names of `rules.resemblance.Clue`."""
    score: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be of one person, as a row of the overview."""

    one: Candidate
    other: Candidate
    why: tuple[str, ...]
    score: int
