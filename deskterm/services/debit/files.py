"""What the files of a bank have in common: how they are wrapped, and how banks say nothing."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence

from deskterm.services.errors import DeskError
from deskterm.text import _

_KNOWN = re.compile(r"(camt\.05[34]|pain\.002)\.\d{3}\.\d{2}", re.ASCII)
STATUS_REPORT = "CstmrPmtStsRpt"
_MESSAGES = ("BkToCstmrStmt", "BkToCstmrDbtCdtNtfctn", STATUS_REPORT)
_NO_NAME = "NOTPROVIDED"
"""What banks write where they have no reference."""


class BankFileRefused(DeskError):
    """A file that is no answer of our bank; nothing was booked."""


def message(data: bytes) -> ET.Element:
    """Find the one message in a file, whatever its version, namespace or envelope.

    Raises:
        BankFileRefused: it is cut off, or no camt.053, camt.054 or pain.002.
    """
    root = _root(data)
    found = list(root.iterfind(".//{*}Document"))
    if root.tag.rpartition("}")[2] == "Document":
        found.append(root)
    if len(found) == 1:
        namespace = found[0].tag.rpartition("}")[0]
        inside = (found[0].find(f"./{{*}}{name}") for name in _MESSAGES)
        known = next((one for one in inside if one is not None), None)
        if known is not None and (not namespace or _KNOWN.search(namespace)):
            return known
    raise BankFileRefused(
        _("Dit is geen camt.053, camt.054 of pain.002; er is niets geboekt."),
        _("Vraag de bank om afschriften in dat formaat."),
    )


def first(element: ET.Element, paths: Sequence[str]) -> str:
    """Give the first of these that says something; empty when none does."""
    said = ((found.text or "").strip() for path in paths for found in element.iterfind(path))
    return next((text for text in said if text not in ("", _NO_NAME)), "")


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
