"""`deskterm incasso`: the file for the bank, the same file again, and the bank's answer."""

from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from deskterm.bootstrap import PRACTICE_DAY
from deskterm.rules.debit import next_bank_day
from deskterm.store.engine import open_store
from tests.cli.conftest import Ran, Run
from tests.services.bank import camt, entry, rejected

COLLECTED = next_bank_day(PRACTICE_DAY + timedelta(days=7)).isoformat()
OWE = """
    INSERT INTO ledger_entry (customer_id, kind, account, booking_code, journal, amount_cents,
        description, day, at, mark, reason, branch_code)
    SELECT actor_id, 'charge', 'contribution', '1001', '', 5800, 'Contributie', '2026-01-01',
        '2026-01-01 09:00:00.000000', '', '', branch_code
    FROM customer WHERE direct_debit AND iban LIKE 'NL%' AND mandate_revoked_on IS NULL
    ORDER BY actor_id LIMIT 1
"""


@pytest.fixture
def owing(practice: Path) -> tuple[str | Path, ...]:
    """The options for a practice library in which a debited customer owes the contribution."""
    with closing(open_store(str(practice))) as store, store.write_plain() as connection:
        connection.execute(text(OWE))
    return ("--store", practice, "--day", PRACTICE_DAY.isoformat())


def test_from_file_to_answer(owing: tuple[str | Path, ...], run: Run, tmp_path: Path) -> None:
    file, copy, answer = (tmp_path / name for name in ("dd.xml", "copy.xml", "camt.xml"))
    ran = run("incasso", "prepare", "--on", COLLECTED, "--out", file, *owing)
    assert ran.status == 0, ran.err
    number = ran.out.split()[1]
    assert number.encode() in file.read_bytes()
    assert run("incasso", "again", number, "--out", copy, *owing).status == 0
    assert copy.read_bytes() == file.read_bytes()
    answer.write_bytes(camt(entry(5800, end_to_end=f"{number}-1"), entry(1)))
    ran = run("incasso", "book", answer, *owing)
    assert "1 betaald (58,00), 0 teruggeboekt (0,00)" in ran.out
    assert "1 regel hoort bij geen incasso" in ran.err
    assert run("ledger", "check", *owing).status == 0
    ran = run("incasso", "book", answer, *owing)
    assert ran.status == 1
    assert "al geboekt" in ran.err
    back = entry(5800, incoming=False, end_to_end=f"{number}-1", reason="MD01")
    odd = entry(5700, end_to_end=f"{number}-1")
    waiting = entry(1).replace("<CdtDbtInd>", "<Sts>PDNG</Sts><CdtDbtInd>")
    answer.write_bytes(camt(back, odd, waiting, message="BANK2", kind="053"))
    ran = run("incasso", "book", answer, *owing)
    assert "1 teruggeboekt (58,00)" in ran.out
    assert "], 58,00: er is geen geldige machtiging (MD01)." in ran.out
    assert f"Niet geboekt: {number}-1 is 57,00 volgens de bank, en 58,00 werd gevraagd" in ran.err
    assert "1 regel is nog niet definitief" in ran.err


def test_a_batch_that_the_bank_never_got_is_withdrawn(
    owing: tuple[str | Path, ...], run: Run, tmp_path: Path
) -> None:
    prepare = ("incasso", "prepare", "--on", COLLECTED, "--out")
    number = run(*prepare, tmp_path / "lost.xml", *owing).out.split()[1]
    ran = run("incasso", "withdraw", number, *owing)
    assert (ran.status, ran.out) == (
        0, "1 post uit de incasso gehaald, 58,00; die staat weer open.\n",
    )  # fmt: skip
    ran = run("incasso", "withdraw", number, *owing)
    assert (ran.status, "niets meer bij de bank" in ran.err) == (1, True)
    assert run("incasso", "withdraw", "DT1", *owing).status == 1
    assert "1 post, 58,00" in run(*prepare, tmp_path / "new.xml", *owing).out


def test_what_the_bank_rejects_is_told(
    owing: tuple[str | Path, ...], run: Run, tmp_path: Path
) -> None:
    prepare = ("incasso", "prepare", "--on", COLLECTED, "--out")
    number = run(*prepare, tmp_path / "dd.xml", *owing).out.split()[1]
    answer = tmp_path / "pain002.xml"

    def book(**reasons: Any) -> Ran:
        answer.write_bytes(rejected(number, message=f"BANK{len(told)}", **reasons))
        return run("incasso", "book", answer, *owing)

    told: list[Ran] = []
    for reasons in (
        {},
        {"file": "AM05"},
        {"debits": ((f"{number}-1", "AC04"), ("SALARY", "AC04"))},
    ):
        told.append(book(**reasons))
        assert told[-1].status == 0
    assert told[0].out == f"Bericht BANK0 over {number}: er is niets gewijzigd.\n"
    assert f"Niet gewijzigd: {number}, 58,00: de bank weigert het (dubbel ge" in told[1].err
    assert "1 post geweigerd (58,00); die staat weer open" in told[2].out
    assert "], 58,00: de rekening is opgeheven (AC04)." in told[2].out
    assert "1 regel hoort bij geen incasso" in told[2].err
    assert run("ledger", "check", *owing).status == 0
    assert run(*prepare, tmp_path / "new.xml", *owing).status == 0


def test_a_file_is_never_overwritten(
    owing: tuple[str | Path, ...], run: Run, tmp_path: Path
) -> None:
    file = tmp_path / "dd.xml"
    file.write_text("mine", encoding="utf-8")
    ran = run("incasso", "prepare", "--on", COLLECTED, "--out", file, *owing)
    assert ran.status == 1
    assert file.read_text(encoding="utf-8") == "mine"
    file.unlink()
    assert run("incasso", "prepare", "--on", COLLECTED, "--out", file, *owing).status == 0


def test_half_an_answer_books_nothing(
    owing: tuple[str | Path, ...], run: Run, tmp_path: Path
) -> None:
    answer = tmp_path / "camt.xml"
    answer.write_bytes(camt(entry(5800))[:-20])
    ran = run("incasso", "book", answer, *owing)
    assert ran.status == 1
    assert "er is niets geboekt" in ran.err
