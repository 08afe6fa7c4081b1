"""The queues that a worker empties, as its loop knows them."""

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING

from deskterm.accounts.clock import Clock
from deskterm.accounts.model import AccountProvider
from deskterm.accounts.options import AccountOptions
from deskterm.store.engine import Store
from deskterm.store.reads.errands import next_due
from deskterm.worker.model import Lane, seconds_until

if TYPE_CHECKING:
    from deskterm.mail.model import Sender

CHECK_EVERY_SECONDS = 60.0
"""Between two looks for accounts that may have been activated or removed."""


@dataclass(frozen=True, slots=True)
class AccountQueue:
    """Login accounts that are to be made."""

    store: Store
    provider: AccountProvider
    clock: Clock
    options: AccountOptions
    worker: str

    def wait(self) -> float | None:
        now = self.clock.now()
        with self.store.look() as connection:
            return seconds_until(next_due(connection, "account_job", now), now)

    def run_one(self) -> bool:
        from deskterm.accounts.queue import run_one

        done = run_one(self.store, self.provider, self.clock, self.options, self.worker)
        return done is not None


class PendingAccounts:
    """Asking what became of accounts that wait for their customers; nothing a worker stays for."""

    def __init__(
        self,
        store: Store,
        provider: AccountProvider,
        clock: Clock,
        ticks: Callable[[], float] = monotonic,
    ) -> None:
        self._store, self._provider, self._clock = store, provider, clock
        self._ticks = ticks
        self._next = ticks()

    def wait(self) -> float | None:
        return 0.0 if self._ticks() >= self._next else None

    def run_one(self) -> bool:
        from deskterm.accounts.refreshing import refresh_due

        self._next = self._ticks() + CHECK_EVERY_SECONDS
        return refresh_due(self._store, self._provider, self._clock) > 0


@dataclass(frozen=True, slots=True)
class MailQueue:
    """Mail that is to be sent."""

    store: Store
    sender: "Sender"
    clock: Clock
    worker: str

    def wait(self) -> float | None:
        now = self.clock.now()
        with self.store.look() as connection:
            return seconds_until(next_due(connection, "mail_job", now), now)

    def run_one(self) -> bool:
        from deskterm.mail.queue import run_one

        return run_one(self.store, self.sender, self.clock, self.worker)


def accounts_lane(
    store: Store, provider: AccountProvider, clock: Clock, options: AccountOptions, worker: str
) -> Lane:
    """Make accounts, and while there are none to make, ask about those that wait."""
    queue = AccountQueue(store, provider, clock, options, worker)
    return Lane("accounts", (queue, PendingAccounts(store, provider, clock)))


def mail_lane(store: Store, sender: "Sender", clock: Clock, worker: str) -> Lane:
    """Send mail."""
    return Lane("mail", (MailQueue(store, sender, clock, worker),))
