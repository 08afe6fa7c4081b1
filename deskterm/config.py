"""The settings of one desk, read from config.toml.

Every setting has a default, so the file may be missing or hold one line. All faults are
found in one reading, each with its line and its name, and a faulty setting keeps its default:
the caller decides whether to go on.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, TypeVar

from deskterm.paths import config_file, store_file
from deskterm.text import LANGUAGES, _

STORE_VARIABLE = "DESKTERM_STORE"
THEMES = ("dark", "light")
# Another reader checks these: deskterm.keys.
_ELSEWHERE = frozenset({"keys"})


@dataclass(frozen=True, slots=True)
class ScannerSettings:
    """How the scanner of this desk sends a code."""

    prefix: str = ""
    """What the scanner sends before each code: a control character or an AIM sign as `]C0`."""
    tab_ends: bool = False
    """Tab ends a scan, as Enter does."""


@dataclass(frozen=True, slots=True)
class CardSettings:
    """Which numbers count as a customer's card at this desk."""

    lengths: tuple[int, ...] = (14,)
    """The lengths a card number may have, each from 10 to 14 digits."""
    warn_check_digit: bool = True
    """Warn when the check digit is wrong; staff may go on."""
    national_number: bool = False
    """Accept the national number of an identity card in place of a library card."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything config.toml can say, apart from the keys, which deskterm.keys reads."""

    store: str = ""
    """The store: a file or a `postgresql+psycopg://` address. Empty: one in the data folder."""
    branch: str = ""
    """The code of the branch this desk stands in. Empty: the first branch of the store."""
    desk: str = ""
    """The name of this desk. Empty: the first desk of the branch."""
    language: str = "nl"
    """The language of the screens: `nl` or `en`. A staff member's own choice comes first."""
    theme: str = "dark"
    """The colours: `dark` or `light`."""
    mouse: bool = True
    """Whether the mouse works; `false` leaves selecting text to the terminal."""
    idle_lock_minutes: int = 10
    """Minutes without a key before the screen is blanked and asks for the PIN; 0 is never."""
    sign_in: bool = True
    """Staff sign in when the program starts."""
    scanner: ScannerSettings = field(default_factory=ScannerSettings)
    """How the scanner sends a code."""
    cards: CardSettings = field(default_factory=CardSettings)
    """Which numbers are cards."""


@dataclass(frozen=True, slots=True)
class SettingFault:
    """One thing that is wrong in the settings file."""

    line: int
    """Counted from 1; 0 when the fault has no line."""
    field: str
    """The name of the setting (`scanner.prefix`); empty when it concerns the whole file."""
    sentence: str


@dataclass(frozen=True, slots=True)
class Reading:
    """Settings as far as they were right, and what was wrong with the rest."""

    settings: Settings
    faults: tuple[SettingFault, ...] = ()
    source: str = ""
    """The text that was read: deskterm.keys finds its own section in it."""


def load(path: Path | None = None) -> Reading:
    """Read this settings file, or the user's own; a missing file is all defaults."""
    path = path or config_file()
    try:
        return parse(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return Reading(Settings())
    except (OSError, UnicodeDecodeError) as error:
        sentence = _("{path} is niet te lezen: {reason}").format(path=path, reason=error)
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
    faults: list[SettingFault] = []
    settings = _read(Settings(), table, (), text, faults)
    return Reading(settings, tuple(sorted(faults, key=lambda fault: fault.line)), text)


def choose_store(
    option: str | None, settings: Settings, environ: Mapping[str, str] | None = None
) -> str:
    """The store to open: --store, then DESKTERM_STORE, then config.toml, then the data folder."""
    variables = os.environ if environ is None else environ
    return option or variables.get(STORE_VARIABLE) or settings.store or str(store_file())


_Part = TypeVar("_Part", bound=Settings | ScannerSettings | CardSettings)


def _read(
    defaults: _Part,
    table: Mapping[str, object],
    path: tuple[str, ...],
    text: str,
    faults: list[SettingFault],
) -> _Part:
    """The defaults with what the table says and is right; the rest goes to the faults."""
    known = {one.name: getattr(defaults, one.name) for one in fields(defaults)}
    values: dict[str, Any] = {}
    for name, value in table.items():
        here = (*path, name)
        if not path and name in _ELSEWHERE:
            continue
        try:
            if name not in known:
                raise ValueError(_unknown(name, known))
            inner = known[name]
            if isinstance(inner, ScannerSettings | CardSettings):
                values[name] = _read(inner, _table(value), here, text, faults)
            else:
                values[name] = CHECKS[".".join(here)](value)
        except ValueError as error:
            faults.append(SettingFault(_line_of(text, here), ".".join(here), str(error)))
    return replace(defaults, **values)


def _unknown(name: str, known: Mapping[str, object]) -> str:
    # Only a file with a slip in it needs this, so start-up does not pay for the import.
    from difflib import get_close_matches

    near = get_close_matches(name, known, n=1)
    if near:
        return _("deze instelling bestaat niet; bedoel je {name}?").format(name=near[0])
    return _("deze instelling bestaat niet")


def _line_of(text: str, path: tuple[str, ...]) -> int:
    """The line where a setting stands; 0 when it is written in a way not found here."""
    section: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), start=1):
        content = line.strip()
        if content.startswith("["):
            section = _key(content.lstrip("[").partition("]")[0])
            if section == path:
                return number
        elif (*section, *_key(content.partition("=")[0])) == path:
            return number
    return 0


def _key(written: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in written.split("."))


def _table(value: object) -> dict[str, object]:
    if isinstance(value, dict):
        return value
    raise ValueError(_("dit hoort een tabel te zijn"))


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    raise ValueError(_("dit hoort tekst tussen aanhalingstekens te zijn"))


def _switch(value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise ValueError(_("dit hoort true of false te zijn"))


def _choice(*choices: str) -> Callable[[object], str]:
    def check(value: object) -> str:
        if _text(value) in choices:
            return str(value)
        raise ValueError(_("kies uit {choices}").format(choices=", ".join(choices)))

    return check


def _whole(value: object, least: int, most: int) -> int:
    # To Python true is 1, to a reader of the file it is not a number.
    if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
        return value
    sentence = _("dit hoort een heel getal van {least} tot en met {most} te zijn")
    raise ValueError(sentence.format(least=least, most=most))


def _lengths(value: object) -> tuple[int, ...]:
    if isinstance(value, list) and value:
        return tuple(sorted({_whole(length, 10, 14) for length in value}))
    raise ValueError(_("dit hoort een lijst van lengtes te zijn, bijvoorbeeld [14]"))


CHECKS: Mapping[str, Callable[[object], object]] = {
    "store": _text,
    "branch": _text,
    "desk": _text,
    "language": _choice(*LANGUAGES),
    "theme": _choice(*THEMES),
    "mouse": _switch,
    "idle_lock_minutes": lambda value: _whole(value, 0, 1440),
    "sign_in": _switch,
    "scanner.prefix": _text,
    "scanner.tab_ends": _switch,
    "cards.lengths": _lengths,
    "cards.warn_check_digit": _switch,
    "cards.national_number": _switch,
}
"""What each setting must be; a check answers with the value or raises ValueError."""
