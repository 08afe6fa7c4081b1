"""Login accounts of customers as screens and the command line see them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

AccountState: TypeAlias = Literal[
    "none", "queued", "pending", "active", "expired", "failed", "unknown"
]
"""`unknown` is a user name that an import brought: the provider was never asked about it."""
JobState: TypeAlias = Literal["queued", "done", "failed"]


@dataclass(frozen=True, slots=True)
class FoundAccount:
    """A login account that exists at the provider, found by its exact user name."""

    ref: str
    """The provider's own name for it; goes with the form to where it is tied."""
    username: str
    email: str
    """The account's own address; may be empty, and is never copied to the customer."""
    active: bool
    """Whether its customer has confirmed the address."""
    linked_to: tuple[int, str] | None = None
    """Actor-id and name of another customer here who has it: to warn of."""

    def kept(self) -> dict[str, object]:
        """What a draft keeps of it, as JSON has it."""
        return {
            "ref": self.ref, "username": self.username, "email": self.email, "active": self.active,
        }  # fmt: skip


def found_from(kept: object) -> FoundAccount | None:
    """Give what `FoundAccount.kept` kept; None for nothing, or for what it did not make."""
    if not isinstance(kept, Mapping):
        return None
    texts = [kept.get(name) for name in ("ref", "username", "email")]
    ref, username, email = (one if isinstance(one, str) else "" for one in texts)
    if not ref or not username:
        return None
    return FoundAccount(ref, username, email, kept.get("active") is True)


@dataclass(frozen=True, slots=True)
class AccountView:
    """The login account of one customer, as far as this library knows."""

    state: AccountState = "none"
    username: str = ""
    email: str = ""
    """The account's own address, or while it is queued where the mail will go."""
    expires_at: datetime | None = None
    """Until when its customer can activate it."""
    job_id: int | None = None
    """The job that is queued or has failed."""
    error: str = ""
    """A sentence on what went wrong last; empty when nothing did."""
    made_here: bool = False
    """Whether this library had it made."""
    provider: str = ""
    """`local`, `scim`; empty without an account."""

    @property
    def is_living(self) -> bool:
        """Whether there is an account to log in with, now or once it is activated."""
        return self.state in ("pending", "active", "unknown")

    @property
    def takes_code(self) -> bool:
        """Whether it is activated with a code, which its customer may show at the desk."""
        return self.state == "pending" and self.provider == "local"


NO_ACCOUNT = AccountView()


@dataclass(frozen=True, slots=True)
class AccountOutcome:
    """What became of making one account."""

    state: Literal["made", "queued", "failed"]
    username: str
    """Empty until it is made."""
    email: str
    """Where the mail went, or will go."""
    expires_at: datetime | None
    """Until when the link in that mail holds."""
    why: str
    """Why it was not made yet, as a sentence; empty when it was."""


@dataclass(frozen=True, slots=True)
class AccountJobView:
    """An account that is to be made, as a list shows it."""

    id: int
    actor_id: int
    name: str
    """Of the customer, as lists have it."""
    state: JobState
    email: str
    """Where the mail will go; empty once the job has ended."""
    username: str
    """What was made; empty before."""
    at: datetime
    attempts: int
    next_at: datetime | None
    """Not tried before; None when it has ended."""
    error_code: str
    error: str
    """The sentence of that code."""
