"""Proves that every sum follows from the entries: each question names what must never be found."""

from collections.abc import Iterator

from deskterm.store.light import Reader, text
from deskterm.views.money import Disorder

MOST_PER_QUESTION = 20


QUESTIONS = {
    "settles what is no charge of this customer": """
        SELECT e.id FROM ledger_entry e JOIN ledger_entry c ON c.id = e.charge_id
        WHERE c.kind <> 'charge' OR c.customer_id <> e.customer_id
    """,
    "is settled for more than it was": """
        SELECT c.id FROM ledger_entry c JOIN ledger_entry e ON e.charge_id = c.id
        WHERE c.kind = 'charge' GROUP BY c.id, c.amount_cents
        HAVING c.amount_cents > 0 AND c.amount_cents + sum(e.amount_cents) < 0
            OR c.amount_cents < 0 AND c.amount_cents + sum(e.amount_cents) > 0
    """,
    "is owed more of than it was": """
        SELECT c.id FROM ledger_entry c JOIN ledger_entry e ON e.charge_id = c.id
        WHERE c.kind = 'charge' GROUP BY c.id HAVING c.amount_cents > 0 AND sum(e.amount_cents) > 0
    """,
    "settles under another column than its charge": """
        SELECT e.id FROM ledger_entry e JOIN ledger_entry c ON c.id = e.charge_id
        WHERE c.account <> e.account OR (e.kind = 'credit') <> (e.account = 'credit')
    """,
    "settles before it was owed": """
        SELECT e.id FROM ledger_entry e JOIN ledger_entry c ON c.id = e.charge_id
        WHERE e.day < c.day
    """,
    "has a credit below nothing": """
        SELECT customer_id FROM ledger_entry WHERE kind = 'credit'
        GROUP BY customer_id HAVING sum(amount_cents) > 0
    """,
    "books another amount than was received": """
        SELECT a.id FROM ledger_act a LEFT JOIN ledger_entry e ON e.act_id = a.id
        WHERE a.kind = 'pay' GROUP BY a.id, a.journal, a.received_cents, a.change_cents
        HAVING COALESCE(sum(e.amount_cents), 0) <>
            CASE WHEN a.journal LIKE 'R%' THEN 0 ELSE a.change_cents - a.received_cents END
    """,
    "is a payment without entries": """
        SELECT a.id FROM ledger_act a
        WHERE a.kind IN ('pay', 'waive', 'undo', 'storno', 'charge')
          AND NOT EXISTS (SELECT 1 FROM ledger_entry e WHERE e.act_id = a.id)
    """,
    "is taken back by something else than its opposite": """
        SELECT u.id FROM ledger_entry u JOIN ledger_entry e ON e.id = u.undoes_id
        WHERE u.amount_cents <> -e.amount_cents OR u.customer_id <> e.customer_id
           OR u.account <> e.account
           OR COALESCE(u.charge_id, 0) <>
              CASE WHEN e.kind = 'charge' THEN e.id ELSE COALESCE(e.charge_id, 0) END
    """,
    "is forgiven without a signature or a reason": """
        SELECT e.id FROM ledger_entry e JOIN ledger_act a ON a.id = e.act_id
        WHERE e.kind = 'waiver' AND (a.signer_id IS NULL
            OR (a.reason = '' OR e.reason = '') AND e.description <> '')
    """,
    "leaves a gap in the receipts of its desk and day": """
        SELECT max(id) FROM ledger_act WHERE receipt_number IS NOT NULL
        GROUP BY desk_id, day
        HAVING count(*) <> max(receipt_number) OR min(receipt_number) <> 1
    """,
    "is a count whose bookings do not add up": """
        SELECT t.id FROM till_count t LEFT JOIN till_entry e ON e.count_id = t.id
        GROUP BY t.id, t.counted_cents, t.expected_cents, t.deposit_cents
        HAVING COALESCE(sum(e.amount_cents), 0)
            <> t.counted_cents - t.expected_cents - t.deposit_cents
    """,
    "is in a batch that says another total": """
        SELECT b.id FROM debit_batch b LEFT JOIN debit_line l ON l.batch_id = b.id
        GROUP BY b.id, b.total_cents HAVING COALESCE(sum(l.amount_cents), 0) <> b.total_cents
    """,
}


def disorders(connection: Reader) -> Iterator[Disorder]:
    """Ask every question; no answer means that the books are in order."""
    for fault, question in QUESTIONS.items():
        limited = text(f"{question} ORDER BY 1 LIMIT {MOST_PER_QUESTION}")
        for row in connection.execute(limited).scalars():
            yield Disorder(fault, str(row))
