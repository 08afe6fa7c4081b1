"""What is to be printed, as plain values: a card or a receipt, to JSON and back.

The spool keeps documents as JSON, so that the worker can render them for the printer that they
end at, and a preview and the paper come from one source.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any, ClassVar, TypeVar


class Symbology(StrEnum):
    """How a number is written in bars."""

    CODE128 = "code128"
    CODABAR = "codabar"
    CODE39 = "code39"
    ITF = "itf"
    QR = "qr"


class DocumentKind(StrEnum):
    """What `print_job.kind` holds."""

    CARD = "card"
    RECEIPT = "receipt"


class DocumentFault(ValueError):
    """This JSON is no document; says what is wrong with it, without what it holds."""


@dataclass(frozen=True, slots=True)
class CardDocument:
    """A customer's card (ledenpas)."""

    kind: ClassVar[DocumentKind] = DocumentKind.CARD

    number: str
    name: str
    """As it stands on the card; what does not fit is shrunk, then shortened."""
    branch_code: str = ""
    """Whose template and symbology are used; empty: the general ones."""
    branch: str = ""
    """The name of the branch."""
    title: str = ""
    """What the card is called; empty: `card_title` of the branch."""
    symbology: Symbology | None = None
    """None: the one of the branch."""


class Align(StrEnum):
    """Where a line stands."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Text:
    """A line of words, which wraps."""

    text: str
    bold: bool = False
    large: bool = False
    """Twice as wide and high."""
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Columns:
    """One line of a table: the first cell takes the room and wraps, the others lie to the right.

    Lines of as many cells that follow each other share their widths, so amounts stand in line.
    """

    cells: tuple[str, ...]
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A line from edge to edge."""


@dataclass(frozen=True, slots=True)
class Space:
    """Empty lines."""

    count: int = 1


@dataclass(frozen=True, slots=True)
class Barcode:
    """A number in bars or in a QR code, with its digits below where `shown`."""

    number: str
    symbology: Symbology | None = None
    """None: code 128."""
    shown: bool = True


Line = Text | Columns | Rule | Space | Barcode

_LINES: Mapping[str, type[Line]] = {
    "text": Text,
    "columns": Columns,
    "rule": Rule,
    "space": Space,
    "barcode": Barcode,
}
_NAMES = {line: name for name, line in _LINES.items()}


@dataclass(frozen=True, slots=True)
class ReceiptDocument:
    """A receipt (bon), or the same as an A4 page."""

    kind: ClassVar[DocumentKind] = DocumentKind.RECEIPT

    what: str
    """Which one: `status`, `payment`, `loans`, `enrolment`, `customer`, `test`."""
    title: str
    """Printed large above the lines, and the title of the PDF."""
    lines: tuple[Line, ...] = ()
    cut: bool = True
    """Whether the paper is cut behind it, where the printer can."""


Document = CardDocument | ReceiptDocument


def to_json(document: Document) -> str:
    """The document as JSON; the same document always gives the same text."""
    if isinstance(document, CardDocument):
        table = asdict(document)
    else:
        table = {
            "what": document.what,
            "title": document.title,
            "lines": [{"line": _NAMES[type(line)], **asdict(line)} for line in document.lines],
            "cut": document.cut,
        }
    table = {"kind": document.kind, **table}
    return json.dumps(table, ensure_ascii=False, sort_keys=True)


def from_json(text: str) -> Document:
    """The document that `to_json` wrote. Raises DocumentFault for anything else."""
    try:
        table = json.loads(text)
    except ValueError as error:
        raise DocumentFault("no JSON") from error
    if not isinstance(table, dict):
        raise DocumentFault("no table")
    kind = table.pop("kind", None)
    if kind == DocumentKind.CARD:
        return _made(CardDocument, table)
    if kind == DocumentKind.RECEIPT:
        lines = table.get("lines", [])
        if not isinstance(lines, list):
            raise DocumentFault("lines are no list")
        return _made(ReceiptDocument, {**table, "lines": tuple(_line(line) for line in lines)})
    raise DocumentFault("unknown kind")


def _line(table: object) -> Line:
    if not isinstance(table, dict) or table.get("line") not in _LINES:
        raise DocumentFault("unknown line")
    return _made(_LINES[table["line"]], {k: v for k, v in table.items() if k != "line"})


_Value = TypeVar("_Value", bound=Document | Line)


def _made(into: type[_Value], table: Mapping[str, Any]) -> _Value:
    known = {one.name for one in fields(into)}
    if unknown := sorted(set(table) - known):
        raise DocumentFault(f"{into.__name__} has no {', '.join(unknown)}")
    try:
        return into(**{name: _value(name, value) for name, value in table.items()})
    except (TypeError, ValueError) as error:
        raise DocumentFault(f"{into.__name__} misses a field, or has a wrong one") from error


# What is no text.
_TYPES: Mapping[str, type] = {
    "bold": bool,
    "cells": list,
    "count": int,
    "cut": bool,
    "large": bool,
    "lines": tuple,
    "shown": bool,
}


def _value(name: str, value: Any) -> Any:
    if name == "symbology" and value is not None:
        return Symbology(value)
    if name == "align":
        return Align(value)
    if name != "symbology" and not isinstance(value, _TYPES.get(name, str)):
        raise TypeError(name)
    if name == "cells":
        return tuple(str(cell) for cell in value)
    return value
