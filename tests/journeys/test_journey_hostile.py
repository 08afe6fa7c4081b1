"""Customers whose data would like to be more than data: nothing of it reaches the terminal."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.journeys.steps import PLAIN, OpenDesk, block_of, go_on, press_until_gone, start_editing
from tests.terminal import Terminal

HOSTILE = {
    "markup": "[bold red]Vries[/] [@click=app.bell]x[/] [link=https://example.org]y[/] [/] [",
    "screen and title": "Vries\x1b[2J\x1b[H\x1b]0;root\x1b\\",
    "link and clipboard": "\x1b]8;;https://example.org\x07Vries\x1b]8;;\x07\x1b]52;c;cm0gLXJm\x07",
    "eight-bit escapes": "Vries\x9b2J\x9d0;x\x9c\x90q\x9c",
    "right to left": "Vries\u202e\u2066seirV\u2069",
    "line ends, tabs and bells": "Vries\r\n\x0b\x0c\x85\u2028Vries\t\t\x07\x08\x08\x7f",
    "emoji": "👩‍👩‍👧‍👦🇳🇱 Vries 漢字",
    "combining": "V" + "\u0301" * 400 + "ries",
    "endless": "Vries" * 1000,
    "empty": "",
}
OBEYED = (
    b"\x1b[2J\x1b[H", b"\x1b]8;", b"\x1b]52", b"\x1b]0;root", b"\xc2\x9b", b"\xc2\x9d", b"\xc2\x90",
    b"\xe2\x80\xae", b"\xe2\x81\xa6", b"\x08\x08", b"\x1b[H\r",
)  # fmt: skip
"""What a terminal would obey, of the names above."""


def poison(store: Path, text: str) -> None:
    """Put a text wherever the store has one of this customer, past every check of ours."""
    with closing(sqlite3.connect(store)) as connection, connection:
        (actor_id,) = connection.execute(
            "SELECT customer_id FROM card WHERE number = ?", (PLAIN,)
        ).fetchone()
        connection.execute(
            "UPDATE customer SET surname = ?1, first_name = ?1, email = ?1, tag = ?1, phone = ?1"
            " WHERE actor_id = ?2",
            (text, actor_id),
        )
        connection.execute(
            "UPDATE address SET street = ?, place = ? WHERE customer_id = ?", (text, text, actor_id)
        )
        connection.execute("UPDATE title SET name = ?1, author = ?1", (text,))
        for line in (1, 2):
            connection.execute(
                "INSERT INTO message VALUES (?, ?, ?)", (actor_id, line, f"- {text}")
            )


def everything_of_a_customer(terminal: Terminal) -> None:
    """See the pop-up, all tabs, the lists, the form, the conflict-free search and the switcher."""
    terminal.scan(PLAIN)
    terminal.wait("Doorgaan")
    press_until_gone(terminal, "enter", "Doorgaan")
    terminal.wait(block_of(PLAIN))
    for key in "13456789ab":
        terminal.press(key)
        terminal.settle(0.05)
    for key in ("f9", "escape", "alt+g", "escape", "2", "ctrl+o"):
        terminal.press(key)
        terminal.settle(0.05)
    terminal.wait("─ Wissel klant")
    press_until_gone(terminal, "escape", "─ Wissel klant")
    start_editing(terminal)
    terminal.press(*["tab"] * 12)
    terminal.settle(0.05)
    terminal.press("escape")
    terminal.wait_gone("Ctrl\\+S Opslaan")


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_data_is_shown_and_never_obeyed(desk: OpenDesk, practice: Path, text: str) -> None:
    poison(practice, text)
    terminal = desk()
    terminal.record = bytearray()
    everything_of_a_customer(terminal)
    output = bytes(terminal.record)
    assert [sequence for sequence in OBEYED if sequence in output] == []
    lines = terminal.text().splitlines()
    assert lines[8].strip().startswith("1.Klant")
    assert lines[-1].strip().endswith("F12 Einde sessie")
    assert lines[2].startswith(PLAIN)
    if text.startswith("["):
        assert "[" in lines[3], "markup is shown as it was typed"


def test_hostile_text_can_be_typed_pasted_and_looked_up(desk: OpenDesk) -> None:
    terminal = desk()
    terminal.record = bytearray()
    for text in ("[/]'; DROP TABLE staff;--", 'q%_?"(', "<b>&amp;", "$(reboot) `x`"):
        terminal.send(f"\x1b[200~{text}\x1b[201~")
        terminal.settle(0.1)
        terminal.press("enter")
        terminal.wait("Geen klant gevonden|klanten gevonden|De enige klant met")
        terminal.press("f12")
        terminal.wait_gone("klant gevonden|klanten gevonden|De enige klant met")
    terminal.scan(PLAIN)
    terminal.wait(block_of(PLAIN))


def test_a_paste_of_many_lines_opens_one_thing_at_most(desk: OpenDesk) -> None:
    terminal = desk()
    terminal.send("\x1b[200~qwxqwx\nqwyqwy\nqwzqwz\x1b[201~")
    terminal.settle(0.2)
    terminal.press("enter")
    terminal.wait("Geen klant gevonden met qwxqwx")


def test_the_practice_library_has_a_name_that_does_nothing(desk: OpenDesk) -> None:
    terminal = desk()
    terminal.scan("29401000076163")
    terminal.wait(r"\[b\] Robert'\);|Doorgaan")
    if "Doorgaan" in terminal.text():
        go_on(terminal, ".*")
    terminal.wait(r"\[b\] Robert'\)")
