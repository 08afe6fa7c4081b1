"""What tests of login accounts start from: one branch, its customers, a clock that stands."""

import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlmodel import SQLModel, col, select

from deskterm.accounts.jobs import JobResult
from deskterm.accounts.local import LocalProvider
from deskterm.accounts.model import AccountProvider, NewAccount
from deskterm.accounts.options import AccountOptions
from deskterm.accounts.queue import run_one
from deskterm.store.engine import Store
from deskterm.store.tables import (
    AccountJob,
    Card,
    ChangeLogLine,
    Customer,
    LocalAccount,
    LoginAccount,
    MailJob,
)
from tests.rows_store import NOON, add_library, customer_row

TESTABO = 413700
CARD = "29401000075868"
EMAIL = "thea@example.org"


@dataclass
class StandingClock:
    """A clock whose hands only tests move."""

    at: datetime = NOON

    def now(self) -> datetime:
        return self.at

    def today(self) -> date:
        return self.at.astimezone(UTC).date()

    def pass_by(self, **time: float) -> None:
        self.at += timedelta(**time)


@dataclass
class Hall:
    """A store with customers, and short ways to queue for accounts and look at them."""

    store: Store
    clock: StandingClock = field(default_factory=StandingClock)
    options: AccountOptions = field(default_factory=AccountOptions)

    @property
    def provider(self) -> LocalProvider:
        return LocalProvider(self.store, self.clock, self.options)

    def add(self, *rows: SQLModel) -> None:
        with self.store.write() as session:
            for row in rows:
                session.add(row)
                session.flush()

    def customer(self, actor_id: int = TESTABO, card: str = "", **columns: Any) -> int:
        row = customer_row(actor_id, columns.pop("surname", "Testabo"))
        for name, value in ({"initials": "T.", "email": EMAIL} | columns).items():
            setattr(row, name, value)
        self.add(row)
        if card:
            day = NOON.date()
            self.add(Card(number=card, customer_id=actor_id, branch_code="9401", issued_on=day))
        return actor_id

    def job(self, customer_id: int = TESTABO, key: str = "", **columns: Any) -> int:
        """Queue for an account as enrolling does; the answer is the job's number."""
        now = self.clock.now()
        values: dict[str, Any] = {"email": EMAIL, "at": now, "next_at": now}
        row = AccountJob(
            key=key or f"key-{customer_id}", customer_id=customer_id, **(values | columns)
        )
        self.add(row)
        return row.id or 0

    def run(
        self,
        provider: AccountProvider | None = None,
        worker: str = "worker",
        job_id: int | None = None,
    ) -> JobResult | None:
        return run_one(
            self.store, provider or self.provider, self.clock, self.options, worker, job_id
        )

    def made(self, provider: AccountProvider | None = None, job_id: int | None = None) -> JobResult:
        """Run a job that is there."""
        result = self.run(provider, job_id=job_id)
        assert result is not None
        return result

    def rows(self, table: type[Any]) -> list[Any]:
        with self.store.write() as session:
            return list(session.exec(select(table)))

    def change(self, table: type[Any], key: object, **columns: Any) -> None:
        with self.store.write() as session:
            row = session.get(table, key)
            for name, value in columns.items():
                setattr(row, name, value)
            session.add(row)

    def the_job(self, job_id: int) -> AccountJob:
        found: AccountJob = next(row for row in self.rows(AccountJob) if row.id == job_id)
        return found

    def link(self, customer_id: int = TESTABO) -> LoginAccount | None:
        return next(
            (row for row in self.rows(LoginAccount) if row.customer_id == customer_id), None
        )

    def username(self, customer_id: int = TESTABO) -> str:
        return next(str(row.username) for row in self.rows(Customer) if row.actor_id == customer_id)

    def accounts(self) -> list[LocalAccount]:
        return self.rows(LocalAccount)

    def mails(self) -> list[MailJob]:
        return self.rows(MailJob)

    def log(self, customer_id: int = TESTABO) -> list[tuple[str, str, str, str]]:
        with self.store.write() as session:
            query = select(ChangeLogLine).where(col(ChangeLogLine.customer_id) == customer_id)
            lines = sorted(session.exec(query), key=lambda line: line.id or 0)
            return [(line.action, line.field, line.old, line.new) for line in lines]


def fill(store: Store) -> Hall:
    """One branch with the customer of the seed, who has a card."""
    add_library(store)
    hall = Hall(store)
    hall.customer(card=CARD)
    return hall


def code_of(hall: Hall, nth: int = -1) -> str:
    """The code in a mail that is queued; the last one."""
    code: str = json.loads(hall.mails()[nth].contents)["code"]
    return code


def wanted(username: str = "ttestabo", key: str = "key-1", **values: Any) -> NewAccount:
    """An account for the customer of the seed."""
    known: dict[str, Any] = {
        "name": "T. Testabo",
        "family_name": "Testabo",
        "email": EMAIL,
        "language": "nl",
        "customer_id": TESTABO,
    }
    return NewAccount(key=key, username=username, **(known | values))
