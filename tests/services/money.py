"""What tests of settling share: a library with word lists, a customer who owes, and its books."""

from dataclasses import dataclass
from datetime import date
from itertools import count

from sqlmodel import col, select

from deskterm.services import settling
from deskterm.services.desk import Desk
from deskterm.store import tables
from deskterm.views.desk import BranchView, DeskView
from deskterm.views.money import Settlement
from tests.services.library import TODAY, Library, staff_of

CUSTOMER = 413700
REASONS = {
    "HER": "Herinschrijving",
    "COU": "Coulance",
    "FOU": "Foutieve boeking",
    "OVL": "Overleden",
    "DEF": "Defect",
}
CODES = {"1001": "Contributie", "2101": "Boete", "2802": "Kosten stornering", "2803": "Nieuwe pas"}
_keys = count(1)


def new_key() -> str:
    """A key that no act had yet."""
    return f"key-{next(_keys)}"


@dataclass
class Books:
    """The ledger of a library, and short ways to fill and read it."""

    library: Library

    @property
    def desk(self) -> Desk:
        """The first desk, with who signs in at it every day."""
        return self.library.desk("BALIEBHR")

    def other_desk(self, role: str = "BALIEBHR") -> Desk:
        """A second desk of the same branch."""
        place = DeskView(2, "balie2", BranchView("9401", "Annen", "1001"))
        return Desk(self.library.store, self.library.clock, place, staff_of(role))

    def contribution(
        self, cents: int = 5800, status: int = 2, actor_id: int = CUSTOMER, day: date = TODAY
    ) -> int:
        """Add a period with its contribution; the answer is the charge."""
        with self.library.store.write() as session:
            period = tables.MembershipPeriod(
                customer_id=actor_id,
                branch_code="9401",
                membership_code="53",
                begin_on=day,
                end_on=date(2027, 3, 31),
                status=status,
                price_cents=cents,
            )
            session.add(period)
            session.flush()
            charge = tables.LedgerEntry(
                customer_id=actor_id,
                kind="charge",
                account="contribution",
                booking_code="1001",
                amount_cents=cents,
                description="Contributie",
                day=day,
                at=self.library.clock.now(),
                period_id=period.id,
                desk_id=1,
                branch_code="9401",
            )
            session.add(charge)
            session.flush()
            return charge.id or 0

    def pays_for(self, payer: int, other: int) -> None:
        """Let a customer pay what another one owes."""
        self.library.add(tables.Relation(customer_id=other, other_id=payer, kind="payer"))

    def status(self, actor_id: int = CUSTOMER) -> int:
        """The status of the customer's newest period."""
        with self.library.store.write() as session:
            query = select(tables.MembershipPeriod.status).where(
                tables.MembershipPeriod.customer_id == actor_id
            )
            return session.exec(query.order_by(col(tables.MembershipPeriod.id).desc())).first() or 0

    def open(self, actor_id: int = CUSTOMER) -> Settlement:
        """What Afrekenen would show."""
        return settling.open_lines(self.desk, actor_id)

    def cents(self, actor_id: int = CUSTOMER) -> list[int]:
        """What is open, oldest first."""
        return [line.open_cents for line in self.open(actor_id).lines]

    def entries(self) -> list[tuple[int, str, str, int]]:
        """The whole ledger as (customer, kind, journal, cents), oldest first."""
        with self.library.store.write() as session:
            query = select(tables.LedgerEntry).order_by(col(tables.LedgerEntry.id))
            return [
                (row.customer_id, row.kind, row.journal, row.amount_cents)
                for row in session.exec(query)
            ]

    def last_entry(self, actor_id: int = CUSTOMER) -> int:
        """The newest entry of a customer."""
        with self.library.store.write() as session:
            query = select(tables.LedgerEntry.id).where(tables.LedgerEntry.customer_id == actor_id)
            return session.exec(query.order_by(col(tables.LedgerEntry.id).desc())).first() or 0


def books_of(library: Library) -> Books:
    """Give a library its lists of reasons and codes, a second desk, and a customer."""
    library.add(
        tables.Desk(branch_code="9401", name="balie2"),
        *(tables.Word(kind="waive_reason", code=code, nl=nl) for code, nl in REASONS.items()),
        *(tables.Word(kind="booking_code", code=code, nl=nl) for code, nl in CODES.items()),
    )
    library.customer(CUSTOMER)
    return Books(library)
