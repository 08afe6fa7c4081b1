"""Login accounts: whose account is whose, and the accounts that the local provider keeps."""

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from deskterm.store.tables.base import Moment, moment, moment_or_none, one_of, partial_index


class LoginAccount(SQLModel, table=True):
    """The account that a customer logs in with; the provider has the account itself.

    `customer.username` repeats the user name, for searching and for files; both are written in
    one transaction.
    """

    __tablename__ = "login_account"
    __table_args__ = (
        one_of("state", "pending", "active", "expired"),
        Index("ix_login_account_provider_ref", "provider", "ref"),
    )

    customer_id: int = Field(primary_key=True, foreign_key="customer.actor_id")
    provider: str
    ref: str
    """The provider's own name for it, which never changes."""
    username: str = Field(index=True)
    email: str = ""
    """The account's own address, which may be another one than the customer's."""
    state: str
    made_here: bool = False
    """Whether this library had it made; only such an account may be deleted, while pending."""
    made_at: Moment | None = moment_or_none()
    expires_at: Moment | None = moment_or_none()
    """When a pending account is removed by the provider."""
    etag: str = ""
    checked_at: Moment | None = moment_or_none()
    """When the provider last told the state."""


class LocalAccount(SQLModel, table=True):
    """An account of the local provider: this library is its own account server."""

    __tablename__ = "local_account"

    ref: str = Field(primary_key=True)
    key: str = Field(unique=True)
    """The job that it was made for: making it again finds it."""
    username: str = Field(unique=True)
    folded: str = Field(unique=True)
    """The user name without capitals: two that differ in nothing else are not both given out."""
    email: str = ""
    code_hash: str = ""
    """Of the one-time code; empty once used."""
    made_at: Moment = moment()
    expires_at: Moment = moment()
    activated_at: Moment | None = moment_or_none()


class AccountJob(SQLModel, table=True):
    """A login account that is to be made; one open job per customer."""

    __tablename__ = "account_job"
    __table_args__ = (
        one_of("kind", "create", "link"),
        one_of("state", "queued", "done", "failed"),
        Index("uq_account_job_key", "key", unique=True),
        partial_index("uq_account_job_open", "customer_id", where="state = 'queued'"),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str
    """What the provider knows the account by (SCIM: externalId)."""
    customer_id: int = Field(foreign_key="customer.actor_id", index=True)
    kind: str = "create"
    username: str = ""
    """The user name that was made."""
    email: str = ""
    """Where the provider mails to; emptied when the job has ended."""
    state: str = "queued"
    at: Moment = moment()
    attempts: int = 0
    next_at: Moment | None = moment_or_none()
    """Not to be tried before."""
    lease_until: Moment | None = moment_or_none()
    """Until when `worker` has it for itself."""
    worker: str = ""
    error: str = ""
    """A code of what went wrong last; never a name or an address."""
    done_at: Moment | None = moment_or_none()
