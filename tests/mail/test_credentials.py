"""Where secrets are found, and when a file is refused."""

from pathlib import Path

import pytest

from deskterm.credentials import SecretTrouble, find_secret


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "password"
    path.write_text("from the file\n", encoding="utf-8")
    path.chmod(0o600)
    return path


@pytest.fixture
def systemd(tmp_path: Path) -> str:
    folder = tmp_path / "credentials"
    folder.mkdir()
    (folder / "mail-password").write_text("from systemd\n", encoding="utf-8")
    return str(folder)


def test_the_first_place_that_has_it_wins(file: Path, systemd: str) -> None:
    environ = {"CREDENTIALS_DIRECTORY": systemd, "DESKTERM_MAIL_PASSWORD": "from the variable"}
    assert find_secret("mail-password", environ, str(file)) == "from systemd"
    del environ["CREDENTIALS_DIRECTORY"]
    assert find_secret("mail-password", environ, str(file)) == "from the variable"
    assert find_secret("mail-password", {}, str(file)) == "from the file"
    assert find_secret("mail-password", {}) is None


def test_a_folder_of_systemd_without_it_is_passed_by(file: Path, systemd: str) -> None:
    environ = {"CREDENTIALS_DIRECTORY": systemd}
    assert find_secret("accounts-token", environ, str(file)) == "from the file"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o666])
def test_a_file_that_others_may_read_is_refused(file: Path, mode: int) -> None:
    file.chmod(mode)
    with pytest.raises(SecretTrouble) as trouble:
        find_secret("mail-password", {}, str(file))
    assert trouble.value.code == "exposed"
    assert "from the file" not in str(trouble.value)


def test_a_file_that_is_not_there_is_said_to_be_unreadable(tmp_path: Path) -> None:
    with pytest.raises(SecretTrouble) as trouble:
        find_secret("mail-password", {}, str(tmp_path / "none"))
    assert trouble.value.code == "unreadable"


def test_an_empty_file_holds_no_secret(file: Path) -> None:
    file.write_text("\n", encoding="utf-8")
    assert find_secret("mail-password", {}, str(file)) is None
