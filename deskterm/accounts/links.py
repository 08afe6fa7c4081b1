"""The account that a customer logs in with, as it is written down here."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from deskterm.accounts.clock import Clock
from deskterm.accounts.model import ProviderAccount

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskterm.store.tables import Customer, LoginAccount

LIVING = ("pending", "active")
"""States of an account that a customer has or may still get."""


@dataclass(frozen=True, slots=True)
class Act:
    """One write transaction of the account room: no employee and no desk does it."""

    session: "Session"
    now: datetime
    day: date

    @classmethod
    def begin(cls, session: "Session", clock: Clock) -> "Act":
        """An act at this moment."""
        return cls(session, clock.now(), clock.today())

    def customer(self, customer_id: int) -> "Customer | None":
        """The customer's row; None when it is gone."""
        from deskterm.store.tables import Customer

        return self.session.get(Customer, customer_id)

    def line(self, customer_id: int, action: str, old: str = "", new: str = "") -> None:
        """Add a line about the user name to the change log."""
        from deskterm.store.tables import ChangeLogLine

        customer = self.customer(customer_id)
        self.session.add(
            ChangeLogLine(
                customer_id=customer_id,
                at=self.now,
                day=self.day,
                branch_code=customer.branch_code if customer is not None else "",
                action=action,
                field="username",
                old=old,
                new=new,
            )
        )

    def rename(self, customer_id: int, action: str, username: str) -> None:
        """Write a customer's user name.

        Not a new version of the customer: no form may change the name of a tied account, so a
        desk that is editing loses nothing and would be told of a conflict that is none.
        """
        customer = self.customer(customer_id)
        if customer is None:
            return
        self.line(customer_id, action, customer.username, username)
        customer.username = username
        self.session.add(customer)


def tie(
    act: Act, customer_id: int, provider: str, account: ProviderAccount, waits: timedelta
) -> "LoginAccount":
    """Make an account that was made here the customer's own, in the place of an expired one.

    `waits` is how long it waits for its customer when the provider does not say.
    """
    from deskterm.store.tables import LoginAccount

    made_at = account.made_at or act.now
    link = act.session.merge(
        LoginAccount(
            customer_id=customer_id,
            provider=provider,
            ref=account.ref,
            username=account.username,
            email=account.email,
            state="active" if account.active else "pending",
            made_here=True,
            made_at=made_at,
            expires_at=None if account.active else account.expires_at or made_at + waits,
            etag=account.etag,
            checked_at=act.now,
        )
    )
    act.rename(customer_id, "account.made", account.username)
    return link


def write_status(act: Act, link: "LoginAccount", account: ProviderAccount | None) -> None:
    """Write what the provider told of a linked account; None says that it has removed it."""
    link.checked_at = act.now
    if account is None:
        expire(act, link)
        return
    if account.active and link.state != "active":
        act.line(link.customer_id, "account.active", "", account.username)
    link.state = "active" if account.active else "pending"
    link.etag, link.email = account.etag, account.email or link.email
    if account.active:
        link.expires_at = None
    elif account.expires_at is not None:
        link.expires_at = account.expires_at
    if account.username != link.username:
        # The customer chose another name at the provider.
        act.rename(link.customer_id, "account.renamed", account.username)
        link.username = account.username
    act.session.add(link)


def expire(act: Act, link: "LoginAccount") -> None:
    """Write that an account is no more; its user name stays until staff forget it."""
    if link.state != "expired":
        act.line(link.customer_id, "account.expired", link.username, "")
    link.state = "expired"
    act.session.add(link)
