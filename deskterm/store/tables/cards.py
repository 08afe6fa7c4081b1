"""Library cards."""

from datetime import date

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from deskterm.store.tables.base import one_of

LIVING_MAIN_CARD = text("kind = 'main' AND status <> 'replaced'")


class Card(SQLModel, table=True):
    """A card of a customer: the hoofdpas or a volgpas.

    The database allows one hoofdpas that is not replaced per customer, and each number once.
    """

    __table_args__ = (
        one_of("kind", "main", "extra"),
        one_of("status", "active", "blocked", "replaced"),
        Index(
            "uq_card_one_main",
            "customer_id",
            unique=True,
            sqlite_where=LIVING_MAIN_CARD,
            postgresql_where=LIVING_MAIN_CARD,
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True)
    customer_id: int = Field(foreign_key="customer.actor_id", index=True)
    kind: str = "main"
    status: str = "active"
    branch_code: str = Field(foreign_key="branch.code")
    issued_on: date
    last_used_on: date | None = None
