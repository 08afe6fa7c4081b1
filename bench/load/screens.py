"""The program killed at its screens: at random moments of enrolling, settling and editing."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

from bench.load.victims import LaterClock
from deskterm import demo
from deskterm.accounts import queue
from deskterm.accounts.local import LocalProvider
from deskterm.accounts.options import AccountOptions
from deskterm.store.check import check
from deskterm.store.engine import Store, open_store
from deskterm.store.light import text
from tests.terminal import Terminal, key_bytes

DAY = date(2024, 5, 15)
EMAIL = "t.testabo@example.org"
READING_SECONDS = 0.15
"""A pop-up takes no key sooner after it came."""
LONGEST_ACT_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Walk:
    """Keys, each with what is on the screen before it is pressed."""

    card: str
    keys: tuple[tuple[str, str], ...]
    writing: int
    """The first key that writes something."""


ENROLLING = Walk(
    "29401000075868",
    (
        ("enter", "─ Pas niet geldig!"),
        ("alt+i", "Ongeldig Opgezegd"),
        ("enter", "Klant herinschrijven met klanttype"),
        ("ctrl+s", "Herinschrijven 29401000075868"),
        ("down", "Bestaand inlogaccount gebruiken"),
        ("enter", "Nieuw inlogaccount genereren"),
        ("enter", "─ Abonnement kiezen"),
        ("ctrl+s", "Geldig t/m mei 2025"),
        ("enter", "Genereren van inlogaccount gelukt"),
        ("enter", "╭─ Ontvangen"),
        ("enter", "Terug "),
        ("alt+c", "Hoe\\?"),
    ),
    7,
)
SETTLING = Walk(
    "29401000075967",
    (
        ("enter", "─ Factuur gemaakt"),
        ("alt+e", "contributie +29,00"),
        ("enter", "Te betalen 29,00"),
        ("enter", "╭─ Ontvangen"),
        ("enter", "Terug "),
        ("alt+c", "Hoe\\?"),
        ("enter", "Betaalbewijs printen"),
    ),
    5,
)
EDITING = Walk(
    "29401000075876",
    (("alt+w", "Mevr. .*Vries"), ("x", "Ctrl\\+S Opslaan"), ("ctrl+s", "x")),
    2,
)
WALKS = {"enrolling": ENROLLING, "settling": SETTLING, "editing": EDITING}

_MAIL = text("UPDATE customer SET email = :email, username = '' WHERE actor_id = 413700")
_COUNTS = {
    "periods": "SELECT count(*) FROM membership_period WHERE customer_id = 413700",
    "enrolled": "SELECT count(*) FROM done_act WHERE customer_id = 413700",
    "charged": """SELECT count(*) FROM ledger_entry
        WHERE customer_id = 413700 AND kind = 'charge' AND day = '2024-05-15'""",
    "jobs": "SELECT count(*) FROM account_job WHERE customer_id = 413700",
    "accounts": f"SELECT count(*) FROM local_account WHERE email = '{EMAIL}'",
    "links": "SELECT count(*) FROM login_account WHERE customer_id = 413700",
    "mails": "SELECT count(*) FROM mail_job WHERE customer_id = 413700",
    "paid": "SELECT count(*) FROM ledger_act WHERE kind = 'pay' AND key NOT LIKE 'demo%'",
    "payments": """SELECT count(DISTINCT e.act_id) FROM ledger_entry e JOIN ledger_act a
        ON a.id = e.act_id WHERE a.kind = 'pay' AND a.key NOT LIKE 'demo%'""",
    "changes": "SELECT count(*) FROM change_log",
    "working": "SELECT count(*) FROM worker",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it."""

    moments: int
    written: int
    """How often the kill came after something had been committed."""
    faults: list[str]


def practice_library(folder: Path) -> Path:
    """The practice library of the seed's day, where the one who is enrolled has a mail address."""
    file = folder / "screens.db"
    with closing(open_store(str(file))) as store:
        demo.build(store, DAY)
        with store.jot() as connection:
            connection.execute(_MAIL, {"email": EMAIL})
    return file


def kill_at_screens(template: Path, folder: Path, moments: int, seed: int) -> Outcome:
    """Kill the program at so many moments, each in a fresh practice library of the seed's day."""
    random = Random(seed)
    faults, written = [], 0
    for moment in range(moments):
        name = random.choice(list(WALKS))
        file = folder / f"screens-{moment}.db"
        shutil.copyfile(template, file)
        before = _counts_of(file)
        last = _walk(file, WALKS[name], random)
        after, found = _proven(file)
        written += after != before
        faults += [f"{name}, killed after key {last}: {fault}" for fault in found]
        _remove(file)
    return Outcome(moments, written, faults)


def _walk(file: Path, walk: Walk, random: Random) -> int:
    """Press keys, and kill the program some moment after one of them; which it was."""
    # Most kills come where something is written; some on the way there.
    first = walk.writing if random.random() < 0.8 else 0
    last = random.randrange(first, len(walk.keys))
    command = [sys.executable, "-m", "deskterm", "demo", "--store", str(file)]
    with Terminal([*command, "--day", DAY.isoformat()]) as terminal:
        terminal.wait("OEFENEN")
        terminal.scan(walk.card)
        for key, shown in walk.keys[: last + 1]:
            terminal.wait(shown)
            terminal.settle(READING_SECONDS)
            terminal.send(key_bytes(key))
        # Sooner rather than later, but on a busy machine an act takes its time.
        terminal.pump(random.random() ** 2 * LONGEST_ACT_SECONDS)
        terminal.kill()
    return last


def _proven(file: Path) -> tuple[dict[str, int], list[str]]:
    """What is in the store once the rest is worked off, and what is wrong with it."""
    with closing(open_store(str(file))) as store:
        _work_off(store)
        found = [f"check: {one.trouble.value} {one.detail}" for one in check(store)
                 if one.trouble.serious]  # fmt: skip
        counts = _counts(store)
    return counts, found + list(wrong(counts))


def _work_off(store: Store) -> None:
    """Wait for the worker that the program started, and do what it left."""
    while _counts(store)["working"]:
        time.sleep(0.05)
    clock = LaterClock(timedelta(seconds=61))
    provider = LocalProvider(store, clock, AccountOptions())
    while queue.run_one(store, provider, clock, AccountOptions(), "the next"):
        pass


def wrong(counts: Mapping[str, int]) -> Iterator[str]:
    """What is half done or done twice, by how often each part is in the store."""
    new = counts["periods"] - 2
    parts = {name: counts[name] for name in ("enrolled", "charged", "jobs", "accounts", "links")}
    if new not in (0, 1) or set(parts.values()) != {new}:
        yield f"half enrolled or twice: {new} {parts}"
    if counts["mails"] != counts["jobs"]:
        yield f"{counts['mails']} mails of {counts['jobs']} accounts"
    if counts["paid"] != counts["payments"] or counts["paid"] > 1:
        yield f"{counts['paid']} payments, {counts['payments']} with entries"


def _counts_of(file: Path) -> dict[str, int]:
    with closing(open_store(str(file))) as store:
        return _counts(store)


def _counts(store: Store) -> dict[str, int]:
    with store.look() as reader:
        return {name: int(reader.execute(text(query)).scalar()) for name, query in _COUNTS.items()}


def _remove(file: Path) -> None:
    for one in file.parent.glob(f"{file.name}*"):
        if one.is_dir():
            shutil.rmtree(one)
        else:
            one.unlink()
