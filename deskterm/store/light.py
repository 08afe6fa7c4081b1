"""Reading without the database library: importing SQLAlchemy takes as long as half a start.

A look at a SQLite store goes through the driver of the standard library; the same statements run
unchanged over a SQLAlchemy connection, on PostgreSQL and inside a write transaction.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from deskterm.store.turns import take_turn

if TYPE_CHECKING:
    from sqlalchemy import Connection, TextClause

Record: TypeAlias = Mapping[str, Any]
"""A row by column name."""


class Reader(Protocol):
    """What reads need of a connection; SQLAlchemy's has it too."""

    @property
    def dialect(self) -> Any:
        """Its `name` is `sqlite` or `postgresql`."""

    def execute(self, statement: Any, parameters: Any = None, /) -> Any:
        """Run a statement with named values, or with a list of them for one that writes rows.

        The answer has SQLAlchemy's ways to take rows.
        """


class Statement:
    """SQL with `:names`; `many` names the ones that stand for a list behind IN."""

    def __init__(self, source: str, many: Sequence[str] = ()) -> None:
        self.source = source
        self.many = tuple(many)

    @cached_property
    def clause(self) -> "TextClause":
        """The statement as SQLAlchemy has it."""
        from sqlalchemy import bindparam, text

        return text(self.source).bindparams(*(bindparam(one, expanding=True) for one in self.many))

    def _execute_on_connection(self, connection: Any, parameters: Any, options: Any) -> Any:
        # What SQLAlchemy asks of anything it is given to execute.
        return self.clause._execute_on_connection(connection, parameters, options)

    def spelled_out(self, values: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
        """The SQL and its values for the driver: lists spread out, days as text."""
        source, plain = self.source, dict(values)
        for name in self.many:
            spread = {f"{name}_{index}": one for index, one in enumerate(plain.pop(name))}
            plain.update(spread)
            source = source.replace(f":{name}", f"({', '.join(f':{one}' for one in spread)})")
        for name, value in plain.items():
            if isinstance(value, date):
                plain[name] = value.isoformat()
        return source, plain


def text(source: str, many: Sequence[str] = ()) -> Statement:
    """A statement that runs on either kind of connection."""
    return Statement(source, many)


class Rows:
    """The rows of an answer, taken the way SQLAlchemy's are."""

    def __init__(self, cursor: sqlite3.Cursor) -> None:
        self._cursor = cursor

    def __iter__(self) -> Iterator[Any]:
        return iter(self._cursor)

    def mappings(self) -> Iterator[Any]:
        """Rows by column name."""
        return iter(self._cursor)

    def all(self) -> list[Any]:
        """Every row."""
        return self._cursor.fetchall()

    def first(self) -> Any:
        """The first row; None without rows."""
        return self._cursor.fetchone()

    def scalar(self) -> Any:
        """The first column of the first row; None without rows."""
        row = self.first()
        return None if row is None else row[0]

    def scalar_one(self) -> Any:
        """The first column of the one row; LookupError without one."""
        row = self.first()
        if row is None:
            raise LookupError("a statement that always has a row gave none")
        return row[0]

    def scalars(self) -> Iterator[Any]:
        """The first column of every row."""
        return (row[0] for row in self._cursor)


class _Sqlite:
    name = "sqlite"


class LightConnection:
    """A connection of the standard library's driver, to be used by one thread at a time."""

    dialect = _Sqlite()

    def __init__(self, driver: sqlite3.Connection) -> None:
        self.driver = driver

    def execute(self, statement: Any, parameters: Any = None, /) -> Rows:
        """Run our own statement, or one that SQLAlchemy's `text` made."""
        ours = statement if isinstance(statement, Statement) else Statement(str(statement))
        cursor = self.driver.cursor()
        cursor.row_factory = sqlite3.Row
        if isinstance(parameters, list):
            plain = [ours.spelled_out(one)[1] for one in parameters]
            return Rows(cursor.executemany(ours.source, plain))
        return Rows(cursor.execute(*ours.spelled_out(parameters or {})))


def beneath(connection: "Connection") -> Reader:
    """The same transaction without what SQLAlchemy does around each statement.

    Only for our own statements, and on SQLite only: there it takes longer than what it is around,
    while all other desks wait for their turn to write. What a session has yet to flush is not seen.
    """
    if connection.dialect.name != "sqlite":
        return connection
    driver: Any = connection.connection.driver_connection
    return LightConnection(driver)


class LightPool:
    """Connections to one SQLite file that wait to be used again."""

    def __init__(self, file: Path, pragmas: Sequence[str], wait_seconds: int) -> None:
        self._file, self._pragmas, self._wait_seconds = file, pragmas, wait_seconds
        self._free: SimpleQueue[LightConnection] = SimpleQueue()

    @contextmanager
    def transaction(self, *, writes: bool) -> Iterator[LightConnection]:
        """One transaction, rolled back when the block raises."""
        try:
            connection = self._free.get_nowait()
        except Empty:
            connection = self._opened()
        driver = connection.driver
        try:
            if writes:
                take_turn(driver, self._wait_seconds)
            else:
                driver.execute("BEGIN")
            yield connection
            driver.execute("COMMIT")
        finally:
            if driver.in_transaction:
                driver.execute("ROLLBACK")
            self._free.put(connection)

    def _opened(self) -> LightConnection:
        driver = sqlite3.connect(self._file, isolation_level=None, check_same_thread=False)
        for pragma in self._pragmas:
            driver.execute(pragma)
        return LightConnection(driver)

    def close(self) -> None:
        """Close the connections that wait."""
        while True:
            try:
                self._free.get_nowait().driver.close()
            except Empty:
                return
