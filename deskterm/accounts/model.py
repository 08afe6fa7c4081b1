"""What an account server is to us: four verbs, plain values, and errors that are safe to show."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Protocol


@dataclass(frozen=True, slots=True)
class ProviderAccount:
    """A login account as its provider has it."""

    ref: str
    """The provider's own name for it, which never changes."""
    username: str
    email: str
    """May be empty: not every provider tells it."""
    active: bool
    """Whether the customer has confirmed the address and may log in."""
    made_at: datetime | None = None
    expires_at: datetime | None = None
    """When a pending account is removed by the provider; None for an active one."""
    etag: str = ""


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An account to be made."""

    key: str
    """Of the job: making it again with the same key makes nothing new (SCIM: externalId)."""
    username: str
    name: str
    """As it is written on an envelope."""
    family_name: str
    email: str
    language: str
    """`nl` or `en`."""
    customer_id: int


class AccountProvider(Protocol):
    """Where login accounts live. Every verb blocks, within limits of its own, and may raise
    AccountError."""

    name: str
    """`local`, `scim`: what links of customers are marked with."""

    def find(self, username: str) -> ProviderAccount | None:
        """The account with exactly this user name, capitals and all; None when there is none."""

    def create(self, new: NewAccount) -> ProviderAccount:
        """Make an account, or answer with the one made before for the same key.

        Raises UsernameTaken when somebody else has the name.
        """

    def status(self, ref: str) -> ProviderAccount | None:
        """The account as it is now; None once the provider has removed it."""

    def forget(self, ref: str, etag: str = "") -> None:
        """Delete the account if it is as it was at `etag`; one that is gone already is fine."""

    def check(self) -> None:
        """Raise what would go wrong, without making anything."""

    def close(self) -> None:
        """Let go of connections."""


class AccountError(Exception):
    """Something a provider did; `code` may be shown and logged, and names nobody."""

    code: ClassVar[str] = "error"

    def __init__(self, detail: str = "") -> None:
        """`detail` says more for the log, such as a status; never a name, address or token."""
        super().__init__(f"{self.code} {detail}".strip())
        self.detail = detail


class Unavailable(AccountError):
    """No answer, or one that says: later. What was asked may or may not have been done."""

    code = "unavailable"

    def __init__(self, detail: str = "", retry_after: float | None = None) -> None:
        """`retry_after` is the wait in seconds that the server asks for."""
        super().__init__(detail)
        self.retry_after = retry_after


class NotAuthorised(AccountError):
    """The token is missing, wrong or expired: the manager has to act, the job waits."""

    code = "not_authorised"


class UsernameTaken(AccountError):
    """Somebody has this user name: the next candidate's turn."""

    code = "username_taken"


class Conflict(UsernameTaken):
    """The server has something of this customer already, and it is not the user name: most likely
    the address (RFC 7643, 7: any attribute may be unique at a server)."""

    code = "conflict"


class Rejected(AccountError):
    """The server refuses this for good."""

    code = "rejected"


class BadAnswer(AccountError):
    """Something answered that does not speak the protocol; worth another try later."""

    code = "bad_answer"


class NoProvider(AccountError):
    """This library has no login accounts (`provider = "none"`)."""

    code = "none"
