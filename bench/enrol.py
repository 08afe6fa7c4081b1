"""Re-enrolling an expired customer key by key, and the look-ups behind it."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

from bench.daily import BETWEEN_KEYS
from bench.desk import Desk
from bench.stores import copy_of
from bench.table import Row, median_and_p95, milliseconds, p95
from tests.terminal import key_bytes

WALKS = 8
ASKED = 60
WALK = (
    ("enter", "Inschrijven"),
    ("alt+i", "Klant herinschrijven met klanttype"),
    ("enter", "OK, Vervolg"),
    ("ctrl+s", "Nieuw inlogaccount genereren"),
    ("down", "Nieuw inlogaccount genereren"),
    ("enter", "Abonnement kiezen"),
    ("enter", "Rechten t/m"),
    ("ctrl+s", "Genereren van inlogaccount"),
    ("enter", "Ontvangen"),
    ("enter", "Terug"),
    ("enter", "Registreren"),
    ("alt+r", "Gefactureerd"),
)
"""Every key from the pop-up of the expired card to the end, with what it brings on the screen."""

SEED_ACTIONS = (
    "Inschrijven",
    "klanttype",
    "OK",
    "OK, Vervolg",
    "Nieuw inlogaccount genereren",
    "OK, Vervolg",
    "abonnement",
    "OK",
    "Opslaan",
    "OK (inlogaccount)",
    "Enter (afrekenscherm)",
    "OK",
    "Registreren",
)
"""Clicks and keys that seed document 1 names for the same, its pop-ups on opening not counted."""

_EXPIRED = """
    SELECT card.number, c.actor_id FROM customer c
    JOIN card ON card.customer_id = c.actor_id AND card.kind = 'main' AND card.status = 'active'
    WHERE c.customer_type = '00' AND c.born BETWEEN '1960-01-01' AND '1990-01-01'
    AND c.private_comment = '' AND c.surname NOT LIKE '*%'
    AND (SELECT status FROM membership_period p WHERE p.customer_id = c.actor_id
         ORDER BY begin_on DESC LIMIT 1) = 9
    AND NOT EXISTS (SELECT 1 FROM block b WHERE b.customer_id = c.actor_id)
    AND NOT EXISTS (SELECT 1 FROM message m WHERE m.customer_id = c.actor_id)
    AND NOT EXISTS (SELECT 1 FROM loan l WHERE l.customer_id = c.actor_id)
    AND NOT EXISTS (SELECT 1 FROM hold h WHERE h.customer_id = c.actor_id)
    AND NOT EXISTS (SELECT 1 FROM ledger_entry e WHERE e.customer_id = c.actor_id)
    ORDER BY c.actor_id LIMIT ?
"""


def enrol_rows(store: Path) -> list[Row]:
    """The walk at the desk: how long each key takes, and how many there are."""
    copy = copy_of(store, "enrolled.db")
    with closing(sqlite3.connect(copy)) as connection, connection:
        expired = connection.execute(_EXPIRED, (WALKS + 1,)).fetchall()
        for _card, actor_id in expired:
            connection.execute(
                "UPDATE customer SET email = ?, username = '' WHERE actor_id = ?",
                (f"klant{actor_id}@example.org", actor_id),
            )
    taken: list[float] = []
    with Desk(copy) as desk:
        for number, (card, _actor_id) in enumerate(expired):
            walked = _walk(desk, card)
            # The first walk loads what the others have.
            taken += walked if number else []
    note = f"{median_and_p95(milliseconds(taken))}; seed 1 names {len(SEED_ACTIONS)} actions"
    return [
        Row("keys from expired card to Registreren", len(WALK), "keys", 12),
        Row("each of them", p95(milliseconds(taken)), "ms", 80, note=note),
    ]


def _walk(desk: Desk, card: str) -> list[float]:
    desk.terminal.scan(card)
    desk.terminal.wait("Pas niet geldig!")
    taken = []
    for key, brings in WALK:
        desk.terminal.settle(BETWEEN_KEYS)
        taken.append(desk.terminal.measure(key_bytes(key), _shows(brings)))
    return taken


def _shows(words: str) -> Callable[[str], bool]:
    return lambda text: words in text


def lookup_rows(store: Path, customers: int) -> list[Row]:
    """Price, period and the search for doubles, without a screen."""
    from deskterm import bootstrap, services
    from deskterm.services.staff import by_actor_id
    from deskterm.views.enrolment import EnrolmentForm

    built = bootstrap.build(
        bootstrap.Options(store=str(store), day=date(2026, 3, 15), practice=True)
    )
    opened = built.open_store()
    desk = built.make_desk(opened)
    desk = desk.signed_in_as(by_actor_id(desk, bootstrap.PRACTICE_EMPLOYEE))
    with closing(sqlite3.connect(store)) as connection:
        asked = connection.execute(_EXPIRED, (ASKED,)).fetchall()
    doubles, prices = [], []
    for _card, actor_id in asked:
        start = services.enrolment.begin(desk, actor_id, "00")
        form = EnrolmentForm("bench", "00", actor_id, start.version, start.values)
        chosen = replace(form, membership_code="53")
        began = time.perf_counter()
        services.enrolment.duplicates(desk, form)
        between = time.perf_counter()
        services.enrolment.quote(desk, chosen)
        doubles.append(between - began)
        prices.append(time.perf_counter() - between)
    opened.close()
    return [
        _row(f"duplicate check, {customers:,}", doubles),
        _row(f"price and period, {customers:,}", prices),
    ]


def _row(what: str, samples: list[float]) -> Row:
    taken = milliseconds(samples)
    return Row(what, p95(taken), "ms", 10, note=median_and_p95(taken))
