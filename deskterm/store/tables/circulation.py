"""Titles, items, loans and holds, as far as the customer's screens show them."""

from datetime import date

from sqlmodel import Field, SQLModel

from deskterm.store.tables.base import one_of, partial_index


class Title(SQLModel, table=True):
    """A work in the catalogue."""

    id: int | None = Field(default=None, primary_key=True)
    name: str
    author: str = ""


class Item(SQLModel, table=True):
    """One copy (exemplaar) with its barcode."""

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True)
    title_id: int = Field(foreign_key="title.id", index=True)
    branch_code: str = Field(foreign_key="branch.code")
    material: str = "BOE"
    status: str = "B"
    """U on loan, B in, R on the hold shelf, T transport, M missing (desk.md 2.5)."""


class Loan(SQLModel, table=True):
    """An item lent to a customer; still at home while `returned_on` is empty."""

    __table_args__ = (partial_index("uq_loan_item_out", "item_id", where="returned_on IS NULL"),)

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.actor_id", index=True)
    item_id: int = Field(foreign_key="item.id", index=True)
    branch_code: str = Field(foreign_key="branch.code")
    lent_on: date
    due_on: date
    returned_on: date | None = None
    renewals: int = 0
    reminders: int = 0
    """How many reminders were sent; from 3 on it is in the bill (nota) procedure."""


class Hold(SQLModel, table=True):
    """A reservation (reservering) of a title."""

    __table_args__ = (
        one_of("kind", "B", "N", "I", "O", "E"),
        one_of("status", "A", "T", "O", "B", "U", "R", "Z"),
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True)
    """`JJJJ-MM-DD.nnnnn`, counted per day."""
    customer_id: int = Field(foreign_key="customer.actor_id", index=True)
    title_id: int = Field(foreign_key="title.id")
    kind: str = "B"
    status: str = "A"
    priority: int = 5
    pickup_branch: str = Field(foreign_key="branch.code")
    placed_on: date
    ready_on: date | None = None
    expires_on: date | None = None
