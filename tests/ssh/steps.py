"""Steps at a desk far away: they wait for what is on the screen, and for nothing else."""

from pathlib import Path

from tests.journeys.steps import PLAIN, block_of, rows_of
from tests.ssh.server import DESK_LINE
from tests.terminal import Terminal


def wait_signed_in(terminal: Terminal, store: Path, desks: int = 1) -> None:
    """Wait until the employee is at the desk whom the server let in, and that is written down.

    With more `desks` it is so at each of them.
    """
    terminal.wait(DESK_LINE)
    terminal.wait("balie1 +J. Prins")
    query = "SELECT count(*) FROM change_log WHERE action = 'sign_in' AND new = 'ssh-user'"

    def written(_text: str) -> bool:
        with rows_of(store) as rows:
            return int(rows.execute(query).fetchone()[0]) >= desks

    terminal.wait(written)


def open_plain(terminal: Terminal) -> None:
    """Open the customer who has no pop-ups."""
    terminal.wait(DESK_LINE)
    terminal.scan(PLAIN)
    terminal.wait(block_of(PLAIN))
    terminal.wait("Achternaam +Vries")
    terminal.wait("F12 Einde sessie")


def press_at(terminal: Terminal, key: str, seen: str) -> None:
    """Press a key once something is on the screen, until the screen is another.

    What asks takes keys a moment after it was painted, to be sure that it was seen.
    """
    terminal.wait(seen)
    before = looks(terminal)
    for _again in range(10):
        terminal.press(key)
        try:
            terminal.wait(lambda _text: looks(terminal) != before, timeout=1)
        except TimeoutError:
            continue
        return
    raise AssertionError(f"{key} does nothing at {seen}\n{terminal.text()}")


def looks(terminal: Terminal) -> tuple[object, ...]:
    """All that is seen: characters and what stands behind them."""
    columns, rows = terminal.size
    return tuple(
        (terminal.cell(column, row).data, terminal.cell(column, row).bg)
        for row in range(rows)
        for column in range(columns)
    )
