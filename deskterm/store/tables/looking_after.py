"""What keeps a customer file clean: who looked, known addresses, kept searches, privacy runs."""

from datetime import date

from sqlmodel import Field, SQLModel

from deskterm.store.tables.base import Moment, moment


class Viewing(SQLModel, table=True):
    """A customer was opened on a screen: by whom, where and when. Kept for a time, then erased."""

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.actor_id", index=True)
    staff_id: int = Field(foreign_key="staff.id")
    desk_id: int | None = Field(default=None, foreign_key="desk.id")
    day: date = Field(index=True)
    at: Moment = moment()


class KnownAddress(SQLModel, table=True):
    """An address that a register has told: it is asked once, and known while it is away.

    In Belgium a postcode has many streets and may have several places, so these tell rows apart.
    """

    __tablename__ = "known_address"

    country: str = Field(primary_key=True)
    postcode: str = Field(primary_key=True)
    """Without blanks: `9468BG`."""
    house_number: str = Field(primary_key=True)
    house_addition: str = Field(primary_key=True)
    street: str = Field(primary_key=True)
    """Empty where only the places of a postcode were told."""
    place: str = Field(primary_key=True)
    source: str
    """Which register: `pdok`, `vlaanderen`."""
    told_on: date


class SavedSearch(SQLModel, table=True):
    """A search of customers that staff kept under a name, to be carried out again."""

    __tablename__ = "saved_search"

    name: str = Field(primary_key=True)
    asked: str
    """The search as JSON."""
    at: Moment = moment()
    staff_id: int | None = Field(default=None, foreign_key="staff.id")


class PrivacyRun(SQLModel, table=True):
    """One run that erased what the law or the library no longer keeps; its report names nobody."""

    __tablename__ = "privacy_run"

    id: int | None = Field(default=None, primary_key=True)
    day: date
    at: Moment = moment()
    staff_id: int | None = Field(default=None, foreign_key="staff.id")
    report: str = ""
    """What it did, as JSON counts by name."""
