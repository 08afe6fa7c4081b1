"""What people do at a desk, in steps that a journey is told with."""

import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Protocol

from tests.terminal import Terminal

SEED_DAY = date(2024, 5, 15)
"""The day on which the screen of the seed comes out as printed."""
TESTABO = "29401000075868"
"""The seed's customer: ended, so one pop-up comes first."""
PLAIN = "29401000075876"
"""Mevr. De Vries: everything in order, no pop-up, two books."""
MESSAGES = "29401000075918"
"""Mevr. Hoekstra: two pop-ups, a message and a private comment."""
DEBTS = "29401000075942"
"""Dhr. El Khattabi: over his limit, in the collection procedure."""
REPLACED = "29401000076049"
"""A card that was replaced; the new one is 29401000076056."""
LABEL_WIDTH = 18
"""Columns from the beginning of a form's label to its field."""


class OpenDesk(Protocol):
    """Start the program; all desks of one test share a store."""

    def __call__(
        self,
        *options: str,
        size: tuple[int, int] = (80, 24),
        env: Mapping[str, str] | None = None,
        term: str = "xterm-256color",
        wait: bool = True,
    ) -> Terminal:
        """`wait` is for the store to be open; without it the very first paint is seen."""


def block_of(card: str) -> str:
    """What the blue line of a customer begins with."""
    return rf"(?m)^ ?{card} \[\d+\]"


def go_on(terminal: Terminal, heading: str) -> None:
    """Press Enter at a pop-up once it can be seen; it must be the one with this heading."""
    terminal.wait(rf"─ {heading}")
    press_until_gone(terminal, "enter", rf"─ {heading}")


def press_until_gone(terminal: Terminal, key: str, pattern: str) -> None:
    """Press a key as people do: again when nothing happened.

    A pop-up takes keys a moment after its paint has reached the terminal, to be sure that whoever
    pressed had seen it.
    """
    for _again in range(5):
        terminal.press(key)
        terminal.settle(0.1)
        if not re.search(pattern, terminal.text()):
            return
    raise AssertionError(f"{key} does not close {pattern}\n{terminal.text()}")


def quit_program(terminal: Terminal) -> None:
    """Leave the program, which has to end well."""
    terminal.press("ctrl+q")
    terminal.wait("Programma afsluiten")
    for _again in range(5):
        terminal.press("alt+j")
        with suppress(TimeoutError):
            assert terminal.wait_ended(5) == 0, terminal.text()
            return
    raise AssertionError(f"alt+j does not end the program\n{terminal.text()}")


def sign_in(terminal: Terminal, name: str = "prins", pin: str = "0101") -> None:
    """Type who one is, at a desk that asks."""
    terminal.wait("Pincode")
    terminal.settle(0.1)
    terminal.type(name)
    terminal.press("enter")
    terminal.type(pin)
    terminal.press("enter")


def open_plain(terminal: Terminal) -> None:
    """Open the customer who has no pop-ups."""
    terminal.scan(PLAIN)
    terminal.wait(block_of(PLAIN))


def open_testabo(terminal: Terminal) -> None:
    """Open the seed's customer, past its pop-up."""
    terminal.scan(TESTABO)
    go_on(terminal, "Pas niet geldig!")
    terminal.wait(block_of(TESTABO))


def start_editing(terminal: Terminal) -> None:
    """Wijzig, on the tab that is open."""
    terminal.press("alt+w")
    terminal.wait("Ctrl\\+S Opslaan")


def field_text(terminal: Terminal, label: str) -> str:
    """What stands behind a label of the form."""
    column, row = place_of(terminal, label)
    line = terminal.text().splitlines()[row][column:]
    return re.split(r" {3,}", line.removeprefix(label).lstrip("* "))[0].strip("_ <>")


def form_top(terminal: Terminal) -> int:
    """The row that a form begins on: below the block, which the data form of enrolling has not."""
    return 3 if "Nieuwe klant toevoegen" in terminal.text().splitlines()[1] else 9


def place_of(terminal: Terminal, label: str) -> tuple[int, int]:
    """Where a label of the form or tab stands, below the block."""
    for row, line in enumerate(terminal.text().splitlines()):
        found = re.search(rf"(?<!\S){re.escape(label)}(?=[* ]|$)", line)
        if found and row >= form_top(terminal):
            return found.start(), row
    raise AssertionError(f"no field {label}\n{terminal.text()}")


def has_cursor(terminal: Terminal, label: str) -> bool:
    """Whether the field behind a label is the one being edited."""
    try:
        column, row = place_of(terminal, label)
    except AssertionError:
        return False
    return any(x < column + LABEL_WIDTH + 2 for x, y in lit(terminal) if y == row and x > column)


def lit(terminal: Terminal) -> frozenset[tuple[int, int]]:
    """The cells of the form that stand out from its background: the field with the cursor."""
    columns, rows = terminal.size
    return frozenset(
        (x, y)
        for y in range(form_top(terminal), rows - 3)
        for x in range(columns)
        if terminal.cell(x, y).bg != terminal.cell(0, y).bg
    )


def go_to_field(terminal: Terminal, label: str) -> None:
    """Walk to a field of the form with Tab."""
    for _step in range(60):
        terminal.settle()
        if has_cursor(terminal, label):
            return
        before = lit(terminal)
        terminal.press("tab")
        terminal.wait(lambda _text, before=before: lit(terminal) != before)  # type: ignore[misc]
    raise AssertionError(f"no way to {label}\n{terminal.text()}")


def fill_in(terminal: Terminal, label: str, text: str) -> None:
    """Type over what a field of the form holds."""
    go_to_field(terminal, label)
    terminal.type(text)
    terminal.wait(lambda _text: field_text(terminal, label) == text)


def choose(terminal: Terminal, entry: str) -> None:
    """Walk down an open menu to an entry, and press Enter there."""
    line = rf"│ +{entry}(?:  .*)?│"
    terminal.wait(line)
    for _row in range(20):
        terminal.settle()
        column, row = terminal.find(line) or (0, 0)
        if terminal.cell(column + 4, row).bg != terminal.cell(column, row).bg:
            press_until_gone(terminal, "enter", line)
            return
        terminal.press("down")
    raise AssertionError(f"no way to {entry}\n{terminal.text()}")


def do_with_row(terminal: Terminal, entry: str) -> None:
    """F8 on the row, and an entry of its menu."""
    terminal.settle(0.2)
    terminal.press("f8")
    choose(terminal, entry)


@contextmanager
def rows_of(store: Path) -> Iterator[sqlite3.Connection]:
    """Look into the store beside the desks."""
    with closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as connection:
        yield connection


def stored(store: Path, column: str, card: str) -> object:
    """A column of the customer with this card, as it stands in the store now."""
    query = (
        f"SELECT customer.{column} FROM customer JOIN card ON card.customer_id = customer.actor_id"
        " WHERE card.number = ?"
    )
    with rows_of(store) as connection:
        return connection.execute(query, (card,)).fetchone()[0]


def log_lines(store: Path) -> int:
    """How many lines the change log has: nothing may be written without one."""
    with rows_of(store) as connection:
        (count,) = connection.execute("SELECT count(*) FROM change_log").fetchone()
        return int(count)
