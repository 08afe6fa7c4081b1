"""A desk with printers: its settings, the jobs in its store, and an end to its workers."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.beside import end_workers
from tests.journeys.account_steps import RealDesk
from tests.journeys.steps import PLAIN, block_of, choose, open_plain, press_until_gone, rows_of
from tests.terminal import Terminal
from tests.worker.programs import until

CARD_DIALOG = "─ Ledenpas ─"
# A quick printer is done, or in trouble, before the screen has said that the paper is on its way.
SENT = ".*: (naar printer bon|Geprint|De verbinding|Papier op|Printer reageert niet)"


def settings(
    *, card: str = "", receipt_port: int = 0, receipts: str = "ask", codepage: str = "CP858"
) -> str:
    """What stands at the desk; `card` is the address of a card printer."""
    printers, desk = "", f'[printing.desk."9401/balie1"]\nreceipts = "{receipts}"\n'
    if card:
        printers += f'[[printer]]\nname = "pas"\ntype = "ipp"\nuri = "{card}"\n'
        desk += 'card = "pas"\n'
    if receipt_port:
        printers += (
            '[[printer]]\nname = "bon"\ntype = "escpos-network"\nhost = "127.0.0.1"\n'
            f'port = {receipt_port}\nconfirm = "process-id"\ncodepage = "{codepage}"\n'
        )
        desk += 'receipt = "bon"\n'
    return printers + desk


@contextmanager
def open_desk(store: Path, written: str) -> Iterator[Terminal]:
    """Sign in at the desk of these settings; its worker ends with it."""
    with RealDesk(store, written).open() as terminal:
        try:
            yield terminal
        finally:
            end_workers(store)


def jobs(store: Path) -> list[tuple[str, str, int | None]]:
    """Kind, state and what it does again, of every job in order."""
    with rows_of(store) as connection:
        found = connection.execute("SELECT kind, state, reprint_of FROM print_job ORDER BY id")
        return [tuple(row) for row in found]


def wait_for_states(store: Path, states: Sequence[str]) -> None:
    """Wait until the jobs stand so, in order."""

    def reached() -> bool:
        with suppress(sqlite3.OperationalError):
            return [state for _kind, state, _of in jobs(store)] == list(states)
        return False

    until(reached)


def open_print_menu(terminal: Terminal) -> None:
    """Klant, Print klantgegevens, of the customer on the screen."""
    terminal.settle(0.1)
    terminal.press("alt+k")
    choose(terminal, "Print klantgegevens")
    terminal.wait("─ Print klantgegevens ─")


def open_card_dialog(terminal: Terminal, card: str = PLAIN) -> None:
    """Ledenpas of a customer without pop-ups."""
    if block_of(card) not in terminal.text():
        open_plain(terminal)
    open_print_menu(terminal)
    terminal.settle(0.1)
    press_until_gone(terminal, "alt+l", "─ Print klantgegevens ─")
    terminal.wait(CARD_DIALOG)


def press_print(terminal: Terminal) -> None:
    """Alt+P, as people do: again until something happens."""
    terminal.wait(r"Alt\+P +Printen")
    for _again in range(10):
        terminal.press("alt+p")
        terminal.settle(0.2)
        if "Leg de ledenpas" in terminal.text() or "Nog een keer printen" in terminal.text():
            return
    raise AssertionError(terminal.text())


def press_many(terminal: Terminal, *keys: str, times: int) -> None:
    """Keys over and over, as somebody in a hurry does."""
    for _again in range(times):
        terminal.press(*keys)


def print_receipt(terminal: Terminal, entry: str) -> None:
    """One of the receipts of the menu."""
    open_print_menu(terminal)
    choose(terminal, entry)
    terminal.wait(f"{entry}{SENT}")
