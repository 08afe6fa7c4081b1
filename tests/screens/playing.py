"""What random desks are played with: cards, keys, and what came to stand in the store."""

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

DAY = date(2024, 5, 15)
CARDS = ("29401000075868", "29401000075876", "29401000075918", "29401000076049", "29401000075942")
MOVES = (
    "f1", "f2", "f3", "f9", "f10", "f12", "up", "down", "left", "right", "pageup", "pagedown",
    "tab", "shift+tab", "ctrl+pagedown", "ctrl+pageup", "ctrl+r", "ctrl+g", "ctrl+o", "ctrl+t",
    "ctrl+p", "alt+w", "alt+k", "alt+a", "alt+2", "alt+8", "alt+l", "alt+h", "alt+g", "alt+n",
    *"123456789abcdjnvx ", "backspace", "delete", "home", "end",
)  # fmt: skip
"""Keys that neither answer a pop-up nor save."""
ANSWERS = ("enter", "escape", "alt+d", "alt+e", "alt+o", "alt+j", "f8", "ctrl+s")

WAYS = ("alt+c", "alt+p", "alt+t", "alt+r", "alt+k", "alt+w")
"""Of settling."""
PLAIN = "29401000075876"
"""No pop-up at all."""
OWES = "29401000075967"
"""One pop-up, 29,00 open."""

CHARACTERS = {"enter": "\r", "tab": "\t", "escape": "\x1b", "ctrl+j": "\n"}
"""What keys with a name bring along."""


def seen(store: Path) -> tuple[list[object], int]:
    """Every version of every customer with the change log's length, and the answers to pop-ups."""
    with closing(sqlite3.connect(store)) as connection:
        versions = connection.execute("SELECT version FROM customer ORDER BY actor_id").fetchall()
        log = connection.execute("SELECT count(*) FROM change_log").fetchall()
        (answers,) = connection.execute("SELECT count(*) FROM acknowledgement").fetchone()
    return [*versions, *log], int(answers)
