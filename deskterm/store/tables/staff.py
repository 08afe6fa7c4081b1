"""Staff who sign in at a desk."""

from datetime import date

from sqlmodel import Field, SQLModel

from deskterm.store.tables.base import Moment, moment_or_none, one_of


class Staff(SQLModel, table=True):
    """One employee, known by actor-id, user name or staff card; the PIN is only kept hashed."""

    __table_args__ = (one_of("role", "BALIEBHR", "CATABASIS", "CATAPLUS", "BESTELBHR", "ADMIN"),)

    id: int | None = Field(default=None, primary_key=True)
    actor_id: int = Field(unique=True)
    username: str = Field(unique=True)
    name: str
    born: date | None = None
    role: str
    branch_code: str = Field(foreign_key="branch.code")
    card_number: str | None = Field(default=None, unique=True)
    language: str = ""
    """`nl` or `en`; empty takes the desk's language."""
    pin_hash: str = ""
    pin_must_change: bool = True
    active: bool = True


class PinTries(SQLModel, table=True):
    """Wrong PINs in a row, of an employee or of a name that nobody has, at a desk.

    `services.lockout` says how they are counted.
    """

    __tablename__ = "pin_tries"
    __table_args__ = (one_of("act", "sign_in", "authorise"),)

    subject: str = Field(primary_key=True)
    """`staff:` and a number of `Staff`, or `name:` and a few bits of what was typed."""
    act: str = Field(primary_key=True)
    desk_id: int = Field(primary_key=True)
    """0 counts for all desks at which the employee is not known."""
    tries: int = 0
    wrong_at: Moment | None = moment_or_none()
    locked_until: Moment | None = moment_or_none()
    right_at: Moment | None = moment_or_none()
