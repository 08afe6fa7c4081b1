"""What the columns and values of a file are called here: our own names, Koha's, or a map's."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from deskterm.paths import resource
from deskterm.text import _, reason_text
from deskterm.transfer.columns import KNOWN
from deskterm.transfer.errors import CannotImport

_PARTS = {"columns", "values", "defaults", "split_names", "split_addresses"}


@dataclass(frozen=True, slots=True)
class FieldMap:
    """Names and values of a file in our words; names are compared without regard to case."""

    columns: Mapping[str, str] = field(default_factory=dict)
    """Folded name in the file -> our name, empty to leave it out."""
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Our name -> value in the file -> our value."""
    defaults: Mapping[str, str] = field(default_factory=dict)
    """Our name -> what an empty or missing cell means."""
    split_names: bool = False
    split_addresses: bool = False

    def name_of(self, column: str) -> str:
        """Our name of a column in the file; empty for one that is left out or unknown."""
        folded = column.strip().lower()
        if folded in self.columns:
            return self.columns[folded]
        return folded if folded in KNOWN else ""

    def names_of(self, header: Sequence[str]) -> list[str]:
        """Our name of every column."""
        return [self.name_of(column) for column in header]


def read_map(file: Path | None) -> FieldMap:
    """The map of the user, on top of Koha's names.

    Raises CannotImport naming what is wrong with the file.
    """
    koha = _field_map(_toml(resource("import", "koha.toml")), Path("koha.toml"))
    if file is None:
        return koha
    own = _field_map(_toml(file), file)
    return FieldMap(
        columns={**koha.columns, **own.columns},
        values={**koha.values, **own.values},
        defaults=own.defaults,
        split_names=koha.split_names or own.split_names,
        split_addresses=koha.split_addresses or own.split_addresses,
    )


def _toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise CannotImport(
            _("{file} kan niet gelezen worden: {reason}.").format(
                file=file, reason=reason_text(error)
            )
        ) from error
    except ValueError as error:
        raise CannotImport(
            _("{file} is geen TOML: {reason}").format(file=file.name, reason=error)
        ) from error


def _field_map(parts: Mapping[str, Any], file: Path) -> FieldMap:
    faults = [_("onbekend onderdeel [{name}]").format(name=name) for name in parts.keys() - _PARTS]
    columns, defaults = parts.get("columns", {}), parts.get("defaults", {})
    values = parts.get("values", {})
    if not all(isinstance(part, dict) for part in (columns, defaults, values, *values.values())):
        raise CannotImport(
            _("{file}: [columns], [values.naam] en [defaults] zijn tabellen.").format(
                file=file.name
            )
        )
    named = {**dict.fromkeys(columns.values()), **defaults, **values}
    for name in named:
        if name and name not in KNOWN:
            faults.append(_("onbekende kolom {name}").format(name=name))
    if faults:
        raise CannotImport(f"{file.name}: {'; '.join(sorted(faults))}.")
    return FieldMap(
        columns={str(name).strip().lower(): str(ours) for name, ours in columns.items()},
        values={name: {str(k): str(v) for k, v in pairs.items()} for name, pairs in values.items()},
        defaults={name: str(value) for name, value in defaults.items()},
        split_names=bool(parts.get("split_names", False)),
        split_addresses=bool(parts.get("split_addresses", False)),
    )
