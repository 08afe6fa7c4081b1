"""The store: one SQLite file or PostgreSQL database, its read and its write transaction.

A look at SQLite needs no more than the standard library's driver; SQLAlchemy, SQLModel and
Alembic are imported by what needs them: together they cost more than the screen.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cached_property
from pathlib import Path
from threading import local
from typing import TYPE_CHECKING, Literal

from deskterm.paths import private_folder
from deskterm.store.errors import Missing, NewerStore, NotADatabase, ReadOnly, told_apart
from deskterm.store.light import LightPool, Reader, text
from deskterm.store.revision import HEAD, REVISIONS, revision_of

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine
    from sqlmodel import Session

WAIT_SECONDS = 5
"""How long a transaction waits for another one that writes."""

_thread = local()
_JOURNAL = text("PRAGMA journal_mode")
_SQLITE_START = b"SQLite format 3\0"
_SQLITE_PRAGMAS = (
    f"PRAGMA busy_timeout = {WAIT_SECONDS * 1000}",
    "PRAGMA foreign_keys = ON",
    "PRAGMA synchronous = FULL",
    "PRAGMA temp_store = MEMORY",
    # Little: the pages lie in the cache of the system too, which all desks of a machine share.
    "PRAGMA cache_size = -1000",
    "PRAGMA journal_size_limit = 67108864",
)


class Store:
    """A library's data. Threads may share it; each transaction has a connection of its own."""

    def __init__(self, address: str, file: Path | None) -> None:
        """`file` is a SQLite file, else the address is a URL."""
        self._address = address
        self.file = file
        """The file of a SQLite store; None on a server."""
        self._light = None if file is None else LightPool(file, _SQLITE_PRAGMAS, WAIT_SECONDS)
        self.dialect: Literal["sqlite", "postgresql"] = "postgresql" if file is None else "sqlite"

    @cached_property
    def _engine(self) -> "Engine":
        from sqlalchemy.engine import URL

        from deskterm.store import core

        if self.file is None:
            return core.postgresql_engine(core.url_of(self._address), WAIT_SECONDS)
        url = URL.create("sqlite", database=str(self.file))
        return core.sqlite_engine(url, _SQLITE_PRAGMAS, WAIT_SECONDS)

    @cached_property
    def _reads(self) -> "Engine":
        if self.file is not None:
            return self._engine
        return self._engine.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )

    @cached_property
    def _writes(self) -> "Engine":
        from deskterm.store.core import WRITES

        return self._engine.execution_options(**{WRITES: True})

    @property
    def url(self) -> str:
        """Where the store is, with any password in it."""
        return self._engine.url.render_as_string(hide_password=False)

    @contextmanager
    def look(self) -> Iterator[Reader]:
        """One transaction that sees the store as it was at its first statement.

        The way to read that loads no database library on SQLite.
        """
        if self._light is None:
            with self.read() as connection:
                yield connection
            return
        with told_apart(), self._light.transaction(writes=False) as light:
            yield light

    @contextmanager
    def jot(self) -> Iterator[Reader]:
        """A write transaction of plain statements that loads no database library on SQLite."""
        if self._light is None:
            with self.write_plain() as connection:
                yield connection
            return
        _note_write()
        with told_apart(), self._light.transaction(writes=True) as light:
            yield light

    @contextmanager
    def read(self) -> Iterator["Connection"]:
        """The same as `look`, over SQLAlchemy."""
        with told_apart(), self._reads.begin() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator["Session"]:
        """One transaction that may write, alone: others wait for it, up to `WAIT_SECONDS`.

        It is committed when the block ends, and leaves nothing behind when it raises. What it
        reads cannot be changed by another desk before it commits, on either engine.
        """
        from sqlalchemy.orm import configure_mappers

        # Loading them takes long on a busy machine, and within the transaction others would wait.
        from deskterm.store import tables  # noqa: F401
        from deskterm.store.writing import WriteSession

        configure_mappers()
        _note_write()
        with told_apart(), WriteSession(self._writes, expire_on_commit=False) as session:
            session.connection()
            yield session
            session.flush()
            session.commit()

    @contextmanager
    def write_plain(self) -> Iterator["Connection"]:
        """The same transaction as a Core connection, for those who write many rows at a time."""
        _note_write()
        with told_apart(), self._writes.begin() as connection:
            yield connection

    def close(self) -> None:
        """Let go of every connection; the store can still be used, and opens new ones."""
        if self._light is not None:
            self._light.close()
        if "_engine" in self.__dict__:
            self._engine.dispose()


def writes_begun() -> int:
    """How many write transactions this thread has begun: what began none can be asked again."""
    return getattr(_thread, "writes_begun", 0)


def _note_write() -> None:
    _thread.writes_begun = writes_begun() + 1


def open_store(url_or_path: str, *, create: bool = True) -> Store:
    """Open the store at a path or a `postgresql://` URL, ready to use.

    An empty or missing one is filled with tables (unless `create` is off), one of an older
    deskterm is backed up beside itself and migrated.

    Raises:
        StoreError: of the kind that says why it cannot be opened.
    """
    file = sqlite_file(url_or_path)
    if file is not None:
        _prepare_file(file, create=create)
    store = Store(url_or_path, file)
    try:
        _bring_up_to_date(store, create=create)
    except BaseException:
        store.close()
        raise
    return store


def sqlite_file(url_or_path: str) -> Path | None:
    """The file of a SQLite store: anything that is no URL is a file; None for a server.

    Raises:
        NotADatabase: a URL of an engine we do not speak.
    """
    if "://" not in url_or_path:
        return Path(url_or_path).expanduser()
    from deskterm.store.core import url_of

    url = url_of(url_or_path)
    return Path(url.database or "") if url.get_backend_name() == "sqlite" else None


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


def _bring_up_to_date(store: Store, *, create: bool) -> None:
    with store.look() as reader:
        revision = revision_of(reader)
        side_by_side = store.file is None or reader.execute(_JOURNAL).scalar() == "wal"
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
        connection.execute("PRAGMA journal_mode = WAL")
