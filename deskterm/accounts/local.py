"""The local provider: this library is its own account server, in its own store.

It plays what the national one does (seed 1, step 7): a new account waits a day for its customer
and is gone after that, its name free again. Here the customer shows a code instead of a link.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from deskterm.accounts.clock import Clock
from deskterm.accounts.codes import hash_of, is_code, new_code
from deskterm.accounts.model import (
    NewAccount,
    ProviderAccount,
    Rejected,
    Unavailable,
    UsernameTaken,
)
from deskterm.accounts.options import AccountOptions
from deskterm.mail.queue import enqueue, withdraw
from deskterm.store.engine import Store
from deskterm.store.errors import StoreError
from deskterm.store.light import Record, text
from deskterm.store.values import as_moment

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskterm.store.tables import LocalAccount

MAIL_KIND = "account_made"
_PENDING, _ACTIVE = "pending", "active"
_BY_NAME = text("SELECT * FROM local_account WHERE username = :value")
_BY_REF = text("SELECT * FROM local_account WHERE ref = :value")
_ANY = text("SELECT 1 FROM local_account LIMIT 1")


class LocalProvider:
    """Login accounts in the store. Raises Unavailable when the store cannot be used."""

    name = "local"

    def __init__(self, store: Store, clock: Clock, options: AccountOptions) -> None:
        """`activation_hours` of the options is how long a new account waits."""
        self._store = store
        self._clock = clock
        self._waits = timedelta(hours=options.activation_hours)

    def find(self, username: str) -> ProviderAccount | None:
        """The account with exactly this name; the comparison does not rest on a collation."""
        # No account has such a name, and not every engine can be asked about it.
        if not username.isprintable():
            return None
        row = self._living(_BY_NAME, username)
        return _as_read(row) if row is not None and row["username"] == username else None

    def create(self, new: NewAccount) -> ProviderAccount:
        """Make an account and ask for the mail with its code, or give the one made before.

        Raises:
            UsernameTaken: a living account has this name, or one that differs only in capitals.
            Rejected: the customer is gone.
        """
        now = self._clock.now()
        with self._writing() as session:
            _remove_expired(session, now)
            made = _made_for(session, new.key)
            if made is None:
                _require_free(session, new.username)
                made = self._added(session, new, now)
            return _as_written(made)

    def status(self, ref: str) -> ProviderAccount | None:
        """The account as it is now; None when it was not activated in time."""
        row = self._living(_BY_REF, ref)
        return None if row is None else _as_read(row)

    def forget(self, ref: str, etag: str = "") -> None:
        """Delete an account that waits for its customer.

        Raises:
            Rejected: its customer has activated it; it is theirs.
        """
        from deskterm.store.tables import LocalAccount

        with self._writing() as session:
            row = session.get(LocalAccount, ref)
            if row is None:
                return
            if row.activated_at is not None or (etag and etag != _PENDING):
                raise Rejected(_ACTIVE)
            session.delete(row)
            # Its code opens nothing any more.
            withdraw(session, _mail_key(ref), self._clock.now())

    def activate(self, code: str, ref: str = "") -> ProviderAccount | None:
        """Activate the account that a code was mailed for, of all or only this one; None for a
        wrong or expired code."""
        from sqlmodel import col, select

        from deskterm.store.tables import LocalAccount

        now = self._clock.now()
        with self._writing() as session:
            _remove_expired(session, now)
            waiting = select(LocalAccount).where(col(LocalAccount.activated_at).is_(None))
            if ref:
                waiting = waiting.where(col(LocalAccount.ref) == ref)
            # All of them are compared, so the time tells nothing about whose code it nearly is.
            found = [row for row in session.exec(waiting) if is_code(code, row.ref, row.code_hash)]
            if len(found) != 1:
                return None
            (row,) = found
            row.activated_at, row.code_hash = now, ""
            session.add(row)
            return _as_written(row)

    def check(self) -> None:
        """Raise Unavailable when the store cannot be used."""
        with _told_apart(), self._store.look() as reader:
            reader.execute(_ANY, {})

    def close(self) -> None:
        """Nothing is held: the store belongs to whoever opened it."""

    def _living(self, statement: object, value: str) -> Record | None:
        """A row that has not expired; one that has is removed at once."""
        with _told_apart(), self._store.look() as reader:
            row: Record | None = next(
                iter(reader.execute(statement, {"value": value}).mappings()), None
            )
        if row is None or row["activated_at"] is not None:
            return row
        now = self._clock.now()
        if as_moment(row["expires_at"]) > now:
            return row
        with self._writing() as session:
            _remove_expired(session, now)
        return None

    def _added(self, session: "Session", new: NewAccount, now: datetime) -> "LocalAccount":
        from deskterm.store.tables import LocalAccount

        ref, code = secrets.token_hex(16), new_code()
        row = LocalAccount(
            ref=ref,
            key=new.key,
            username=new.username,
            folded=new.username.casefold(),
            email=new.email,
            code_hash=hash_of(code, ref),
            made_at=now,
            expires_at=now + self._waits,
        )
        session.add(row)
        session.flush()
        _ask_for_mail(session, new, row, code)
        return row

    @contextmanager
    def _writing(self) -> Iterator["Session"]:
        with _told_apart(), self._store.write() as session:
            yield session


@contextmanager
def _told_apart() -> Iterator[None]:
    try:
        yield
    except StoreError as error:
        # What the driver says may quote a row.
        raise Unavailable(type(error).__name__) from None


def _remove_expired(session: "Session", now: datetime) -> None:
    from sqlmodel import col, delete

    from deskterm.store.tables import LocalAccount

    session.exec(
        delete(LocalAccount).where(
            col(LocalAccount.activated_at).is_(None), col(LocalAccount.expires_at) <= now
        )
    )


def _made_for(session: "Session", key: str) -> "LocalAccount | None":
    from sqlmodel import col, select

    from deskterm.store.tables import LocalAccount

    return session.exec(select(LocalAccount).where(col(LocalAccount.key) == key)).first()


def _require_free(session: "Session", username: str) -> None:
    from sqlmodel import col, select

    from deskterm.store.tables import LocalAccount

    same = select(LocalAccount.ref).where(col(LocalAccount.folded) == username.casefold())
    if session.exec(same).first() is not None:
        raise UsernameTaken


def _ask_for_mail(session: "Session", new: NewAccount, made: "LocalAccount", code: str) -> None:
    """Queue the mail in the transaction that makes the account: the code is nowhere else."""
    enqueue(
        session,
        # Not by the job's key: an account made anew after it expired has a mail of its own.
        key=_mail_key(made.ref),
        kind=MAIL_KIND,
        recipient=new.email,
        language=new.language,
        contents={
            "username": made.username,
            "code": code,
            "expires": made.expires_at.isoformat(),
            "hours": f"{(made.expires_at - made.made_at) / timedelta(hours=1):g}",
            "name": new.name,
            "library": _library_of(session, new.customer_id),
        },
        now=made.made_at,
        customer_id=new.customer_id,
    )


def _mail_key(ref: str) -> str:
    return f"account-{ref}"


def _library_of(session: "Session", customer_id: int) -> str:
    from sqlmodel import col, select

    from deskterm.store.tables import Branch, Customer, Institution

    query = (
        select(Institution.name)
        .join(Branch, col(Branch.institution_code) == col(Institution.code))
        .join(Customer, col(Customer.branch_code) == col(Branch.code))
        .where(col(Customer.actor_id) == customer_id)
    )
    library = session.exec(query).first()
    if library is None:
        raise Rejected("customer gone")
    return library


def _as_read(row: Record) -> ProviderAccount:
    active = row["activated_at"] is not None
    return ProviderAccount(
        ref=row["ref"],
        username=row["username"],
        email=row["email"],
        active=active,
        made_at=as_moment(row["made_at"]),
        expires_at=None if active else as_moment(row["expires_at"]),
        etag=_ACTIVE if active else _PENDING,
    )


def _as_written(row: "LocalAccount") -> ProviderAccount:
    return _as_read(row.model_dump())
