"""A customer's choices: how to be told, labels, newsletters, roles, profiles, badges."""

from datetime import date

from sqlmodel import Field, SQLModel


class NotificationPreference(SQLModel, table=True):
    """How one kind of message reaches a customer.

    By M mail, F letter, S SMS, T phone, I inbox or A app.
    """

    __tablename__ = "notification_preference"
    customer_id: int = Field(foreign_key="customer.actor_id", primary_key=True)
    message_kind: str = Field(primary_key=True)
    delivery: str


class CustomerLabel(SQLModel, table=True):
    """A marketing label or newsletter of a customer (tab 9); `kind` is `label` or `newsletter`."""

    __tablename__ = "customer_label"
    customer_id: int = Field(foreign_key="customer.actor_id", primary_key=True)
    kind: str = Field(primary_key=True)
    code: str = Field(primary_key=True)


class CustomerRole(SQLModel, table=True):
    """A role (tab A) with begin and end, such as abonnementhouder."""

    __tablename__ = "customer_role"
    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.actor_id", index=True)
    code: str
    begin_on: date
    end_on: date | None = None


class CustomerProfile(SQLModel, table=True):
    """An interest profile (tab B) the customer follows; `code` is in word list `profile:<type>`."""

    __tablename__ = "customer_profile"
    customer_id: int = Field(foreign_key="customer.actor_id", primary_key=True)
    kind: str = Field(primary_key=True)
    code: str = Field(primary_key=True)


class CustomerBadge(SQLModel, table=True):
    """A badge the customer has been given (tab C, when the library has any)."""

    __tablename__ = "customer_badge"
    customer_id: int = Field(foreign_key="customer.actor_id", primary_key=True)
    code: str = Field(primary_key=True)
    given_on: date
