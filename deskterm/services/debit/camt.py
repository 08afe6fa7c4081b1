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
from deskterm.services.debit.files import BankFileRefused, first
from deskterm.text import _

_REPORTS = ("./{*}Stmt", "./{*}Ntfctn")
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


def read(message: ET.Element) -> BankAnswer:
    """Read a statement or a notification.

    Raises:
        BankFileRefused: it names no message or account.
    """
    reports: dict[str, list[ET.Element]] = {}
    for path in _REPORTS:
        for report in message.iterfind(path):
            reports.setdefault(_iban(report), []).append(report)
    reports.pop("", None)
    name = first(message, ("./{*}GrpHdr/{*}MsgId",))
    if not name or not reports:
        raise BankFileRefused(_("Het bestand noemt geen bericht of geen rekening."))
    page = first(message, ("./{*}GrpHdr/{*}MsgPgntn/{*}PgNb",))
    # Pages of one message may share its number.
    return BankAnswer(name if page in ("", "1") else f"{name}/{page}", reports)


def _iban(report: ET.Element) -> str:
    """Whose account a report is about; some banks give its number as one of another kind."""
    said = first(report, ("./{*}Acct/{*}Id/{*}IBAN", "./{*}Acct/{*}Id/{*}Othr/{*}Id"))
    return "".join(said.split()).upper()


def _lines(entry: ET.Element) -> Iterator[BankLine]:
    incoming, is_final = _incoming(entry), _is_final(entry)
    total = _euros(entry, ("./{*}Amt",))
    named = [detail for detail in entry.iterfind("./{*}NtryDtls/{*}TxDtls") if _end_to_end(detail)]
    amounts = [_euros(detail, _AMOUNTS_OF_A_DETAIL) for detail in named]
    if amounts == [None]:
        amounts = [total]
    if not named or None in amounts:
        batch = first(entry, _BATCH_NAMES)
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


def _end_to_end(detail: ET.Element) -> str:
    return first(detail, ("./{*}Refs/{*}EndToEndId",))


def _return_code(detail: ET.Element) -> str:
    """Why it came back: a code, else the code that stands in what the bank adds in words."""
    said = first(detail, _RETURN_CODES)
    added = re.findall(r"[A-Z0-9]{4}", first(detail, ("./{*}RtrInf/{*}AddtlInf",)))
    return said or next((code for code in added if code in RETURN_WORDS), "")


def _is_final(entry: ET.Element) -> bool:
    """Whether it was booked: `BOOK`, which later versions put one element deeper."""
    status = entry.find("./{*}Sts")
    return status is None or first(entry, ("./{*}Sts/{*}Cd", "./{*}Sts")) == "BOOK"


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
