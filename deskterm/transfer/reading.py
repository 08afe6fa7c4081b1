"""A customer file line by line: texts by our names, and lines that are no line of this file."""

import csv
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from deskterm.rules.cells import restored
from deskterm.rules.names import split_prefix
from deskterm.text import _
from deskterm.transfer.columns import KNOWN
from deskterm.transfer.errors import CannotImport
from deskterm.transfer.mapping import FieldMap
from deskterm.transfer.sniffing import Shape, delimiter_of
from deskterm.transfer.streets import split_street

_MOST_LINES_A_RECORD = 40
"""A quote that nobody closed would swallow the rest of the file; one cell is never this long."""


@dataclass(frozen=True, slots=True)
class Line:
    """One customer of the file, or what is wrong with the line."""

    number: int
    raw: str
    texts: dict[str, str]
    """Cells by our names, only of columns that the file has."""
    fault: str = ""


class CustomerFile:
    """A file that is being read: its columns are known, its lines come one at a time."""

    def __init__(self, file: Path, shape: Shape, field_map: FieldMap) -> None:
        self._file = file
        self._shape = shape
        self._map = field_map
        with self._open() as stream:
            header = stream.readline()
        self.delimiter = delimiter_of(header, lambda names: _known(field_map, names))
        self.header = next(csv.reader((header,), delimiter=self.delimiter), [])
        self.names = field_map.names_of(self.header)
        self._places = {name: place for place, name in enumerate(self.names) if name}
        self._check_header()

    @property
    def ignored(self) -> tuple[str, ...]:
        """Columns of the file that mean nothing here."""
        pairs = zip(self.header, self.names, strict=True)
        return tuple(column for column, name in pairs if not name)

    def lines(self, only: Collection[str] = KNOWN) -> Iterator[Line]:
        """Every line behind the header, blank ones left out; `only` these cells of it."""
        places = {name: place for name, place in self._places.items() if name in only}
        with self._open() as stream:
            stream.readline()
            for number, raw in _records(stream, self.delimiter):
                if raw.strip():
                    yield self._line(number, raw, places)

    def _open(self) -> TextIO:
        return self._file.open(encoding=self._shape.encoding, errors="replace", newline="")

    def _line(self, number: int, raw: str, places: Mapping[str, int]) -> Line:
        if "\0" in raw:
            return Line(number, raw, {}, _("er staan nultekens in de regel"))
        try:
            cells = next(csv.reader((raw,), delimiter=self.delimiter, strict=True))
        except csv.Error:
            return Line(number, raw, {}, _("een aanhalingsteken staat los of wordt niet gesloten"))
        while len(cells) > len(self.names) and not cells[-1]:
            cells.pop()
        if len(cells) != len(self.names):
            sentence = _("de regel heeft {count} cellen, de kop {expected}")
            return Line(
                number, raw, {}, sentence.format(count=len(cells), expected=len(self.names))
            )
        if "'" in raw:
            cells = [restored(cell) for cell in cells]
        return Line(number, raw, self._texts(cells, places))

    def _texts(self, cells: Sequence[str], places: Mapping[str, int]) -> dict[str, str]:
        texts = dict(zip(places, [cells[place] for place in places.values()], strict=True))
        for name, value in self._map.defaults.items():
            if not texts.get(name, "").strip():
                texts[name] = value
        for name, pairs in self._map.values.items():
            if name in texts:
                typed = texts[name].strip()
                texts[name] = pairs.get(typed, typed)
        if self._map.split_names and "prefix" not in texts and "surname" in texts:
            prefix, surname = split_prefix(texts["surname"])
            texts |= {"prefix": prefix, "surname": surname}
        if self._map.split_addresses:
            _split_streets(texts)
        return texts

    def _check_header(self) -> None:
        if not any(self.names):
            raise CannotImport(
                _("{file}: geen enkele kolom is bekend.").format(file=self._file.name),
                _("De eerste regel moet de namen van de kolommen bevatten, zoals `card_number`."),
            )
        named = [name for name in self.names if name]
        twice = sorted({name for name in named if named.count(name) > 1})
        if twice:
            raise CannotImport(
                _("{file}: meer dan een kolom voor {names}.").format(
                    file=self._file.name, names=", ".join(twice)
                ),
                _("Laat er in de map een weg, met een lege naam."),
            )


def _known(field_map: FieldMap, names: Sequence[str]) -> int:
    return sum(bool(field_map.name_of(name)) for name in names)


def _split_streets(texts: dict[str, str]) -> None:
    for before in ("", "address2_"):
        street, number = f"{before}street", f"{before}house_number"
        if texts.get(street) and not texts.get(number, "").strip():
            parts = split_street(texts[street])
            texts[street], texts[number] = parts.street, parts.number
            if parts.addition and not before:
                texts["house_addition"] = parts.addition


def _records(stream: TextIO, delimiter: str) -> Iterator[tuple[int, str]]:
    """Lines with their numbers; a cell in quotes may run over several.

    When such a cell does not end within reason, its first line is handed out as it is and reading
    goes on with the next one: one bad quote costs one line.
    """
    waiting: list[str] = []
    number = 1
    while True:
        raw = waiting.pop(0) if waiting else stream.readline()
        if not raw:
            return
        number += 1
        taken: list[str] = []
        while '"' in raw and _is_open(raw + "".join(taken), delimiter):
            more = waiting.pop(0) if waiting else stream.readline()
            if more:
                taken.append(more)
            if not more or len(taken) == _MOST_LINES_A_RECORD:
                waiting, taken = taken + waiting, []
                break
        yield number, (raw + "".join(taken)).rstrip("\r\n")
        number += len(taken)


def _is_open(text: str, delimiter: str) -> bool:
    try:
        next(csv.reader((text,), delimiter=delimiter, strict=True), None)
    except csv.Error as error:
        return "unexpected end of data" in str(error)
    return False
