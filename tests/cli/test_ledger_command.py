"""`deskterm ledger`: the proof, and the books of one customer."""

import json
from contextlib import closing
from pathlib import Path

from sqlalchemy import text

from deskterm.store.engine import open_store
from tests.cli.conftest import Run

STAND_IN = """
    INSERT INTO ledger_entry (customer_id, kind, account, booking_code, journal, amount_cents,
        description, day, at, charge_id, mark, reason, branch_code)
    SELECT customer_id, 'payment', account, booking_code, 'K000', -2 * amount_cents,
        description, day, at, id, '', '', branch_code
    FROM ledger_entry WHERE kind = 'charge' AND amount_cents > 0 LIMIT 1
"""


def test_the_practice_library_is_in_order(practice: Path, run: Run) -> None:
    ran = run("ledger", "check", "--store", practice)
    assert (ran.status, ran.out, ran.err) == (0, "Het grootboek klopt.\n", "")


def test_a_sum_that_cannot_be_is_found(practice: Path, run: Run) -> None:
    with closing(open_store(str(practice))) as store, store.write_plain() as connection:
        connection.execute(text(STAND_IN))
    ran = run("ledger", "check", "--store", practice)
    assert ran.status == 1
    assert "is settled for more than it was" in ran.out


def test_the_books_of_a_customer_add_up(practice: Path, run: Run) -> None:
    with closing(open_store(str(practice))) as store, store.read() as connection:
        number = connection.scalar(text("SELECT customer_id FROM ledger_entry LIMIT 1"))
    ran = run("ledger", "show", str(number), "--json", "--store", practice)
    books = json.loads(ran.out)
    for account in ("contribution", "registration"):
        sums = [one["amount_cents"] for one in books["entries"] if one["account"] == account]
        assert sum(sums) == books[f"{account}_cents"]
    ran = run("ledger", "show", str(number), "--store", practice)
    assert len(ran.out.splitlines()) == len(books["entries"]) + 3
    assert ran.out.splitlines()[2].split() == [
        "nummer", "dag", "code", "bedrag", "bon", "omschrijving",
    ]  # fmt: skip


def test_nobody_has_no_books(practice: Path, run: Run) -> None:
    ran = run("ledger", "show", "999999", "--store", practice)
    assert (ran.status, ran.out) == (1, "")
    assert "999999" in ran.err
