"""What must hold of enrolments, login accounts and receipts after whatever was killed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import closing

from bench.load.clerk import MARK
from bench.load.flows import SURNAME, AllTold
from bench.load.proof import faults
from deskterm.store.engine import open_store
from deskterm.store.light import Reader, text

_HALF = """
    SELECT c.actor_id FROM customer c WHERE c.surname = :surname AND (
        1 <> (SELECT count(*) FROM done_act x WHERE x.customer_id = c.actor_id)
        OR 1 <> (SELECT count(*) FROM membership_period x WHERE x.customer_id = c.actor_id)
        OR 1 <> (SELECT count(*) FROM ledger_entry x WHERE x.customer_id = c.actor_id)
        OR 1 <> (SELECT count(*) FROM card x WHERE x.customer_id = c.actor_id)
        OR 1 <> (SELECT count(*) FROM address x WHERE x.customer_id = c.actor_id)
        OR 1 <> (SELECT count(*) FROM account_job x WHERE x.customer_id = c.actor_id)
    )
"""
_DOUBLE = """
    SELECT min(c.actor_id) FROM customer c WHERE c.surname = :surname
    GROUP BY c.email HAVING count(*) > 1
"""
_ENROLLED = text("SELECT key FROM done_act WHERE key LIKE :marked")
_ACCOUNTS = text(
    """
    SELECT c.actor_id, j.state, l.ref, l.username FROM customer c
    JOIN account_job j ON j.customer_id = c.actor_id
    LEFT JOIN login_account l ON l.customer_id = c.actor_id
    WHERE c.surname = :surname
    """
)
_RECEIPTS = text(
    """
    SELECT j.key, j.state, e.description FROM print_job j
    JOIN ledger_entry p ON p.kind = 'payment' AND j.key = :prefix || p.act_id
    JOIN ledger_entry e ON e.id = p.charge_id
    """
)


def flow_faults(store: str, told: Collection[AllTold]) -> list[str]:
    """What is wrong in the store, whatever is still to be done beside the desks."""
    found = faults(store, told, exactly=False)
    with closing(open_store(store)) as opened, opened.look() as reader:
        values = {"surname": SURNAME}
        for fault, question in (("half enrolled", _HALF), ("enrolled twice", _DOUBLE)):
            rows = reader.execute(text(question), values).scalars()
            found += [f"{fault}: {actor_id}" for actor_id in rows]
        kept = set(reader.execute(_ENROLLED, {"marked": f"{MARK}:%"}).scalars())
        said = {key for one in told for key in one.enrolled}
        found += [f"enrolment lost: {key}" for key in said - kept]
    return found


def beside_faults(
    store: str, told: Collection[AllTold], users: Collection[str], paper: bytes
) -> list[str]:
    """What is wrong once the workers have nothing left to do: accounts at their server, by their
    ids, and what came out of the printer."""
    with closing(open_store(store)) as opened, opened.look() as reader:
        asked = {key for one in told for key in one.asked}
        return [*_account_faults(reader, users), *_receipt_faults(reader, asked, paper)]


def _account_faults(reader: Reader, users: Collection[str]) -> Iterator[str]:
    rows = reader.execute(_ACCOUNTS, {"surname": SURNAME}).all()
    refs = Counter(ref for _customer, _state, ref, _username in rows if ref)
    for customer, state, ref, _username in rows:
        if state != "done" or ref not in users:
            yield f"no account: {customer} {state}"
    yield from (f"account of two: {ref}" for ref, times in refs.items() if times > 1)
    # A second account for somebody would be tied to nobody.
    yield from (f"account of nobody: {ref}" for ref in users if ref not in refs)


def _receipt_faults(reader: Reader, asked: Collection[str], paper: bytes) -> Iterator[str]:
    printed = Counter(re.findall(rf"{MARK}:[\w:]+;".encode(), paper))
    rows = reader.execute(_RECEIPTS, {"prefix": f"{MARK}:bon:"}).all()
    keys = Counter(key for key, _state, _label in rows)
    yield from (f"receipt lost: {key}" for key in asked if key not in keys)
    yield from (f"receipt asked twice: {key}" for key, times in keys.items() if times > 1)
    labels = {label.encode() for _key, _state, label in rows}
    yield from (f"printed twice: {label!r}" for label, times in printed.items() if times > 1)
    yield from (f"printed unasked: {label!r}" for label in printed if label not in labels)
    for key, state, label in rows:
        if state == "done" and label.encode() not in printed:
            yield f"done and not printed: {key}"
        if state not in ("done", "unknown", "failed"):
            yield f"receipt forgotten: {key} {state}"
        if state == "failed" and label.encode() in printed:
            yield f"failed and printed: {key}"
