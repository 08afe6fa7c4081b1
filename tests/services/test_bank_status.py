"""What banks write differently in a status report (pain.002), and what is read all the same."""

import pytest

from deskterm.services.debit.files import BankFileRefused, message
from deskterm.services.debit.status import Rejection, StatusReport, read
from tests.services.bank import rejected

BATCH = "DT1001-20260401-1"
DEBIT = f"{BATCH}-1"
PLAIN = rejected(BATCH, debits=((DEBIT, "AC04"),))
ONE = (Rejection(DEBIT, True, "AC04"),)
REASON = b"<Rsn><Cd>AC04</Cd></Rsn>"


def report(data: bytes) -> StatusReport:
    return read(message(data))


@pytest.mark.parametrize("version", [f"{number:02}" for number in range(3, 15)])
def test_every_version(version: str) -> None:
    data = rejected(BATCH, debits=((DEBIT, "AC04"),), version=version)
    assert report(data) == StatusReport("REPORT1", BATCH, ONE)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (PLAIN.replace(b' xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.03"', b""), ONE),
        (PLAIN.replace(b"<Document", b"<Envelope><AppHdr/><Document")
         .replace(b"</Document>", b"</Document></Envelope>"), ONE),
        (PLAIN.replace(b"><", b">\n  <").replace(b"RJCT", b" RJCT\n"), ONE),
        (PLAIN.replace(b"Cd>", b"Prtry>"), ONE),
        (PLAIN.replace(REASON, REASON + b"<AddtlInf>REKENING</AddtlInf>"), ONE),
        (PLAIN.replace(REASON, b""), (Rejection(DEBIT, True, ""),)),
        (PLAIN.replace(b"RJCT", b"PDNG"), ()),
        (PLAIN.replace(b"RJCT", b"ACSC"), ()),
        (PLAIN.replace(DEBIT.encode(), b"NOTPROVIDED"), (Rejection("", True, "AC04"),)),
        (rejected(BATCH), ()),
        (rejected(BATCH, file="FF01"), (Rejection(BATCH, False, "FF01"),)),
        (
            rejected(
                BATCH, file="FF01", parts=((f"{BATCH}-RCUR", "DT01"),), debits=((DEBIT, "MD01"),)
            ),
            (
                Rejection(DEBIT, True, "MD01"),
                Rejection(f"{BATCH}-RCUR", False, "DT01"),
                Rejection(BATCH, False, "FF01"),
            ),
        ),
    ],
    ids=[
        "no-namespace", "envelope", "indented", "own-code", "words", "no-reason", "pending",
        "settled", "no-name", "accepted", "file", "all-three",
    ],
)  # fmt: skip
def test_ways_to_tell(data: bytes, expected: tuple[Rejection, ...]) -> None:
    assert report(data).rejections == expected


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (PLAIN[:-20], "afgebroken"),
        (PLAIN.replace(b"<MsgId>REPORT1</MsgId>", b""), "geen bericht"),
        (PLAIN.replace(f"<OrgnlMsgId>{BATCH}</OrgnlMsgId>".encode(), b""), "geen incasso"),
        (PLAIN.replace(b"pain.002", b"pain.014"), "geen camt"),
        (PLAIN.replace(b"CstmrPmtStsRpt", b"CdtrPmtActvtnReqStsRpt"), "geen camt"),
    ],
)
def test_what_is_no_report(data: bytes, why: str) -> None:
    with pytest.raises(BankFileRefused, match=why):
        report(data)
