"""Practice libraries of every size, made once, and customers to look up in them."""

from __future__ import annotations

import random
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from deskterm.store.engine import open_store

FOLDER = Path(__file__).parent.parent / ".bench"
DESKTERM = (sys.executable, "-m", "deskterm")


def run(*arguments: str) -> None:
    """Run a command of deskterm without its screen."""
    subprocess.run([*DESKTERM, *arguments], check=True, stdout=subprocess.DEVNULL)


def store(customers: int) -> Path:
    """A library of so many customers; making a million takes minutes, the first time."""
    FOLDER.mkdir(exist_ok=True)
    made = FOLDER / f"library-{customers}.db"
    if not made.exists():
        unfinished = FOLDER / "unfinished.db"
        for leftover in FOLDER.glob("unfinished.db*"):
            leftover.unlink()
        print(f"making a library of {customers:,} customers ...", file=sys.stderr)
        run("demo", "--customers", str(customers), "--store", str(unfinished), "--no-screen")
        with closing(sqlite3.connect(unfinished)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        unfinished.rename(made)
    # One of an older version would be brought up to date by what is measured, each time.
    open_store(str(made)).close()
    return made


def copy_of(path: Path, name: str, folder: Path = FOLDER) -> Path:
    """A copy that a benchmark may write in."""
    copy = folder / name
    for leftover in folder.glob(f"{name}*"):
        leftover.unlink()
    shutil.copyfile(path, copy)
    return copy


def cards(path: Path, count: int, seed: int = 1) -> list[str]:
    """Card numbers from all over the library, the same ones every time."""
    with closing(sqlite3.connect(path)) as connection:
        (last,) = connection.execute("SELECT max(id) FROM card").fetchone()
        wanted = random.Random(seed).sample(range(1, last + 1), min(4 * count, last))
        found = dict(
            connection.execute(
                "SELECT id, number FROM card WHERE kind = 'main' AND status = 'active'"
                f" AND length(number) = 14 AND id IN ({','.join(map(str, wanted))})"
            )
        )
    return [found[card] for card in wanted if card in found][:count]


def name_starts(path: Path, count: int) -> list[str]:
    """Three letters that surnames begin with, from the common to the rare."""
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute(
            "SELECT lower(substr(surname, 1, 3)) AS start FROM customer"
            " WHERE surname GLOB '[A-Za-z][a-z][a-z]*' GROUP BY start ORDER BY count(*) DESC, start"
        )
        starts = [start for (start,) in found]
    return starts[:: max(1, len(starts) // count)][:count]
