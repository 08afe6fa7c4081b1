"""Two repairs of Textual's table of escape sequences, both about Alt.

Textual 8.2.8 reads ``ESC 1`` as ``¡``, what WezTerm on macOS types with Option; every other
terminal sends it for Alt+1. And it does not know ``ESC w`` at all, so it waits a tenth of a
second for the rest of a longer sequence before it gives Alt+W. No longer sequence begins so.
"""

from collections.abc import MutableMapping
from dataclasses import dataclass
from string import ascii_lowercase, digits
from typing import cast


@dataclass(frozen=True, slots=True)
class AltKey:
    """An entry of the table: its `value` is the name of the key."""

    value: str


def repair() -> None:
    """Enter Alt with each digit and letter, once per process.

    Alt+B and Alt+F stay what they are there, a word to the left and right.
    """
    from textual._ansi_sequences import ANSI_SEQUENCES_KEYS

    table = cast("MutableMapping[str, object]", ANSI_SEQUENCES_KEYS)
    for character in ascii_lowercase:
        table.setdefault(f"\x1b{character}", (AltKey(f"alt+{character}"),))
    for digit in digits:
        table[f"\x1b{digit}"] = (AltKey(f"alt+{digit}"),)
