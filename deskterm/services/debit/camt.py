"""Reads what a bank answers: camt.053 (statement) and camt.054 (notification).

Every version has the same few elements that matter here; banks differ in the namespace and its
prefix, in where they put the amount and the name of a batch, and in how they say that a booking
is final (customers.md 5.8, ISO 20022 message definitions camt.053.001 and camt.054.001).
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from deskterm.rules.debit import RETURN_WORDS
from deskterm.services.errors import DeskError
from deskterm.text import _

_MESSAGE = re.compile(r"camt\.05[34]\.\d{3}\.\d{2}", re.ASCII)
_REPORTS = ("./{*}BkToCstmrStmt/{*}Stmt", "./{*}BkToCstmrDbtCdtNtfctn/{*}Ntfctn")
_AMOUNT = re.compile(r"(\d{1,13})(?:\.(\d{1,2})0*)?", re.ASCII)
_AMOUNTS_OF_A_DETAIL = (
    "./{*}AmtDtls/{*}InstdAmt/{*}Amt",
    "./{*}AmtDtls/{*}TxAmt/{*}Amt",
    "./{*}Amt",
)
"""What was asked goes first: what was booked may have the bank's own costs in it."""
_BATCH_NAMES = (
    "./{*}NtryDtls/{*}Btch/{*}PmtInfId",
    "./{*}NtryDtls/{*}TxDtls/{*}Refs/{*}PmtInfId",
    "./{*}NtryDtls/{*}Btch/{*}MsgId",
    "./{*}NtryDtls/{*}TxDtls/{*}Refs/{*}MsgId",
)
_RETURN_CODES = ("./{*}RtrInf/{*}Rsn/{*}Cd", "./{*}RtrInf/{*}Rsn/{*}Prtry")
_NO_NAME = "NOTPROVIDED"
"""What banks write where they have no reference."""


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
    is_final: bool = True
    """Booked; the bank also tells what is only expected, and tells that again once it is booked."""


@dataclass(frozen=True, slots=True)
class BankAnswer:
    """A camt file. It may be about several accounts: each has its own reports, by IBAN."""

    message_id: str
    reports: Mapping[str, Sequence[ET.Element]]

    def lines(self, iban: str) -> tuple[BankLine, ...]:
        """Read what is said of one account.

        Raises:
            BankFileRefused: an amount is none in euros.
        """
        entries = (one for report in self.reports[iban] for one in report.iterfind("./{*}Ntry"))
        return tuple(line for entry in entries for line in _lines(entry))


def read(data: bytes) -> BankAnswer:
    """Read a camt file.

    Raises:
        BankFileRefused: it is cut off, no camt.053 or .054, or names no message or account.
    """
    document = _document(_root(data))
    reports: dict[str, list[ET.Element]] = {}
    for path in _REPORTS:
        for report in document.iterfind(path):
            reports.setdefault(_iban(report), []).append(report)
    reports.pop("", None)
    message = _first(document, ("./*/{*}GrpHdr/{*}MsgId",))
    if not message or not reports:
        raise BankFileRefused(_("Het bestand noemt geen bericht of geen rekening."))
    page = _first(document, ("./*/{*}GrpHdr/{*}MsgPgntn/{*}PgNb",))
    # Pages of one message may share its number.
    return BankAnswer(message if page in ("", "1") else f"{message}/{page}", reports)


def _root(data: bytes) -> ET.Element:
    if data.startswith(b"PK"):
        raise BankFileRefused(
            _("Dit is een ingepakt bestand (zip); er is niets geboekt."),
            _("Pak het uit en boek elk bestand dat erin zit."),
        )
    # Banks send no document types; who does wants the parser to expand something.
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data or b"\0" in data:
        raise BankFileRefused(_("Dit is geen bestand van een bank."))
    try:
        return ET.fromstring(data)
    except ET.ParseError as error:
        raise BankFileRefused(
            _("Het bestand is afgebroken of geen XML; er is niets geboekt."),
            _("Haal het opnieuw op bij de bank."),
        ) from error


def _document(root: ET.Element) -> ET.Element:
    """The one document in a file, with or without a namespace, bare or in the bank's envelope."""
    found = list(root.iterfind(".//{*}Document"))
    if root.tag.rpartition("}")[2] == "Document":
        found.append(root)
    if len(found) == 1:
        namespace = found[0].tag.rpartition("}")[0]
        known = not namespace or _MESSAGE.search(namespace)
        if known and any(found[0].find(path.rpartition("/")[0]) is not None for path in _REPORTS):
            return found[0]
    raise BankFileRefused(
        _("Dit is geen camt.053 of camt.054; er is niets geboekt."),
        _("Vraag de bank om afschriften in dat formaat."),
    )


def _iban(report: ET.Element) -> str:
    """Whose account a report is about; some banks give its number as one of another kind."""
    said = _first(report, ("./{*}Acct/{*}Id/{*}IBAN", "./{*}Acct/{*}Id/{*}Othr/{*}Id"))
    return "".join(said.split()).upper()


def _lines(entry: ET.Element) -> Iterator[BankLine]:
    incoming, is_final = _incoming(entry), _is_final(entry)
    total = _euros(entry, ("./{*}Amt",))
    named = [detail for detail in entry.iterfind("./{*}NtryDtls/{*}TxDtls") if _end_to_end(detail)]
    amounts = [_euros(detail, _AMOUNTS_OF_A_DETAIL) for detail in named]
    if amounts == [None]:
        amounts = [total]
    if not named or None in amounts:
        batch = _first(entry, _BATCH_NAMES)
        yield BankLine(_cents(total), incoming, "", batch, "", is_final)
        return
    for detail, amount in zip(named, amounts, strict=True):
        yield BankLine(
            cents=_cents(amount),
            incoming=_incoming(detail, incoming),
            end_to_end_id=_end_to_end(detail),
            batch_id="",
            return_code=_return_code(detail),
            is_final=is_final,
        )


def _first(element: ET.Element, paths: tuple[str, ...]) -> str:
    """The first of these that says something."""
    said = ((found.text or "").strip() for path in paths for found in element.iterfind(path))
    return next((text for text in said if text not in ("", _NO_NAME)), "")


def _end_to_end(detail: ET.Element) -> str:
    return _first(detail, ("./{*}Refs/{*}EndToEndId",))


def _return_code(detail: ET.Element) -> str:
    """Why it came back: a code, else the code that stands in what the bank adds in words."""
    said = _first(detail, _RETURN_CODES)
    added = re.findall(r"[A-Z0-9]{4}", _first(detail, ("./{*}RtrInf/{*}AddtlInf",)))
    return said or next((code for code in added if code in RETURN_WORDS), "")


def _is_final(entry: ET.Element) -> bool:
    """Whether it was booked: `BOOK`, which later versions put one element deeper."""
    status = entry.find("./{*}Sts")
    return status is None or _first(entry, ("./{*}Sts/{*}Cd", "./{*}Sts")) == "BOOK"


def _incoming(element: ET.Element, otherwise: bool = False) -> bool:
    said = element.findtext("./{*}CdtDbtInd")
    return otherwise if said is None else said.strip() == "CRDT"


def _euros(element: ET.Element, paths: tuple[str, ...]) -> str | None:
    """The first of these amounts that is in euros, as it is written."""
    found = (amount for path in paths for amount in element.iterfind(path))
    return next((one.text or "" for one in found if one.get("Ccy") == "EUR"), None)


def _cents(amount: str | None) -> int:
    match = _AMOUNT.fullmatch((amount or "").strip())
    if match is None:
        raise BankFileRefused(_("Het bestand heeft een bedrag dat geen eurobedrag is."))
    return int(match[1]) * 100 + int((match[2] or "").ljust(2, "0"))
