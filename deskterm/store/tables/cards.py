"""Library cards."""

from datetime import date

from sqlmodel import Field, SQLModel

from deskterm.store.tables.base import Moment, moment, moment_or_none, one_of, partial_index

LIVING_MAIN_CARD = "kind = 'main' AND status <> 'replaced'"


class Card(SQLModel, table=True):
    """A card of a customer: the hoofdpas or a volgpas.

    The database allows one hoofdpas that is not replaced per customer, and each number once.
    """

    __table_args__ = (
        one_of("kind", "main", "extra"),
        one_of("status", "active", "blocked", "replaced"),
        partial_index("uq_card_one_main", "customer_id", where=LIVING_MAIN_CARD),
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True)
    customer_id: int = Field(foreign_key="customer.actor_id", index=True)
    kind: str = "main"
    status: str = "active"
    branch_code: str = Field(foreign_key="branch.code")
    issued_on: date
    last_used_on: date | None = None


class CardIssue(SQLModel, table=True):
    """A card that a desk handed out, alone or in the place of another: Herstel goes by it.

    Cards are named by their number, as taking an issue back may set the number free again.
    """

    __tablename__ = "card_issue"
    __table_args__ = (one_of("kind", "main", "extra"),)

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    """One act of staff: asking again with the same key hands out nothing more."""
    customer_id: int = Field(foreign_key="customer.actor_id", index=True)
    number: str
    kind: str
    made: bool
    """Whether the number was made for a card to be printed, and not read from one."""
    old_number: str = ""
    """The card it replaced; empty when it replaced none."""
    old_kind: str = ""
    old_status: str = ""
    """What Herstel makes of that card again."""
    charge_id: int | None = Field(default=None, foreign_key="ledger_entry.id")
    day: date
    at: Moment = moment()
    staff_id: int | None = Field(default=None, foreign_key="staff.id")
    desk_id: int = Field(foreign_key="desk.id")
    undone_at: Moment | None = moment_or_none()
