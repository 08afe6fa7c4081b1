"""Reads what a bank answers: camt.053 (statement) and camt.054 (notification)."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass

from deskterm.services.errors import DeskError
from deskterm.text import _

_NAMESPACE = re.compile(r"\{urn:iso:std:iso:20022:tech:xsd:camt\.05[34]\.\d{3}\.\d{2}\}Document")
_AMOUNT = re.compile(r"(\d{1,13})(?:\.(\d{1,2}))?", re.ASCII)


class BankFileRefused(DeskError):
    """A file that is no answer of our bank; nothing was booked."""


@dataclass(frozen=True, slots=True)
class BankLine:
    """One thing the bank says about a debit of ours, or about a whole batch."""

    cents: int
    incoming: bool
    """Money to the library; what goes out again is a debit that bounced (stornering)."""
    end_to_end_id: str
    batch_id: str
    """The batch, or the part of it (`-FRST`, `-RCUR`), that is told as one amount."""
    return_code: str


@dataclass(frozen=True, slots=True)
class BankAnswer:
    """A camt file."""

    message_id: str
    ibans: frozenset[str]
    lines: tuple[BankLine, ...]


def read(data: bytes) -> BankAnswer:
    """Read a camt file.

    Raises:
        BankFileRefused: it is cut off, no camt.053 or .054, or says something that cannot be.
    """
    root = _document(data)
    message = root.findtext(".//{*}GrpHdr/{*}MsgId") or ""
    ibans = frozenset(
        (found.text or "").strip()
        for report in ("Stmt", "Ntfctn")
        for found in root.iterfind(f"./*/{{*}}{report}/{{*}}Acct/{{*}}Id/{{*}}IBAN")
    )
    if not message.strip() or not ibans:
        raise BankFileRefused(_("Het bestand noemt geen bericht of geen rekening."))
    lines = tuple(line for entry in root.iterfind(".//{*}Ntry") for line in _lines(entry))
    return BankAnswer(message.strip(), ibans, lines)


def _document(data: bytes) -> ET.Element:
    # Banks send no document types; who does wants the parser to expand something.
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data or b"\0" in data:
        raise BankFileRefused(_("Dit is geen bestand van een bank."))
    try:
        root = ET.fromstring(data)
    except ET.ParseError as error:
        raise BankFileRefused(
            _("Het bestand is afgebroken of geen XML; er is niets geboekt."),
            _("Haal het opnieuw op bij de bank."),
        ) from error
    if not _NAMESPACE.fullmatch(root.tag):
        raise BankFileRefused(
            _("Dit is geen camt.053 of camt.054; er is niets geboekt."),
            _("Vraag de bank om afschriften in dat formaat."),
        )
    return root


def _lines(entry: ET.Element) -> Iterator[BankLine]:
    incoming = _incoming(entry)
    batch = (
        entry.findtext("./{*}NtryDtls/{*}Btch/{*}PmtInfId")
        or entry.findtext("./{*}NtryDtls/{*}TxDtls/{*}Refs/{*}PmtInfId")
        or entry.findtext("./{*}NtryDtls/{*}Btch/{*}MsgId")
        or entry.findtext("./{*}NtryDtls/{*}TxDtls/{*}Refs/{*}MsgId")
        or ""
    ).strip()
    details = [
        detail
        for detail in entry.iterfind("./{*}NtryDtls/{*}TxDtls")
        if detail.findtext("./{*}Refs/{*}EndToEndId")
    ]
    for detail in details:
        amount = detail.find("./{*}AmtDtls/{*}TxAmt/{*}Amt")
        if amount is None:
            amount = detail.find("./{*}Amt")
        if amount is None and len(details) == 1:
            amount = entry.find("./{*}Amt")
        yield BankLine(
            cents=_cents(amount),
            incoming=_incoming(detail, incoming),
            end_to_end_id=(detail.findtext("./{*}Refs/{*}EndToEndId") or "").strip(),
            batch_id="",
            return_code=(detail.findtext("./{*}RtrInf/{*}Rsn/{*}Cd") or "").strip(),
        )
    if not details:
        yield BankLine(_cents(entry.find("./{*}Amt")), incoming, "", batch, "")


def _incoming(element: ET.Element, otherwise: bool = False) -> bool:
    said = element.findtext("./{*}CdtDbtInd")
    return otherwise if said is None else said.strip() == "CRDT"


def _cents(amount: ET.Element | None) -> int:
    match = _AMOUNT.fullmatch((amount.text or "").strip()) if amount is not None else None
    if amount is None or match is None or amount.get("Ccy") != "EUR":
        raise BankFileRefused(_("Het bestand heeft een bedrag dat geen eurobedrag is."))
    return int(match[1]) * 100 + int((match[2] or "").ljust(2, "0"))
