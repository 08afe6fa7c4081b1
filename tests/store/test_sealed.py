"""Backups that only the holder of a key can read."""

import sys
from pathlib import Path

import pytest

from deskterm.store.sealed import SealTrouble, is_sealed, new_key, opened, sealing

CONTENT = b"SQLite format 3\0" + b"Testabo" * 100_000


@pytest.fixture
def keys(tmp_path: Path) -> tuple[Path, str]:
    """A secret key's file and its public key."""
    file = tmp_path / "secret.txt"
    return file, new_key(file)


def seal(folder: Path, *public: str) -> Path:
    file = folder / "copy.age"
    with sealing(file, public, folder) as place:
        place.write_bytes(CONTENT)
    return file


def read(file: Path, secret: Path) -> bytes:
    with opened(file, secret, file.parent) as plain:
        return plain.read_bytes()


def trouble_of(file: Path, secret: Path) -> str:
    with pytest.raises(SealTrouble) as trouble:
        read(file, secret)
    return trouble.value.code


def test_what_is_sealed_is_read_by_who_has_a_key_alone(
    tmp_path: Path, keys: tuple[Path, str]
) -> None:
    other = tmp_path / "other.txt"
    file = seal(tmp_path, keys[1], new_key(other))
    assert is_sealed(file)
    assert b"Testabo" not in file.read_bytes()
    assert read(file, keys[0]) == read(file, other) == CONTENT
    new_key(tmp_path / "third.txt")
    assert trouble_of(file, tmp_path / "third.txt") == "wrong_key"


def test_nothing_that_anybody_can_read_is_left_behind(
    tmp_path: Path, keys: tuple[Path, str]
) -> None:
    file = seal(tmp_path, keys[1])
    read(file, keys[0])
    assert sorted(one.name for one in tmp_path.rglob("*")) == ["copy.age", "secret.txt"]
    for one in (file, keys[0]):
        assert one.stat().st_mode & 0o077 == 0


def test_a_copy_that_fails_leaves_the_older_one(tmp_path: Path, keys: tuple[Path, str]) -> None:
    file = seal(tmp_path, keys[1])
    with pytest.raises(FileNotFoundError), sealing(file, [keys[1]], tmp_path):
        pass
    assert read(file, keys[0]) == CONTENT
    assert sorted(one.name for one in tmp_path.rglob("*")) == ["copy.age", "secret.txt"]


@pytest.mark.parametrize("at", [30, 250, 70_000, -1])
def test_a_changed_copy_does_not_open(tmp_path: Path, keys: tuple[Path, str], at: int) -> None:
    file = seal(tmp_path, keys[1])
    data = bytearray(file.read_bytes())
    data[at] ^= 1
    file.write_bytes(data)
    assert trouble_of(file, keys[0]) in ("damaged", "wrong_key")


def test_half_a_copy_does_not_open(tmp_path: Path, keys: tuple[Path, str]) -> None:
    file = seal(tmp_path, keys[1])
    file.write_bytes(file.read_bytes()[:-1000])
    assert trouble_of(file, keys[0]) == "damaged"


@pytest.mark.parametrize("content", ["", "# public key: age1x\n", "AGE-SECRET-KEY-1X\n"])
def test_a_file_without_a_key_is_told(tmp_path: Path, keys: tuple[Path, str], content: str) -> None:
    file, other = seal(tmp_path, keys[1]), tmp_path / "none.txt"
    other.write_text(content, encoding="ascii")
    assert trouble_of(file, other) == "no_key"


def test_a_key_that_is_none_makes_no_copy(tmp_path: Path) -> None:
    with pytest.raises(SealTrouble) as trouble:
        seal(tmp_path, "age1nothing")
    assert trouble.value.code == "bad_key"
    assert list(tmp_path.iterdir()) == []


def test_without_the_library_nothing_is_sealed(
    tmp_path: Path, keys: tuple[Path, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyrage", None)
    with pytest.raises(SealTrouble) as trouble:
        seal(tmp_path, keys[1])
    assert trouble.value.code == "no_library"
    assert not (tmp_path / "copy.age").exists()


def test_a_key_never_replaces_another(tmp_path: Path, keys: tuple[Path, str]) -> None:
    before = keys[0].read_bytes()
    with pytest.raises(FileExistsError):
        new_key(keys[0])
    assert keys[0].read_bytes() == before
