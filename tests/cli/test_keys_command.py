"""`deskterm keys`: the table, the check of a file, and the probe in a real terminal."""

import sys
from pathlib import Path

import pytest

from deskterm.cli.keys import probe_line
from deskterm.cli.raw_terminal import Stroke, spelled
from deskterm.keys import ACTIONS, default_keymap
from tests.cli.conftest import Run
from tests.terminal import Terminal

pytestmark = pytest.mark.terminal


def test_the_table_names_every_action_with_its_keys(run: Run) -> None:
    lines = run("keys").out.splitlines()
    assert [line.split()[0] for line in lines] == [action.id for action in ACTIONS]
    (search,) = [line for line in lines if line.startswith("customer.search ")]
    assert "F2, Alt+Z" in search
    assert "Zoek klant" in search


def test_the_table_has_the_keys_of_the_settings(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('[keys]\n"customer.search" = "f2, ctrl+b"\n', encoding="utf-8")
    (search,) = [
        line
        for line in run("keys", "--config", file).out.splitlines()
        if line.startswith("customer.search ")
    ]
    assert "F2, Ctrl+B" in search


def test_a_check_tells_every_fault_with_its_line(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "keys.toml"
    file.write_text(
        '[keys]\n"customer.serch" = "f2"\n"help.show" = "f99"\n"app.quit" = ""\n', encoding="utf-8"
    )
    ran = run("keys", "--check", file)
    assert ran.status == 1
    for line in (2, 3, 4):
        assert f"regel {line}: " in ran.err
    assert "Bedoelt u customer.search?" in ran.err


def test_a_sound_file_passes(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "keys.toml"
    file.write_text('[keys]\n"palette" = "ctrl+b"\n', encoding="utf-8")
    assert run("keys", "--check", file).status == 0
    file.write_bytes(b"\xff\xfe\x00\x01")
    assert "geen tekstbestand" in run("keys", "--check", file).err


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ("\x1bOQ", "ESC O Q"),
        ("\r", "CR"),
        ("\x13", "^S"),
        ("a", "a"),
        (" ", "SPATIE"),
        ("\x9b", "U+009B"),
        ("", ""),
    ],
)
def test_bytes_are_spelled_so_that_they_can_be_read_out(sent: str, words: str) -> None:
    assert spelled(sent) == words


def test_a_probed_key_is_named_with_what_it_does_where() -> None:
    line = probe_line(Stroke("f2", "", "\x1bOQ", 0), default_keymap())
    assert line.split()[:4] == ["F2", "ESC", "O", "Q"]
    assert "Zoek klant [customer.search]" in line
    assert "balieregel" in line
    assert "geen actie" in probe_line(Stroke("f19", "", "", 0), default_keymap())


def test_the_probe_shows_what_a_terminal_sends() -> None:
    with Terminal([sys.executable, "-m", "deskterm", "keys", "--probe"], (120, 24)) as terminal:
        terminal.wait("Ctrl\\+C stopt")
        terminal.send("\x1bOQ")
        terminal.wait(r"F2 +ESC O Q +Zoek klant \[customer.search\]")
        terminal.send("\x1b1")
        terminal.wait(r"Alt\+1 +ESC 1 +Klant \[tab.1\]")
        terminal.send("\x1b")
        terminal.wait(r"Esc +ESC +")
        terminal.send("\x1b[200~geplakt\x1b[201~")
        terminal.wait("Paste")
        terminal.send("\x03")
        assert terminal.wait_ended() == 0


def test_without_a_terminal_there_is_nothing_to_probe(started: Run) -> None:
    ran = started("keys", "--probe")
    assert ran.status == 1
    assert "geen terminal" in ran.err
