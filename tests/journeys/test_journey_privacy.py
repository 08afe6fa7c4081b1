"""Covering the screen, who looked at whom, and everything about one person, at a real terminal."""

import json
from pathlib import Path

from tests.journeys.steps import (
    PLAIN,
    TESTABO,
    OpenDesk,
    block_of,
    choose,
    go_on,
    open_plain,
    open_testabo,
    press_until_gone,
    quit_program,
    rows_of,
    start_editing,
)
from tests.terminal import Terminal

COVERED = "Scherm afgedekt"


def cover(terminal: Terminal) -> None:
    terminal.press("ctrl+y")
    terminal.wait(COVERED)


def choose_at_the_end(terminal: Terminal, entry: str, *up: str) -> None:
    """An entry at the bottom of the menu Klant, which is longer than the screen."""
    terminal.press("alt+k")
    terminal.wait("─ Klant ─")
    terminal.press("end", *up)
    choose(terminal, entry)


def test_the_privacy_key_covers_the_screen_until_it_is_pressed_again(desk: OpenDesk) -> None:
    terminal = desk()
    open_plain(terminal)
    cover(terminal)
    terminal.wait_gone("Vries")
    terminal.press("enter", "escape", "f12", "f9", "3", "ctrl+q")
    terminal.settle(0.4)
    assert COVERED in terminal.text()
    assert "Vries" not in terminal.text()
    press_until_gone(terminal, "ctrl+y", COVERED)
    terminal.wait(block_of(PLAIN))
    assert "Brinkstraat" in terminal.text()


def test_a_scan_waits_under_the_cover(desk: OpenDesk) -> None:
    terminal = desk()
    cover(terminal)
    terminal.scan(PLAIN)
    terminal.settle(0.5)
    assert "Vries" not in terminal.text()
    press_until_gone(terminal, "ctrl+y", COVERED)
    terminal.wait(block_of(PLAIN))


def test_a_pop_up_is_covered_too_and_asks_again_afterwards(desk: OpenDesk) -> None:
    terminal = desk()
    terminal.scan(TESTABO)
    terminal.wait("─ Pas niet geldig!")
    cover(terminal)
    terminal.wait_gone("Testabo")
    press_until_gone(terminal, "ctrl+y", COVERED)
    go_on(terminal, "Pas niet geldig!")
    terminal.wait(block_of(TESTABO))


def test_what_was_typed_stays_under_the_cover(desk: OpenDesk) -> None:
    terminal = desk()
    open_plain(terminal)
    start_editing(terminal)
    terminal.type("Prof")
    terminal.settle()
    before = terminal.text()
    cover(terminal)
    terminal.type("xyz")
    terminal.settle(0.4)
    press_until_gone(terminal, "ctrl+y", COVERED)
    terminal.wait(lambda text: text == before)


def test_an_idle_desk_covers_itself(desk: OpenDesk, tmp_path: Path) -> None:
    settings = tmp_path / "config.toml"
    settings.write_text("idle_hide_seconds = 1\n", encoding="utf-8")
    terminal = desk("--config", str(settings))
    terminal.wait(COVERED)
    press_until_gone(terminal, "ctrl+y", COVERED)


def test_who_looked_is_written_down_and_listed(desk: OpenDesk, practice: Path) -> None:
    terminal = desk()
    open_testabo(terminal)
    terminal.press("f12")
    open_plain(terminal)
    choose_at_the_end(terminal, "Wie keek", "up")
    terminal.wait(r"Wie keek: Mevr\. J\.M\. de Vries")
    terminal.press("escape")
    quit_program(terminal)
    with rows_of(practice) as connection:
        seen = connection.execute("SELECT customer_id FROM viewing ORDER BY id").fetchall()
    assert seen == [(413700,), (413701,)]
    again = desk()
    open_plain(again)
    choose_at_the_end(again, "Wie keek", "up")
    again.wait(r"J\. Prins +balie1")


def test_the_last_look_before_a_normal_end_is_not_lost(desk: OpenDesk, practice: Path) -> None:
    terminal = desk()
    open_plain(terminal)
    quit_program(terminal)
    with rows_of(practice) as connection:
        assert connection.execute("SELECT count(*) FROM viewing").fetchone() == (1,)


def test_everything_about_the_customer_goes_to_two_files(desk: OpenDesk, tmp_path: Path) -> None:
    terminal = desk(env={"XDG_DATA_HOME": str(tmp_path / "data")})
    open_plain(terminal)
    choose_at_the_end(terminal, "Inzage geven")
    terminal.wait("─ Inzage geven")
    press_until_gone(terminal, "alt+j", "─ Inzage geven")
    terminal.wait("De gegevens staan in")
    files = sorted((tmp_path / "data").rglob("inzage-413701-*"))
    assert [file.suffix for file in files] == [".html", ".json"]
    assert "Vries" in files[0].read_text(encoding="utf-8")
    assert json.loads(files[1].read_text(encoding="utf-8"))["actor_id"] == 413701
    assert all(file.stat().st_mode & 0o077 == 0 for file in files)
