"""Every default key arrives: the bytes each terminal sends, through Textual's own parser.

The names that a test driver presses bypass the parser, so only this proves that a key exists.
"""

from string import ascii_lowercase

import pytest
from textual import _ansi_sequences, events
from textual._xterm_parser import XTermParser

from deskterm.keys import ACTIONS, Keymap, Where, default_keymap, normal_key
from deskterm.terminal_keys import repair

ESC = "\x1b"
# F1 to F12. PuTTY and rxvt send the first four as the VT220 did.
VT220 = {
    n: f"{tail}~"
    for n, tail in enumerate((11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24), start=1)
}
FUNCTION_KEYS = {
    "xterm": {n: f"{ESC}[{tail}" for n, tail in VT220.items()}
    | {n: f"{ESC}O{letter}" for n, letter in enumerate("PQRS", start=1)},
    "putty": {n: f"{ESC}[{tail}" for n, tail in VT220.items()},
    "rxvt": {n: f"{ESC}[{tail}" for n, tail in VT220.items()},
    "linux": {n: f"{ESC}[{tail}" for n, tail in VT220.items()}
    | {n: f"{ESC}[[{letter}" for n, letter in enumerate("ABCDE", start=1)},
}
# tmux and screen translate what the terminal outside sends to their own.
FUNCTION_KEYS |= {"tmux": FUNCTION_KEYS["xterm"], "screen": FUNCTION_KEYS["xterm"]}
PAGE_KEYS = {
    "xterm": {"ctrl+pageup": f"{ESC}[5;5~", "ctrl+pagedown": f"{ESC}[6;5~"},
    "tmux": {"ctrl+pageup": f"{ESC}[5;5~", "ctrl+pagedown": f"{ESC}[6;5~"},
    "rxvt": {"ctrl+pageup": f"{ESC}[5^", "ctrl+pagedown": f"{ESC}[6^"},
    # PuTTY scrolls its own window with them, screen and the console send plain PgUp: there the
    # digits and letters of the tabs are the way.
    "putty": {},
    "screen": {},
    "linux": {},
}
SHIFT_F10 = {"xterm": f"{ESC}[21;2~", "tmux": f"{ESC}[21;2~"}
TERMINALS = tuple(PAGE_KEYS)


def sent(key: str, terminal: str) -> str | None:
    """Give what a terminal sends for a key, or None when it has no bytes of its own for it."""
    if key == "escape":
        return ESC
    if key == "shift+f10":
        return SHIFT_F10.get(terminal)
    if key.startswith("ctrl+page"):
        return PAGE_KEYS[terminal].get(key)
    if key.startswith("ctrl+"):
        return chr(ord(key[-1]) - 96)
    if key.startswith("alt+"):
        return ESC + key[-1]
    return FUNCTION_KEYS[terminal][int(key[1:])] if key.startswith("f") and key[1:] else key


def arrives(characters: str) -> list[str]:
    """Give the names of the keys that the parser makes of what a terminal sent."""
    parser = XTermParser()
    messages = [*parser.feed(characters), *parser.feed("")]
    return [message.key for message in messages if isinstance(message, events.Key)]


@pytest.fixture(autouse=True)
def _repaired() -> None:
    repair()


@pytest.mark.parametrize("terminal", TERMINALS)
@pytest.mark.parametrize("key", sorted({key for action in ACTIONS for key in action.keys}))
def test_a_default_key_arrives_as_itself(key: str, terminal: str) -> None:
    characters = sent(key, terminal)
    if characters is not None:
        assert arrives(characters) == [key]


@pytest.mark.parametrize("terminal", TERMINALS)
def test_every_action_with_keys_can_be_reached(terminal: str) -> None:
    by_menu = {"tab.next", "tab.previous"} if not PAGE_KEYS[terminal] else set()
    keyed = [action for action in ACTIONS if action.keys]
    unreachable = {a.id for a in keyed if not any(sent(key, terminal) for key in a.keys)}
    assert unreachable == by_menu


@pytest.mark.parametrize("terminal", TERMINALS)
@pytest.mark.parametrize("where", [place for place in Where if place is not Where.EVERYWHERE])
def test_no_two_actions_of_a_place_are_sent_as_the_same_bytes(terminal: str, where: Where) -> None:
    owners: dict[str, str] = {}
    keymap: Keymap = default_keymap()
    for action in keymap.possible(where):
        for key in action.keys:
            characters = sent(key, terminal)
            if characters is not None:
                assert owners.setdefault(characters, action.id) == action.id


@pytest.mark.parametrize("digit", "0123456789")
def test_alt_with_a_digit_arrives(digit: str) -> None:
    assert arrives(ESC + digit) == [f"alt+{digit}"]


@pytest.mark.parametrize("letter", "KWQ")
def test_alt_with_caps_lock_is_the_same_key(letter: str) -> None:
    (key,) = arrives(ESC + letter)
    assert normal_key(key) == f"alt+{letter.lower()}"


@pytest.mark.parametrize("character", "13acdegw")
def test_alt_arrives_without_waiting_for_more(character: str) -> None:
    parser = XTermParser()
    fed = [event.key for event in parser.feed(ESC + character) if isinstance(event, events.Key)]
    assert fed == [f"alt+{character}"]


def test_no_longer_sequence_begins_as_alt_with_a_letter() -> None:
    starts = {ESC + letter for letter in ascii_lowercase}
    longer = [one for one in _ansi_sequences.ANSI_SEQUENCES_KEYS if len(one) > 2]
    assert not [one for one in longer if one[:2] in starts]


def test_upstream_still_needs_the_repair() -> None:
    """Fails when Textual reads Alt+digit itself: deskterm/terminal_keys.py can go then."""
    import subprocess
    import sys

    program = (
        "from textual._ansi_sequences import ANSI_SEQUENCES_KEYS as table;"
        "print(''.join(table['\\x1b' + digit] for digit in '1234567890'))"
    )
    found = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", program], capture_output=True, check=True
    )
    assert found.stdout.decode().strip() == "¡™£¢∞§¶•ªº"
