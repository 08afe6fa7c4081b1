"""Providers that do what servers do on their bad days."""

from collections.abc import Callable
from dataclasses import dataclass, field

from deskterm.accounts.local import LocalProvider
from deskterm.accounts.model import AccountError, NewAccount, ProviderAccount, Unavailable
from tests.accounts.hall import Hall


def _nothing() -> None:
    """What happens in between when nothing does."""


@dataclass
class Troubled:
    """A provider that raises each of its troubles in turn, and then does as it is asked."""

    hall: Hall
    troubles: list[AccountError] = field(default_factory=list)
    before: Callable[[], None] = _nothing
    """Done before an account is made."""
    after: Callable[[], None] = _nothing
    """Done once it is made, before its answer is given."""
    swallows: bool = False
    """Whether the trouble comes after the account was made, as when an answer is lost."""
    unforgetting: bool = False
    """Whether it cannot forget."""
    names: list[str] = field(default_factory=list)
    """The user names that were asked for."""
    forgot: list[str] = field(default_factory=list)
    """The accounts that were to be forgotten."""
    asked: int = 0
    """How often the status was asked."""

    name = "local"

    @property
    def _inner(self) -> LocalProvider:
        return self.hall.provider

    def find(self, username: str) -> ProviderAccount | None:
        return self._inner.find(username)

    def create(self, new: NewAccount) -> ProviderAccount:
        self.names.append(new.username)
        self.before()
        if self.troubles and not self.swallows:
            raise self.troubles.pop(0)
        made = self._inner.create(new)
        self.after()
        if self.troubles:
            raise self.troubles.pop(0)
        return self._inner.status(made.ref) or made

    def status(self, ref: str) -> ProviderAccount | None:
        self.asked += 1
        if self.troubles:
            raise self.troubles.pop(0)
        return self._inner.status(ref)

    def forget(self, ref: str, etag: str = "") -> None:
        self.forgot.append(ref)
        if self.unforgetting:
            raise Unavailable
        self._inner.forget(ref, etag)

    def check(self) -> None:
        self._inner.check()

    def close(self) -> None:
        self._inner.close()


@dataclass
class Answering:
    """A provider that makes the account it was given, whatever it is asked for."""

    account: ProviderAccount
    name: str = "scim"

    def find(self, username: str) -> ProviderAccount | None:
        return self.account if self.account.username == username else None

    def create(self, new: NewAccount) -> ProviderAccount:
        return self.account

    def status(self, ref: str) -> ProviderAccount | None:
        return self.account if self.account.ref == ref else None

    def forget(self, ref: str, etag: str = "") -> None:
        raise Unavailable

    def check(self) -> None:
        """All is well."""

    def close(self) -> None:
        """Nothing is held."""
