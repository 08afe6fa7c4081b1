"""Writing many rows at once: the practice library and the import fill tables through this.

Rows are plain mappings by column name. They are collected per table and written in one
transaction with the driver's executemany, parents before children.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from itertools import chain
from operator import itemgetter

from sqlalchemy import Connection, Dialect, Table, func, select, text
from sqlmodel import SQLModel

from deskterm.store import tables
from deskterm.store.chain import linked
from deskterm.store.engine import Store
from deskterm.store.values import moment_text

Row = Mapping[str, object]
_PLAIN = frozenset({str, int, bool, type(None)})
_AT_ONCE = 100
"""Rows of a statement on SQLite: its text search files what it learned after every statement."""


@cache
def defaults(table_name: str) -> dict[str, object]:
    """The value of every column that has a default of its own, by the tables' declaration."""
    fields = _models()[table_name].model_fields
    return {name: field.default for name, field in fields.items() if not field.is_required()}


def new_row(table_name: str, values: Row) -> dict[str, object]:
    """A row as `write_rows` wants it: the values made plain, with the defaults of the others."""
    row = {**defaults(table_name), **values}
    for name, value in values.items():
        if value.__class__ not in _PLAIN:
            row[name] = plain(value)
    return row


class BulkWriter:
    """Collects rows and writes them batch by batch, each batch one transaction.

    Rows of tables with an `id` get one here, so that rows of the same batch can refer to each
    other before they are written. Nobody else may add rows to those tables meanwhile: use it on
    a store that is being filled, or within one write transaction.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._rows: dict[str, list[dict[str, object]]] = defaultdict(list)
        self._next_id: dict[str, int] = {}
        self.written: Counter[str] = Counter()

    def add(self, table_name: str, **values: object) -> int:
        """Take a row; the answer is its `id`, 0 for a table whose key is not called so."""
        row = new_row(table_name, values)
        number = 0
        if "id" in row:
            number = self._take_id(table_name)
            row["id"] = number
        self._rows[table_name].append(row)
        return number

    def waiting(self, table_name: str) -> int:
        """How many rows of a table wait for the next flush."""
        return len(self._rows[table_name])

    def flush(self) -> None:
        """Write what was collected, in one transaction."""
        with self._store.write_plain() as connection:
            write_rows(connection, self._rows)
        for name, rows in self._rows.items():
            self.written[name] += len(rows)
        self._rows.clear()

    def finish(self, given: Mapping[str, int] | None = None) -> None:
        """Flush, then let the database number on after the ids that were given here.

        `given` names the next number of tables whose key the caller chose.
        """
        self.flush()
        with self._store.write_plain() as connection:
            advance_sequences(connection, {**self._next_id, **(given or {})})

    def _take_id(self, table_name: str) -> int:
        if table_name not in self._next_id:
            with self._store.read() as connection:
                self._next_id[table_name] = next_id(connection, table_name)
        number = self._next_id[table_name]
        self._next_id[table_name] = number + 1
        return number


def write_rows(connection: Connection, rows: Mapping[str, Sequence[Row]]) -> None:
    """Insert rows of several tables, parents first; rows of one table have the same columns.

    The driver is called directly: SQLAlchemy's own executemany takes longer than the database.
    """
    for table in tables.metadata.sorted_tables:
        if waiting := rows.get(table.name):
            if table.name == "change_log":
                waiting = linked(connection, waiting)
            _insert(connection, table.name, waiting)


def _insert(connection: Connection, table_name: str, rows: Sequence[Row]) -> None:
    names = list(rows[0])
    values = list(map(itemgetter(*names), rows))
    if connection.dialect.name != "sqlite":
        connection.exec_driver_sql(insert_sql(connection.dialect, table_name, names), values)
        return
    for first in range(0, len(values), _AT_ONCE):
        some = values[first : first + _AT_ONCE]
        sql = insert_sql(connection.dialect, table_name, names, len(some))
        connection.exec_driver_sql(sql, tuple(chain.from_iterable(some)))


def make_room(connection: Connection) -> None:
    """Let SQLite keep 16 MB of pages at hand, for rows that go all over its indexes.

    For programs that write many rows and end; a desk has no use for so much memory.
    """
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA cache_size = -16000")


def plain(value: object) -> object:
    """A value as both drivers take it: days and moments as text, the rest as it is."""
    if isinstance(value, date):
        return moment_text(value) if isinstance(value, datetime) else value.isoformat()
    return value


def insert_sql(dialect: Dialect, table_name: str, names: Sequence[str], rows: int = 1) -> str:
    """An INSERT with a place for each column's value of each row, in the driver's own marks."""
    quote = dialect.identifier_preparer.quote
    mark = "?" if dialect.name == "sqlite" else "%s"
    columns, marks = ", ".join(map(quote, names)), ", ".join([mark] * len(names))
    places = ", ".join([f"({marks})"] * rows)
    return f"INSERT INTO {quote(table_name)} ({columns}) VALUES {places}"


def next_id(connection: Connection, table_name: str, column: str = "id") -> int:
    """The number after the highest one in use."""
    key = table_of(table_name).c[column]
    return int(connection.scalar(select(func.max(key))) or 0) + 1


def advance_sequences(connection: Connection, names: Mapping[str, int]) -> None:
    """Tell PostgreSQL which id comes next in each table; SQLite sees it by itself."""
    if connection.dialect.name != "postgresql":
        return
    for name, number in names.items():
        key = next(iter(table_of(name).primary_key)).name
        connection.execute(
            text("SELECT setval(pg_get_serial_sequence(:name, :key), :number, false)"),
            {"name": name, "key": key, "number": number},
        )


def table_of(name: str) -> Table:
    """The table by its name in the database."""
    return tables.metadata.tables[name]


@cache
def _models() -> Mapping[str, type[SQLModel]]:
    models = (getattr(tables, name) for name in tables.__all__ if name != "metadata")
    return {model.__tablename__: model for model in models}
