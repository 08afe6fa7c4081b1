"""Asking what became of accounts that wait for their customers: activated, or removed."""

import logging
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from deskterm.accounts.clock import Clock
from deskterm.accounts.links import Act, expire, write_status
from deskterm.accounts.model import (
    AccountError,
    AccountProvider,
    NotAuthorised,
    ProviderAccount,
    Unavailable,
)
from deskterm.rules.accounts import UNHEARD_FOR
from deskterm.store.engine import Store

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

ASK_EVERY = timedelta(minutes=15)
_log = logging.getLogger("deskterm.accounts")


def refresh_due(store: Store, provider: AccountProvider, clock: Clock, limit: int = 20) -> int:
    """Ask about the pending accounts that were not asked for a quarter of an hour, or whose
    deadline has passed since, at most `limit`; the answer is how many the provider told of.

    One that nobody could be asked about is expired an hour after its deadline. To be called every
    minute or so: a provider that is down is asked for one account each time.

    Raises:
        StoreError: the store cannot be used.
    """
    told = 0
    for customer_id, ref in _due(store, provider.name, clock.now(), limit):
        try:
            account = provider.status(ref)
        except (Unavailable, NotAuthorised) as error:
            _log.warning("status: %s", error.code)
            break
        except AccountError as error:
            _log.warning("status: %s", error.code)
            continue
        write_answer(store, clock, customer_id, ref, account)
        told += 1
    _expire_unheard(store, clock)
    return told


def write_answer(
    store: Store, clock: Clock, customer_id: int, ref: str, account: ProviderAccount | None
) -> None:
    """Write a provider's answer about an account, unless the customer has another one by now."""
    from deskterm.store.tables import LoginAccount

    with store.write() as session:
        link = session.get(LoginAccount, customer_id)
        if link is not None and link.ref == ref:
            write_status(Act.begin(session, clock), link, account)


def refresh_ref(store: Store, provider: AccountProvider, clock: Clock, ref: str) -> int | None:
    """Ask about one account by the provider's name for it; the customer who has it, if any.

    Raises:
        AccountError: the provider could not tell.
        StoreError: the store cannot be used.
    """
    customer_id = _customer_of(store, provider.name, ref)
    if customer_id is not None:
        write_answer(store, clock, customer_id, ref, provider.status(ref))
    return customer_id


def _due(store: Store, provider: str, now: datetime, limit: int) -> list[tuple[int, str]]:
    from sqlmodel import Session, and_, col, or_, select

    from deskterm.store.tables import LoginAccount

    checked, deadline = col(LoginAccount.checked_at), col(LoginAccount.expires_at)
    query = (
        select(LoginAccount.customer_id, LoginAccount.ref)
        .where(
            col(LoginAccount.state) == "pending",
            col(LoginAccount.provider) == provider,
            or_(
                checked.is_(None),
                checked <= now - ASK_EVERY,
                # By a clock that was ahead.
                checked > now + ASK_EVERY,
                and_(deadline <= now, checked < deadline),
            ),
        )
        .order_by(checked.is_not(None), checked, col(LoginAccount.customer_id))
        .limit(limit)
    )
    with store.read() as connection, Session(connection) as session:
        return list(session.exec(query))


def _customer_of(store: Store, provider: str, ref: str) -> int | None:
    from sqlmodel import Session, col, select

    from deskterm.store.tables import LoginAccount

    query = select(LoginAccount.customer_id).where(
        col(LoginAccount.provider) == provider, col(LoginAccount.ref) == ref
    )
    with store.read() as connection, Session(connection) as session:
        return session.exec(query).first()


def _expire_unheard(store: Store, clock: Clock) -> None:
    """Write off, of any provider, what cannot be living any more."""
    from sqlmodel import Session, select

    from deskterm.store.tables import LoginAccount

    gone = select(LoginAccount).where(*_unheard_at(clock.now()))
    with store.read() as connection, Session(connection) as session:
        if session.exec(gone.limit(1)).first() is None:
            return
    with store.write() as session:
        act = Act.begin(session, clock)
        for link in session.exec(gone.with_for_update()):
            expire(act, link)


def _unheard_at(now: datetime) -> "tuple[ColumnElement[bool], ...]":
    from sqlmodel import col

    from deskterm.store.tables import LoginAccount

    deadline = col(LoginAccount.expires_at)
    return col(LoginAccount.state) == "pending", deadline <= now - UNHEARD_FOR
