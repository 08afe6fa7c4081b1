"""What of the books may be rewritten: where an entry belongs after a merge, and nothing else."""

from contextlib import nullcontext

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from deskterm.store.engine import Store
from deskterm.store.tables import ChangeLogLine
from tests.rows_store import NOON, add_library, charge, customer_row

WORDS = "description = '', reason = '', item_id = NULL"
MOVES = (
    ("UPDATE ledger_entry SET customer_id = 2", False),
    ("UPDATE customer SET merged_into_id = 1 WHERE actor_id = 2", True),
    ("UPDATE ledger_entry SET customer_id = 2", True),
    ("UPDATE ledger_entry SET customer_id = 2, amount_cents = 1", False),
    ("UPDATE ledger_entry SET customer_id = 3", False),
    (f"UPDATE ledger_entry SET customer_id = 1, {WORDS}", False),
    ("UPDATE ledger_entry SET customer_id = 1", True),
    ("UPDATE ledger_entry SET description = 'Iets anders'", False),
    ("UPDATE ledger_entry SET description = '', reason = 'x'", False),
    (f"UPDATE ledger_entry SET {WORDS}, amount_cents = 1", False),
    (f"UPDATE ledger_entry SET {WORDS}", True),
    ("UPDATE ledger_entry SET description = 'Boete'", False),
)


def test_an_entry_moves_only_along_the_pointer_of_a_merge_and_loses_its_words_only_whole(
    store: Store,
) -> None:
    add_library(store)
    with store.write() as session:
        for number in (1, 2, 3):
            session.add(customer_row(number))
        session.flush()
        session.add(charge(1, 500))
    for statement, may in MOVES:
        with nullcontext() if may else pytest.raises(DBAPIError), store.write_plain() as connection:
            connection.execute(text(statement))


BLANKS = (
    ("UPDATE change_log SET old = '', new = '', erased = true WHERE customer_id = 1", False),
    ("UPDATE customer SET erased_on = '2026-03-15' WHERE actor_id = 1", True),
    ("UPDATE change_log SET old = '', new = '' WHERE customer_id = 1", False),
    ("UPDATE change_log SET old = '', new = 'x', erased = true WHERE customer_id = 1", False),
    ("UPDATE change_log SET action = '', erased = true WHERE customer_id = 1", False),
    ("UPDATE change_log SET old = '', new = '', erased = true WHERE customer_id = 2", False),
    ("UPDATE change_log SET old = '', new = '', erased = true WHERE customer_id = 1", True),
)


def test_a_line_loses_its_values_only_with_its_person(store: Store) -> None:
    add_library(store)
    with store.write() as session:
        for number in (1, 2):
            session.add(customer_row(number))
            line = ChangeLogLine(at=NOON, day=NOON.date(), action="edit", old="Jan", new="Piet")
            line.customer_id = number
            session.add(line)
    for statement, may in BLANKS:
        with nullcontext() if may else pytest.raises(DBAPIError), store.write_plain() as connection:
            connection.execute(text(statement))
