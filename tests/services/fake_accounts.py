"""An account server that does as a test tells it, and remembers what it was asked."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from deskterm.accounts.model import (
    AccountError,
    NewAccount,
    ProviderAccount,
    Rejected,
    UsernameTaken,
)


@dataclass
class FakeAccounts:
    """Accounts by ref; `trouble` is raised by every verb as long as it is set."""

    name: str = "fake"
    accounts: dict[str, ProviderAccount] = field(default_factory=dict)
    trouble: AccountError | None = None
    asked: list[str] = field(default_factory=list)
    """Verbs in the order of asking."""
    meanwhile: Callable[[str], object] | None = None
    """Called with the verb before it is answered: what happens elsewhere at that moment."""
    _keys: dict[str, str] = field(default_factory=dict)

    def put(
        self, username: str, *, active: bool = True, email: str = "a@example.org"
    ) -> ProviderAccount:
        """Have an account that somebody else made."""
        ref = f"ref-{len(self.accounts) + 1}"
        self.accounts[ref] = ProviderAccount(ref, username, email, active, etag="1")
        return self.accounts[ref]

    def activate(self, ref: str) -> None:
        """Let the customer confirm the address."""
        self.accounts[ref] = replace(self.accounts[ref], active=True, etag="2")

    def find(self, username: str) -> ProviderAccount | None:
        self._begin("find")
        found = (one for one in self.accounts.values() if one.username == username)
        return next(found, None)

    def create(self, new: NewAccount) -> ProviderAccount:
        self._begin("create")
        if new.key in self._keys:
            return self.accounts[self._keys[new.key]]
        if any(one.username == new.username for one in self.accounts.values()):
            raise UsernameTaken
        made = self.put(new.username, active=False, email=new.email)
        self._keys[new.key] = made.ref
        return made

    def status(self, ref: str) -> ProviderAccount | None:
        self._begin("status")
        return self.accounts.get(ref)

    def forget(self, ref: str, etag: str = "") -> None:
        self._begin("forget")
        account = self.accounts.get(ref)
        if account is None:
            return
        if etag and etag != account.etag:
            raise Rejected("412")
        del self.accounts[ref]

    def check(self) -> None:
        self._begin("check")

    def close(self) -> None:
        """Nothing is held."""

    def _begin(self, verb: str) -> None:
        self.asked.append(verb)
        if self.meanwhile is not None:
            self.meanwhile(verb)
        if self.trouble is not None:
            raise self.trouble
