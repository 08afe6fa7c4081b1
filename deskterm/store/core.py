"""The engines of SQLAlchemy under a store: for writing, and for all of PostgreSQL."""

import sqlite3

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from deskterm.store.errors import NotADatabase

WRITES = "deskterm_writes"
_WRITER_LOCK = 0x6465736B
"""The advisory lock that makes writes on PostgreSQL take turns; `desk` in letters."""


def url_of(address: str) -> URL:
    """The URL of a store that is not named by its file; `postgresql://` gets our driver.

    Raises:
        NotADatabase: a URL of an engine we do not speak.
    """
    try:
        url = make_url(address)
    except ArgumentError as error:
        raise NotADatabase(str(error)) from error
    if url.get_backend_name() == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() != "sqlite" or not url.database:
        raise NotADatabase(url.drivername)
    return url


def sqlite_engine(url: URL, pragmas: tuple[str, ...], wait_seconds: int) -> Engine:
    """An engine on a SQLite file, whose writers take turns from their first statement."""
    engine = create_engine(
        url, pool_use_lifo=True, connect_args={"timeout": wait_seconds, "isolation_level": None}
    )

    @event.listens_for(engine, "connect")
    def set_pragmas(connection: sqlite3.Connection, _record: object) -> None:
        for pragma in pragmas:
            connection.execute(pragma)

    # The driver's own BEGIN comes too late: it lets two desks read before either writes.
    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def postgresql_engine(url: URL, wait_seconds: int) -> Engine:
    """An engine on a PostgreSQL server."""
    engine = create_engine(
        url,
        pool_use_lifo=True,
        pool_pre_ping=True,
        connect_args={
            "connect_timeout": wait_seconds,
            "options": f"-c timezone=UTC -c lock_timeout={wait_seconds}s",
        },
    )

    # Writers take turns as they do on SQLite: no lost update, and no use case that must retry.
    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get(WRITES):
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITER_LOCK})")

    return engine
