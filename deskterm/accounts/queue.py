"""The queue of login accounts: one job at a time is taken, done at the provider, written down.

The provider is asked outside any transaction, so a killed worker can leave an account that nobody
wrote down. Its job is still queued then: when the lease has ended it is taken again, and the
provider, which makes nothing new for the same key, answers with that very account.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta

from deskterm.accounts.claiming import take
from deskterm.accounts.clock import Clock
from deskterm.accounts.ending import fail, save, wait
from deskterm.accounts.jobs import JobResult, Task
from deskterm.accounts.links import Act
from deskterm.accounts.model import (
    AccountError,
    AccountProvider,
    Conflict,
    ProviderAccount,
    Rejected,
    Unavailable,
    UsernameTaken,
)
from deskterm.accounts.options import AccountOptions
from deskterm.store.engine import Store
from deskterm.store.leases import LEASE, still_mine

_MOST_CONFLICTS = 3
"""A server that shows not all of its names may still have meant the name."""
_log = logging.getLogger("deskterm.accounts")


def run_one(
    store: Store,
    provider: AccountProvider,
    clock: Clock,
    options: AccountOptions,
    worker: str,
    job_id: int | None = None,
) -> JobResult | None:
    """Do the job that has been due longest, or the one with this id, due or not.

    What the provider does wrong is written down and in the result, never raised. A job that
    somebody else has, or that has ended, is answered as it stands. None when there is none.

    Raises:
        StoreError: the store cannot be used; the job comes again when its lease ends.
    """
    return _Runner(store, provider, clock, options).run(worker, job_id)


@dataclass(frozen=True, slots=True)
class _Runner:
    store: Store
    provider: AccountProvider
    clock: Clock
    options: AccountOptions

    def run(self, worker: str, job_id: int | None) -> JobResult | None:
        with self._act() as act:
            task = take(act, self.options, worker, job_id)
        if not isinstance(task, Task):
            return task
        try:
            result = self._make(task)
        except Rejected as error:
            result = self._fail(task, error.code)
        except AccountError as error:
            seconds = error.retry_after if isinstance(error, Unavailable) else None
            with self._act() as act:
                result = wait(act, task, error.code, seconds)
        if result is not None:
            _log.info("job %d: %s %s", task.job_id, result.state, result.error)
        return result

    def _make(self, task: Task) -> JobResult | None:
        """Try the names in turn until the provider takes one, or it is not about the name."""
        conflicts = 0
        for username in task.candidates:
            kept = self._keep(task)
            if kept is None:
                break
            task = kept
            try:
                account = self.provider.create(replace(task.new, username=username))
            except Conflict:
                conflicts += 1
                if conflicts == _MOST_CONFLICTS:
                    break
                continue
            except UsernameTaken:
                continue
            if not account.email:
                account = replace(account, email=task.new.email)
            saved = self._save(task, account)
            if saved is not None:
                return saved
        return self._fail(task, Conflict.code if conflicts else UsernameTaken.code)

    def _keep(self, task: Task) -> Task | None:
        """Make a lease longer of which half is over; None when another worker has the job."""
        from deskterm.store.tables import AccountJob

        if task.lease_until - self.clock.now() > LEASE / 2:
            return task
        with self._act() as act:
            job = still_mine(act.session, AccountJob, task.job_id, task.worker)
            if job is None:
                return None
            job.lease_until = act.now + LEASE
            act.session.add(job)
            return replace(task, lease_until=job.lease_until)

    def _save(self, task: Task, account: ProviderAccount) -> JobResult | None:
        waits = timedelta(hours=self.options.activation_hours)
        with self._act() as act:
            saved = save(act, task, self.provider.name, account, waits)
        if saved is None:
            return None
        result, is_nobodys = saved
        if is_nobodys and not account.active and self.options.delete_pending_on_forget:
            self._undo(task, account)
        return result

    def _undo(self, task: Task, account: ProviderAccount) -> None:
        """Delete an account that was made in vain; if that fails it expires by itself."""
        try:
            self.provider.forget(account.ref, account.etag)
        except AccountError as error:
            _log.warning("job %d: not undone: %s", task.job_id, error.code)

    def _fail(self, task: Task, code: str) -> JobResult | None:
        with self._act() as act:
            return fail(act, task, code)

    @contextmanager
    def _act(self) -> Iterator[Act]:
        with self.store.write() as session:
            yield Act.begin(session, self.clock)
