"""A repair of Textual's table of escape sequences: Alt with a digit.

Textual 8.2.8 reads ``ESC 1`` as ``¡``, what WezTerm on macOS types with Option; every other
terminal sends it for Alt+1. Without those ten entries the parser gives ``alt+1``.
"""

from collections.abc import MutableMapping
from typing import cast

ALT_DIGITS: tuple[str, ...] = tuple(f"\x1b{digit}" for digit in "0123456789")


def repair() -> None:
    """Take the ten entries out, once per process; harmless where they are gone already."""
    from textual._ansi_sequences import ANSI_SEQUENCES_KEYS

    table = cast("MutableMapping[str, object]", ANSI_SEQUENCES_KEYS)
    for sequence in ALT_DIGITS:
        table.pop(sequence, None)
