"""What is said about a customer: messages, blocks, what staff acknowledged, the change log."""

from datetime import date

from sqlmodel import Field, SQLModel

from deskterm.store.tables.base import Moment, moment, moment_or_none, one_of, partial_index


class Message(SQLModel, table=True):
    """A public line (1-4, at most 60 characters) that staff see when the customer is opened."""

    customer_id: int = Field(foreign_key="customer.actor_id", primary_key=True)
    line: int = Field(primary_key=True)
    text: str


class Block(SQLModel, table=True):
    """A block (blokkade) on a customer; in force while `lifted_at` is empty."""

    __table_args__ = (
        one_of(
            "kind",
            "general", "collections", "payment", "internet", "missing", "address", "public",
        ),
        partial_index("uq_block_in_force", "customer_id", "kind", where="lifted_at IS NULL"),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.actor_id", index=True)
    kind: str
    note: str = ""
    since: date
    set_by: int | None = None
    lifted_at: Moment | None = moment_or_none()


class Acknowledgement(SQLModel, table=True):
    """A pop-up that a staff member answered: which, when, at which desk, and how."""

    __table_args__ = (one_of("answer", "continue", "end"),)

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.actor_id", index=True)
    staff_id: int = Field(foreign_key="staff.id")
    desk_id: int | None = Field(default=None, foreign_key="desk.id")
    at: Moment = moment()
    kind: str
    answer: str


class ChangeLogLine(SQLModel, table=True):
    """One change: who, when, where, which field, from what to what. Tab 4 shows these."""

    __tablename__ = "change_log"

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int | None = Field(default=None, index=True)
    """None for changes that are not about one customer (staff, settings)."""
    at: Moment = moment()
    day: date
    staff_actor_id: int | None = None
    desk: str = ""
    branch_code: str = ""
    action: str
    """A word such as `edit`, `card.block`, `import`."""
    field: str = ""
    old: str = ""
    new: str = ""
    erased: bool = Field(default=False, sa_column_kwargs={"server_default": "0"})
    """Whether what was in `old` and `new` has gone with the person; its hash is of the whole."""
    hash: str = Field(default="", sa_column_kwargs={"server_default": ""})
    """Over this line and the one before; `store.chain` gives it when the line is written."""
