"""`deskterm month` on the practice library."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.cli.conftest import Run


def memberships(store: Path) -> list[tuple[object, ...]]:
    """Every period, as it stands in the store."""
    with closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as connection:
        return connection.execute("SELECT * FROM membership_period ORDER BY id").fetchall()


def test_a_dry_run_tells_and_a_run_does_it_once(run: Run, practice: Path, tmp_path: Path) -> None:
    known = ("month", "--store", practice, "--on", "2026-04-01")
    dry = json.loads(run(*known, "--dry-run", "--json").out)
    assert dry["reminded"] > 0
    assert dry["lapsed"] > 0
    real = json.loads(run(*known, "--json").out)
    assert real == dry
    again = run(*known, "--letters", tmp_path / "brieven")
    assert again.status == 0
    assert "Klantenrun van 01-04-2026:\n" in again.out
    assert "       0  herinnerd\n" in again.out
    files = list((tmp_path / "brieven").glob("*.txt"))
    assert len(files) > 0
    assert f"{tmp_path / 'brieven'}: {len(files)}. Klanten zonder adres: " in again.out
    nothing = run("letters", tmp_path / "meer", "--store", practice)
    assert (nothing.status, f"{tmp_path / 'meer'}: 0. " in nothing.out) == (0, True)


def test_letters_are_written_without_a_run(run: Run, practice: Path, tmp_path: Path) -> None:
    run("month", "--store", practice, "--on", "2026-04-01")
    before = memberships(practice)
    ran = run("letters", tmp_path / "brieven", "--store", practice, "--day", "2026-04-20")
    files = list((tmp_path / "brieven").glob("*.txt"))
    assert (ran.status, len(files) > 0) == (0, True)
    assert f"{tmp_path / 'brieven'}: {len(files)}. Klanten zonder adres: " in ran.out
    assert memberships(practice) == before
