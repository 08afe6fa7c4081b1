"""Keys while a printer hangs: its host swallows every packet, and a receipt waits."""

from __future__ import annotations

import re
from pathlib import Path

from bench.daily import BETWEEN_KEYS
from bench.desk import DESK_LINE, SIZE, Desk, customer_shown
from bench.stores import DESKTERM, cards, copy_of
from bench.table import Row, median_and_p95, milliseconds, p95
from tests.beside import end_workers
from tests.printing.fake_printer import swallowing_host
from tests.terminal import Terminal

ROUNDS = 20
TABS = "345678912"
SETTINGS = """[[printer]]
name = "bon"
type = "escpos-network"
host = "127.0.0.1"
port = {port}
confirm = "process-id"
timeout_s = 60
[printing.desk."9401/balie1"]
receipt = "bon"
"""


def hanging_rows(store: Path) -> list[Row]:
    """Tabs of a customer while the title line counts the seconds of a job."""
    written = copy_of(store, "hanging.db")
    config = written.with_suffix(".toml")
    with swallowing_host() as port:
        config.write_text(SETTINGS.format(port=port), encoding="utf-8")
        with HangingDesk(written, config) as desk:
            card = next(one for one in cards(store, 60, seed=2) if desk.scan(one) is not None)
            desk.terminal.wait(customer_shown(card))
            desk.print_receipt()
            keys = [desk.answered(key) for _round in range(ROUNDS) for key in TABS]
            assert desk.is_printing()
        end_workers(written)
    samples = milliseconds(keys)
    note = median_and_p95(samples)
    return [Row("any key while a printer hangs, p95", p95(samples), "ms", 16, note=note)]


class HangingDesk(Desk):
    """The practice library at a desk whose receipt printer hangs."""

    def __init__(self, store: Path, config: Path) -> None:
        argv = [*DESKTERM, "demo", "--store", str(store), "--config", str(config)]
        self.terminal = Terminal(argv, size=SIZE)
        self.terminal.wait(DESK_LINE)
        self.terminal.settle(0.3)

    def __enter__(self) -> HangingDesk:
        return self

    def print_receipt(self) -> None:
        """Klantbon, and wait until the printer has begun to hang."""
        self.terminal.pump(BETWEEN_KEYS)
        self.terminal.press("alt+k")
        self.terminal.wait("Print klantgegevens")
        self.terminal.pump(BETWEEN_KEYS)
        self.terminal.press("p", "enter")
        self.terminal.wait("─ Print klantgegevens ─")
        self.terminal.pump(BETWEEN_KEYS)
        self.terminal.press("alt+k")
        self.terminal.wait("Klantbon: naar printer bon")
        self.terminal.wait(r"print: [3-9] s")

    def answered(self, key: str) -> float:
        """Seconds from a key that opens a tab to that tab; the seconds of the job do not count."""
        self.terminal.pump(BETWEEN_KEYS)
        before = _tab(self.terminal.text())
        sent = self.terminal.send(key)
        return self.terminal.wait(lambda text: _tab(text) != before) - sent

    def is_printing(self) -> bool:
        """Whether the job is still on its way."""
        return re.search(r"print: \d+ s", self.terminal.text()) is not None


def _tab(text: str) -> str:
    """The screen without its title line."""
    return "\n".join(text.splitlines()[2:])
