"""Desks over SSH: what goes over the line, how long it takes, and how many fit on a server.

The server is a real sshd of this machine, set up by `deskterm ssh-setup`; the line is a proxy that
brings everything late.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench.desk import customer_shown
from bench.stores import cards, copy_of
from bench.table import Row, median_and_p95, milliseconds
from deskterm.bootstrap import PRACTICE_DAY
from tests.ssh.server import DESK_LINE, Server
from tests.ssh.slow_line import SlowLine
from tests.terminal import Terminal, key_bytes

CARDS = 40
TABS = "345678912"
TYPED = "abcdef"
SESSIONS = 100
LINES = ((0.05, 1.5), (0.2, 1.2))
"""Seconds that each way takes, and how often the two ways a scan may take to its customer."""
QUIET = 0.3
SETTLED = 5.0
NEVER = 1_000_000_000


def ssh_rows(store: Path) -> list[Row]:
    """Bytes and times of one desk, then a hundred sign-ins at once."""
    with _server(store) as (server, library):
        server.use(library, by_login="prins")
        rows = _bytes(server, cards(store, CARDS))
        rows += [_scan_over_a_line(server, cards(store, CARDS), *line) for line in LINES]
        return rows + _many(server)


@contextmanager
def _server(store: Path) -> Iterator[tuple[Server, Path]]:
    with tempfile.TemporaryDirectory() as folder:
        library = copy_of(store, "library.db", Path(folder))
        server = Server(Path(folder), day=PRACTICE_DAY, lean=True)
        server.start()
        try:
            yield server, library
        finally:
            server.stop()


def _bytes(server: Server, numbers: list[str]) -> list[Row]:
    with SlowLine(server.port, 0, 0, NEVER) as line, server.terminal(port=line.port) as terminal:
        terminal.wait(DESK_LINE)
        terminal.pump(2)
        opened, wire = [], []
        for card in numbers:
            before = line.received
            if (size := _opened(terminal, card)) is not None:
                opened.append(size)
                wire.append(line.received - before)
        tabs = [_sent(terminal, tab) for tab in TABS]
        _sent(terminal, key_bytes("alt+w"))
        _sent(terminal, "\t")
        keys = [_sent(terminal, character) for character in TYPED]
    encrypted = f"max {max(wire) / 1024:.1f} kB with what SSH adds"
    return [
        Row("over the line: a customer opened", max(opened) / 1024, "kB", 6, note=encrypted),
        Row("over the line: a tab", max(tabs) / 1024, "kB", 3),
        Row("over the line: a key", max(keys), "B", 300),
    ]


def _sent(terminal: Terminal, keys: str) -> int:
    """Bytes that a key brings, until nothing came for a while."""
    record = terminal.record = bytearray()
    terminal.send(keys)
    terminal.wait(lambda _text: bool(record))
    _hear_out(terminal)
    terminal.record = None
    return len(record)


def _opened(terminal: Terminal, card: str) -> int | None:
    """Bytes that a scan brings; None when a pop-up came with it."""
    record = terminal.record = bytearray()
    terminal.send(f"{card}\r")
    shown = customer_shown(card)
    terminal.wait(lambda text: shown(text) or "Doorgaan" in text)
    _hear_out(terminal)
    terminal.record = None
    if "Doorgaan" not in terminal.text():
        return len(record)
    while "Doorgaan" in terminal.text():
        terminal.press("enter")
        terminal.pump(QUIET)
    return None


def _hear_out(terminal: Terminal) -> None:
    while time.perf_counter() - terminal.last_output < QUIET:
        terminal.pump(QUIET)


def _scan_over_a_line(server: Server, numbers: list[str], way: float, bar: float) -> Row:
    taken = []
    with (
        SlowLine(server.port, way, 0, NEVER) as line,
        server.terminal(port=line.port) as terminal,
    ):
        terminal.wait(DESK_LINE)
        terminal.pump(2)
        for card in numbers[: CARDS // 2]:
            shown, sent = customer_shown(card), terminal.send(f"{card}\r")
            seen = terminal.wait(lambda text, shown=shown: shown(text) or "Doorgaan" in text)  # type: ignore[misc]
            if "Doorgaan" not in terminal.text():
                taken.append(seen - sent)
            while "Doorgaan" in terminal.text():
                terminal.press("enter")
                terminal.pump(2 * way + QUIET)
    samples = milliseconds(taken)
    what = f"scan to customer over a line of {1000 * way:.0f} ms"
    note = median_and_p95(samples)
    return Row(what, statistics.median(samples), "ms", bar, 2000 * way, note)


def _many(server: Server) -> list[Row]:
    with ExitStack() as open_ones:
        first = open_ones.enter_context(server.terminal())
        _answer([first])
        first.pump(SETTLED)
        alone = _pss_mib(server)
        began = time.perf_counter()
        others = [open_ones.enter_context(server.terminal()) for _more in range(SESSIONS - 1)]
        _answer(others)
        seconds = time.perf_counter() - began
        _let_settle(server)
        beyond = (_pss_mib(server) - alone) / (SESSIONS - 1)
        alive = len(server.desks())
        for terminal in others:
            terminal.kill()
    server.wait_for_no_desk()
    return [
        Row(f"{SESSIONS} sign-ins through sshd", seconds, "s", 60, note=f"{alive} answered"),
        Row("memory of a session beyond the first (PSS)", beyond, "MiB", 60,
            note=f"the first {alone:.0f} MiB"),
    ]  # fmt: skip


def _answer(terminals: list[Terminal]) -> None:
    """Wait until everybody is signed in, whom the server let in without a PIN."""
    waiting = set(terminals)
    end = time.perf_counter() + 300
    while waiting:
        assert time.perf_counter() < end, f"{len(waiting)} have not signed in"
        for terminal in list(waiting):
            assert terminal.pump(0.001), terminal.text()
            if DESK_LINE in terminal.text() and "J. Prins" in terminal.text():
                waiting.remove(terminal)


def _let_settle(server: Server) -> None:
    """Wait until the desks have loaded what they put off: they then use no more time."""
    used = -1.0
    while (now := _seconds_used(server)) - used > 0.5:
        used = now
        time.sleep(SETTLED)


def _seconds_used(server: Server) -> float:
    ticks = 0
    for process in server.desks():
        fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2]
        ticks += sum(map(int, fields.split()[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")


def _pss_mib(server: Server) -> float:
    """What the desks of this server take together, each page shared among those who have it."""
    total = 0
    for process in server.desks():
        for line in Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1])
    return total / 1024
