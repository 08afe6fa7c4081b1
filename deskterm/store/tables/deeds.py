"""Deeds that Herstel can take back: what each of them changed, row by row."""

from datetime import date

from sqlmodel import Field, SQLModel

from deskterm.store.tables.base import Moment, moment, moment_or_none, one_of


class Deed(SQLModel, table=True):
    """One act on records (ontdubbelen, seriemutatie, verwijderen) that can be taken back whole."""

    __table_args__ = (one_of("kind", "merge", "series", "remove"),)

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    """One act of staff: asking again with the same key does nothing more."""
    kind: str
    customer_id: int | None = Field(default=None, foreign_key="customer.actor_id", index=True)
    """Whom it is about: the keeper of a merge, who was removed; none for a batch.

    A series that names somebody is what was written down of their death.
    """
    other_id: int | None = Field(default=None, foreign_key="customer.actor_id", index=True)
    """Who was merged into the keeper."""
    people: int = 1
    """How many customers it changed."""
    day: date
    at: Moment = moment()
    staff_id: int | None = Field(default=None, foreign_key="staff.id")
    desk_id: int | None = Field(default=None, foreign_key="desk.id")
    branch_code: str = Field(foreign_key="branch.code")
    until_on: date = Field(index=True)
    """The last day on which Herstel can take it back."""
    undone_at: Moment | None = moment_or_none()
    undone_by: int | None = Field(default=None, foreign_key="staff.id")
    emptied_at: Moment | None = moment_or_none()
    """When its rows were thrown away, as they hold personal data."""


class DeedRow(SQLModel, table=True):
    """One row that a deed added, changed or removed, as JSON of its columns."""

    __tablename__ = "deed_row"

    id: int | None = Field(default=None, primary_key=True)
    deed_id: int = Field(foreign_key="deed.id", index=True)
    table_name: str
    row_key: str
    """The primary key as the deed left it."""
    before: str = ""
    """What the columns that changed held; the whole row when it was removed; empty when added."""
    after: str = ""
    """What they held afterwards; empty when the row was removed."""
