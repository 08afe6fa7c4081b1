"""Reads a bank's status report on a file that it was handed (pain.002).

Every version from .03 on has the same elements: the status of the whole file, of its parts, and of
single debits, each with its reason. A bank need not report what it takes (ISO 20022 message
definition pain.002.001).
"""

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass

from deskterm.services.debit.files import STATUS_REPORT, BankFileRefused, first
from deskterm.text import _

_REJECTED = "RJCT"
_REASONS = ("./{*}StsRsnInf/{*}Rsn/{*}Cd", "./{*}StsRsnInf/{*}Rsn/{*}Prtry")


@dataclass(frozen=True, slots=True)
class Rejection:
    """One thing that the bank rejects: a debit, a part of a file, or a whole file."""

    name: str
    is_debit: bool
    reason: str


@dataclass(frozen=True, slots=True)
class StatusReport:
    """A pain.002: about which file, and what of it the bank rejects."""

    message_id: str
    about: str
    rejections: tuple[Rejection, ...]
    """Single debits first: they may have another reason than the file that they are in."""


def is_status_report(message: ET.Element) -> bool:
    """Tell a status report from what tells of money."""
    return message.tag.rpartition("}")[2] == STATUS_REPORT


def read(message: ET.Element) -> StatusReport:
    """Read a status report.

    Raises:
        BankFileRefused: it is of another kind, or names no message.
    """
    if not is_status_report(message):
        raise BankFileRefused(_("Dit is geen pain.002; er is niets geboekt."))
    message_id = first(message, ("./{*}GrpHdr/{*}MsgId",))
    about = first(message, ("./{*}OrgnlGrpInfAndSts/{*}OrgnlMsgId",))
    if not message_id or not about:
        raise BankFileRefused(_("Het bestand noemt geen bericht of geen incasso."))
    found = sorted(_rejections(message), key=lambda one: not one.is_debit)
    return StatusReport(message_id, about, tuple(found))


def _rejections(message: ET.Element) -> Iterator[Rejection]:
    for path, status, name in (
        (".//{*}TxInfAndSts", "TxSts", "OrgnlEndToEndId"),
        ("./{*}OrgnlPmtInfAndSts", "PmtInfSts", "OrgnlPmtInfId"),
        ("./{*}OrgnlGrpInfAndSts", "GrpSts", "OrgnlMsgId"),
    ):
        for one in message.iterfind(path):
            if first(one, (f"./{{*}}{status}",)) == _REJECTED:
                named = first(one, (f"./{{*}}{name}",))
                yield Rejection(named, name == "OrgnlEndToEndId", first(one, _REASONS))
