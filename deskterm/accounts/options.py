"""What a library decides about login accounts, as it stands in its settings."""

from dataclasses import dataclass, field
from typing import Literal

USERNAME_CANDIDATES = ("{pas}", "{voorletter}{achternaam}", "{voorletter}{achternaam}{n}")
USERNAME_PATTERN = r"[A-Za-z0-9_.@-]{4,80}"


@dataclass(frozen=True, slots=True)
class ScimOptions:
    """An account server that speaks SCIM 2.0 (RFC 7643, RFC 7644), and its quirks."""

    base_url: str = ""
    """Up to and without `/Users`; https, or http on this machine itself."""
    search: Literal["post", "get", "path"] = "post"
    """How a name is looked up: in a body, in a query, or as the path `/Users/{name}`."""
    has_external_id: bool = True
    """Whether the server keeps the job's key; without it, a user name tells what was made."""
    created_active: bool = False
    """Whether accounts are made active; the server then asks the customer nothing."""
    ca_file: str = ""
    """The certificates to trust instead of the system's."""
    token_file: str = ""
    """Where the token is when neither systemd nor the environment has it; its mode is 0600."""
    connect_s: float = 2.0
    """The longest that connecting may take, in seconds."""
    read_s: float = 6.0
    """The longest that an answer may take after that, in seconds."""


@dataclass(frozen=True, slots=True)
class AccountOptions:
    """Where login accounts live and how they are named."""

    provider: Literal["local", "scim", "none"] = "local"
    """`local`: this library keeps them itself; `scim`: an account server; `none`: nobody."""
    activation_hours: int = 24
    """How long a new account waits for its customer before it is removed (seed 1)."""
    username_candidates: tuple[str, ...] = USERNAME_CANDIDATES
    """Templates of `rules.usernames`, tried in this order."""
    username_pattern: str = USERNAME_PATTERN
    """What all of a user name has to match."""
    delete_pending_on_forget: bool = True
    """Whether forgetting deletes an account that was made here and waits for its customer."""
    interactive_budget_s: float = 5.0
    """How long staff wait for an account that is made at once, before it goes to the queue."""
    scim: ScimOptions = field(default_factory=ScimOptions)
