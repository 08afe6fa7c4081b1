"""`deskterm privacy` on the practice library."""

import json
from pathlib import Path

from tests.cli.conftest import Run

DAY = ("--day", "2030-03-15")


def test_a_dry_run_tells_and_a_run_does_it_once(run: Run, practice: Path) -> None:
    known = ("privacy", "run", "--store", practice, *DAY)
    dry = json.loads(run(*known, "--dry-run", "--json").out)
    assert dry["persons"] > 0
    assert dry["held"]
    assert json.loads(run(*known, "--json").out) == dry
    again = run(*known)
    assert again.status == 0
    assert "Privacyrun van 15-03-2030:\n" in again.out
    assert "       0  personen gewist\n" in again.out
    assert f"{len(dry['held'])} personen blijven nog" in again.out
    assert "in bezit" in again.out
    assert run("check", "--store", practice).status == 0


def test_a_run_names_nobody(run: Run, practice: Path) -> None:
    ran = run("privacy", "run", "--store", practice, *DAY)
    assert ran.status == 0
    for word in ("Vries", "Testabo", "Khattabi", "@"):
        assert word not in ran.out + ran.err


def test_a_slip_in_the_terms_erases_nothing(run: Run, practice: Path, tmp_path: Path) -> None:
    settings = tmp_path / "config.toml"
    for line in ('years_after_end = "5"', "years_after_end = 0", "jaren = 2"):
        settings.write_text(f"[privacy]\n{line}\n", encoding="utf-8")
        ran = run("privacy", "run", "--store", practice, *DAY, "--config", settings)
        assert ran.status == 1
        assert "er is niets gewist" in ran.err
    settings.write_text("[privacy]\nyears_after_end = 20\n", encoding="utf-8")
    ran = run("privacy", "run", "--store", practice, *DAY, "--config", settings)
    assert "       0  personen gewist\n" in ran.out


def test_a_day_to_come_is_refused(run: Run, practice: Path) -> None:
    ran = run("privacy", "run", "--store", practice, "--day", "2026-03-15", "--on", "2030-01-01")
    assert ran.status == 1
    assert "moet nog komen" in ran.err


def test_everything_about_one_person_goes_to_a_file(
    run: Run, practice: Path, tmp_path: Path
) -> None:
    for ending in ("html", "md", "json"):
        file = tmp_path / f"inzage.{ending}"
        ran = run("privacy", "insight", "413700", "--out", file, "--store", practice)
        assert ran.status == 0
        assert "Testabo" in file.read_text(encoding="utf-8")
        assert file.stat().st_mode & 0o077 == 0
    refused = run("privacy", "insight", "413700", "--out", tmp_path / "x.txt", "--store", practice)
    assert refused.status == 1
    assert ".html" in refused.err
    nobody = run("privacy", "insight", "1", "--out", tmp_path / "x.md", "--store", practice)
    assert nobody.status == 1
    assert not (tmp_path / "x.md").exists()


def test_who_looked(run: Run, practice: Path) -> None:
    ran = run("privacy", "viewers", "413700", "--store", practice)
    assert (ran.status, "Niemand heeft deze klant geopend" in ran.out) == (0, True)
    assert run("privacy", "viewers", "413700", "--store", practice, "--json").out == "[]\n"
    assert run("privacy", "viewers", "1", "--store", practice).status == 1
