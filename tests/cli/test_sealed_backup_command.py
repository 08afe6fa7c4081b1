"""`deskterm backup` and `restore` with a key."""

import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def key(run: Run, tmp_path: Path) -> tuple[Path, Path]:
    """A secret key's file, and settings with the public key as `backup-key` says them."""
    secret, config = tmp_path / "secret.txt", tmp_path / "config.toml"
    ran = run("backup-key", secret)
    assert ran.status == 0
    config.write_text(ran.out[ran.out.index("[backup]") :], encoding="utf-8")
    return secret, config


def test_a_sealed_copy_comes_back_with_the_key_alone(
    run: Run, practice: Path, tmp_path: Path, key: tuple[Path, Path]
) -> None:
    secret, config = key
    copy, place = tmp_path / "copy.age", tmp_path / "again" / "library.db"
    assert run("backup", copy, "--store", practice, "--config", config).status == 0
    assert copy.read_bytes().startswith(b"age-encryption.org/v1")
    refused = run("restore", copy, "--store", place)
    assert refused.status == 1
    assert "--key" in refused.err
    assert run("restore", copy, "--store", place, "--key", secret).status == 0
    assert "Testabo" in run("customer", "show", "413700", "--store", place).out
    assert sorted(one.name for one in practice.parent.glob("backup-*")) == []


def test_a_copy_without_a_key_is_restored_as_before(
    run: Run, practice: Path, tmp_path: Path, key: tuple[Path, Path]
) -> None:
    copy, place = tmp_path / "copy.db", tmp_path / "again.db"
    run("backup", copy, "--store", practice)
    assert run("restore", copy, "--store", place, "--key", key[0]).status == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('backup.keys = "age1x"', "regel 1: backup.keys"),
        ("backup.keys = []", "regel 1: backup.keys"),
        ('backup.kees = ["age1x"]', "backup.k"),
        ('backup.keys = ["age1x"]', "begint met age1"),
        ("backup = 3", "backup"),
    ],
)
def test_a_faulty_key_makes_no_copy_that_anybody_can_read(
    run: Run, practice: Path, tmp_path: Path, content: str, said: str
) -> None:
    config, copy = tmp_path / "config.toml", tmp_path / "copy.db"
    config.write_text(content, encoding="utf-8")
    ran = run("backup", copy, "--store", practice, "--config", config)
    assert ran.status == 1
    assert said in ran.err
    assert not copy.exists()


def test_another_key_and_no_library_are_told(
    run: Run,
    practice: Path,
    tmp_path: Path,
    key: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other, copy = tmp_path / "other.txt", tmp_path / "copy.age"
    run("backup", copy, "--store", practice, "--config", key[1])
    run("backup-key", other)
    refused = run("restore", copy, "--store", tmp_path / "new.db", "--key", other)
    assert "Met deze sleutel gaat de reservekopie niet open" in refused.err
    assert not (tmp_path / "new.db").exists()
    assert run("backup-key", other).status == 1
    monkeypatch.setitem(sys.modules, "pyrage", None)
    refused = run("backup", tmp_path / "next.age", "--store", practice, "--config", key[1])
    assert "deskterm[encryption]" in refused.err
    assert not (tmp_path / "next.age").exists()
