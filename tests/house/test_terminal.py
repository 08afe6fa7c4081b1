"""The harness of the journeys sees what a person would see."""

import sys

import pytest

from tests.terminal import Ended, Terminal, key_bytes

pytestmark = pytest.mark.terminal

ECHO = """
import os, shutil, signal, sys, termios, tty
tty.setraw(0)
def size(*_):
    sys.stdout.write("\\x1b[2J\\x1b[Hsize %dx%d\\r\\n" % shutil.get_terminal_size())
    sys.stdout.flush()
signal.signal(signal.SIGWINCH, size)
size()
sys.stdout.write("\\x1b[>1u\\x1b[?2026$p\\x1b[31;1mred\\x1b[0m\\r\\n")
while True:
    sys.stdout.flush()
    key = os.read(0, 100)
    if key == b"q":
        sys.exit(3)
    sys.stdout.write(repr(key) + "\\r\\n")
"""


def echo() -> Terminal:
    return Terminal([sys.executable, "-c", ECHO])


def test_it_types_and_sees_text_colours_and_size() -> None:
    with echo() as terminal:
        terminal.wait("red")
        assert terminal.text().startswith("size 80x24")
        place = terminal.find("red")
        assert place == (0, 1)
        assert (terminal.cell(0, 1).fg, terminal.cell(0, 1).bold) == ("red", True)
        terminal.press("f12")
        terminal.wait(r"\[24~")
        at = terminal.scan("29401000075868")
        assert terminal.wait(r"b'29401000075868\\r'") > at


def test_a_resize_reaches_the_program() -> None:
    with echo() as terminal:
        terminal.wait("red")
        terminal.resize(100, 30)
        terminal.wait("size 100x30")


def test_the_end_of_the_program_is_told() -> None:
    with echo() as terminal:
        terminal.wait("red")
        terminal.send("q")
        with pytest.raises(Ended):
            terminal.wait("never")
        assert terminal.wait_ended() == 3


def test_what_never_comes_is_given_up() -> None:
    with echo() as terminal, pytest.raises(TimeoutError, match="never"):
        terminal.wait("never", timeout=0.2)


@pytest.mark.parametrize(
    ("key", "sent"),
    [("a", "a"), ("alt+2", "\x1b2"), ("ctrl+s", "\x13"), ("f6", "\x1b[17~"), ("f10", "\x1b[21~")],
)
def test_keys_by_name(key: str, sent: str) -> None:
    assert key_bytes(key) == sent
