"""Who works where: staff, branches, desks."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BranchView:
    """A branch (vestiging) and the institution it belongs to."""

    code: str
    name: str
    institution_code: str


@dataclass(frozen=True, slots=True)
class DeskView:
    """A desk (balie) of a branch."""

    id: int
    name: str
    branch: BranchView


@dataclass(frozen=True, slots=True)
class StaffView:
    """A signed-in employee with the rights of the role."""

    id: int
    actor_id: int
    username: str
    name: str
    role: str
    language: str
    branch_code: str
    pin_must_change: bool
    rights: frozenset[str]


@dataclass(frozen=True, slots=True)
class WordView:
    """An entry of a pick list, in the reader's language."""

    code: str
    name: str
