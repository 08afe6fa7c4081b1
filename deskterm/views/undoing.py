"""What can be taken back now, as Herstel lists it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypeAlias

UndoKind: TypeAlias = Literal["merge", "series", "death", "remove", "booking", "card"]


@dataclass(frozen=True, slots=True)
class Undoable:
    """Something that was done and can go back."""

    kind: UndoKind
    id: int
    """Of the deed; of the first entry of a booking; of the card that was handed out."""
    actor_id: int | None
    """Whom it is about; none for a batch."""
    version: int
    """Of that customer, as it was when this was listed."""
    what: str
    """In a sentence, with the names of whom it is about."""
    staff: str
    """Who did it; empty for a program."""
    at: datetime
    until_on: date
    why_not: str = ""
    """Why the signed-in employee cannot take it back here; empty when they can."""
