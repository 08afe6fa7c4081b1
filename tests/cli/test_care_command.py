"""`deskterm backup`, `restore`, `check` and `config`."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_a_backup_is_a_whole_library(run: Run, practice: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    ran = run("backup", copy, "--store", practice)
    assert ran.status == 0
    assert str(copy) in ran.out
    assert "Testabo" in run("customer", "show", "413700", "--store", copy).out


def test_a_backup_never_takes_the_place_of_the_library(run: Run, practice: Path) -> None:
    ran = run("backup", practice, "--store", practice)
    assert ran.status == 1
    assert "is de bibliotheek zelf" in ran.err
    nowhere = run("backup", practice.parent / "no-folder" / "copy.db", "--store", practice)
    assert nowhere.status == 1
    assert "De map van" in nowhere.err
    assert "no-folder" in nowhere.err


def test_a_restore_takes_the_place_of_what_was_lost(
    run: Run, practice: Path, tmp_path: Path
) -> None:
    copy, place = tmp_path / "copy.db", tmp_path / "again" / "library.db"
    run("backup", copy, "--store", practice)
    assert run("restore", copy, "--store", place).status == 0
    assert "Testabo" in run("customer", "show", "413700", "--store", place).out


def test_a_restore_over_a_library_has_to_be_meant_and_keeps_what_was_there(
    run: Run, practice: Path, tmp_path: Path, sqlite_file: Path
) -> None:
    copy = tmp_path / "copy.db"
    run("backup", copy, "--store", practice)
    refused = run("restore", copy, "--store", sqlite_file)
    assert refused.status == 1
    assert "--force" in refused.err
    ran = run("restore", copy, "--store", sqlite_file, "--force")
    assert ran.status == 0
    assert "Testabo" in run("customer", "show", "413700", "--store", sqlite_file).out
    kept = ran.out.split()[-1].rstrip(".")
    assert Path(kept).exists()


def test_what_is_no_backup_is_refused(run: Run, practice: Path, tmp_path: Path) -> None:
    other = tmp_path / "letter.txt"
    other.write_text("Geachte bibliotheek,", encoding="utf-8")
    ran = run("restore", other, "--store", practice, "--force")
    assert ran.status == 1
    assert "is geen gegevensbestand" in ran.err
    assert "Testabo" in run("customer", "show", "413700", "--store", practice).out


def test_a_sound_store_passes_its_check(run: Run, practice: Path) -> None:
    ran = run("check", "--store", practice)
    assert ran.status == 0
    assert "alles in orde" in ran.out


def test_the_settings_in_force_with_where_they_come_from(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "config.toml"
    file.write_text('theme = "light"\n[scanner]\nprefix = "]C0"\n', encoding="utf-8")
    ran = run("config", "--config", file)
    lines = ran.out.splitlines()
    assert ran.status == 0
    assert lines[0] == f"Instellingen: {file}"
    assert 'theme = "light"  # uit het bestand' in lines
    assert 'scanner.prefix = "]C0"  # uit het bestand' in lines
    assert "mouse = true  # standaard" in lines
    monkeypatch.setenv("DESKTERM_STORE", "/elsewhere/library.db")
    assert "/elsewhere/library.db (DESKTERM_STORE)" in run("config").out
    assert "other.db (--store)" in run("config", "--store", "other.db").out
    monkeypatch.setenv("DESKTERM_STORE", "postgresql://desk:secret@server/library")
    assert "secret" not in run("config").out


def test_faulty_settings_are_all_told(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('theme = "pink"\nmuis = true\n[keys]\nfoo = "f2"\n', encoding="utf-8")
    ran = run("config", "--config", file)
    assert ran.status == 1
    for place in ("regel 1: theme:", "regel 2: muis:", "regel 4:"):
        assert place in ran.err
    assert 'theme = "dark"  # standaard' in ran.out


def test_the_end_of_the_change_log_is_shown_and_can_be_held_against_it(
    run: Run, practice: Path
) -> None:
    noted = run("check", "--store", practice).out.split()[-1]
    number, _colon, hashed = noted.partition(":")
    assert int(number) > 0
    assert len(hashed) == 64
    assert run("check", "--store", practice, "--log-end", noted).status == 0
    other = run("check", "--store", practice, "--log-end", f"{number}:{hashed[::-1]}")
    assert other.status == 1
    assert f"wijzigingslogboek niet meer zoals het geschreven is ({number})" in other.out
    assert run("check", "--store", practice, "--log-end", "gisteren").status == 2
