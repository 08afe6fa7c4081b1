"""From TOML to a set-up, with every fault at once, its line and its place."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

from pydantic import ValidationError

from deskterm.services.errors import FormFaults
from deskterm.services.settings import DEFAULTS
from deskterm.setup.model import (
    BranchRow,
    InstitutionRow,
    MembershipRow,
    Row,
    SetUp,
    StaffRow,
    WordRow,
)
from deskterm.setup.places import line_of
from deskterm.setup.words import in_words
from deskterm.text import _

_Kind = TypeVar("_Kind", bound=Row)

TABLES = ("institution", "branch", "membership", "staff", "words", "settings")
_MESSAGE_KIND = ("allowed", "default")


def tables_of(source: str, known: Sequence[str]) -> "tuple[dict[str, Any], Reader]":
    """The tables of a TOML text, and a reader that knows which of them do not exist.

    Raises:
        FormFaults: it is no TOML.
    """
    try:
        table = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        reason = _("dit is geen TOML: {reason}").format(reason=error)
        raise FormFaults(((_("bestand"), reason),)) from error
    reader = Reader(source)
    for name in table:
        if name not in known:
            sentence = _("deze tabel bestaat niet; wel: {known}").format(known=", ".join(known))
            reader.fault(name, 0, "", sentence)
    return table, reader


def parse(source: str) -> SetUp:
    """Read a set-up file's text.

    Raises:
        FormFaults: it is no TOML, or rows are wrong: every fault with its line and place.
    """
    table, reader = tables_of(source, TABLES)
    setup = SetUp(
        institutions=tuple(reader.rows(table, "institution", InstitutionRow)),
        branches=tuple(reader.rows(table, "branch", BranchRow)),
        memberships=tuple(reader.rows(table, "membership", MembershipRow)),
        staff=tuple(reader.rows(table, "staff", StaffRow)),
        words=tuple(reader.words(table.get("words", {}))),
        settings=tuple(reader.settings(table.get("settings", {}))),
    )
    if reader.faults:
        raise FormFaults(tuple(reader.faults))
    return setup


class Reader:
    """Collects faults while it turns tables into rows."""

    def __init__(self, source: str) -> None:
        self._source = source
        self.faults: list[tuple[str, str]] = []

    def fault(self, table: str, index: int, field: str, sentence: str) -> None:
        """Note what is wrong, with the line it stands on."""
        line = line_of(self._source, table, index, field)
        place = f"{table} {index + 1} {field}" if table in TABLES[:4] else f"{table} {field}"
        where = _("regel {line}, {place}").format(line=line, place=place.strip())
        self.faults.append((where, sentence))

    def rows(self, table: Mapping[str, object], name: str, kind: type[_Kind]) -> Iterator[_Kind]:
        """The rows of `[[name]]`; one row may also be written as `[name]`."""
        found = table.get(name, [])
        for index, row in enumerate(found if isinstance(found, list) else [found]):
            try:
                yield kind.model_validate(row)
            except ValidationError as error:
                for one in error.errors():
                    field = ".".join(str(part) for part in one["loc"])
                    self.fault(name, index, field, in_words(one, tuple(kind.model_fields)))

    def words(self, lists: object) -> Iterator[tuple[str, str, WordRow]]:
        """The entries of `[words.<list>]`."""
        for kind, entries in self._tables("words", lists):
            for code, texts in self._tables(f"words.{kind}", entries):
                try:
                    yield kind, code, WordRow.model_validate(texts)
                except ValidationError as error:
                    for one in error.errors():
                        sentence = in_words(one, tuple(WordRow.model_fields))
                        self.fault(f"words.{kind}", 0, code, sentence)

    def settings(self, values: object, before: str = "") -> Iterator[tuple[str, str]]:
        """The choices of `[settings]`, their keys parted by points."""
        for name, value in self._tables("settings", values):
            key = before + name
            if isinstance(value, dict):
                yield from self.settings(value, key + ".")
            elif not _is_setting(key):
                self.fault("settings", 0, key, _("deze instelling bestaat niet"))
            elif isinstance(value, bool | int | str):
                yield key, str(int(value)) if isinstance(value, bool) else str(value)
            else:
                self.fault("settings", 0, key, _("hier hoort tekst, een getal of true of false"))

    def _tables(self, name: str, value: object) -> Iterator[tuple[str, object]]:
        if isinstance(value, dict):
            yield from value.items()
        else:
            self.fault(name, 0, "", _("dit hoort een tabel te zijn"))


def _is_setting(key: str) -> bool:
    parts = key.split(".")
    kind_choice = len(parts) == 3 and parts[0] == "message_kind" and parts[2] in _MESSAGE_KIND
    return kind_choice or key in DEFAULTS or key.startswith("enrol.required.")
