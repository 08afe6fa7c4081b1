"""Views as JSON for scripts: English keys, money in cents, days and moments in ISO 8601."""

import dataclasses
import json
import re
from collections.abc import Mapping
from datetime import date
from enum import Enum

# JSON escapes the old control characters itself. These a terminal would obey as well, or draw as
# nothing, or cannot be written at all.
_UNSAFE = re.compile(
    "[\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)


def as_json(view: object) -> str:
    """The whole view, indented, in the order of its fields; safe to show in a terminal."""
    written = json.dumps(plain(view), ensure_ascii=False, indent=2)
    return _UNSAFE.sub(lambda match: json.dumps(match[0])[1:-1], written)


def plain(value: object) -> object:
    """The value in what JSON knows.

    Raises:
        TypeError: for a type that no view holds.
    """
    if isinstance(value, Enum):
        return plain(value.value)
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if dataclasses.is_dataclass(value):
        return {one.name: plain(getattr(value, one.name)) for one in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(name): plain(one) for name, one in value.items()}
    if isinstance(value, frozenset):
        return sorted(map(str, value))
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    raise TypeError(f"a view holds no {type(value).__name__}")
