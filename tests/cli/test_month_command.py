"""`deskterm month` on the practice library."""

import json
from pathlib import Path

from tests.cli.conftest import Run


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
