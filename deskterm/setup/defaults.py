"""What a new library comes with: pick lists, settings and example memberships.

The files in data/defaults are those of the practice library, so that both speak the same words.
"""

import tomllib
from collections.abc import Iterator
from typing import Any

from deskterm.paths import resource
from deskterm.setup.model import MembershipRow, WordRow


def words_of_new_library() -> Iterator[tuple[str, str, WordRow]]:
    """Every entry of every pick list: list, code and texts."""
    for kind, entries in _read("words.toml").items():
        for code, texts in entries.items():
            yield kind, code, WordRow.model_validate(texts)


def settings_of_new_library() -> Iterator[tuple[str, str]]:
    """How each kind of message may be delivered: key and value."""
    for code, choices in _read("settings.toml")["message_kind"].items():
        for name, value in choices.items():
            yield f"message_kind.{code}.{name}", value


def example_memberships() -> tuple[MembershipRow, ...]:
    """Memberships with tariffs that a library may begin with, for all its branches."""
    rows = _read("memberships.toml")["membership"]
    for row in rows:
        row["tariffs"] = [one for one in row["tariffs"] if "branch_code" not in one]
    return tuple(MembershipRow.model_validate(row) for row in rows)


def _read(name: str) -> dict[str, Any]:
    """A file that comes with the program; what is in it has no one type."""
    return tomllib.loads(resource("defaults", name).read_text(encoding="utf-8"))
