"""Where files are."""

from pathlib import Path

import pytest

from deskterm import paths


def test_the_xdg_folders_are_followed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    assert paths.store_file() == tmp_path / "data/deskterm/deskterm.db"
    assert paths.config_file() == tmp_path / "config/deskterm/config.toml"
    assert list(tmp_path.iterdir()) == []


def test_the_practice_library_is_kept_apart() -> None:
    assert paths.practice_store_file().parent != paths.store_file().parent


def test_a_new_folder_is_private_and_an_old_one_keeps_its_rights(tmp_path: Path) -> None:
    new, old = tmp_path / "new", tmp_path / "old"
    old.mkdir(mode=0o755)
    assert paths.private_folder(new).stat().st_mode & 0o777 == 0o700
    assert paths.private_folder(old).stat().st_mode & 0o777 == 0o755


def test_what_comes_with_the_program_is_found() -> None:
    assert paths.resource("README.md").is_file()
