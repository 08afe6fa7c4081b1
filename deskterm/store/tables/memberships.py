"""Membership types with their tariffs, and each customer's membership periods."""

from datetime import date

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from deskterm.store.tables.base import one_of


class MembershipType(SQLModel, table=True):
    """A kind of membership (abonnement), such as 53-Compleet, with its term and its limits.

    What the columns of the term mean is in `rules.terms`. The last four say after how many months
    the monthly run takes the next step: the bill before a period begins, then what follows it.
    """

    __tablename__ = "membership_type"
    __table_args__ = (
        one_of("term", "months", "fixed_month", "fixed_date", "days"),
        CheckConstraint("expiry_month BETWEEN 1 AND 12", name="expiry_month_known"),
    )
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
    term: str = "months"
    expiry_month: int | None = None
    expires_on: date | None = None
    days: int | None = None
    renews: bool = True
    debit_only: bool = False
    next_code: str = ""
    """The type it turns into for who has become older than `to_age`; empty keeps it."""
    bill_before: int = 1
    """Months before the new period that it is billed (peiltermijn)."""
    remind_after: int = 1
    overdue_after: int = 1
    end_after: int = 1


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
    tariff_code: str = ""
    status_on: date | None = None
    """The day it came into its status; none for its first, which it had from the begin."""
    ending_reason: str = ""
    """The `end_reason` it gets when it ends: staff ended it per a later day, so none follows."""
