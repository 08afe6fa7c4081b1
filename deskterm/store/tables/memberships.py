"""Membership types with their tariffs, and each customer's membership periods."""

from datetime import date

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel


class MembershipType(SQLModel, table=True):
    """A kind of membership (abonnement), such as 53-Compleet, with its limits."""

    __tablename__ = "membership_type"
    code: str = Field(primary_key=True)
    name: str
    customer_types: str = "00"
    """Customer types it is offered to, separated by blanks."""
    from_age: int = 0
    to_age: int = 999
    months: int = 12
    sector: str = "BIEB"
    max_items: int | None = None
    max_open_cents: int | None = None
    """Open costs above this stop lending (maximum registratie)."""
    max_holds: int | None = None
    active: bool = True


class Tariff(SQLModel, table=True):
    """The price of a membership type for an age band, from a day on; one branch or all."""

    __table_args__ = (CheckConstraint("price_cents >= 0", name="price_not_negative"),)

    id: int | None = Field(default=None, primary_key=True)
    membership_code: str = Field(foreign_key="membership_type.code", index=True)
    branch_code: str | None = Field(default=None, foreign_key="branch.code")
    tariff_code: str
    from_age: int = 0
    to_age: int = 999
    fee_zone: str = ""
    price_cents: int
    valid_from: date
    valid_until: date | None = None


class MembershipPeriod(SQLModel, table=True):
    """One row of Producten/diensten on tab 3: a customer's membership from begin to end."""

    __tablename__ = "membership_period"
    __table_args__ = (
        CheckConstraint("status BETWEEN 1 AND 9", name="status_known"),
        CheckConstraint("end_on >= begin_on", name="end_after_begin"),
    )

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.actor_id", index=True)
    branch_code: str = Field(foreign_key="branch.code")
    membership_code: str = Field(foreign_key="membership_type.code")
    begin_on: date
    end_on: date
    status: int
    """Wise's numbers 1-9, see `rules.membership.MembershipStatus`."""
    end_reason: str = ""
    """Code in the word list `end_reason`; empty while it runs."""
    price_cents: int = 0
    sector: str = "BIEB"
