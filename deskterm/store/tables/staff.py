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
    failed_tries: int = 0
    locked_until: Moment | None = moment_or_none()
    sign_tries: int = 0
    """Wrong PINs in a row when signing one act, such as a waiver; signing in has its own count."""
    sign_locked_until: Moment | None = moment_or_none()
    active: bool = True
