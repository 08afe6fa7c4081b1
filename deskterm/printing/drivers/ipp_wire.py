"""IPP as bytes: requests out, answers in.

Source: RFC 8010 (encoding) and RFC 8011 (operations, attributes and status codes), as far as
printing one page and following it needs.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import count

MIME = "application/ipp"


class Operation(IntEnum):
    """What can be asked."""

    PRINT_JOB = 0x0002
    VALIDATE_JOB = 0x0004
    CANCEL_JOB = 0x0008
    GET_JOB_ATTRIBUTES = 0x0009
    GET_PRINTER_ATTRIBUTES = 0x000B


class Tag(IntEnum):
    """Kinds of groups and values."""

    OPERATION = 0x01
    JOB = 0x02
    END = 0x03
    INTEGER = 0x21
    BOOLEAN = 0x22
    ENUM = 0x23
    BEGIN_COLLECTION = 0x34
    END_COLLECTION = 0x37
    NAME = 0x42
    KEYWORD = 0x44
    URI = 0x45
    CHARSET = 0x47
    LANGUAGE = 0x48
    MIME_TYPE = 0x49
    MEMBER = 0x4A


Value = int | bool | str | Mapping[str, "Value"]
_LAST_GROUP = 0x0F
_LAST_NUMBER = {Tag.INTEGER: ">i", Tag.ENUM: ">i", Tag.BOOLEAN: ">?"}
_TEXT_TAGS = range(0x40, 0x60)
_requests = count(1)


class BadMessage(ValueError):
    """These bytes are no IPP message."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute of a request; a mapping as value is a collection."""

    tag: Tag
    name: str
    value: Value


@dataclass(frozen=True, slots=True)
class Message:
    """An answer; groups of one kind are laid together, as one job or printer is asked after."""

    status: int
    attributes: Mapping[str, Sequence[object]] = field(default_factory=dict)

    def first(self, name: str) -> object:
        """The first value of an attribute; None when it is not there."""
        values = self.attributes.get(name) or [None]
        return values[0]

    def number(self, name: str) -> int:
        """The first value as a number; 0 when it is none."""
        value = self.first(name)
        return value if isinstance(value, int) else 0

    def words(self, name: str) -> tuple[str, ...]:
        """All values that are text."""
        return tuple(value for value in self.attributes.get(name, ()) if isinstance(value, str))


def request(
    operation: Operation, about: Sequence[Attribute], job: Sequence[Attribute] = ()
) -> bytes:
    """A request with its operation and job attributes; a document follows it as it is."""
    parts = [struct.pack(">BBHI", 2, 0, operation, next(_requests) & 0x7FFFFFFF)]
    fixed = (
        Attribute(Tag.CHARSET, "attributes-charset", "utf-8"),
        Attribute(Tag.LANGUAGE, "attributes-natural-language", "en"),
    )
    for group, attributes in ((Tag.OPERATION, (*fixed, *about)), (Tag.JOB, job)):
        if attributes:
            parts.append(bytes((group,)))
        seen = ""
        for attribute in attributes:
            # Further values of one attribute have no name.
            name = "" if attribute.name == seen else attribute.name
            seen = attribute.name
            parts += _encoded(attribute.tag, name, attribute.value)
    parts.append(bytes((Tag.END,)))
    return b"".join(parts)


def _encoded(tag: Tag, name: str, value: Value) -> Iterator[bytes]:
    if not isinstance(value, Mapping):
        yield _field(tag, name, _raw(tag, value))
        return
    yield _field(Tag.BEGIN_COLLECTION, name, b"")
    for member, inside in value.items():
        yield _field(Tag.MEMBER, "", member.encode())
        kind = Tag.KEYWORD if isinstance(inside, str) else Tag.INTEGER
        yield from _encoded(kind, "", inside)
    yield _field(Tag.END_COLLECTION, "", b"")


def _field(tag: Tag, name: str, raw: bytes) -> bytes:
    label = name.encode()
    return struct.pack(">BH", tag, len(label)) + label + struct.pack(">H", len(raw)) + raw


def _raw(tag: Tag, value: int | str) -> bytes:
    if isinstance(value, str):
        return value.encode()
    return struct.pack(_LAST_NUMBER[tag], value)


def answer(data: bytes) -> Message:
    """Read an answer. Collections are passed over: nothing we ask after is one.

    Raises BadMessage.
    """
    try:
        _, status, _ = struct.unpack_from(">HHI", data)
        attributes: dict[str, list[object]] = {}
        at, name, depth = 8, "", 0
        while data[at] != Tag.END:
            tag = data[at]
            at += 1
            if tag <= _LAST_GROUP:
                continue
            label, at = _text(data, at)
            raw, at = _text(data, at)
            if tag == Tag.BEGIN_COLLECTION:
                depth += 1
            elif tag == Tag.END_COLLECTION:
                depth -= 1
            elif depth == 0:
                name = label.decode() or name
                attributes.setdefault(name, []).append(_value(tag, raw))
    except (IndexError, struct.error, UnicodeDecodeError) as error:
        raise BadMessage(type(error).__name__) from None
    return Message(status, attributes)


def _text(data: bytes, at: int) -> tuple[bytes, int]:
    """A length and that many bytes; where they end."""
    (size,) = struct.unpack_from(">H", data, at)
    at += 2
    if at + size > len(data):
        raise IndexError
    return data[at : at + size], at + size


def _value(tag: int, raw: bytes) -> object:
    if tag in _LAST_NUMBER:
        return struct.unpack(_LAST_NUMBER[Tag(tag)], raw)[0]
    return raw.decode() if tag in _TEXT_TAGS else raw
