"""What must hold of a store after any load or fault: nothing lost, nothing twice, sums right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from contextlib import closing

from bench.load.clerk import MARK, Told
from deskterm.store.check import Finding, check
from deskterm.store.engine import Store, open_store
from deskterm.store.light import Reader, text

_ACTS = text("SELECT key, received_cents FROM ledger_act WHERE key LIKE :marked")
_COMMENTS = text("SELECT new FROM change_log WHERE field = 'private_comment' AND new LIKE :marked")
_HALF = {
    "a payment without its one entry": """
        SELECT a.key FROM ledger_act a LEFT JOIN ledger_entry e ON e.act_id = a.id
        WHERE a.key LIKE :marked GROUP BY a.id, a.key HAVING count(e.id) <> 1
    """,
    "a customer that is not as its last change says": """
        SELECT CAST(l.customer_id AS TEXT) FROM change_log l JOIN customer c
        ON c.actor_id = l.customer_id
        WHERE l.field = 'private_comment' AND l.new LIKE :marked AND c.private_comment <> l.new
        AND l.id = (SELECT max(id) FROM change_log n
            WHERE n.customer_id = l.customer_id AND n.field = 'private_comment')
    """,
    "a version that is not one more for each change": """
        SELECT CAST(c.actor_id AS TEXT) FROM customer c JOIN change_log l
        ON l.customer_id = c.actor_id
        WHERE l.desk LIKE :desks AND l.action IN ('edit', 'charge', 'pay')
        GROUP BY c.actor_id, c.version HAVING c.version <> count(*) + 1
    """,
}


def faults(store: str, told: Collection[Told], *, exactly: bool = True) -> list[str]:
    """Everything that is wrong; empty when all is well.

    All that somebody was told must be there once. Unless desks were killed nothing else may be
    there (`exactly`): what a killed one did it could tell nobody.
    """
    with closing(open_store(store)) as opened:
        found = [f"check: {one.trouble.value} {one.detail}" for one in _serious(opened)]
        with opened.look() as reader:
            found += _counted(reader, told, exactly)
            for fault, question in _HALF.items():
                marked = {"marked": f"{MARK}:%", "desks": f"{MARK}%"}
                rows = reader.execute(text(question), marked).all()
                found += [f"{fault}: {row[0]}" for row in rows[:5]]
    return found


def _serious(store: Store) -> list[Finding]:
    return [one for one in check(store) if one.trouble.serious]


def _counted(reader: Reader, told: Collection[Told], exactly: bool) -> list[str]:
    marked = {"marked": f"{MARK}:%"}
    acts = dict(map(tuple, reader.execute(_ACTS, marked).all()))
    comments = Counter(reader.execute(_COMMENTS, marked).scalars())
    expected = {key: cents for one in told for key, cents in one.paid.items()}
    expected |= dict.fromkeys((key for one in told for key in one.charged), 0)
    said = [comment for one in told for comment in one.comments]
    found = [
        f"payment lost or altered: {key}" for key in expected if acts.get(key) != expected[key]
    ]
    found += [f"change lost: {comment}" for comment in said if comment not in comments]
    found += [f"change twice: {comment}" for comment, times in comments.items() if times > 1]
    if exactly:
        found += [f"payment that nobody made: {key}" for key in acts.keys() - expected.keys()]
        found += [f"change that nobody made: {one}" for one in comments.keys() - set(said)]
    return found
