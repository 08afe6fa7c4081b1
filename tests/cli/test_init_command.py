"""`deskterm init`: from a file, by questions in a terminal, and offered on an empty store."""

import sys
from pathlib import Path

import pytest

from deskterm.paths import resource
from tests.cli.conftest import Run, interrupt
from tests.terminal import Terminal

EXAMPLE = resource("init-example.toml")


def test_the_example_is_printed_as_it_is(run: Run) -> None:
    assert run("init", "--example").out == EXAMPLE.read_text(encoding="utf-8")


def test_the_example_makes_a_library_and_a_second_time_nothing(run: Run, tmp_path: Path) -> None:
    store = tmp_path / "new.db"
    first = run("init", EXAMPLE, "--store", store)
    assert first.status == 0
    assert "vestigingen: 2 erbij, 0 gewijzigd" in first.out
    assert "J. Prins meldt zich aan met actor-id 9001 of prins." in first.out
    second = run("init", EXAMPLE, "--store", store)
    assert second.status == 0
    assert "alles stond er al; niets gewijzigd" in second.out
    assert "meldt zich aan" not in second.out


def test_faults_are_listed_at_once_and_no_store_is_made(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "library.toml"
    file.write_text('[[branch]]\ncode = "94"\n[[institution]]\nnaam = "X"\n', encoding="utf-8")
    ran = run("init", file, "--store", tmp_path / "new.db")
    assert ran.status == 1
    for place in (
        "regel 2, branch 1 code:",
        "regel 1, branch 1 name:",
        "regel 1, branch 1 desks:",
        "regel 4, institution 1 naam:",
        "regel 3, institution 1 code:",
    ):
        assert place in ran.err
    assert not (tmp_path / "new.db").exists()


def test_without_a_file_or_a_terminal_it_asks_for_a_file(started: Run, tmp_path: Path) -> None:
    ran = started("init", "--store", tmp_path / "new.db")
    assert ran.status == 1
    assert "deskterm init --example" in ran.err


@pytest.mark.terminal
def test_the_first_start_offers_to_set_up_a_library(run: Run, tmp_path: Path) -> None:
    store = tmp_path / "new.db"
    command = [sys.executable, "-m", "deskterm", "--store", str(store)]
    with Terminal(command, (100, 50)) as terminal:
        for question, answer in (
            ("Nu inrichten", ""),
            ("Nummer van de instantie", ""),
            ("Naam van de bibliotheek", "Bibliotheek Hondsrug"),
            ("Vestigingsnummer", "9401"),
            ("Naam van de vestiging", "Annen"),
            ("Vorm van de pasnummers", ""),
            ("Balies", ""),
            ("Nog een vestiging", ""),
            ("Deze overnemen", ""),
            ("Naam van de medewerker", "J. Prins"),
            ("Gebruikersnaam", "prins"),
            ("Actor-id", ""),
            ("Geboortedatum", "31-12-1985"),
            ("Werkt in vestiging", ""),
        ):
            terminal.wait(question + r"[^\n]*\s*\Z")
            terminal.send(answer + "\r")
        terminal.wait("9401 Annen")
    assert "alles stond er al" not in run("init", EXAMPLE, "--store", store).out


@pytest.mark.terminal
def test_ctrl_d_stops_the_questions(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "deskterm", "init", "--store", str(tmp_path / "new.db")]
    with Terminal(command, (100, 30)) as terminal:
        terminal.wait("Nummer van de instantie")
        terminal.send("\x04")
        assert terminal.wait_ended() == 1
        assert "er is niets ingericht" in terminal.text()


@pytest.mark.terminal
@pytest.mark.parametrize(("answer", "status"), [("n\r", 0), ("\x04", 1), ("\x03", 130)])
def test_the_offer_can_be_declined(tmp_path: Path, answer: str, status: int) -> None:
    store = tmp_path / "new.db"
    with Terminal([sys.executable, "-m", "deskterm", "--store", str(store)]) as terminal:
        terminal.wait("Nu inrichten")
        if answer == "\x03":
            assert interrupt(terminal) == status
        else:
            terminal.send(answer)
            assert terminal.wait_ended() == status
        assert "Traceback" not in terminal.text()
    assert not store.exists()


@pytest.mark.terminal
@pytest.mark.parametrize("words", [["--login", "prins"], ["--config", "by-login.toml"]])
def test_who_came_in_over_ssh_is_not_asked_to_set_up_a_library(
    tmp_path: Path, words: list[str]
) -> None:
    store = tmp_path / "new.db"
    (tmp_path / "by-login.toml").write_text('sign_in = "ssh-user"\n', encoding="utf-8")
    filled = [str(tmp_path / word) if word.endswith("toml") else word for word in words]
    with Terminal([sys.executable, "-m", "deskterm", "--store", str(store), *filled]) as terminal:
        assert terminal.wait_ended() == 1
        assert "staat nog geen bibliotheek" in terminal.text()
        assert "Nu inrichten" not in terminal.text()
    assert not store.exists()


@pytest.mark.terminal
@pytest.mark.parametrize("content", ["store = /srv/library.db", "store = 3"])
def test_settings_that_cannot_be_read_open_no_other_library(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str
) -> None:
    config = tmp_path / "config.toml"
    config.write_text(content, encoding="utf-8")
    usual = tmp_path / "deskterm" / "deskterm.db"
    run("init", EXAMPLE, "--store", usual)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.delenv("DESKTERM_STORE", raising=False)
    for words in (["check"], ["worker", "--until-idle"], ["restore", usual, "--force"]):
        refused = run(*words, "--config", config)
        assert refused.status == 1
        assert "is niet te lezen waar de bibliotheek staat" in refused.err
    with Terminal([sys.executable, "-m", "deskterm", "--config", str(config)]) as terminal:
        assert terminal.wait_ended() == 1
        assert "is niet te lezen waar" in terminal.text()
    assert run("check", "--config", config, "--store", usual).status == 0
