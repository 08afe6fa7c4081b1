"""Importing a whole customer file, beside the same rows put in by plain sqlite3."""

from __future__ import annotations

import csv
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from bench.stores import FOLDER, run
from bench.table import Row

KOHA = {
    "cardnumber": "card_number",
    "surname": "surname",
    "firstname": "first_name",
    "streetnumber": "house_number",
    "address": "street",
    "city": "place",
    "zipcode": "postcode",
    "country": "country",
    "email": "email",
    "phone": "phone",
    "dateofbirth": "born",
    "branchcode": "branch_code",
    "categorycode": "membership",
    "dateenrolled": "registered_on",
    "dateexpiry": "membership_end",
    "sex": "sex",
}
"""Columns of Koha's patron export, and ours that they are written from."""


def import_rows(store: Path) -> list[Row]:
    """The customers of this library, as Koha and as we export them, imported into a new one."""
    ours, koha = FOLDER / "customers.csv", FOLDER / "koha.csv"
    run("export", "customers", str(ours), "--store", str(store))
    _as_koha(ours, koha)
    return [_imported("Koha's columns", koha), _imported("all of ours", ours)]


def _as_koha(ours: Path, koha: Path) -> None:
    with (
        ours.open(encoding="utf-8-sig", newline="") as source,
        koha.open("w", encoding="utf-8", newline="") as target,
    ):
        writer = csv.writer(target)
        writer.writerow(KOHA)
        for row in csv.DictReader(source, delimiter=";"):
            if row["card_number"]:
                writer.writerow([row.get(name, "") for name in KOHA.values()])


def _imported(columns: str, file: Path) -> Row:
    target = FOLDER / "imported.db"
    for leftover in FOLDER.glob("imported.db*"):
        leftover.unlink()
    run("demo", "--fresh", "--no-screen", "--store", str(target))
    began = time.perf_counter()
    run("import", "customers", str(file), "--create-missing", "--store", str(target))
    took = time.perf_counter() - began
    with closing(sqlite3.connect(target)) as connection:
        (customers,) = connection.execute("SELECT count(*) FROM customer").fetchone()
    return Row(f"import of {customers:,}, {columns}", took, "s", 4, _plain_copy(target))


def _plain_copy(source: Path) -> float:
    """Seconds to put the rows of a library into an empty file of the same tables and indexes."""
    target = FOLDER / "plain.db"
    for leftover in FOLDER.glob("plain.db*"):
        leftover.unlink()
    with closing(sqlite3.connect(source)) as old:
        made = old.execute(
            "SELECT name, type, sql FROM sqlite_master WHERE sql IS NOT NULL"
            " AND type IN ('table', 'index') AND name NOT LIKE 'sqlite_%' ORDER BY rowid"
        ).fetchall()
        searched = [name for name, _type, sql in made if sql.startswith("CREATE VIRTUAL TABLE")]
        # The shadows of a search index make and fill themselves.
        own = [
            (name, kind, sql)
            for name, kind, sql in made
            if not any(name.startswith(f"{index}_") for index in searched)
        ]
        tables = [name for name, kind, _sql in own if kind == "table" and name not in searched]
        rows = {name: old.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables}
    began = time.perf_counter()
    with closing(sqlite3.connect(target)) as new, new:
        new.execute("PRAGMA journal_mode = WAL")
        for _name, _kind, sql in own:
            new.execute(sql)
        for name, lines in rows.items():
            if lines:
                places = ", ".join("?" * len(lines[0]))
                new.executemany(f'INSERT INTO "{name}" VALUES ({places})', lines)
        for index in searched:
            new.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")
    return time.perf_counter() - began
