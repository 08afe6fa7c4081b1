"""The store: one SQLite file or PostgreSQL database, its read and its write transaction.

Reads are plain SQL over a Core connection. The ORM, SQLModel and Alembic are imported by what
needs them only: together they cost more than the screen.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from deskterm.paths import private_folder
from deskterm.store.errors import Missing, NewerStore, NotADatabase, ReadOnly, told_apart
from deskterm.store.revision import HEAD, REVISIONS, revision_of

if TYPE_CHECKING:
    from sqlmodel import Session

WAIT_SECONDS = 5
"""How long a transaction waits for another one that writes."""

_JOURNAL = "PRAGMA journal_mode"
_WRITES = "deskterm_writes"
_WRITER_LOCK = 0x6465736B
"""The advisory lock that makes writes on PostgreSQL take turns; `desk` in letters."""

_SQLITE_START = b"SQLite format 3\0"
_SQLITE_PRAGMAS = (
    f"PRAGMA busy_timeout = {WAIT_SECONDS * 1000}",
    "PRAGMA foreign_keys = ON",
    "PRAGMA synchronous = FULL",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -8000",
    "PRAGMA journal_size_limit = 67108864",
)


class Store:
    """A library's data. Threads may share it; each transaction has a connection of its own."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._reads = engine
        self._writes = engine.execution_options(**{_WRITES: True})
        self.dialect: Literal["sqlite", "postgresql"] = "sqlite"
        if engine.dialect.name == "postgresql":
            self.dialect = "postgresql"
            self._reads = engine.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )

    @property
    def url(self) -> str:
        """Where the store is, with any password in it."""
        return self._engine.url.render_as_string(hide_password=False)

    @property
    def file(self) -> Path | None:
        """The file of a SQLite store; None on a server."""
        name = self._engine.url.database
        return Path(name) if self.dialect == "sqlite" and name else None

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One transaction that sees the store as it was at its first statement."""
        with told_apart(), self._reads.begin() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator["Session"]:
        """One transaction that may write, alone: others wait for it, up to `WAIT_SECONDS`.

        It is committed when the block ends, and leaves nothing behind when it raises. What it
        reads cannot be changed by another desk before it commits, on either engine.
        """
        from sqlmodel import Session

        with told_apart(), Session(self._writes, expire_on_commit=False) as session:
            session.connection()
            yield session
            session.commit()

    @contextmanager
    def write_plain(self) -> Iterator[Connection]:
        """The same transaction as a Core connection, for those who write many rows at a time."""
        with told_apart(), self._writes.begin() as connection:
            yield connection

    def close(self) -> None:
        """Let go of every connection; the store can still be used, and opens new ones."""
        self._engine.dispose()


def open_store(url_or_path: str, *, create: bool = True) -> Store:
    """Open the store at a path or a `postgresql://` URL, ready to use.

    An empty or missing one is filled with tables (unless `create` is off), one of an older
    deskterm is backed up beside itself and migrated.

    Raises:
        StoreError: of the kind that says why it cannot be opened.
    """
    url = store_url(url_or_path)
    file = Path(url.database or "") if url.get_backend_name() == "sqlite" else None
    if file is not None:
        _prepare_file(file, create=create)
    store = Store(_sqlite_engine(url) if file is not None else _postgresql_engine(url))
    try:
        _bring_up_to_date(store, create=create)
    except BaseException:
        store.close()
        raise
    return store


def store_url(url_or_path: str) -> URL:
    """The URL of a store: `postgresql://` gets our driver, anything that is no URL is a file.

    Raises:
        NotADatabase: a URL of an engine we do not speak.
    """
    if "://" not in url_or_path:
        return URL.create("sqlite", database=str(Path(url_or_path).expanduser()))
    try:
        url = make_url(url_or_path)
    except ArgumentError as error:
        raise NotADatabase(str(error)) from error
    if url.get_backend_name() == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() != "sqlite" or not url.database:
        raise NotADatabase(url.drivername)
    return url


def _prepare_file(file: Path, *, create: bool) -> None:
    """Make the file ourselves when it is not there, so that only its owner can read it."""
    if file.exists():
        _require_database(file)
        return
    if not create:
        raise Missing(str(file))
    try:
        private_folder(file.parent)
        file.touch(mode=0o600)
    except OSError as error:
        raise ReadOnly(str(error)) from error


def _require_database(file: Path) -> None:
    """Look before SQLite does: it takes a file of a few bytes for an empty database."""
    try:
        with file.open("rb") as content:
            start = content.read(len(_SQLITE_START))
    except OSError as error:
        raise NotADatabase(str(error)) from error
    if start and start != _SQLITE_START:
        raise NotADatabase("not SQLite")


def _sqlite_engine(url: URL) -> Engine:
    engine = create_engine(
        url, pool_use_lifo=True, connect_args={"timeout": WAIT_SECONDS, "isolation_level": None}
    )

    @event.listens_for(engine, "connect")
    def set_pragmas(connection: sqlite3.Connection, _record: object) -> None:
        for pragma in _SQLITE_PRAGMAS:
            connection.execute(pragma)

    # The driver's own BEGIN comes too late: it lets two desks read before either writes.
    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(_WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _postgresql_engine(url: URL) -> Engine:
    engine = create_engine(
        url,
        pool_use_lifo=True,
        pool_pre_ping=True,
        connect_args={
            "connect_timeout": WAIT_SECONDS,
            "options": f"-c timezone=UTC -c lock_timeout={WAIT_SECONDS}s",
        },
    )

    # Writers take turns as they do on SQLite: no lost update, and no use case that must retry.
    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get(_WRITES):
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITER_LOCK})")

    return engine


def _bring_up_to_date(store: Store, *, create: bool) -> None:
    with store.read() as connection:
        revision = revision_of(connection)
        side_by_side = store.file is None or connection.scalar(text(_JOURNAL)) == "wal"
    if revision is None and not create:
        raise NotADatabase("empty")
    if revision is not None and revision not in REVISIONS:
        raise NewerStore(revision)
    if not side_by_side and store.file is not None:
        _write_ahead(store.file)
    if revision != HEAD:
        from deskterm.store.migrate import migrate

        migrate(store, revision)


def _write_ahead(file: Path) -> None:
    """Let readers and the one writer work side by side from now on; the file remembers it."""
    with told_apart(), closing(sqlite3.connect(file, timeout=WAIT_SECONDS)) as connection:
        connection.execute(f"{_JOURNAL} = WAL")
