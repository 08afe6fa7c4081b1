"""The token is found in the right place, and seen in none."""

import logging
import pickle
import subprocess
import sys
from pathlib import Path

import keyring
import keyring.backends.fail
import pytest
from keyring.backend import KeyringBackend

from deskterm.accounts.token import Token, TokenTrouble, find_token

SECRET = "s3cr3t-of.the~library+1/2=="


class Ring(KeyringBackend):
    """A key ring that has what its test puts in."""

    priority = 1.0

    def __init__(self, password: str | None) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.password = password

    def get_password(self, service: str, username: str) -> str | None:
        return self.password if (service, username) == ("deskterm", "accounts-token") else None

    def set_password(self, service: str, username: str, password: str) -> None:
        raise AssertionError("nothing is written into a key ring")


@pytest.fixture(autouse=True)
def _no_key_ring() -> None:
    keyring.set_keyring(keyring.backends.fail.Keyring())  # type: ignore[no-untyped-call]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "token"
    file.write_text("from-file\n", encoding="ascii")
    file.chmod(0o600)
    return file


@pytest.fixture
def credentials(tmp_path: Path) -> dict[str, str]:
    folder = tmp_path / "credentials"
    folder.mkdir()
    (folder / "accounts-token").write_text("from-systemd\n", encoding="ascii")
    return {"CREDENTIALS_DIRECTORY": str(folder)}


def test_each_place_comes_before_the_next(file: Path, credentials: dict[str, str]) -> None:
    keyring.set_keyring(Ring("from-ring"))
    said = {"DESKTERM_ACCOUNTS_TOKEN": "from-environment"}
    assert find_token({**credentials, **said}, file).reveal() == "from-systemd"
    assert find_token(said, file).reveal() == "from-environment"
    assert find_token({}, file).reveal() == "from-file"
    assert find_token({}).reveal() == "from-ring"


def test_a_place_without_a_token_is_passed_by(file: Path, tmp_path: Path) -> None:
    elsewhere = {"CREDENTIALS_DIRECTORY": str(tmp_path), "DESKTERM_ACCOUNTS_TOKEN": " "}
    assert find_token(elsewhere, file).reveal() == "from-file"
    keyring.set_keyring(Ring("from-ring"))
    assert find_token({}, tmp_path / "absent").reveal() == "from-ring"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o601, 0o777])
def test_a_file_for_others_is_refused_with_the_remedy(file: Path, mode: int) -> None:
    file.chmod(mode)
    with pytest.raises(TokenTrouble) as refused:
        find_token({}, file)
    assert refused.value.sentence.endswith(f"chmod 600 {file}")
    assert f"{mode:o}" in refused.value.sentence
    file.chmod(0o600)
    assert find_token({}, file).reveal() == "from-file"


def test_a_folder_in_place_of_the_file_is_said_so(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir(mode=0o700)
    with pytest.raises(TokenTrouble, match="not_authorised token_file_unreadable") as refused:
        find_token({}, folder)
    assert f"{folder} is niet te lezen: dat is een map" in refused.value.sentence


@pytest.mark.parametrize("ring", ["none", "empty", "not installed"])
def test_no_token_anywhere_names_the_places(
    ring: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if ring == "empty":
        keyring.set_keyring(Ring(None))
    if ring == "not installed":
        monkeypatch.setitem(sys.modules, "keyring", None)
    with pytest.raises(TokenTrouble, match="token_missing") as refused:
        find_token({}, tmp_path / "absent")
    for place in ("accounts-token", "DESKTERM_ACCOUNTS_TOKEN", str(tmp_path / "absent")):
        assert place in refused.value.sentence


@pytest.mark.parametrize("content", ["two\nlines", "with space", "ëé", "x\r\nHost: evil", ""])
def test_what_cannot_be_a_token_is_refused_without_being_quoted(file: Path, content: str) -> None:
    file.write_text(content, encoding="utf-8")
    with pytest.raises(TokenTrouble, match="token_malformed") as refused:
        find_token({}, file)
    told = f"{refused.value!r} {refused.value} {refused.value.sentence}"
    assert str(file) in told
    assert not content or content not in told


def test_a_token_hides_itself(caplog: pytest.LogCaptureFixture) -> None:
    token = Token(SECRET)
    with caplog.at_level(logging.DEBUG):
        logging.getLogger("deskterm").warning("%s %r", token, token)
    shown = [str(token), repr(token), f"{token}", f"{token!r}", repr([token]), caplog.text]
    assert [text for text in shown if SECRET in text] == []
    with pytest.raises(TypeError):
        pickle.dumps(token)
    assert token.reveal() == SECRET


def test_a_token_is_found_without_loading_the_key_ring() -> None:
    code = (
        "import sys; from deskterm.accounts.token import find_token\n"
        "find_token({'DESKTERM_ACCOUNTS_TOKEN': 'x'}); print('keyring' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
