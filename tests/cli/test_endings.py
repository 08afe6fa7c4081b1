"""How commands end: exit statuses, one sentence on stderr, never a traceback."""

import subprocess
import sys
from pathlib import Path

import pytest

from deskterm import __version__
from tests.cli.conftest import Run, interrupt
from tests.terminal import Terminal


def test_the_version(started: Run) -> None:
    ran = started("--version")
    assert (ran.status, ran.out, ran.err) == (0, f"deskterm {__version__}\n", "")


@pytest.mark.parametrize(
    ("argv", "sentence"),
    [
        (["dance"], "'dance' bestaat niet"),
        (["customer"], "er ontbreekt: WAT"),
        (["customer", "show"], "er ontbreekt: NUMMER"),
        (["customer", "find"], "er ontbreekt: TEKST"),
        (["customer", "show", "1", "2"], "dit is onbekend: 2"),
        (["customer", "find", "x", "--limit", "veel"], "veel is geen aantal"),
        (["--day", "30-02-2026", "config"], "die maand heeft 28 dagen"),
        (["config", "--day"], "hier hoort iets achter"),
        (["config", "--config", "nergens.toml"], "er is geen bestand nergens.toml"),
        (["demo", "--customers", "0"], "geef een aantal van 1 tot en met 1000000"),
        (["keys", "--probe", "--check", "x"], "kan niet samen met"),
    ],
)
def test_wrong_use_is_told_in_dutch_with_status_2(run: Run, argv: list[str], sentence: str) -> None:
    ran = run(*argv)
    assert ran.status == 2
    assert ran.out == ""
    assert sentence in ran.err
    assert "--help" in ran.err


def test_help_is_dutch_unless_the_settings_say_english(run: Run, tmp_path: Path) -> None:
    assert run("--help").out.startswith("gebruik: deskterm")
    english = tmp_path / "config.toml"
    english.write_text('language = "en"\n', encoding="utf-8")
    for argv in (["--config", english, "--help"], [f"--config={english}", "--help"]):
        assert run(*argv).out.startswith("usage: deskterm")


@pytest.mark.parametrize(
    ("argv", "sentence"),
    [
        (["backup"], "Maak een reservekopie terwijl er gewerkt wordt."),
        (["accounts", "list"], "Toon de inlogaccounts die gemaakt worden of werden."),
    ],
)
def test_the_help_of_a_command_begins_with_what_it_does(
    run: Run, argv: list[str], sentence: str
) -> None:
    assert f"\n\n{sentence}\n\n" in run(*argv, "--help").out


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "Er is geen bestand"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "is geen gegevensbestand van deskterm"),
    ],
)
def test_a_store_that_is_none_is_told_in_a_sentence(
    started: Run, tmp_path: Path, content: bytes | None, sentence: str
) -> None:
    file = tmp_path / "some.db"
    if content is not None:
        file.write_bytes(content)
    for command in (["check"], ["backup", tmp_path / "copy.db"]):
        ran = started(*command, "--store", file)
        assert ran.status == 1
        assert sentence in ran.err
        assert "Traceback" not in ran.err
    assert file.exists() is (content is not None)


def test_files_that_cannot_be_read_are_named(run: Run, tmp_path: Path) -> None:
    missing = run("init", tmp_path / "none.toml", "--store", tmp_path / "new.db")
    assert missing.status == 1
    assert "none.toml" in missing.err
    binary = tmp_path / "binary.toml"
    binary.write_bytes(b"\xff\xfe\x00\x01")
    assert "is geen tekstbestand" in run("init", binary, "--store", tmp_path / "new.db").err
    assert not (tmp_path / "new.db").exists()


def test_a_closed_pipe_is_no_trouble(practice: Path) -> None:
    command = [sys.executable, "-m", "deskterm", "keys"]
    program = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert program.stdout is not None
    assert program.stderr is not None
    program.stdout.close()
    errors = program.stderr.read()
    program.stderr.close()
    program.wait()
    assert errors == b""


@pytest.mark.terminal
def test_ctrl_c_ends_quietly(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "deskterm", "init", "--store", str(tmp_path / "new.db")]
    with Terminal(command) as terminal:
        terminal.wait("Nummer van de instantie")
        assert interrupt(terminal) == 130
        assert "Traceback" not in terminal.text()


def test_the_screen_needs_a_terminal(started: Run, practice: Path) -> None:
    ran = started("--store", practice)
    assert ran.status == 1
    assert "heeft een terminal nodig" in ran.err


def test_alone_it_starts_the_screens(
    started: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESKTERM_STORE", str(tmp_path / "new.db"))
    ran = started()
    assert ran.status == 1
    assert "staat nog geen bibliotheek" in ran.err


def test_without_a_library_and_a_terminal_it_says_what_to_do(started: Run, tmp_path: Path) -> None:
    ran = started("--store", tmp_path / "new.db")
    assert ran.status == 1
    assert "staat nog geen bibliotheek" in ran.err
    assert "deskterm init" in ran.err
    assert not (tmp_path / "new.db").exists()
