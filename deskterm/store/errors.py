"""What can be wrong with a store, told apart by what somebody can do about it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class StoreError(Exception):
    """The store cannot be used now; nothing of the transaction was written, unless `Unsure`."""


class Missing(StoreError):
    """There is no store at the place that was named, and none was to be made."""


class NotADatabase(StoreError):
    """The file is something else, or a database of another program, or damaged."""


class NewerStore(StoreError):
    """A newer deskterm made this store; this one would misread it."""


class ReadOnly(StoreError):
    """The file, its folder or the database user may not write."""


class Locked(StoreError):
    """Somebody else was writing for longer than we wait."""


class Full(StoreError):
    """The disk, or what this user may use of it, is full."""


class Unreachable(StoreError):
    """The server does not answer, or the folder cannot be opened."""


class WrongAddress(StoreError):
    """A server's address says something that no server knows."""


class Unsure(StoreError):
    """The server fell away while it saved: what was to be written is there whole, or not at all."""


class NoDriver(StoreError):
    """The program was installed without what it needs to speak to a server."""


class NotEmpty(StoreError):
    """There is a library already where another one was to be put."""


class NotCopied(StoreError):
    """A table, which it names, does not fit in another store as it is; nothing was copied."""


# Primary result codes, https://www.sqlite.org/rescode.html
_SQLITE_KINDS: dict[int, type[StoreError]] = {
    5: Locked,  # BUSY
    6: Locked,  # LOCKED
    8: ReadOnly,  # READONLY
    10: Full,  # IOERR: with a good disk this is a write that did not fit
    11: NotADatabase,  # CORRUPT
    13: Full,  # FULL
    14: Unreachable,  # CANTOPEN
    26: NotADatabase,  # NOTADB
}

# Classes and codes, https://www.postgresql.org/docs/current/errcodes-appendix.html
_POSTGRESQL_KINDS: tuple[tuple[str, type[StoreError]], ...] = (
    ("25006", ReadOnly),
    ("42501", ReadOnly),
    ("40", Locked),
    ("55P03", Locked),
    ("53100", Full),
    ("08", Unreachable),
    ("3D000", Unreachable),
    ("28", Unreachable),
    ("53300", Unreachable),
    ("57P", Unreachable),
)


def kind_of(error: BaseException | None) -> type[StoreError] | None:
    """Which kind of trouble a driver's error tells; None when it is about the data itself."""
    code = getattr(error, "sqlite_errorcode", None)
    if isinstance(code, int):
        return _SQLITE_KINDS.get(code & 0xFF)
    state = getattr(error, "sqlstate", None)
    if isinstance(state, str):
        return next((kind for start, kind in _POSTGRESQL_KINDS if state.startswith(start)), None)
    # psycopg has no code for a server that never answered, only its kind of error.
    unreachable = type(error).__module__ == "psycopg" and type(error).__name__ in (
        "OperationalError",
        "ConnectionTimeout",
    )
    return Unreachable if unreachable else None


def _driver_errors() -> tuple[type[Exception], ...]:
    """Errors of a driver, bare or wrapped by SQLAlchemy, which may not even be loaded."""
    from sqlite3 import Error

    if "sqlalchemy" not in sys.modules:
        return (Error,)
    from sqlalchemy.exc import DBAPIError

    return (Error, DBAPIError)


@contextmanager
def told_apart() -> Iterator[None]:
    """Raise a driver's error as the StoreError it is; errors about the data pass as they are."""
    try:
        yield
    except _driver_errors() as error:
        # SQLAlchemy keeps the driver's error in `orig`.
        original: Any = getattr(error, "orig", error)
        kind = kind_of(original)
        if kind is None:
            raise
        raise kind(str(original)) from error
