"""What the commands print of a library whose every text is hostile: lines of letters."""

import json
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from deskterm import cli, demo
from deskterm.bootstrap import PRACTICE_DAY
from deskterm.store.engine import open_store
from tests.security.corpus import EVERYTHING, HOSTILE, dangers, poison

COMMANDS = (
    "customer find vries",
    "customer show 413700",
    "customer show 29401000075868",
    "duplicates",
    "accounts list",
    "accounts list --state failed",
    "privacy viewers 413700",
    "privacy run --dry-run",
    "month --dry-run",
    "tariffs show",
    "membership quote --type 53 --born 1985-01-01 --branch 9401",
    "ledger show 413700",
    "ledger check",
    "print-preview card 29401000075868",
    "check",
    "staff unlock",
    "init FOLDER/hostile.toml",
    "init FOLDER/faulty.toml",
    "tariffs load FOLDER/hostile.csv",
    "import customers FOLDER/hostile.csv --dry-run",
    "incasso prepare --on 2026-04-15 --out FOLDER/debit.xml",
)
INIT = """[[institution]]
code = "1001"
name = {text}
[[branch]]
code = "9499"
name = {text}
desks = [{text}]
[[staff]]
actor_id = 9099
username = "jansen"
name = {text}
born = 1990-01-31
branch_code = "9499"
"""
TYPED = (
    ["customer", "show"], ["customer", "find"], ["import", "customers"], ["accounts", "activate"],
    ["check", "address"], ["print-test"], ["--store"], ["--config"], ["--day"], ["restore"],
)  # fmt: skip
"""Commands that may say again what was typed."""


@pytest.fixture(scope="module")
def poisoned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice library with every hostile text wherever people typed one."""
    folder = tmp_path_factory.mktemp("commands")
    file = folder / "library.db"
    with closing(open_store(str(file))) as store:
        demo.build(store, PRACTICE_DAY, 60)
    poison(file, EVERYTHING.replace("\x00", ""))
    return file


def lines_of(capsys: pytest.CaptureFixture[str]) -> list[str]:
    said = capsys.readouterr()
    return [*said.out.split("\n"), *said.err.split("\n")]


@pytest.mark.parametrize("command", COMMANDS)
def test_nothing_that_a_command_prints_acts(
    poisoned: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    store = shutil.copy(poisoned, tmp_path / "library.db")
    text = EVERYTHING.replace("\x00", "")
    hostile = json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
    (tmp_path / "hostile.toml").write_text(INIT.format(text=hostile), encoding="utf-8")
    (tmp_path / "faulty.toml").write_text(f"[[institution]]\n{hostile} = 3\n", encoding="utf-8")
    (tmp_path / "hostile.csv").write_text(f"{hostile};x\n{hostile};y\n", encoding="utf-8")
    words = [word.replace("FOLDER", str(tmp_path)) for word in command.split()]
    status = cli.main([*words, "--store", str(store), "--day", str(PRACTICE_DAY)])
    lines = lines_of(capsys)
    assert status != 2, lines
    assert any(lines)
    assert [dangers(line) for line in lines] == [""] * len(lines)


@pytest.mark.parametrize("words", TYPED, ids=" ".join)
@pytest.mark.parametrize("name", ["title", "clipboard", "right to left", "cursor"])
def test_what_was_typed_is_said_again_without_what_acts(
    poisoned: Path, capsys: pytest.CaptureFixture[str], words: list[str], name: str
) -> None:
    store = [] if words == ["--store"] else ["--store", str(poisoned)]
    cli.main([*words, HOSTILE[name], *store])
    lines = lines_of(capsys)
    assert any(lines)
    assert [dangers(line) for line in lines] == [""] * len(lines)
