"""The engines of SQLAlchemy under a store: for writing, and for all of PostgreSQL."""

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Dialect, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from deskterm.store.errors import NoDriver, NotADatabase, WrongAddress
from deskterm.store.turns import take_turn

WRITES = "deskterm_writes"
_WRITER_LOCK = 0x6465736B
"""The advisory lock that makes writes on PostgreSQL take turns; `desk` in letters."""
_TURN = f"SELECT pg_advisory_xact_lock({_WRITER_LOCK})"


def url_of(address: str) -> URL:
    """The URL of a store that is not named by its file; `postgresql://` gets our driver.

    `postgres://` is the same to libpq.

    Raises:
        NotADatabase: a URL of an engine we do not speak.
    """
    try:
        url = make_url(address)
    except ArgumentError as error:
        raise NotADatabase(str(error)) from error
    if url.get_backend_name() in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() != "sqlite" or not url.database:
        raise NotADatabase(url.drivername)
    return url


def sqlite_engine(url: URL, pragmas: tuple[str, ...], wait_seconds: int) -> Engine:
    """An engine on a SQLite file, whose writers take turns from their first statement."""
    engine = create_engine(
        url,
        pool_use_lifo=True,
        # Values are people's; none of them belongs in the words of an error.
        hide_parameters=True,
        connect_args={"timeout": wait_seconds, "isolation_level": None},
    )

    @event.listens_for(engine, "connect")
    def set_pragmas(connection: sqlite3.Connection, _record: object) -> None:
        for pragma in pragmas:
            connection.execute(pragma)

    # The driver's own BEGIN comes too late: it lets two desks read before either writes.
    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get(WRITES):
            driver: Any = connection.connection.driver_connection
            take_turn(driver, wait_seconds)
        else:
            connection.exec_driver_sql("BEGIN")

    return engine


def postgresql_engine(url: URL, wait_seconds: int) -> Engine:
    """An engine on a PostgreSQL server. What the URL says of the line goes before what we say.

    Raises:
        NoDriver: the program was installed without the driver.
    """
    try:
        from psycopg import ProgrammingError

        from deskterm.store.certain import CertainConnection
    except ImportError as error:
        raise NoDriver(str(error)) from error
    engine = create_engine(
        url,
        pool_use_lifo=True,
        pool_pre_ping=True,
        # One that writes and one that looks up lists: of a hundred desks that is much already.
        pool_size=2,
        hide_parameters=True,
        connect_args=_line_of(url, wait_seconds),
    )

    @event.listens_for(engine, "do_connect")
    def connect(
        _dialect: Dialect, _record: object, args: Sequence[str], options: Mapping[str, Any]
    ) -> CertainConnection:
        def reconnect() -> CertainConnection:
            try:
                connection = CertainConnection.connect(*args, **options)
            except ProgrammingError as error:
                raise WrongAddress(str(error)) from error
            connection.reconnect = reconnect
            return connection

        return reconnect()

    # Writers take turns as they do on SQLite: no lost update, and no use case that must retry.
    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get(WRITES):
            connection.exec_driver_sql(_TURN)
            line = connection.connection.driver_connection
            if isinstance(line, CertainConnection):
                line.turn = _TURN

    return engine


def _line_of(url: URL, wait_seconds: int) -> dict[str, str | int]:
    """How a desk holds its line: both ends notice within a minute that the other one is gone.

    A desk that vanished would keep everybody's turn to write until the server noticed.
    """
    ours: dict[str, str | int] = {
        "connect_timeout": wait_seconds,
        "keepalives_idle": 20,
        "keepalives_interval": 10,
        "keepalives_count": 3,
        "tcp_user_timeout": 30_000,
        "application_name": "deskterm",
    }
    line = {name: value for name, value in ours.items() if name not in url.query}
    settings = {
        "timezone": "UTC",
        "lock_timeout": f"{wait_seconds}s",
        "idle_in_transaction_session_timeout": "60s",
        "tcp_keepalives_idle": "20",
        "tcp_keepalives_interval": "10",
        "tcp_keepalives_count": "3",
    }
    asked = [f"-c {name}={value}" for name, value in settings.items()]
    # Of two that set the same, the last one counts.
    line["options"] = " ".join([*asked, str(url.query.get("options", ""))]).strip()
    return line
