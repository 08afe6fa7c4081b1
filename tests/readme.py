"""The tables of the README that the program itself knows: `make docs` writes them.

tests/house/test_readme.py proves that they are fresh.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from pathlib import Path

from deskterm import keys, text
from deskterm.accounts.options import AccountOptions
from deskterm.addresses.options import AddressOptions
from deskterm.config import Settings
from deskterm.mail.options import MailOptions

README = Path(__file__).parent.parent / "README.md"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def settings_table() -> str:
    """Every setting with its default and what it means."""
    parts = (
        ("", Settings()),
        ("accounts.", AccountOptions()),
        ("address.", AddressOptions()),
        ("mail.", MailOptions()),
    )
    rows = [
        (f"`{name}`", f"`{as_toml(default)}`", meaning)
        for prefix, part in parts
        for name, default, meaning in settings_of(part, prefix)
    ]
    return table(("setting", "default", "what it is"), rows)


def settings_of(part: object, prefix: str) -> list[tuple[str, object, str]]:
    """The settings of one dataclass, those of its sections behind the section's name."""
    meanings = docs_of_fields(type(part))
    found: list[tuple[str, object, str]] = []
    if is_dataclass(part):
        for one in fields(part):
            value = getattr(part, one.name)
            if is_dataclass(value):
                found += settings_of(value, f"{prefix}{one.name}.")
            else:
                found.append((prefix + one.name, value, meanings[one.name]))
    return found


def docs_of_fields(kind: type[object]) -> dict[str, str]:
    """The text that stands under each field of a dataclass."""
    (definition,) = ast.parse(inspect.getsource(kind)).body
    assert isinstance(definition, ast.ClassDef)
    docs = {}
    for declared, below in zip(definition.body, definition.body[1:], strict=False):
        if isinstance(declared, ast.AnnAssign) and isinstance(declared.target, ast.Name):
            assert isinstance(below, ast.Expr), f"{declared.target.id} has no text"
            assert isinstance(below.value, ast.Constant)
            docs[declared.target.id] = " ".join(str(below.value.value).split())
    return docs


def as_toml(value: object) -> str:
    """A default as it is written in config.toml."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return f"[{', '.join(map(as_toml, value))}]"
    return f'"{value}"' if isinstance(value, str) else str(value)


def keys_table() -> str:
    """Every action with the keys it has when nothing is changed, in English."""
    text.use("en")
    rows = [(f"`{row.id}`", row.keys, text._(row.help)) for row in keys.table_rows()]
    return table(("action", "keys", "what it does"), rows)


def written(source: str) -> str:
    """The README with its tables as they are now."""
    for name, content in (("keys", keys_table()), ("settings", settings_table())):
        before, start, rest = source.partition(f"<!-- {name} -->\n")
        _old, end, after = rest.partition(f"<!-- /{name} -->")
        assert end, f"the README has no place for the table of {name}"
        source = f"{before}{start}{content}\n{end}{after}"
    return source


if __name__ == "__main__":
    README.write_text(written(README.read_text(encoding="utf-8")), encoding="utf-8")
