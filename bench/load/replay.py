"""The statements of a desk, repeated by the bare driver: `python -m bench.load.replay`.

Says `ready`, begins at a line on its stdin, and tells the seconds that it took.
"""

from __future__ import annotations

import pickle
import sqlite3
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from bench.load.statements import COMMIT, Statement
from deskterm.store.engine import _SQLITE_PRAGMAS, sqlite_file


def connect(store: str) -> Any:
    """A connection of the driver alone, as durable as ours."""
    file = sqlite_file(store)
    if file is None:
        import psycopg

        return psycopg.connect(store.replace("+psycopg", ""))
    connection = sqlite3.connect(file, timeout=5, isolation_level=None)
    for pragma in _SQLITE_PRAGMAS:
        connection.execute(pragma)
    return connection


def repeat(connection: Any, statements: Sequence[Statement]) -> None:
    """Do it all again, and take every row of every answer."""
    cursor = connection.cursor()
    for statement in statements:
        if statement.sql == COMMIT:
            connection.commit()
        elif statement.many:
            cursor.executemany(statement.sql, statement.values)
        else:
            cursor.execute(statement.sql, statement.values)
            if cursor.description is not None:
                cursor.fetchall()


def main() -> None:
    """Repeat what a file says on a store."""
    store, file = sys.argv[1], Path(sys.argv[2])
    statements: list[Statement] = pickle.loads(file.read_bytes())
    with closing(connect(store)) as connection:
        print("ready", flush=True)
        sys.stdin.readline()
        began = time.perf_counter()
        repeat(connection, statements)
        print(time.perf_counter() - began, flush=True)


if __name__ == "__main__":
    main()
