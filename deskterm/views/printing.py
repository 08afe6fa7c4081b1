"""What is printed for customers, as screens and the command line see it.

Moments are those of the machine's clock, also at a desk that stands on another day.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

PrintKind: TypeAlias = Literal[
    "card", "enrolment", "customer", "loans", "status", "payment", "test"
]
"""Ledenpas, inschrijfbewijs, overzicht klant, leenoverzicht, klantbon, betaalbewijs, proefbon."""
ReceiptKind: TypeAlias = Literal["enrolment", "customer", "loans", "status", "payment"]
PrintState: TypeAlias = Literal[
    "queued", "claimed", "waiting", "sending", "sent",
    "done", "verified", "unknown", "failed", "cancelled",
]  # fmt: skip
Readiness: TypeAlias = Literal["ready", "waiting", "attention", "offline", "unknown"]
Wish: TypeAlias = Literal["print", "ask", "no"]
"""Whether a receipt is printed at once, after a question, or not at all."""

_OPEN: frozenset[PrintState] = frozenset({"queued", "claimed", "waiting", "sending", "sent"})
_WANTED_BACK = "stop_asked"
_CALLED_OFF = frozenset({"cancelled", "not_let_go"})
"""Reason codes."""
_CALM = frozenset(
    {"", "card_needed", "warming", "busy", "paper_low", "stop_asked", "not_stopped", "worker_lost"}
)
"""Reason codes of a job that takes a while, with which nothing is wrong at the printer."""
_NOT_GONE_YET: frozenset[PrintState] = frozenset({"queued", "claimed", "waiting"})
_MAY_BE_SCANNED: frozenset[PrintState] = frozenset({"sent", "done", "unknown"})


@dataclass(frozen=True, slots=True)
class PrintChoice:
    """One thing that a desk may print."""

    kind: PrintKind
    name: str
    """What staff call it: *Ledenpas*, *Klantbon*."""
    printer: str
    """The name of the printer; empty when this desk cannot print it."""
    reason: str = ""
    """Why this desk cannot, as a sentence; empty when it can."""
    is_page: bool = False
    """It comes out as an A4 page, not as a slip."""

    @property
    def possible(self) -> bool:
        """Whether it can be chosen."""
        return not self.reason


@dataclass(frozen=True, slots=True)
class PrintChoices:
    """What a desk can print: the entries of Klant, Print klantgegevens, in order."""

    choices: tuple[PrintChoice, ...]

    def of(self, kind: PrintKind) -> PrintChoice:
        """The entry of a kind; raises LookupError for one that is in no menu."""
        for choice in self.choices:
            if choice.kind == kind:
                return choice
        raise LookupError(kind)


@dataclass(frozen=True, slots=True)
class PrinterView:
    """A printer as the worker of its desk last found it."""

    name: str
    readiness: Readiness
    """`unknown` also when nobody has asked it yet."""
    sentence: str
    """What to do first, or why it will take a while; empty when it is ready."""
    asked_at: datetime | None
    """When the screen asked for a look; None when it did not."""
    seen_at: datetime | None
    """When the worker looked; None while it has not since it was asked."""

    @property
    def is_answered(self) -> bool:
        """Whether the worker has looked since the screen last asked."""
        return self.seen_at is not None


@dataclass(frozen=True, slots=True)
class PrintJobView:
    """One card or receipt on its way, or what became of it."""

    id: int
    kind: PrintKind
    title: str
    """What staff call it: *Ledenpas*, *Klantbon*."""
    printer: str
    actor_id: int | None
    name: str
    """Of the customer, as lists have it."""
    number: str
    """Of the card; empty for receipts, and when what was printed is no longer kept."""
    state: PrintState
    reason_code: str
    sentence: str
    """How it stands and what to do, for the desk."""
    at: datetime
    updated_at: datetime
    seconds: int
    """How long it has been on its way, or was until it ended."""
    attempts: int
    reprint_of: int | None
    """The job that this one does again."""
    batch: str
    """What ties the cards of one class; empty for a single one."""
    staff: str
    """Who asked for it."""
    is_kept: bool
    """Whether what was printed is still there to be printed once more."""
    lets_go: bool = False
    """Whether its printer can be asked to drop it."""
    repeated: bool = False
    """It was there already: the same key was pressed twice. Show it, offer `again`."""

    @property
    def is_open(self) -> bool:
        """Whether it is still on its way."""
        return self.state in _OPEN

    @property
    def is_stuck(self) -> bool:
        """Whether it is on its way, and something at the printer has to be mended first."""
        return self.is_open and self.reason_code not in _CALM

    @property
    def needs_answer(self) -> bool:
        """Whether nobody saw the end, so that somebody has to say whether it was printed."""
        return self.state == "unknown"

    @property
    def can_cancel(self) -> bool:
        """Whether it can still be called off: nothing has gone to the printer."""
        return self.state in _NOT_GONE_YET

    @property
    def is_stopping(self) -> bool:
        """Whether its printer was asked to drop it, and has not answered to that."""
        return self.state == "sent" and self.reason_code == _WANTED_BACK

    @property
    def can_stop(self) -> bool:
        """Whether its printer has it and can be asked to drop it."""
        return self.state == "sent" and self.lets_go and not self.is_stopping

    @property
    def was_called_off(self) -> bool:
        """Whether it ended because it was not wanted any more."""
        return self.reason_code in _CALLED_OFF

    @property
    def can_verify(self) -> bool:
        """Whether scanning the card that came out may prove it."""
        return self.kind == "card" and bool(self.number) and self.state in _MAY_BE_SCANNED


@dataclass(frozen=True, slots=True)
class Refusal:
    """A customer of a class for whom no card is printed, and why."""

    actor_id: int
    name: str
    sentence: str


@dataclass(frozen=True, slots=True)
class PrintBatch:
    """The cards of a class: one list."""

    batch: str
    jobs: tuple[PrintJobView, ...]
    refused: tuple[Refusal, ...]
