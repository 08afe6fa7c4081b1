"""A provider that is made when it is first asked something: until then it costs a start nothing."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from deskterm.accounts.model import AccountProvider, NewAccount, ProviderAccount


class LaterProvider:
    """Stands for a provider. Every verb makes it first and raises what kept it from that, and the
    next verb tries again."""

    def __init__(self, name: str, make: Callable[[], AccountProvider]) -> None:
        """`name` is that of the provider which `make` makes, or raises AccountError."""
        self.name = name
        self._make = make
        self._made: AccountProvider | None = None
        self._lock = Lock()

    def find(self, username: str) -> ProviderAccount | None:
        return self._provider().find(username)

    def create(self, new: NewAccount) -> ProviderAccount:
        return self._provider().create(new)

    def status(self, ref: str) -> ProviderAccount | None:
        return self._provider().status(ref)

    def forget(self, ref: str, etag: str = "") -> None:
        self._provider().forget(ref, etag)

    def check(self) -> None:
        self._provider().check()

    def close(self) -> None:
        """Let go of connections; one that was never made has none."""
        with self._lock:
            if self._made is not None:
                self._made.close()
                self._made = None

    def _provider(self) -> AccountProvider:
        with self._lock:
            if self._made is None:
                self._made = self._make()
            return self._made
