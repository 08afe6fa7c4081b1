"""Importing a whole customer file, beside the same rows put in by plain sqlite3."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path

from bench.stores import FOLDER, run
from bench.table import Row

# The shadows of the search index fill themselves.
ORDINARY = (
    "type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'customer\\_text%' ESCAPE '\\'"
)


def import_rows(store: Path) -> list[Row]:
    """The customers of this library exported, and imported into a new one."""
    file, target = FOLDER / "customers.csv", FOLDER / "imported.db"
    for leftover in FOLDER.glob("imported.db*"):
        leftover.unlink()
    run("export", "customers", str(file), "--store", str(store))
    run("demo", "--fresh", "--no-screen", "--store", str(target))
    began = time.perf_counter()
    run("import", "customers", str(file), "--create-missing", "--store", str(target))
    took = time.perf_counter() - began
    with closing(sqlite3.connect(target)) as connection:
        (customers,) = connection.execute("SELECT count(*) FROM customer").fetchone()
    floor = _plain_copy(target)
    return [Row(f"import of {customers:,} customers", took, "s", 4, floor)]


def _plain_copy(source: Path) -> float:
    """Seconds to put the rows of a library into an empty file of the same tables and indexes."""
    target = FOLDER / "plain.db"
    for leftover in FOLDER.glob("plain.db*"):
        leftover.unlink()
    with closing(sqlite3.connect(source)) as old:
        names = [
            name for (name,) in old.execute(f"SELECT name FROM sqlite_master WHERE {ORDINARY}")
        ]
        schema = [
            sql
            for (sql,) in old.execute(
                "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND type IN ('table', 'index')"
                " AND name NOT LIKE 'customer\\_text\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite_%'"
            )
        ]
        rows = {name: old.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}
        text = old.execute("SELECT actor_id, name_text, contact_text FROM customer").fetchall()
    began = time.perf_counter()
    with closing(sqlite3.connect(target)) as new, new:
        new.execute("PRAGMA journal_mode = WAL")
        for statement in schema:
            new.execute(statement)
        for name, lines in rows.items():
            if lines:
                places = ", ".join("?" * len(lines[0]))
                new.executemany(f'INSERT INTO "{name}" VALUES ({places})', lines)
        new.executemany(
            "INSERT INTO customer_text (rowid, name_text, contact_text) VALUES (?, ?, ?)", text
        )
    return time.perf_counter() - began
