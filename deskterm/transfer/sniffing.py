"""What kind of text a file is: encoding and size first, then the delimiter of its header."""

import codecs
import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from deskterm.text import _, reason_text
from deskterm.transfer.errors import CannotImport

DELIMITERS = (";", ",", "\t", "|")
_CHUNK = 1 << 20
_HEAD = 4096
_KNOWN_FORMATS = (
    (b"PK\x03\x04", "Excel"),
    (b"\xd0\xcf\x11\xe0", "Excel"),
    (b"%PDF", "PDF"),
    (b"SQLite format 3", "SQLite"),
)


@dataclass(frozen=True, slots=True)
class Shape:
    """How to read a file."""

    encoding: str
    """`utf-8-sig` or `cp1252`."""
    lines: int
    """Line ends in it: the number of customers, roughly, for the progress bar."""


def look_at(file: Path) -> Shape:
    """Read a file through once, a megabyte at a time.

    Raises CannotImport when it is no text.
    """
    try:
        with file.open("rb") as stream:
            head = stream.read(_HEAD)
            _require_text(file, head)
            stream.seek(0)
            utf8 = codecs.getincrementaldecoder("utf-8")()
            is_utf8, lines = True, 0
            while chunk := stream.read(_CHUNK):
                lines += chunk.count(b"\n") or chunk.count(b"\r")
                is_utf8 = is_utf8 and _decodes(utf8, chunk)
    except OSError as error:
        raise CannotImport(
            _("{file} kan niet gelezen worden: {reason}.").format(
                file=file, reason=reason_text(error)
            ),
            _("Kijk of het bestand er staat en of u het mag lezen."),
        ) from error
    return Shape("utf-8-sig" if is_utf8 else "cp1252", lines)


def delimiter_of(header: str, count_known: Callable[[list[str]], int]) -> str:
    """The delimiter that gives the most names that are known, else the most names at all."""

    def score(delimiter: str) -> tuple[int, int]:
        names = next(csv.reader((header,), delimiter=delimiter), [])
        return count_known(names), len(names)

    return max(DELIMITERS, key=score)


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes) -> bool:
    try:
        decoder.decode(chunk)
    except UnicodeDecodeError:
        return False
    return True


def _require_text(file: Path, head: bytes) -> None:
    for start, name in _KNOWN_FORMATS:
        if head.startswith(start):
            raise CannotImport(
                _("{file} is een {kind}-bestand, geen CSV.").format(file=file.name, kind=name),
                _("Bewaar het als CSV (UTF-8) en probeer het opnieuw."),
            )
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise CannotImport(
            _("{file} is in UTF-16 bewaard.").format(file=file.name),
            _("Bewaar het als CSV (UTF-8) en probeer het opnieuw."),
        )
    if not head.strip():
        raise CannotImport(_("{file} is leeg.").format(file=file.name))
    # A stray one costs its line; a header with one, or a text full of them, is no text.
    if b"\0" in head.partition(b"\n")[0] or head.count(b"\0") * 20 > len(head):
        raise CannotImport(
            _("{file} is geen tekst: er staan nultekens in.").format(file=file.name),
            _("Bewaar het als CSV (UTF-8) en probeer het opnieuw."),
        )
