"""Direct debit (incasso): batches for the bank, their lines, and the bank's answers."""

from datetime import date

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from deskterm.store.tables.base import Moment, moment, one_of


class DebitBatch(SQLModel, table=True):
    """One file for the bank. It is kept as it was made: the same batch is never made again."""

    __tablename__ = "debit_batch"

    id: int | None = Field(default=None, primary_key=True)
    message_id: str = Field(unique=True)
    collection_on: date
    at: Moment = moment()
    staff_id: int | None = Field(default=None, foreign_key="staff.id")
    total_cents: int
    content: str
    """The pain.008 document."""


class DebitLine(SQLModel, table=True):
    """What a batch asks for one charge, and what became of it."""

    __tablename__ = "debit_line"
    __table_args__ = (
        one_of("state", "sent", "paid", "returned"),
        one_of("sequence", "FRST", "RCUR"),
        CheckConstraint("amount_cents > 0", name="amount_positive"),
    )

    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(foreign_key="debit_batch.id", index=True)
    end_to_end_id: str = Field(unique=True)
    customer_id: int = Field(foreign_key="customer.actor_id", index=True)
    """Whose account is debited: who pays, which may be a parent."""
    charge_id: int = Field(foreign_key="ledger_entry.id", index=True)
    mandate_id: str = Field(index=True)
    sequence: str
    """FRST the first time under a mandate, else RCUR; banks tell the two apart."""
    iban: str
    amount_cents: int
    state: str = "sent"
    return_code: str = ""
    """The bank's reason, such as AM04; empty unless it came back."""


class BankAnswer(SQLModel, table=True):
    """A camt file that was booked; the same one is not booked twice."""

    __tablename__ = "bank_answer"

    id: int | None = Field(default=None, primary_key=True)
    message_id: str = Field(unique=True)
    at: Moment = moment()
    staff_id: int | None = Field(default=None, foreign_key="staff.id")
    paid: int
    returned: int
