"""From a table of TOML to a dataclass of settings, with every fault at its line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from deskterm.config.checks import Check, table
from deskterm.text import _

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Part = TypeVar("Part", bound="DataclassInstance")
Options = TypeVar("Options")


@dataclass(frozen=True, slots=True)
class SettingFault:
    """One thing that is wrong in the settings file."""

    line: int
    """Counted from 1; 0 when the fault has no line."""
    field: str
    """The name of the setting (`scanner.prefix`); empty when it concerns the whole file."""
    sentence: str


@dataclass(frozen=True, slots=True)
class Section(Generic[Options]):
    """What a section of the file says as far as it is right, and what is wrong in it."""

    options: Options
    faults: tuple[SettingFault, ...] = ()


class TableReader:
    """Reads tables of one file, and gathers what is wrong in them."""

    def __init__(self, source: str, checks: Mapping[str, Check]) -> None:
        """`checks` has the check of each setting by its whole name."""
        self._source = source
        self._checks = checks
        self.faults: list[SettingFault] = []

    def read(
        self,
        defaults: Part,
        written: Mapping[str, object],
        path: tuple[str, ...] = (),
        elsewhere: frozenset[str] = frozenset(),
    ) -> Part:
        """The defaults with what the table says and is right; the rest goes to the faults.

        Names in `elsewhere` are somebody else's to read.
        """
        known = {one.name: getattr(defaults, one.name) for one in fields(defaults)}
        values: dict[str, Any] = {}
        for name, value in written.items():
            here = (*path, name)
            if name in elsewhere:
                continue
            try:
                if name not in known:
                    raise ValueError(unknown(name, known))
                inner = known[name]
                if is_dataclass(inner) and not isinstance(inner, type):
                    values[name] = self.read(inner, table(value), here)
                else:
                    values[name] = self._checks[".".join(here)](value)
            except ValueError as error:
                self.fault(here, str(error))
        return replace(defaults, **values)

    def fault(self, path: tuple[str, ...], sentence: str) -> None:
        """Note that a setting is wrong."""
        self.faults.append(SettingFault(line_of(self._source, path), ".".join(path), sentence))

    def in_order(self) -> tuple[SettingFault, ...]:
        """The faults by line."""
        return tuple(sorted(self.faults, key=lambda fault: fault.line))


def unknown(name: str, known: Mapping[str, object]) -> str:
    """The sentence about a name that does not exist, with the one that may be meant."""
    # Only a file with a slip in it needs this, so start-up does not pay for the import.
    from difflib import get_close_matches

    near = get_close_matches(name, known, n=1)
    if near:
        return _("deze instelling bestaat niet; bedoel je {name}?").format(name=near[0])
    return _("deze instelling bestaat niet")


def line_of(source: str, path: tuple[str, ...]) -> int:
    """The line where a setting stands; 0 when it is written in a way not found here.

    The second `[[printer]]` is called `("printer", "2")`.
    """
    section: tuple[str, ...] = ()
    counts: dict[tuple[str, ...], int] = {}
    for number, line in enumerate(source.splitlines(), start=1):
        content = line.strip()
        if content.startswith("["):
            section = _key(content.lstrip("[").partition("]")[0])
            if content.startswith("[["):
                counts[section] = counts.get(section, 0) + 1
                section = (*section, str(counts[section]))
            if section == path:
                return number
        elif (*section, *_key(content.partition("=")[0])) == path:
            return number
    return 0


def _key(written: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in written.split("."))
