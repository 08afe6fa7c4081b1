"""The ledger: what customers owe and paid. Rows are only ever added."""

from datetime import date

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from deskterm.store.tables.base import Moment, moment, one_of


class LedgerEntry(SQLModel, table=True):
    """A charge, a payment or waiver of one, a correction, or credit.

    Amounts are cents: positive owes, negative settles. The sum over a charge and the entries that
    name it in `charge_id` is what is still open of it. Triggers refuse UPDATE and DELETE.
    """

    __tablename__ = "ledger_entry"
    __table_args__ = (
        one_of("kind", "charge", "payment", "waiver", "correction", "credit"),
        one_of("account", "contribution", "registration", "credit"),
        CheckConstraint("(charge_id IS NULL) = (kind IN ('charge', 'credit'))", name="settles"),
        CheckConstraint("amount_cents <> 0", name="amount_not_zero"),
    )

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.actor_id", index=True)
    kind: str
    account: str
    """Which column of the block it counts in: contributie, registratie or tegoed."""
    booking_code: str
    journal: str = ""
    """K000 cash, B000 bank or pin, R000 credit, A100 waiver; empty for charges."""
    amount_cents: int
    description: str
    day: date = Field(index=True)
    at: Moment = moment()
    charge_id: int | None = Field(default=None, foreign_key="ledger_entry.id", index=True)
    period_id: int | None = Field(default=None, foreign_key="membership_period.id")
    item_id: int | None = Field(default=None, foreign_key="item.id")
    mark: str = ""
    """F invoice, H reminder, D collections, I direct debit, R payment arrangement."""
    reason: str = ""
    staff_id: int | None = Field(default=None, foreign_key="staff.id")
    desk_id: int | None = Field(default=None, foreign_key="desk.id")
    branch_code: str = Field(foreign_key="branch.code")
    act_id: int | None = Field(default=None, foreign_key="ledger_act.id", index=True)
    """The act of settling it belongs to; none for what no desk did in one go."""
    undoes_id: int | None = Field(
        default=None, foreign_key="ledger_entry.id", index=True, unique=True
    )
    """The entry that this one takes back; each can be taken back once."""
    status_before: int | None = None
    """The status of the membership period that this settlement made Normaal, to go back to."""
