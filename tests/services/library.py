"""A small library to try the services in: two branches, one employee of each role, word lists."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlmodel import SQLModel, select

from deskterm.accounts.model import AccountProvider
from deskterm.accounts.options import AccountOptions
from deskterm.rules.rights import Role, rights_of
from deskterm.services import pins
from deskterm.services.desk import Desk
from deskterm.store import tables
from deskterm.store.engine import Store
from deskterm.store.search import index_customer
from deskterm.views.desk import BranchView, DeskView, StaffView
from tests.services.fake_accounts import FakeAccounts

TODAY = date(2026, 3, 15)
ANNEN = BranchView("9401", "Annen", "1001")
SEED_CARD = "29401000075868"
WORDS = {
    "end_reason": {"AF": ("Afgevoerd", "Written off")},
    "customer_type": {"00": ("Reguliere klant", "Regular customer")},
    "title": {"Dhr.": ("Dhr.", "Mr."), "Mevr.": ("Mevr.", "Mrs.")},
    "id_kind": {"PAS": ("Paspoort", "Passport")},
    "country": {"NL": ("Nederland", ""), "BE": ("België", ""), "DE": ("Duitsland", "")},
    "role": {"ABO": ("Abonnementhouder", "Library member")},
    "message_kind": {"HR1": ("Herinnering", "Reminder"), "ATT": ("Attendering", "Alert")},
    "profile:interest": {"THR": ("Thrillers", "Thrillers")},
    "badge": {"OPN": ("Onbemand", "Unstaffed")},
    "label": {"VRI": ("Vriend", "Friend")},
    "newsletter": {"MND": ("Maandbericht", "Monthly")},
    "language": {"nl_NL": ("Nederlands", "Dutch"), "fy_NL": ("Fries", "Frisian")},
    "organization_type": {"SCH": ("School", "School")},
    "selection": {"INT": ("Internet", "Web")},
    "target_group": {"SEN": ("Senioren", "Seniors")},
}


@dataclass
class SteppingClock:
    """A clock that stands on the practice day; tests move its hands."""

    at: datetime = field(default_factory=lambda: datetime(2026, 3, 15, 9, 0, tzinfo=UTC))

    def now(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at

    def today(self) -> date:
        return TODAY


@dataclass
class Library:
    """A store with a library in it, and short ways to fill and read it."""

    store: Store
    clock: SteppingClock = field(default_factory=SteppingClock)
    accounts: AccountProvider | None = field(default_factory=FakeAccounts)
    account_options: AccountOptions = field(default_factory=AccountOptions)

    def desk(self, role: str | None = "ADMIN") -> Desk:
        """The first desk of Annen with somebody of a role signed in, or nobody."""
        place = DeskView(1, "balie1", ANNEN)
        return Desk(
            self.store,
            self.clock,
            place,
            staff_of(role) if role else None,
            self.accounts,
            self.account_options,
        )

    def add(self, *rows: SQLModel) -> None:
        with self.store.write() as session:
            for row in rows:
                session.add(row)
                session.flush()

    def setting(self, key: str, value: str) -> None:
        self.add(tables.LibrarySetting(key=key, value=value))

    def customer(self, actor_id: int = 413700, **columns: Any) -> int:
        """Add a customer with one address; the answer is the actor-id."""
        values: dict[str, Any] = {
            "branch_code": "9401",
            "registered_on": date(2022, 7, 4),
            "changed_at": self.clock.now(),
            "title": "Dhr.",
            "initials": "T.",
            "surname": "Testabo",
            "sex": "M",
            "born": date(1985, 1, 1),
        }
        row = tables.Customer(actor_id=actor_id, **(values | columns))
        address = tables.Address(
            customer_id=actor_id,
            street="Kruisakkers",
            house_number="41",
            postcode="9468 BG",
            place="Annen",
        )
        index_customer(row, [address])
        self.add(row, address)
        return actor_id

    def period(self, actor_id: int = 413700, **columns: Any) -> None:
        values: dict[str, Any] = {
            "branch_code": "9401",
            "membership_code": "53",
            "begin_on": date(2025, 7, 6),
            "end_on": date(2026, 7, 31),
            "status": 5,
            "price_cents": 5800,
        }
        self.add(tables.MembershipPeriod(customer_id=actor_id, **(values | columns)))

    def card(self, number: str = SEED_CARD, actor_id: int = 413700, **columns: Any) -> None:
        values: dict[str, Any] = {"branch_code": "9401", "issued_on": date(2022, 7, 4)}
        self.add(tables.Card(number=number, customer_id=actor_id, **(values | columns)))

    def charge(self, cents: int, actor_id: int = 413700, account: str = "registration") -> int:
        with self.store.write() as session:
            row = tables.LedgerEntry(
                customer_id=actor_id,
                kind="charge",
                account=account,
                booking_code="2101",
                amount_cents=cents,
                description="Boete",
                day=TODAY,
                at=self.clock.now(),
                branch_code="9401",
            )
            session.add(row)
            session.flush()
            return row.id or 0

    def loan(self, title: str, actor_id: int = 413700, **columns: Any) -> str:
        """Lend a new item; the answer is its barcode."""
        with self.store.write() as session:
            work = tables.Title(name=title, author="Haan, M. de")
            session.add(work)
            session.flush()
            number = f"3940100000{work.id:04}"
            item = tables.Item(number=number, title_id=work.id or 0, branch_code="9401")
            session.add(item)
            session.flush()
            values: dict[str, Any] = {
                "branch_code": "9401",
                "lent_on": TODAY - timedelta(days=5),
                "due_on": TODAY + timedelta(days=16),
            }
            session.add(
                tables.Loan(customer_id=actor_id, item_id=item.id or 0, **(values | columns))
            )
            return number

    def log(self, actor_id: int | None = 413700) -> list[tuple[str, str, str, str]]:
        """The change log of a customer as (action, field, old, new), oldest first."""
        with self.store.write() as session:
            query = select(tables.ChangeLogLine).where(tables.ChangeLogLine.customer_id == actor_id)
            lines = sorted(session.exec(query), key=lambda line: line.id or 0)
            return [(line.action, line.field, line.old, line.new) for line in lines]


def staff_of(role: str) -> StaffView:
    """The employee of a role, as signing in gives it."""
    number = Role[role].value
    return StaffView(
        id=number,
        actor_id=9000 + number,
        username=role.lower(),
        name=role.title(),
        role=role,
        language="",
        branch_code="9401",
        pin_must_change=False,
        rights=frozenset(right.value for right in rights_of(Role[role])),
    )


def fill(store: Store) -> Library:
    """Set a small library up in an empty store."""
    library = Library(store)
    library.add(
        tables.Institution(code="1001", name="Hondsrug"),
        tables.Branch(code="9401", institution_code="1001", name="Annen"),
        tables.Branch(code="5280", institution_code="1001", name="Zuidlaren"),
        tables.Desk(branch_code="9401", name="balie1"),
        tables.MembershipType(code="53", name="Compleet", max_items=2, max_open_cents=1000),
        tables.LibrarySetting(key="message_kind.HR1.allowed", value="MF"),
    )
    library.add(
        *(
            tables.Word(kind=kind, code=code, nl=nl, en=en)
            for kind, entries in WORDS.items()
            for code, (nl, en) in entries.items()
        )
    )
    library.add(*(_staff_row(role) for role in Role))
    return library


def _staff_row(role: Role) -> tables.Staff:
    return tables.Staff(
        actor_id=9000 + role.value,
        username=role.name.lower(),
        name=role.name.title(),
        born=date(1990, 1, role.value),
        role=role.name,
        branch_code="9401",
        card_number=f"2940199990000{role.value}",
        pin_hash=_hash(pins.first_pin(date(1990, 1, role.value))),
    )


_hashes: dict[str, str] = {}


def _hash(pin: str) -> str:
    """Hash once per PIN: hashing is slow on purpose."""
    if pin not in _hashes:
        _hashes[pin] = pins.hash_of(pin)
    return _hashes[pin]
