"""What banks write differently in a camt file, and what is read all the same."""

import pytest

from deskterm.services.debit.camt import BankAnswer, BankLine
from deskterm.services.debit.camt import read as read_message
from deskterm.services.debit.files import BankFileRefused, message
from tests.services.bank import OURS, camt, entry

NAME = "DT1001-20260401-1-1"
BATCH = "DT1001-20260401-1-FRST"
PLAIN = camt(entry(5800, end_to_end=NAME))
PAID = BankLine(5800, True, NAME, "", "")
NAMESPACE = b' xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.08"'
EURO = '<Amt Ccy="EUR">58.00</Amt>'


def booking(inside: str, *, way: str = "CRDT", status: str = "<Sts>BOOK</Sts>") -> bytes:
    """A statement with one booking of 58,00 and what a bank has to tell about it."""
    told = f"<Ntry>{EURO}<CdtDbtInd>{way}</CdtDbtInd>{status}{inside}</Ntry>"
    return camt(told, kind="053")


def detail(inside: str) -> str:
    refs = f"<Refs><EndToEndId>{NAME}</EndToEndId></Refs>"
    return f"<NtryDtls><TxDtls>{refs}{inside}</TxDtls></NtryDtls>"


def read(data: bytes) -> BankAnswer:
    return read_message(message(data))


def lines(data: bytes) -> tuple[BankLine, ...]:
    return read(data).lines(OURS)


@pytest.mark.parametrize("kind", ["053", "054"])
@pytest.mark.parametrize("version", ["02", "03", "04", "06", "08", "10", "13"])
def test_every_version(kind: str, version: str) -> None:
    data = camt(entry(5800, end_to_end=NAME), kind=kind)
    assert lines(data.replace(b".001.08", f".001.{version}".encode())) == (PAID,)


@pytest.mark.parametrize(
    "data",
    [
        PLAIN.replace(NAMESPACE, b""),
        PLAIN.replace(b"urn:iso:std:iso:20022:tech:xsd:", b"urn:swift:xsd:$"),
        b"\xef\xbb\xbf" + PLAIN,
        PLAIN.replace(b"UTF-8", b"ISO-8859-1").replace(b"BANK1", b"B\xe9"),
        PLAIN.replace(NAMESPACE, NAMESPACE.replace(b"xmlns", b"xmlns:n0"))
        .replace(b"</", b"</n0:")
        .replace(b"<", b"<n0:")
        .replace(b"<n0:/n0:", b"</n0:")
        .replace(b"<n0:?", b"<?"),
        PLAIN.replace(b"<Document", b"<Envelope><AppHdr/><Document").replace(
            b"</Document>", b"</Document></Envelope>"
        ),
        PLAIN.replace(OURS.encode(), b" nl91 ABNA 0417 1643 00\n"),
        PLAIN.replace(b"<IBAN>", b"<Othr><Id>").replace(b"</IBAN>", b"</Id></Othr>"),
        PLAIN.replace(b"><", b">\n  <"),
        PLAIN.replace(b"58.00", b"58").replace(b"58", b" 58.00000 "),
    ],
    ids=[
        "no-namespace", "swift", "bom", "latin-1", "prefix", "envelope", "spaced-iban",
        "account-of-another-kind", "indented", "five-decimals",
    ],
)  # fmt: skip
def test_ways_to_wrap_the_same(data: bytes) -> None:
    assert lines(data) == (PAID,)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        # Where the amount stands.
        (booking(detail(f"<AmtDtls><TxAmt>{EURO}</TxAmt></AmtDtls>")), PAID),
        (booking(detail(f"<AmtDtls><InstdAmt>{EURO}</InstdAmt></AmtDtls>")), PAID),
        (booking(detail(f"{EURO}<CdtDbtInd>CRDT</CdtDbtInd>")), PAID),
        (booking(detail("")), PAID),
        # What was asked, not what the bank's costs make of it.
        (
            booking(
                detail(
                    '<AmtDtls><InstdAmt><Amt Ccy="EUR">50.00</Amt></InstdAmt>'
                    f"<TxAmt>{EURO}</TxAmt></AmtDtls>"
                )
            ),
            BankLine(5000, True, NAME, "", ""),
        ),
        # A foreign amount beside ours.
        (
            booking(detail('<AmtDtls><InstdAmt><Amt Ccy="USD">63.00</Amt></InstdAmt></AmtDtls>')),
            PAID,
        ),
        # A batch as one amount, by each of the names it may have.
        (
            booking(f"<NtryDtls><Btch><PmtInfId>{BATCH}</PmtInfId></Btch></NtryDtls>"),
            BankLine(5800, True, "", BATCH, ""),
        ),
        (
            booking(f"<NtryDtls><Btch><MsgId>{BATCH}</MsgId></Btch></NtryDtls>"),
            BankLine(5800, True, "", BATCH, ""),
        ),
        (
            booking(
                f"<NtryDtls><TxDtls><Refs><MsgId>NOTPROVIDED</MsgId><PmtInfId>{BATCH}</PmtInfId>"
                "<EndToEndId>NOTPROVIDED</EndToEndId></Refs></TxDtls></NtryDtls>"
            ),
            BankLine(5800, True, "", BATCH, ""),
        ),
        # Named debits without an amount of their own are told by their batch.
        (
            booking(
                f"<NtryDtls><Btch><PmtInfId>{BATCH}</PmtInfId></Btch>"
                + 2 * "<TxDtls><Refs><EndToEndId>X</EndToEndId></Refs></TxDtls>"
                + "</NtryDtls>"
            ),
            BankLine(5800, True, "", BATCH, ""),
        ),
        # A booking that says nothing is nothing of ours.
        (booking(""), BankLine(5800, True, "", "", "")),
        # Not booked yet.
        (booking(detail(""), status="<Sts>PDNG</Sts>"), BankLine(5800, True, NAME, "", "", False)),
        (
            booking(detail(""), status="<Sts>\n<Cd>INFO</Cd></Sts>"),
            BankLine(5800, True, NAME, "", "", False),
        ),
        (booking(detail(""), status="<Sts>\n<Cd>BOOK</Cd></Sts>"), PAID),
        (booking(detail(""), status=""), PAID),
        # Why a debit came back.
        *(
            (
                booking(detail(f"<RtrInf>{why}</RtrInf>"), way="DBIT"),
                BankLine(5800, False, NAME, "", code),
            )
            for why, code in (
                ("<Rsn><Cd>MD01</Cd></Rsn>", "MD01"),
                ("<Rsn><Prtry>AC04</Prtry></Rsn>", "AC04"),
                ("<AddtlInf>/RTRN/MS02/GEEN REDEN</AddtlInf>", "MS02"),
                ("<AddtlInf>GEEN REDEN BEKEND</AddtlInf>", ""),
                ("<Rsn><Cd>AM04</Cd></Rsn><AddtlInf>zie MD06</AddtlInf>", "AM04"),
            )
        ),
    ],
)
def test_ways_to_tell_the_same(data: bytes, expected: BankLine) -> None:
    assert lines(data) == (expected,)


def test_a_booking_of_many_debits_and_one_that_came_back() -> None:
    inside = "".join(
        f"<TxDtls><Refs><EndToEndId>{name}</EndToEndId></Refs>{amount}{way}</TxDtls>"
        for name, amount, way in (
            ("A", '<Amt Ccy="EUR">60.00</Amt>', ""),
            ("B", '<Amt Ccy="EUR">2.00</Amt>', "<CdtDbtInd>DBIT</CdtDbtInd>"),
        )
    )
    assert lines(booking(f"<NtryDtls>{inside}</NtryDtls>")) == (
        BankLine(6000, True, "A", "", ""),
        BankLine(200, False, "B", "", ""),
    )


def test_each_account_and_each_page_is_told_apart() -> None:
    other = "<Acct><Id><IBAN>NL20INGB0001234567</IBAN></Id></Acct>"
    dollars = entry(100, currency="USD")
    data = PLAIN.replace(b"</Ntfctn>", f"</Ntfctn><Ntfctn>{other}{dollars}</Ntfctn>".encode())
    answer = read(data)
    assert set(answer.reports) == {OURS, "NL20INGB0001234567"}
    assert answer.lines(OURS) == (PAID,)
    paged = b"</MsgId><MsgPgntn><PgNb>%d</PgNb></MsgPgntn>"
    numbers = [read(PLAIN.replace(b"</MsgId>", paged % page)).message_id for page in (1, 2)]
    assert numbers == ["BANK1", "BANK1/2"]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"PK\x03\x04", "ingepakt"),
        (PLAIN.replace(b"camt.054", b"camt.052"), "geen camt"),
        (PLAIN.replace(b"BkToCstmrDbtCdtNtfctn", b"BkToCstmrAcctRpt"), "geen camt"),
        (b"<Documents>" + 2 * PLAIN.partition(b"?>")[2] + b"</Documents>", "geen camt"),
        (b"<Document/>", "geen camt"),
    ],
)
def test_what_is_no_answer(data: bytes, why: str) -> None:
    with pytest.raises(BankFileRefused, match=why):
        read(data)
