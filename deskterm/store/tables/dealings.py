"""What is done on the ledger: acts of settling, marks on charges, counts of the till."""

from datetime import date

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from deskterm.store.tables.base import Moment, moment, moment_or_none, one_of, partial_index


class LedgerAct(SQLModel, table=True):
    """One thing that somebody did on the ledger; its entries name it. Rows are only ever added.

    The key comes from the screen: a key pressed twice finds the act there and books nothing more.
    """

    __tablename__ = "ledger_act"
    __table_args__ = (
        one_of(
            "kind",
            "charge", "pay", "register", "waive", "undo", "storno", "arrange", "debit", "bounce",
        ),
        UniqueConstraint("desk_id", "day", "receipt_number"),
        CheckConstraint("received_cents >= 0 AND change_cents >= 0", name="money_not_negative"),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    kind: str
    customer_id: int = Field(foreign_key="customer.actor_id", index=True)
    """Who stood at the desk; the charges may be of those they pay for."""
    journal: str = ""
    received_cents: int = 0
    change_cents: int = 0
    receipt_number: int | None = None
    """Bonnummer: 1, 2, 3 … per desk and day; only for acts that move money."""
    reason: str = ""
    day: date
    at: Moment = moment()
    staff_id: int | None = Field(default=None, foreign_key="staff.id")
    signer_id: int | None = Field(default=None, foreign_key="staff.id")
    """Who allowed it with a PIN; only for waivers."""
    desk_id: int = Field(foreign_key="desk.id")
    branch_code: str = Field(foreign_key="branch.code")


class ChargeMark(SQLModel, table=True):
    """A mark on a charge, which itself never changes; in force while `lifted_at` is empty.

    F invoice, H reminder, D collections, I direct debit, R payment arrangement.
    """

    __tablename__ = "charge_mark"
    __table_args__ = (
        one_of("mark", "F", "H", "D", "I", "R"),
        partial_index("uq_charge_mark_in_force", "charge_id", "mark", where="lifted_at IS NULL"),
    )

    id: int | None = Field(default=None, primary_key=True)
    charge_id: int = Field(foreign_key="ledger_entry.id", index=True)
    mark: str
    act_id: int | None = Field(default=None, foreign_key="ledger_act.id")
    since: date
    until_on: date | None = None
    """The last day of an arrangement (Regeling): so long it does not count for the limit."""
    lifted_at: Moment | None = moment_or_none()


class TillCount(SQLModel, table=True):
    """A Kastelling: what was in the cash drawer of a desk, and what the ledger expected there."""

    __tablename__ = "till_count"
    __table_args__ = (
        CheckConstraint(
            "counted_cents >= 0 AND deposit_cents >= 0 AND deposit_cents <= counted_cents",
            name="deposit_was_there",
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    desk_id: int = Field(foreign_key="desk.id", index=True)
    journal: str
    day: date
    at: Moment = moment()
    staff_id: int | None = Field(default=None, foreign_key="staff.id")
    begin_cents: int
    expected_cents: int
    counted_cents: int
    deposit_cents: int = 0
    pieces: str
    """How many of each note and coin, as JSON by value in cents."""
    last_entry_id: int
    """The newest entry of the ledger that this count knew."""


class TillEntry(SQLModel, table=True):
    """A booking of the drawer itself: 4990 difference, 5990 deposit. Rows are only ever added."""

    __tablename__ = "till_entry"
    __table_args__ = (one_of("booking_code", "4990", "5990"),)

    id: int | None = Field(default=None, primary_key=True)
    count_id: int = Field(foreign_key="till_count.id", index=True)
    booking_code: str
    amount_cents: int
    """Positive came into the drawer, negative went out."""
    description: str
