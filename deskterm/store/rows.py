"""Whole stores row by row: how a library goes from one engine to the other, and proof that it did.

The search columns, the chain of the change log and every id come along as they are. What an engine
has of its own (indexes, triggers, numbering) is made there by the migrations.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any, TypeAlias

from sqlalchemy import Connection, Integer, Table, func, select, text
from sqlalchemy.exc import DBAPIError

from deskterm.store.bulk import insert_sql, plain
from deskterm.store.engine import Store
from deskterm.store.errors import NotCopied, NotEmpty, kind_of
from deskterm.store.migrate import upgrade
from deskterm.store.tables import metadata

Progress: TypeAlias = Callable[[int, int], None]
"""Called with how many rows are done, and of how many."""
Values: TypeAlias = tuple[Any, ...]

GUARDS = ("refuse_change", "keep_ledger_entry", "keep_ledger_act", "keep_change_log")
"""Functions of PostgreSQL that the migrations make beside the tables."""
_AT_A_TIME = 2000
_DIGESTS = 2**256


@dataclass(frozen=True, slots=True)
class TableSum:
    """What a table holds, in figures that are the same on both engines."""

    table: str
    rows: int
    cents: int
    """Over every column of money."""
    digest: str
    """Over every value of every row, whatever order the rows stand in."""


def copy_rows(source: Connection, target: Store) -> tuple[TableSum, ...]:
    """Copy every row of a source to a target that has the tables and nothing in them.

    The answer is what both hold: the target is read back before it is committed.

    Raises:
        NotEmpty: somebody was first.
        NotCopied: a table does not fit in the target or came out differently; nothing is in it.
    """
    return copy_with_progress(source, target, lambda _done, _total: None)


def copy_with_progress(
    source: Connection, target: Store, progress: Progress
) -> tuple[TableSum, ...]:
    """The same as `copy_rows`, telling how far it is; reading back counts as half of the work."""
    with target.write_plain() as connection:
        if row_count(connection):
            raise NotEmpty
        return _copy_tables(source, connection, progress)


def replace_rows(source: Store, target: Store) -> None:
    """Empty a PostgreSQL target and fill it from a source, in one transaction."""
    with source.read() as rows, target.write_plain() as connection:
        metadata.drop_all(connection)
        connection.execute(text(f"DROP FUNCTION {', '.join(GUARDS)}"))
        connection.execute(text("DROP TABLE alembic_version"))
        upgrade(connection)
        _copy_tables(rows, connection, lambda _done, _total: None)


def sum_of(connection: Connection, table: Table) -> TableSum:
    """What a table holds."""
    summing = _Summing(table)
    for rows in _rows_of(connection, table):
        summing.add(rows)
    return summing.result()


def row_count(connection: Connection) -> int:
    """How many rows a store has in all its tables."""
    return sum(
        connection.scalar(select(func.count()).select_from(table)) or 0
        for table in metadata.sorted_tables
    )


def _copy_tables(
    source: Connection, target: Connection, progress: Progress
) -> tuple[TableSum, ...]:
    total, done = 2 * row_count(source), 0
    sums = []

    def tell(rows: int) -> None:
        nonlocal done
        done += rows
        progress(done, max(done, total))

    for table in metadata.sorted_tables:
        summing = _Summing(table)
        for rows in _rows_of(source, table):
            summing.add(rows)
            _insert(target, table, rows)
            tell(len(rows))
        sums.append(summing.result())
    for table, sum_there in zip(metadata.sorted_tables, sums, strict=True):
        summing = _Summing(table)
        for rows in _rows_of(target, table):
            summing.add(rows)
            tell(len(rows))
        if summing.result() != sum_there:
            raise NotCopied(table.name)
    _catch_up_sequences(target)
    return tuple(sums)


def _rows_of(connection: Connection, table: Table) -> Iterator[Sequence[Values]]:
    # In the order of their keys, so that a ledger entry comes after the charge it settles.
    ordered = table.select().order_by(*table.primary_key)
    # The options of an execution would stay with the connection.
    found = connection.execute(ordered, execution_options={"yield_per": _AT_A_TIME})
    for rows in found.partitions():
        yield [tuple(row) for row in rows]


class _Summing:
    """Adds up a table: the digest is a sum too, as engines order texts in ways of their own."""

    def __init__(self, table: Table) -> None:
        self._table = table.name
        names = [column.name for column in table.columns]
        self._money = [at for at, name in enumerate(names) if name.split("_")[-1] == "cents"]
        self._rows = self._cents = self._digest = 0

    def add(self, rows: Sequence[Values]) -> None:
        self._rows += len(rows)
        for row in rows:
            self._cents += sum(row[at] or 0 for at in self._money)
            form = json.dumps(row, default=_in_words, separators=(",", ":"))
            self._digest += int.from_bytes(sha256(form.encode()).digest())

    def result(self) -> TableSum:
        digest = f"{self._digest % _DIGESTS:064x}"
        return TableSum(self._table, self._rows, self._cents, digest)


def _in_words(value: object) -> object:
    return plain(value) if isinstance(value, date) else bytes(value).hex()  # type: ignore[call-overload]


def _insert(target: Connection, table: Table, rows: Sequence[Values]) -> None:
    try:
        if target.dialect.name == "postgresql":
            _copy_in(target, table, rows)
        else:
            names = [column.name for column in table.columns]
            sql = insert_sql(target.dialect, table.name, names)
            target.exec_driver_sql(sql, [tuple(map(plain, row)) for row in rows])
    except DBAPIError as error:
        _refuse(table, error, error.orig)


def _copy_in(target: Connection, table: Table, rows: Sequence[Values]) -> None:
    """COPY, which takes rows ten times as fast as INSERT does."""
    from psycopg import Connection as Line
    from psycopg import Error

    line = target.connection.driver_connection
    if not isinstance(line, Line):
        raise TypeError(type(line).__name__)
    quote = target.dialect.identifier_preparer.quote
    columns = ", ".join(quote(column.name) for column in table.columns)
    sql = f"COPY {quote(table.name)} ({columns}) FROM STDIN"
    try:
        with line.cursor() as cursor, cursor.copy(sql.encode()) as copy:
            for row in rows:
                copy.write_row(row)
    except Error as error:
        _refuse(table, error, error)


def _refuse(table: Table, error: Exception, original: BaseException | None) -> None:
    """Raise what the driver said: about the store as it is, about the data by the table's name."""
    kind = kind_of(original)
    raise (NotCopied(table.name) if kind is None else kind(str(original))) from error


def _catch_up_sequences(connection: Connection) -> None:
    """Let PostgreSQL number new rows above those that came with their own number."""
    if connection.dialect.name != "postgresql":
        return
    for table in metadata.sorted_tables:
        key = table.autoincrement_column
        if key is not None and isinstance(key.type, Integer):
            connection.execute(
                text(
                    f"SELECT setval(pg_get_serial_sequence('{table.name}', '{key.name}'),"
                    f" greatest(max({key.name}), 1), max({key.name}) IS NOT NULL)"
                    f" FROM {table.name}"
                )
            )
