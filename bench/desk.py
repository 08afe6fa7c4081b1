"""A desk that is being used: the program in a pseudo-terminal, and what its screens look like."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from bench.stores import DESKTERM
from tests.terminal import Terminal, key_bytes

DESK_LINE = "F2 = uitgebreid zoeken"
SIZE = (80, 24)


def customer_shown(card: str) -> Callable[[str], bool]:
    """Whether the customer of this card stands on the screen, with its buttons."""
    return lambda text: (
        re.search(rf"^.?{card} +\[\d+\]", text, re.MULTILINE) is not None and ("Opslaan" in text)
    )


def editing(text: str) -> bool:
    """Whether the form of a tab is open."""
    return "Ctrl+S Opslaan" in text


def pop_up_shown(text: str) -> bool:
    """Whether a question waits for an answer."""
    return "Doorgaan" in text


class Desk:
    """The practice library, open at the desk line; use it in a `with`."""

    def __init__(self, store: Path, wait: bool = True) -> None:
        self.terminal = Terminal([*DESKTERM, "demo", "--store", str(store)], size=SIZE)
        if wait:
            self.terminal.wait(DESK_LINE)
            self.terminal.settle(0.3)

    def __enter__(self) -> Desk:
        return self

    def __exit__(self, *_: object) -> None:
        self.terminal.close()

    def scan(self, card: str) -> float | None:
        """Seconds from a scan to its customer; None when a pop-up came first."""
        shown = customer_shown(card)
        seconds = self.terminal.measure(f"{card}\r", lambda text: shown(text) or pop_up_shown(text))
        if not pop_up_shown(self.terminal.text()):
            return seconds
        self.go_on(shown)
        return None

    def go_on(self, until: Callable[[str], bool]) -> None:
        """Answer pop-ups until a screen comes, each as late as a reader would."""
        while not until(self.terminal.text()) or pop_up_shown(self.terminal.text()):
            self.terminal.pump(0.35)
            self.terminal.send(key_bytes("enter"))
            self.terminal.settle()

    def press(self, key: str) -> float | None:
        """Seconds from a key to the last thing it painted; None when there was nothing to paint."""
        try:
            return self.terminal.measure(key_bytes(key), lambda _text: True, timeout=1)
        except TimeoutError:
            return None
