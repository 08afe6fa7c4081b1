"""The settings of one desk, read from config.toml.

Every setting has a default, so the file may be missing or hold one line. All faults are
found in one reading, each with its line and its name, and a faulty setting keeps its default:
the caller decides whether to go on. What others are asked (accounts, addresses, mail, printers) has
sections of its own, which deskterm.sections reads when they are needed.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from deskterm.config.reading import Section, SettingFault, TableReader
from deskterm.config.settings import CHECKS, THEMES, CardSettings, ScannerSettings, Settings
from deskterm.paths import config_file, store_file
from deskterm.text import _, reason_text

__all__ = [
    "CHECKS", "ELSEWHERE", "STORE_VARIABLE", "THEMES", "CardSettings", "Reading",
    "ScannerSettings", "Section", "SettingFault", "Settings", "choose_store", "load", "parse",
]  # fmt: skip

STORE_VARIABLE = "DESKTERM_STORE"
ELSEWHERE = frozenset({"keys", "accounts", "address", "mail", "printing", "printer"})
"""Sections with another reader: deskterm.keys_file and deskterm.sections."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Settings as far as they were right, and what was wrong with the rest."""

    settings: Settings
    faults: tuple[SettingFault, ...] = ()
    source: str = ""
    """The text that was read: others find their own sections in it."""
    elsewhere: Mapping[str, object] = field(default_factory=dict)
    """Sections that are somebody else's to read, as they stand in the file."""

    @property
    def unreadable(self) -> tuple[SettingFault, ...]:
        """The fault of a file of which nothing can be told; empty for any other."""
        return tuple(fault for fault in self.faults if not fault.field)

    def leaves_out(self, section: str) -> bool:
        """Whether the file surely does not say anything in a section."""
        return section not in self.elsewhere and not self.unreadable


def load(path: Path | None = None) -> Reading:
    """Read this settings file, or the user's own; a missing file is all defaults."""
    path = path or config_file()
    try:
        return parse(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return Reading(Settings())
    except (OSError, UnicodeDecodeError) as error:
        sentence = _("{path} is niet te lezen: {reason}").format(
            path=path, reason=reason_text(error)
        )
        return Reading(Settings(), (SettingFault(0, "", sentence),))


def parse(text: str) -> Reading:
    """Read settings from TOML text."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        named = re.search(r"at line (\d+)", str(error))
        line = int(named[1]) if named else text.count("\n") + 1
        sentence = _("dit is geen TOML: {reason}").format(reason=error)
        return Reading(Settings(), (SettingFault(line, "", sentence),), text)
    reader = TableReader(text, CHECKS)
    settings = reader.read(Settings(), table, elsewhere=ELSEWHERE)
    others = {name: value for name, value in table.items() if name in ELSEWHERE}
    return Reading(settings, reader.in_order(), text, others)


def choose_store(
    option: str | None, settings: Settings, environ: Mapping[str, str] | None = None
) -> str:
    """The store to open: --store, then DESKTERM_STORE, then config.toml, then the data folder."""
    variables = os.environ if environ is None else environ
    return option or variables.get(STORE_VARIABLE) or settings.store or str(store_file())
