"""Writes one act on the ledger with its entries, in the transaction of the use case."""

from datetime import date
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from deskterm.rules.membership import MembershipStatus
from deskterm.services.desk import Desk
from deskterm.services.logbook import Logbook
from deskterm.services.versions import mark_living
from deskterm.store.bookkeeping import Act, Entry, add_act, add_entry, settled_of
from deskterm.store.light import Reader, beneath
from deskterm.store.reads import ledger
from deskterm.store.reads import settling as reads
from deskterm.text import cents_text

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskterm.store.tables import LedgerEntry

ActKind: TypeAlias = Literal[
    "charge", "pay", "register", "waive", "undo", "storno", "arrange", "debit", "bounce"
]
UNPAID = frozenset(
    {
        MembershipStatus.NEW,
        MembershipStatus.BILLED,
        MembershipStatus.REMINDED,
        MembershipStatus.OVERDUE,
    }
)
"""What a period stops being once its contribution is settled."""


class Book:
    """One act: make it with `begin`, add entries, then `close` it."""

    def __init__(self, desk: Desk, session: "Session", act: Act) -> None:
        self.act = act
        self.session = session
        self._reader = beneath(session.connection())
        self._desk = desk
        self._logs: dict[int, Logbook] = {}

    @property
    def act_id(self) -> int:
        """The number of the act."""
        return self.act.id

    def entry(self, customer_id: int, day: date | None = None, **values: Any) -> int:
        """Add an entry as the act has who, where and when; `day` only when it is another one.

        Gives its number.
        """
        return add_entry(
            self._reader,
            customer_id=customer_id,
            day=day or self.act.day,
            at=self.act.at,
            act_id=self.act_id,
            staff_id=self.act.staff_id,
            desk_id=self.act.desk_id,
            branch_code=self.act.branch_code,
            **values,
        )

    def settle(
        self,
        charge: "Entry | LedgerEntry",
        cents: int,
        kind: Literal["payment", "waiver", "correction"],
        journal: str,
        *,
        reason: str = "",
        day: date | None = None,
        undoes: "LedgerEntry | None" = None,
    ) -> None:
        """Settle cents of a charge, or open it again with negative ones; its period follows."""
        before = self.open_of(charge)
        entry_status = self._status_before(charge, cents)
        self.entry(
            charge.customer_id,
            day,
            kind=kind,
            account=charge.account,
            booking_code=charge.booking_code,
            journal=journal,
            amount_cents=-cents,
            description=charge.description,
            charge_id=charge.id,
            period_id=charge.period_id,
            item_id=charge.item_id,
            reason=reason,
            undoes_id=undoes.id if undoes else None,
            status_before=entry_status,
        )
        self.note(charge.customer_id, charge.account, before, before - cents)
        if entry_status is not None:
            self.set_status(charge.customer_id, charge.period_id, MembershipStatus.NORMAL)
        elif cents < 0:
            self._fall_back(charge, undoes)

    def credit(
        self,
        customer_id: int,
        cents: int,
        journal: str,
        *,
        day: date | None = None,
        undoes: "LedgerEntry | None" = None,
    ) -> None:
        """Add to a customer's credit (tegoed), or use some with negative cents."""
        before = ledger.credit(self._reader, customer_id)
        self.entry(
            customer_id,
            day,
            kind="credit",
            account="credit",
            booking_code="R000",
            journal=journal,
            amount_cents=-cents,
            description="Tegoed",
            undoes_id=undoes.id if undoes else None,
        )
        self.note(customer_id, "credit", before, before + cents)

    def note(self, customer_id: int, field: str, before: int, after: int) -> None:
        """Write in the change log how an amount changed."""
        self.log(customer_id).line(self.act.kind, field, cents_text(before), cents_text(after))

    def log(self, customer_id: int) -> Logbook:
        """The log of one of the customers whom this act is about."""
        if customer_id not in self._logs:
            self._logs[customer_id] = Logbook(self._desk, self.session, customer_id)
        return self._logs[customer_id]

    def set_status(self, customer_id: int, period_id: int | None, status: MembershipStatus) -> None:
        """Move a period to another status, and log it."""
        from deskterm.store.tables import MembershipPeriod

        period = self.session.get_one(MembershipPeriod, period_id)
        old, period.status = period.status, status.value
        period.status_on = self._desk.today
        self.session.add(period)
        log = self.log(customer_id)
        log.line(self.act.kind, "membership_status", str(old), str(status.value))

    def close(self) -> int:
        """Make the act count for every customer it touched; the answer is its number."""
        for customer_id, log in self._logs.items():
            mark_living(self._desk, self._reader, customer_id, log.at)
        self.session.flush()
        return self.act_id

    def open_of(self, charge: "Entry | LedgerEntry") -> int:
        """What is open of a charge now, in cents."""
        return charge.amount_cents + settled_of(self._reader, charge.id or 0)

    def _status_before(self, charge: "Entry | LedgerEntry", cents: int) -> int | None:
        """The status that this settlement ends: the last of a period's contribution does."""
        from deskterm.store.tables import MembershipPeriod

        if cents < 0 or charge.period_id is None or charge.account != "contribution":
            return None
        period = self.session.get_one(MembershipPeriod, charge.period_id)
        if period.status not in UNPAID or self._open_of_period(charge) > cents:
            return None
        return period.status

    def _fall_back(self, charge: "Entry | LedgerEntry", undone: "LedgerEntry | None") -> None:
        """Let a period that was paid be as it was before, now that its contribution is not."""
        from deskterm.store.tables import MembershipPeriod

        if charge.period_id is None or charge.account != "contribution":
            return
        period = self.session.get_one(MembershipPeriod, charge.period_id)
        if period.status == MembershipStatus.NORMAL and self._open_of_period(charge) > 0:
            before = undone.status_before if undone else None
            status = MembershipStatus(before or MembershipStatus.BILLED)
            self.set_status(charge.customer_id, charge.period_id, status)

    def _open_of_period(self, charge: "Entry | LedgerEntry") -> int:
        return reads.open_of_period(self._reader, charge.customer_id, charge.period_id or 0)


def begin(
    desk: Desk,
    session: "Session",
    key: str,
    kind: ActKind,
    customer_id: int,
    *,
    moves_money: bool = False,
    **values: Any,
) -> Book:
    """Start an act; one that moves money gets the desk's next receipt number of the day."""
    reader, receipt = beneath(session.connection()), None
    if moves_money:
        receipt = reads.next_receipt(reader, desk.place.id, desk.today)
    act = add_act(
        reader,
        key=key,
        kind=kind,
        customer_id=customer_id,
        receipt_number=receipt,
        day=desk.today,
        at=desk.clock.now(),
        # A script has no row among the staff.
        staff_id=(desk.staff.id or None) if desk.staff else None,
        desk_id=desk.place.id,
        branch_code=desk.place.branch.code,
        **values,
    )
    return Book(desk, session, act)


def done(connection: Reader, key: str, kind: ActKind, actor_id: int) -> int | None:
    """Give the act that a key was used for already; None when the key is new.

    Raises:
        ValueError: no key, or one that stands for something else; a screen made a mistake.
    """
    if not key:
        raise ValueError("an act needs a key")
    known = reads.act_of_key(connection, key)
    if known is None:
        return None
    if (known.kind, known.actor_id) != (kind, actor_id):
        raise ValueError(f"key {key!r} stands for {known.kind} of {known.actor_id}")
    return known.act_id
