"""Direct debit: who is asked, the file, the announcement, and what the bank answers."""

import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlmodel import col, select

from deskterm.services import incasso, ledger, opening, settling
from deskterm.services.debit import pain
from deskterm.services.debit.files import BankFileRefused
from deskterm.services.desk import DayClock, Desk
from deskterm.services.errors import DeskError, NotAllowed, NotFound
from deskterm.services.letters import write as write_letters
from deskterm.store import tables
from deskterm.views.money import DebitBatch
from tests.services.bank import OURS, camt, entry
from tests.services.library import TODAY, Library
from tests.services.money import CUSTOMER, Books

COLLECTED = date(2026, 4, 1)
DEBIT = {"direct_debit": True, "iban": "NL20INGB0001234567", "mandate_given_on": date(2024, 2, 1)}
SETTINGS = {
    "sepa.creditor_name": "Bibliotheek Hondsrug",
    "sepa.creditor_iban": OURS,
    "sepa.creditor_bic": "ABNANL2A",
    "sepa.creditor_id": "NL79ZZZ999999990000",
}


def ready(books: Books) -> Books:
    """Give the library its contract with the bank, and a customer whom it may debit."""
    for key, value in SETTINGS.items():
        books.library.setting(key, value)
    books.library.customer(500, surname="Vries", **DEBIT)
    return books


@pytest.fixture
def bank(books: Books) -> Books:
    return ready(books)


@pytest.fixture
def sqlite_bank(sqlite_books: Books) -> Books:
    return ready(sqlite_books)


def chief(library: Library) -> Desk:
    return library.desk("BESTELBHR")


def prepare(books: Books) -> DebitBatch:
    return incasso.prepare(chief(books.library), COLLECTED)


def texts(content: bytes, name: str) -> list[str | None]:
    return [one.text for one in ET.fromstring(content).iterfind(f".//{{*}}{name}")]


def letters(books: Books, kind: str) -> list[tuple[int, date]]:
    with books.library.store.write() as session:
        query = select(tables.Letter).where(tables.Letter.kind == kind)
        found = session.exec(query.order_by(col(tables.Letter.id))).all()
        return [(letter.customer_id, letter.day) for letter in found]


def test_a_batch_asks_every_open_contribution_once(bank: Books) -> None:
    charge = bank.contribution(5800, actor_id=500)
    bank.library.charge(300, 500)
    bank.contribution(5800)
    batch = prepare(bank)
    assert (batch.count, batch.total_cents, batch.refused) == (1, 5800, ())
    assert texts(batch.content, "MsgId") == [batch.message_id]
    assert texts(batch.content, "InstdAmt") == ["58.00"]
    assert texts(batch.content, "SeqTp") == ["FRST"]
    assert texts(batch.content, "MndtId") == ["1001-500-20240201"]
    assert texts(batch.content, "ReqdColltnDt") == ["2026-04-01"]
    assert letters(bank, "PFI") == [(500, COLLECTED - timedelta(days=7))]
    marks = {line.charge_id: line.mark for line in bank.open(500).lines}
    assert marks[charge] == "I"
    with pytest.raises(DeskError, match="niets te incasseren"):
        prepare(bank)
    assert incasso.again(chief(bank.library), batch.message_id) == batch.content
    with pytest.raises(NotFound):
        incasso.again(chief(bank.library), "DT1001-1")


@pytest.mark.parametrize("schema", pain.SCHEMAS)
def test_every_version_a_bank_may_want_is_proven(sqlite_bank: Books, schema: str) -> None:
    sqlite_bank.library.setting("sepa.schema", schema)
    sqlite_bank.library.customer(501, surname="Çelik-Ünal & Zn.", bic="GKCCBEBB", **DEBIT | {
        "iban": "BE68539007547034",
    })  # fmt: skip
    for actor_id in (500, 501):
        sqlite_bank.contribution(actor_id=actor_id)
    batch = prepare(sqlite_bank)
    assert batch.count == 2
    assert schema.encode() in batch.content


def test_what_is_in_debit_is_not_paid_at_the_desk(sqlite_bank: Books) -> None:
    books = sqlite_bank
    charge = books.contribution(actor_id=500)
    prepare(books)
    assert books.open(500).total_cents == 0
    with pytest.raises(DeskError, match="is in incasso"):
        settling.pay(books.desk, 500, "k1", [charge], "K000", 5800)
    with pytest.raises(DeskError, match="niets open"):
        settling.register(books.desk, 500, "k2", [])


def test_a_parent_is_debited_for_a_child(sqlite_bank: Books) -> None:
    books = sqlite_bank
    books.pays_for(500, CUSTOMER)
    books.contribution(1000)
    batch = prepare(books)
    assert [(line.actor_id, line.cents) for line in batch.lines] == [(500, 1000)]
    assert letters(books, "PFI") == [(500, COLLECTED - timedelta(days=7))]


@pytest.mark.parametrize(
    ("columns", "why"),
    [
        ({"iban": "NL20INGB0001234568"}, "IBAN"),
        ({"iban": ""}, "IBAN"),
        ({"mandate_given_on": None}, "geen machtiging"),
        ({"mandate_given_on": TODAY + timedelta(days=1)}, "geen machtiging"),
        ({"mandate_revoked_on": COLLECTED}, "ingetrokken"),
    ],
)
def test_what_no_bank_takes_is_left_out_and_named(
    sqlite_bank: Books, columns: dict[str, object], why: str
) -> None:
    sqlite_bank.library.customer(501, **DEBIT | columns)
    for actor_id in (500, 501):
        sqlite_bank.contribution(actor_id=actor_id)
    batch = prepare(sqlite_bank)
    assert [line.actor_id for line in batch.lines] == [500]
    assert [line.actor_id for line in batch.refused] == [501]
    assert why in batch.refused[0].refusal


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (TODAY, "vooraf aangekondigd"),
        (TODAY + timedelta(days=7), "vooraf aangekondigd"),
        (date(2026, 3, 28), "werken de banken niet"),
        (date(2026, 4, 3), "werken de banken niet"),
    ],
)
def test_the_day_is_a_bank_day_a_week_ahead(sqlite_bank: Books, day: date, why: str) -> None:
    # A week after this Sunday is a Sunday too, so the first day is the Monday after it.
    sqlite_bank.contribution(actor_id=500)
    with pytest.raises(DeskError, match=why):
        incasso.prepare(chief(sqlite_bank.library), day)
    assert incasso.prepare(chief(sqlite_bank.library), date(2026, 3, 23)).count == 1


@pytest.mark.parametrize("key", ["sepa.creditor_name", "sepa.creditor_iban", "sepa.creditor_id"])
def test_no_file_without_a_contract(sqlite_books: Books, key: str) -> None:
    for name, value in (SETTINGS | {key: "?" * (key != "sepa.creditor_name")}).items():
        sqlite_books.library.setting(name, value)
    with pytest.raises(DeskError, match=key):
        prepare(sqlite_books)


def test_incasso_is_for_bestelbhr(sqlite_bank: Books) -> None:
    for act in (
        lambda: incasso.prepare(sqlite_bank.desk, COLLECTED),
        lambda: incasso.book(sqlite_bank.desk, b""),
        lambda: incasso.again(sqlite_bank.desk, ""),
        lambda: incasso.withdraw(sqlite_bank.desk, ""),
    ):
        with pytest.raises(NotAllowed):
            act()


@pytest.mark.parametrize("kind", ["053", "054"])
@pytest.mark.parametrize("whole", [True, False])
def test_what_the_bank_paid_makes_the_membership_normal(
    bank: Books, kind: str, whole: bool
) -> None:
    bank.contribution(5800, actor_id=500)
    batch = prepare(bank)
    told = (
        entry(5800, batch=f"{batch.message_id}-FRST")
        if whole
        else entry(5800, end_to_end=f"{batch.message_id}-1")
    )
    booked = incasso.book(chief(bank.library), camt(told, entry(123), kind=kind))
    assert (booked.paid, booked.paid_cents, booked.unknown) == (1, 5800, 1)
    assert (bank.status(500), bank.open(500).lines) == (5, ())
    assert ledger.check(bank.desk) == ()


def test_a_bounce_opens_the_charge_again_with_its_cost(bank: Books) -> None:
    bank.contribution(5800, actor_id=500)
    batch = prepare(bank)
    name = f"{batch.message_id}-1"
    desk = chief(bank.library)
    incasso.book(desk, camt(entry(5800, batch=batch.message_id)))
    bounced = camt(entry(5800, incoming=False, end_to_end=name, reason="AM04"), message="BANK2")
    booked = incasso.book(desk, bounced)
    assert (booked.returned, booked.returned_cents) == (1, 5800)
    assert [(one.actor_id, one.cents, one.return_code) for one in booked.bounces] == [
        (500, 5800, "AM04")
    ]
    assert bank.status(500) == 2
    assert [(line.open_cents, line.mark) for line in bank.open(500).lines] == [
        (5800, "F"),
        (500, ""),
    ]
    assert letters(bank, "CAJ") == [(500, TODAY)]
    again = bounced.replace(b"BANK2", b"BANK3")
    assert incasso.book(desk, again).returned == 0
    assert ledger.check(bank.desk) == ()
    assert prepare(bank).lines[0].first


def test_a_refused_debit_was_never_paid(bank: Books) -> None:
    for actor_id in (501, 502):
        bank.library.customer(actor_id, **DEBIT)
    for actor_id in (500, 501, 502):
        bank.contribution(1000, actor_id=actor_id)
    batch = prepare(bank)
    refused = entry(1000, incoming=False, end_to_end=f"{batch.message_id}-2", reason="AC01")
    rest = entry(2000, batch=batch.message_id)
    booked = incasso.book(chief(bank.library), camt(rest, refused))
    assert (booked.paid, booked.returned, booked.unknown) == (2, 1, 0)
    assert [bank.status(actor_id) for actor_id in (500, 501, 502)] == [5, 2, 5]
    assert ledger.check(bank.desk) == ()


def test_a_batch_told_whole_after_what_bounced(bank: Books) -> None:
    bank.library.customer(501, **DEBIT)
    for actor_id in (500, 501):
        bank.contribution(1000, actor_id=actor_id)
    batch = prepare(bank)
    desk = chief(bank.library)
    refused = entry(1000, incoming=False, end_to_end=f"{batch.message_id}-2", reason="AC04")
    assert incasso.book(desk, camt(refused)).returned == 1
    whole = camt(entry(2000, batch=batch.message_id), refused, message="BANK2", kind="053")
    booked = incasso.book(desk, whole)
    assert (booked.paid, booked.returned, booked.unknown, booked.differing) == (1, 0, 0, ())
    assert [bank.status(actor_id) for actor_id in (500, 501)] == [5, 2]
    assert ledger.check(bank.desk) == ()


def test_what_the_bank_has_not_booked_yet_waits(sqlite_bank: Books) -> None:
    sqlite_bank.contribution(5800, actor_id=500)
    batch = prepare(sqlite_bank)
    told = entry(5800, batch=batch.message_id)
    expected = told.replace("<CdtDbtInd>", "<Sts><Cd>PDNG</Cd></Sts><CdtDbtInd>")
    desk = chief(sqlite_bank.library)
    booked = incasso.book(desk, camt(expected))
    assert (booked.paid, booked.pending, booked.unknown) == (0, 1, 0)
    assert incasso.book(desk, camt(told, message="BANK2")).paid == 1


def test_other_accounts_in_the_file_are_left_alone(sqlite_bank: Books) -> None:
    sqlite_bank.contribution(5800, actor_id=500)
    batch = prepare(sqlite_bank)
    other = "<Acct><Id><IBAN>NL20INGB0001234567</IBAN></Id></Acct>"
    theirs = f"</Ntfctn><Ntfctn>{other}{entry(5800, batch=batch.message_id)}{entry(1)}</Ntfctn>"
    data = camt(entry(1)).replace(b"</Ntfctn>", theirs.encode())
    booked = incasso.book(chief(sqlite_bank.library), data)
    assert (booked.paid, booked.unknown) == (0, 1)


def test_the_second_time_is_recurrent(bank: Books) -> None:
    bank.contribution(1000, actor_id=500)
    batch = prepare(bank)
    incasso.book(chief(bank.library), camt(entry(1000, batch=batch.message_id)))
    bank.contribution(1000, actor_id=500)
    assert texts(prepare(bank).content, "SeqTp") == ["RCUR"]


GOOD = camt(entry(5800, end_to_end="DT1001-20260401-1-1"))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "afgebroken"),
        (GOOD[:-30], "afgebroken"),
        (GOOD[: len(GOOD) // 2], "afgebroken"),
        (b"%PDF-1.4", "afgebroken"),
        (b"<html/>", "geen camt"),
        (GOOD.replace(b"camt.054", b"pain.008"), "geen camt"),
        (camt(iban="NL20INGB0001234567"), "niet over"),
        (GOOD.replace(b"<IBAN>", b"<Othr>").replace(b"</IBAN>", b"</Othr>"), "geen rekening"),
        (GOOD.replace(b"<MsgId>BANK1</MsgId>", b""), "geen bericht"),
        (camt(entry(100, end_to_end="x", currency="USD")), "geen eurobedrag"),
        (GOOD.replace(b"58.00", b"58.005"), "geen eurobedrag"),
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]>" + GOOD, "geen bestand van een bank"),
    ],
)
def test_a_file_that_is_no_answer_of_our_bank_is_refused(
    sqlite_bank: Books, data: bytes, why: str
) -> None:
    sqlite_bank.contribution(5800, actor_id=500)
    prepare(sqlite_bank)
    before = sqlite_bank.entries()
    with pytest.raises(BankFileRefused, match=why):
        incasso.book(chief(sqlite_bank.library), data)
    assert sqlite_bank.entries() == before


def test_the_same_answer_is_not_booked_twice(sqlite_bank: Books) -> None:
    sqlite_bank.contribution(5800, actor_id=500)
    batch = prepare(sqlite_bank)
    answer = camt(entry(5800, batch=batch.message_id))
    incasso.book(chief(sqlite_bank.library), answer)
    with pytest.raises(BankFileRefused, match="al geboekt"):
        incasso.book(chief(sqlite_bank.library), answer)


def test_an_amount_that_was_not_asked_is_left_to_people(sqlite_bank: Books) -> None:
    sqlite_bank.contribution(5800, actor_id=500)
    batch = prepare(sqlite_bank)
    name = f"{batch.message_id}-1"
    booked = incasso.book(
        chief(sqlite_bank.library),
        camt(
            entry(5700, end_to_end=name),
            entry(5700, batch=batch.message_id),
            entry(5700, incoming=False, end_to_end=name, reason="MD06"),
        ),
    )
    assert (booked.paid, booked.returned, booked.unknown) == (0, 0, 0)
    assert {(one.name, one.asked_cents, one.told_cents) for one in booked.differing} == {
        (name, 5800, 5700),
        (batch.message_id, 5800, 5700),
    }


def test_more_than_a_batch_asks_is_told_however_it_stands(sqlite_bank: Books) -> None:
    sqlite_bank.contribution(5800, actor_id=500)
    number = prepare(sqlite_bank).message_id
    desk = chief(sqlite_bank.library)
    incasso.book(desk, camt(entry(5800, batch=number)))
    booked = incasso.book(
        desk, camt(entry(5700, batch=number), entry(5900, batch=number), message="BANK2")
    )
    assert [one.told_cents for one in booked.differing] == [5900]


def test_the_announcement_tells_what_is_collected_when(sqlite_bank: Books, tmp_path: Path) -> None:
    books = sqlite_bank
    books.pays_for(500, CUSTOMER)
    books.contribution(1000)
    books.contribution(5800, actor_id=500)
    prepare(books)
    desk = books.library.desk()
    assert write_letters(desk, tmp_path / "early").written == 0
    day = COLLECTED - timedelta(days=7)
    assert write_letters(replace(desk, clock=DayClock(day)), tmp_path / "due").written == 1
    (file,) = (tmp_path / "due").glob(f"{day}-PFI-500-*.txt")
    letter = file.read_text(encoding="utf-8")
    assert "Op 01-04-2026 schrijven wij EUR 68,00" in letter
    assert "NL20INGB0001234567" in letter
    assert "Machtiging:   1001-500-20240201\nIncassant-ID: NL79ZZZ999999990000\n" in letter
    assert opening.refresh(desk, 500).mandate == "1001-500-20240201"
    assert opening.refresh(desk, CUSTOMER).mandate == ""
