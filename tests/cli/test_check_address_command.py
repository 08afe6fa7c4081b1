"""`deskterm check address`: what came, from where, and what kept it from coming."""

import re
from pathlib import Path

import pytest

from deskterm.cli import main
from deskterm.services.settings import PRACTICE_MARK
from deskterm.store.engine import Store
from deskterm.store.tables import LibrarySetting
from tests.accounts.exchanges import answer
from tests.addresses.registers import Say, adres, flanders, host, pdok, pdok_doc, register
from tests.ports import free_port
from tests.services.library import Library, fill

Captured = pytest.CaptureFixture[str]


def check(library: Library, config: Path, *more: str) -> int:
    place = ("--store", str(library.store.file), "--config", str(config))
    return main(["check", "address", *more, *place])


@pytest.fixture
def sqlite_library(sqlite_store: Store) -> Library:
    return fill(sqlite_store)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    file = tmp_path / "config.toml"
    file.write_text("", encoding="utf-8")
    return file


def lookup(config: Path, url: str, name: str = "pdok") -> None:
    config.write_text(f'[address]\nlookup = "{name}"\nurl = "{url}"\nbudget_s = 5\n', "utf-8")


def test_what_the_register_says_is_printed_with_its_time(
    sqlite_library: Library, config: Path, capsys: Captured
) -> None:
    with register(pdok(pdok_doc(41), pdok_doc(41, "A"))) as stub:
        lookup(config, host(stub))
        assert check(sqlite_library, config, "9468bg", "41") == 0
        assert check(sqlite_library, config, "9468 BG", "41a", "--register") == 0
        url = host(stub)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"Register: pdok, {url}/bzk/locatieserver/search/v3_1/free"
    assert lines[1:3] == ["Kruisakkers 41, 9468 BG Annen", "Kruisakkers 41 A, 9468 BG Annen"]
    assert re.fullmatch(r"Van het register pdok\. \(\d+ ms\)", lines[3])
    assert lines[5] == "Kruisakkers 41 A, 9468 BG Annen"
    # Whoever checks the register wants it asked, also when the answer is known.
    assert len(stub.questions) == 2


def test_without_a_register_it_says_so_and_who_else_knows(
    sqlite_library: Library, config: Path, capsys: Captured
) -> None:
    sqlite_library.customer()
    assert check(sqlite_library, config, "9468BG", "41") == 0
    said = capsys.readouterr()
    assert 'zet lookup = "pdok" onder [address]' in said.err
    assert "Kruisakkers, 9468 BG Annen" in said.out
    assert "niet gecontroleerd" in said.out
    assert check(sqlite_library, config, "9468BG", "41", "--register") == 1
    assert "Niet gevonden" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("say", "expected"),
    [
        (lambda _path, _query: answer(503), "pdok is niet bereikbaar (503)"),
        (
            lambda _path, _query: answer(200, b"<html>", "text/html"),
            "wat bij pdok antwoordt, is geen adresregister (no JSON)",
        ),
    ],
)
def test_why_it_did_not_answer_is_said(
    sqlite_library: Library, config: Path, capsys: Captured, say: Say, expected: str
) -> None:
    with register(say) as stub:
        lookup(config, host(stub))
        assert check(sqlite_library, config, "9468BG", "41") == 1
    assert expected in capsys.readouterr().err


def test_a_register_that_is_down_does_not_hide_what_it_said_before(
    sqlite_library: Library, config: Path, capsys: Captured
) -> None:
    with register(pdok(pdok_doc(41))) as stub:
        lookup(config, host(stub))
        assert check(sqlite_library, config, "9468BG", "41", "--day", "2026-03-14") == 0
    lookup(config, f"http://127.0.0.1:{free_port()}")
    capsys.readouterr()
    assert check(sqlite_library, config, "9468BG", "41", "--day", "2026-03-15") == 0
    assert "op 14-03-2026 bewaard" in capsys.readouterr().out
    assert check(sqlite_library, config, "9468BG", "41", "--register") == 1


def test_a_belgian_address_has_a_street(
    sqlite_library: Library, config: Path, capsys: Captured
) -> None:
    with register(flanders(adres("Acacialaan", "4"))) as stub:
        lookup(config, host(stub), "vlaanderen")
        assert check(sqlite_library, config, "2630", "4") == 0
        assert check(sqlite_library, config, "2630", "4", "--street", "acacialaan") == 0
    said = capsys.readouterr().out
    assert "\n2630 Aartselaar\n" in said
    assert "\nAcacialaan 4, 2630 Aartselaar\n" in said


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        (("9468BG OR *:*", "41"), "Postcode:"),
        (("9468BG", "41 OR *:*"), "Huisnummer:"),
        (("9468BG", "[1 TO *]"), "Huisnummer:"),
        (("2630", "4", "--street", 'x" OR *:*'), "Straat:"),
    ],
)
def test_what_cannot_be_asked_is_never_sent(
    sqlite_library: Library, config: Path, capsys: Captured, typed: tuple[str, ...], field: str
) -> None:
    with register(pdok()) as stub:
        lookup(config, host(stub))
        assert check(sqlite_library, config, *typed) == 1
        assert stub.greeted == 0
    assert field in capsys.readouterr().err


def test_faults_of_the_section_are_said(
    sqlite_library: Library, config: Path, capsys: Captured
) -> None:
    config.write_text('[address]\nlookup = "pdok"\nurl = "http://example.org"\n', "utf-8")
    assert check(sqlite_library, config, "9468BG", "41") == 1
    assert "address.url" in capsys.readouterr().err


def test_a_practice_library_asks_nobody_unless_told_so(
    sqlite_library: Library, config: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    sqlite_library.add(LibrarySetting(key=PRACTICE_MARK, value="2026-03-15"))
    with register(pdok(pdok_doc(41))) as stub:
        lookup(config, host(stub))
        monkeypatch.setattr("deskterm.config.config_file", lambda: config)
        store = str(sqlite_library.store.file)
        assert main(["check", "address", "9468BG", "41", "--store", store]) == 1
        assert stub.greeted == 0
        assert check(sqlite_library, config, "9468BG", "41") == 0


def test_the_store_is_checked_as_before(
    sqlite_library: Library, config: Path, capsys: Captured
) -> None:
    assert main(["check", "--store", str(sqlite_library.store.file)]) == 0
    assert "alles in orde" in capsys.readouterr().out
