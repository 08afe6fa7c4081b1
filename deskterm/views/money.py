"""Settling, the till and direct debit, as screens and scripts get them: integer cents and days."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

IN_DEBIT = "I"
"""The mark of a charge that the bank is asked for: it must not be paid a second time."""


@dataclass(frozen=True, slots=True)
class OpenLine:
    """A line of Afrekenen: what is still open of one charge, of whom."""

    charge_id: int
    actor_id: int
    name: str
    """Whose charge it is: the customer's own, or that of somebody they pay for."""
    account: str
    booking_code: str
    day: date
    description: str
    amount_cents: int
    open_cents: int
    mark: str
    arranged_until: date | None
    branch_code: str

    @property
    def payable(self) -> bool:
        """Whether it can be settled now: not while a direct debit for it is on its way."""
        return self.mark != IN_DEBIT


@dataclass(frozen=True, slots=True)
class Settlement:
    """What Afrekenen opens with: every open line, oldest first, and the credit in hand."""

    actor_id: int
    lines: tuple[OpenLine, ...]
    credit_cents: int
    total_cents: int
    """Of the lines that can be settled."""


@dataclass(frozen=True, slots=True)
class SettledLine:
    """What one act did to one charge."""

    charge_id: int
    actor_id: int
    description: str
    cents: int
    """Positive settles, negative makes it owed again."""
    open_cents: int
    """What is open of it now."""


@dataclass(frozen=True, slots=True)
class Paid:
    """A payment that is in the books, with its receipt."""

    act_id: int
    receipt_number: int
    day: date
    journal: str
    received_cents: int
    settled_cents: int
    change_cents: int
    credited_cents: int
    """What was kept as credit (tegoed)."""
    lines: tuple[SettledLine, ...]


@dataclass(frozen=True, slots=True)
class Registered:
    """What was left open (Registreren), and for how many of it a letter follows."""

    act_id: int
    open_cents: int
    letters: int


@dataclass(frozen=True, slots=True)
class Waived:
    """What was forgiven (kwijtgescholden): how much, why, and who asked and allowed it."""

    act_id: int
    cents: int
    reason: str
    asked_by: str
    allowed_by: str
    lines: tuple[SettledLine, ...]


@dataclass(frozen=True, slots=True)
class Undone:
    """What Herstel or Storno took back."""

    act_id: int
    receipt_number: int | None
    day: date
    journal: str
    back_cents: int
    """Money that goes back to the customer, through the same journal."""
    lines: tuple[SettledLine, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the ledger with every fact of it."""

    id: int
    kind: str
    account: str
    booking_code: str
    journal: str
    amount_cents: int
    description: str
    day: date
    at: datetime
    charge_id: int | None
    undoes_id: int | None
    receipt_number: int | None
    mark: str
    reason: str
    staff: str
    desk: str
    branch_code: str


@dataclass(frozen=True, slots=True)
class LedgerOf:
    """The books of one customer: the entries, oldest first, and the sums that follow from them."""

    actor_id: int
    name: str
    contribution_cents: int
    registration_cents: int
    credit_cents: int
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Disorder:
    """Something in the ledger that cannot be: which rule it breaks, and the row that does."""

    fault: str
    """In English, as it goes to who mends the store."""
    row: str


@dataclass(frozen=True, slots=True)
class DayLine:
    """A line of the day overview: one journal of one desk as one employee handled it."""

    desk: str
    journal: str
    staff: str
    count: int
    received_cents: int
    returned_cents: int


@dataclass(frozen=True, slots=True)
class DayOverview:
    """Dagoverzicht of a branch."""

    branch_code: str
    day: date
    lines: tuple[DayLine, ...]


@dataclass(frozen=True, slots=True)
class TillState:
    """What should be in the cash drawer of a desk before it is counted."""

    desk: str
    begin_cents: int
    """What the last count left in it."""
    cash_cents: int
    """What came in and went out since."""
    expected_cents: int


@dataclass(frozen=True, slots=True)
class TillCounted:
    """A Kastelling that is in the books."""

    id: int
    desk: str
    day: date
    begin_cents: int
    expected_cents: int
    counted_cents: int
    difference_cents: int
    """Booked on 4990; negative is short."""
    deposit_cents: int
    """Taken out to the bank, booked on 5990."""
    left_cents: int
    pieces: Mapping[int, int] = field(default_factory=dict)
    """How many of each note and coin, by value in cents."""


@dataclass(frozen=True, slots=True)
class DebitLine:
    """What is asked of one customer's bank, or why it cannot be."""

    actor_id: int
    name: str
    cents: int
    mandate: str
    first: bool
    """The first time under this mandate (FRST), else RCUR."""
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class DebitBatch:
    """A direct debit batch: the file for the bank and what is in it."""

    batch_id: int
    message_id: str
    collection_on: date
    count: int
    total_cents: int
    lines: tuple[DebitLine, ...]
    refused: tuple[DebitLine, ...]
    content: bytes


@dataclass(frozen=True, slots=True)
class DebitWithdrawn:
    """How many debits were taken back from the bank, and their sum."""

    count: int
    cents: int


@dataclass(frozen=True, slots=True)
class DebitBounce:
    """A debit that came back, of whom and why (the bank's code, such as AM04)."""

    actor_id: int
    name: str
    cents: int
    return_code: str


@dataclass(frozen=True, slots=True)
class DebitDiffering:
    """A debit or a batch of which the bank tells another amount than was asked; not booked."""

    name: str
    """The end-to-end id, or the message of the batch."""
    asked_cents: int
    told_cents: int


@dataclass(frozen=True, slots=True)
class DebitBooked:
    """What the bank's answer did: paid, bounced (storneringen), and what it left to people."""

    message_id: str
    paid: int = 0
    paid_cents: int = 0
    returned: int = 0
    returned_cents: int = 0
    unknown: int = 0
    """Lines that are about no debit of ours."""
    pending: int = 0
    """Lines that the bank has not booked yet; it tells them again when it has."""
    bounces: tuple[DebitBounce, ...] = ()
    differing: tuple[DebitDiffering, ...] = ()


@dataclass(frozen=True, slots=True)
class DebitRejection:
    """A debit, or a whole file or part of one, that the bank rejects, and why (its code)."""

    name: str
    """Whose account it is of, and their number; of a file or a part what we called it."""
    count: int
    cents: int
    reason: str


@dataclass(frozen=True, slots=True)
class DebitRejected:
    """What a bank's status report did: what was rejected, and what was left as it was."""

    message_id: str
    about: str
    """The file that it is about."""
    rejections: tuple[DebitRejection, ...] = ()
    standing: tuple[DebitRejection, ...] = ()
    """Rejected by the bank, but left: it has the same thing already, or has paid it."""
    unknown: int = 0
    """Rejections that are about no debit of ours."""

    @property
    def count(self) -> int:
        """How many debits are open again."""
        return sum(one.count for one in self.rejections)

    @property
    def cents(self) -> int:
        """What they come to."""
        return sum(one.cents for one in self.rejections)
