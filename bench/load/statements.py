"""What acts at desks come down to: every statement that the driver got, with its values.

A key that the database gave to a new row is written into its statement, so that a bare driver can
repeat what one desk did beside what others did.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from deskterm.store import light
from deskterm.store.light import LightConnection, LightPool
from deskterm.store.turns import take_turn

if TYPE_CHECKING:
    from deskterm.store.engine import Store

COMMIT = "COMMIT"
_INSERT = re.compile(r"INSERT INTO (\w+) \(([^)]*)\) VALUES \((.*)\)( RETURNING .*)?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement as the driver got it."""

    sql: str
    values: Mapping[str, Any] | Sequence[Any] = ()
    many: bool = False
    """Whether `values` are those of many rows."""


class Recorder:
    """Writes down what one thread sends to a store, in `current`."""

    def __init__(self, store: Store) -> None:
        self.current: list[Statement] = []
        self._store = store

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Hear everything that goes over the store's two ways, until the block ends."""
        from sqlalchemy import event

        engine = self._store._engine
        event.listen(engine, "after_cursor_execute", self._executed)
        event.listen(engine, "commit", self._committed)
        try:
            with self._light():
                yield
        finally:
            event.remove(engine, "after_cursor_execute", self._executed)
            event.remove(engine, "commit", self._committed)

    def _committed(self, _connection: object) -> None:
        self.current.append(Statement(COMMIT))

    def _executed(
        self, connection: Any, _cursor: Any, sql: str, values: Any, _context: Any, many: bool
    ) -> None:
        cursor = connection.connection.cursor()
        self.current.append(Statement(_with_key(cursor, sql), values, many))
        cursor.close()

    @contextmanager
    def _light(self) -> Iterator[None]:
        from deskterm.store import core

        execute, transaction = LightConnection.execute, LightPool.transaction

        def executed(connection: LightConnection, statement: Any, values: Any = None, /) -> Any:
            answer = execute(connection, statement, values)
            if isinstance(values, list):
                plain = [statement.spelled_out(one)[1] for one in values]
                self.current.append(Statement(statement.source, plain, many=True))
            else:
                sql, plain = statement.spelled_out(values or {})
                cursor = connection.driver.cursor()
                self.current.append(Statement(_with_key(cursor, sql), plain))
            return answer

        @contextmanager
        def begun(pool: LightPool, *, writes: bool) -> Iterator[LightConnection]:
            if not writes:
                self.current.append(Statement("BEGIN"))
            with transaction(pool, writes=writes) as connection:
                yield connection
            self.current.append(Statement(COMMIT))

        def turned(driver: sqlite3.Connection, most_seconds: int) -> None:
            self.current.append(Statement("BEGIN IMMEDIATE"))
            take_turn(driver, most_seconds)

        with (
            patch.object(LightConnection, "execute", executed),
            patch.object(LightPool, "transaction", begun),
            patch.object(light, "take_turn", turned),
            patch.object(core, "take_turn", turned),
        ):
            yield


def _with_key(cursor: Any, sql: str) -> str:
    found = _INSERT.fullmatch(sql)
    if found is None:
        return sql
    table, columns, places, returning = found.groups()
    keys = [column.name for column in _tables()[table].primary_key]
    if keys != ["id"] or "id" in re.split(r",\s*", columns):
        return sql
    # Nobody else writes while this is recorded, so the new row has the highest key.
    cursor.execute(f"SELECT max(id) FROM {table}")
    (key,) = cursor.fetchone()
    return f"INSERT INTO {table} (id, {columns}) VALUES ({key}, {places}){returning or ''}"


def _tables() -> Mapping[str, Any]:
    from deskterm.store.tables import metadata

    tables: Mapping[str, Any] = metadata.tables
    return tables
