"""A family on one screen: who lives at the same door or is tied to a customer."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

Tie: TypeAlias = Literal["parent", "child", "payer", "pays_for", "partner", "institution", "member"]
"""What another is to the open customer: `child` is theirs, `pays_for` is whom they pay for."""


@dataclass(frozen=True, slots=True)
class FamilyMember:
    """One of the family; the open customer is one too."""

    actor_id: int
    name: str
    """`Vries, S. de (Sanne)`."""
    display_name: str
    """`Sanne de Vries`."""
    born: date | None
    age: int | None
    ties: tuple[Tie, ...]
    at_same_door: bool
    membership_name: str
    status: int | None
    valid: bool
    on_loan: int
    open_cents: int
    """Open contribution and registration."""


@dataclass(frozen=True, slots=True)
class FamilyView:
    """A customer, first, with who belongs to them; `version` is the customer's."""

    actor_id: int
    version: int
    members: tuple[FamilyMember, ...]
    has_more: bool = False
    """Whether there are more than a screen is for, such as the pupils of a school."""

    @property
    def on_loan(self) -> int:
        """What they have at home together."""
        return sum(member.on_loan for member in self.members)

    @property
    def open_cents(self) -> int:
        """What they owe together."""
        return sum(member.open_cents for member in self.members)

    @property
    def display_name(self) -> str:
        """The name of the open customer, in sentences."""
        return self.members[0].display_name

    def member(self, actor_id: int) -> FamilyMember | None:
        """One of them by actor-id."""
        return next((one for one in self.members if one.actor_id == actor_id), None)
