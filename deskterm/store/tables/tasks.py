"""Work that is under way: half-typed forms, acts done once, letters, accounts, monthly runs."""

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from deskterm.store.tables.base import Moment, moment, moment_or_none, one_of


class Draft(SQLModel, table=True):
    """A form that somebody had not finished: offered when they sign in again."""

    __table_args__ = (UniqueConstraint("staff_id", "kind", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    staff_id: int = Field(foreign_key="staff.id")
    kind: str
    """Which form, such as `enrolment`."""
    key: str
    payload: str
    """The form as JSON."""
    at: Moment = moment()


class DoneAct(SQLModel, table=True):
    """An act that may be done once, by the key its form came with: a repeat gets this answer."""

    __tablename__ = "done_act"

    key: str = Field(primary_key=True)
    act: str
    customer_id: int = Field(foreign_key="customer.actor_id")
    at: Moment = moment()
    period_id: int | None = Field(default=None, foreign_key="membership_period.id")
    charge_id: int | None = Field(default=None, foreign_key="ledger_entry.id")


class Letter(SQLModel, table=True):
    """A letter or mail to a customer that is to be written; one of a kind per period and day."""

    __table_args__ = (
        one_of("state", "queued", "written", "no_address"),
        UniqueConstraint("customer_id", "kind", "period_id", "day"),
    )

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.actor_id", index=True)
    kind: str
    """A code of the word list `message_kind`: CAJ contributie, CAH herinnering, CAE einde."""
    period_id: int | None = Field(default=None, foreign_key="membership_period.id")
    day: date
    state: str = "queued"
    at: Moment = moment()


class MonthRun(SQLModel, table=True):
    """A monthly customer run (klantenrun); the one that has not finished keeps others out."""

    __tablename__ = "month_run"

    id: int | None = Field(default=None, primary_key=True)
    day: date
    started_at: Moment = moment()
    beat_at: Moment = moment()
    """When it last said that it is alive; one that was killed is passed over after a while."""
    finished_at: Moment | None = moment_or_none()
    report: str = ""
    """What it did, as JSON counts by name."""
