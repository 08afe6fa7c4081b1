"""Rows of a deed as JSON: their columns by name, days and moments as text."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from sqlalchemy import Table

Values: TypeAlias = Mapping[str, Any]
"""Columns of a row by name."""


def as_json(values: Values) -> str:
    """Write columns down; empty when there are none."""
    return json.dumps(dict(values), default=_plain, ensure_ascii=False) if values else ""


def from_json(table: "Table", written: str) -> dict[str, Any]:
    """Read columns of a table back as it holds them."""
    if not written:
        return {}
    readers = _readers(table)
    return {
        name: readers[name](value) if value is not None and name in readers else value
        for name, value in json.loads(written).items()
    }


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"a {type(value).__name__} is kept in no deed")


@cache
def _readers(table: "Table") -> Mapping[str, Any]:
    """How the columns are read that JSON has no type for."""
    kinds = {datetime: datetime.fromisoformat, date: date.fromisoformat}
    return {
        column.name: kinds[column.type.python_type]
        for column in table.columns
        if column.type.python_type in kinds
    }
