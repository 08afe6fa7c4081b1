"""The user's own keys: the ``[keys]`` section of config.toml, read and judged before it is used.

Textual takes any keymap in silence: an unknown name, a key no terminal sends, a key taken from
another action. So every fault is found here at once, with its line, and the default key stays.
"""

import re
import string
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from deskterm.keys import ACTIONS, BY_ID, N_, Keymap, default_keymap, key_name, overlap

_PROTECTED = {
    "help.show": N_("Help moet een toets houden."),
    "app.quit": N_("Stoppen moet een toets houden."),
}
_EDITING = "acdefkuvwx"
_SAME_BYTE = "hijm"
_BROKEN_ALT = "bf"
_ARRIVE = frozenset(
    [f"f{number}" for number in range(1, 13)]
    + [f"shift+f{number}" for number in range(1, 13)]
    + [f"ctrl+{letter}" for letter in string.ascii_lowercase if letter not in _SAME_BYTE]
    + [f"alt+{letter}" for letter in string.ascii_lowercase if letter not in _BROKEN_ALT]
    + [f"alt+{digit}" for digit in string.digits]
    + ["escape", "insert", "ctrl+pageup", "ctrl+pagedown"]
    + [*string.digits, *string.ascii_lowercase]
)
_TAKEN_BY_FIELDS = frozenset(f"ctrl+{letter}" for letter in _EDITING)
_OTHER_NAMES = {"esc": "escape", "pgup": "pageup", "pgdn": "pagedown", "pgdown": "pagedown"}
_SECTION = re.compile(r"\s*\[\s*([\w.-]+)\s*\]")
_ENTRY = re.compile(
    r"""\s*((?:"[^"]*"|'[^']*'|[\w-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[\w-]+))*)\s*="""
)
_AT_LINE = re.compile(r"at line (\d+)")


@dataclass(frozen=True, slots=True)
class Override:
    """One line of the user's: the keys an action shall have. ``keys`` None: no text at all."""

    line: int
    id: str
    keys: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class KeyFault:
    """What is wrong on a line; ``msgid`` is a Dutch sentence with ``{names}`` for ``params``."""

    line: int
    msgid: str
    params: dict[str, str]

    def __str__(self) -> str:
        return self.msgid.format(**self.params)


@dataclass(frozen=True, slots=True)
class KeyReading:
    """The keys to use, and what was wrong with the rest."""

    keymap: Keymap
    faults: tuple[KeyFault, ...] = ()


def read(text: str, section: str = "keys") -> KeyReading:
    """Read config.toml's own keys; a file that is no TOML gives the defaults and one fault."""
    import tomllib

    try:
        overrides = load_overrides(text, section)
    except tomllib.TOMLDecodeError as error:
        found = _AT_LINE.search(str(error))
        fault = KeyFault(int(found[1]) if found else 0, N_("Dit is geen goede TOML: {why}"),
                         {"why": str(error)})  # fmt: skip
        return KeyReading(default_keymap(), (fault,))
    return KeyReading(effective(overrides), tuple(check(overrides)))


def load_overrides(text: str, section: str = "keys") -> list[Override]:
    """Give the entries of the section with their lines; raises tomllib.TOMLDecodeError.

    An entry is ``customer.search = "f2, alt+z"`` or a list of keys; ``""`` takes all keys away.
    """
    import tomllib

    table = tomllib.loads(text).get(section, {})
    lines = _lines(text, section)
    entries = _flat(table) if isinstance(table, dict) else [("", None)]
    return [Override(lines.get(name, 0), name, _keys(value)) for name, value in entries]


def check(overrides: Sequence[Override]) -> list[KeyFault]:
    """Give everything that is wrong, in the order of the lines."""
    return sorted(_judge(overrides)[1], key=lambda fault: fault.line)


def effective(overrides: Sequence[Override]) -> Keymap:
    """Give the keymap with the sound entries; the faulty ones keep their defaults."""
    return _keymap(_judge(overrides)[0])


def _judge(overrides: Sequence[Override]) -> tuple[list[Override], list[KeyFault]]:
    sound, faults = [], []
    for override in overrides:
        own = list(_own_faults(override))
        faults += own
        if not own:
            sound.append(override)
    # An entry that is refused gives its default key back, which another may have taken meanwhile.
    while clashes := _clashes(sound):
        faults += clashes.values()
        sound = [override for override in sound if override.id not in clashes]
    return sound, faults


def _own_faults(override: Override) -> Iterator[KeyFault]:
    line, name = override.line, override.id
    if name not in BY_ID:
        from difflib import get_close_matches

        near = get_close_matches(name, BY_ID, n=1)
        sentence = (
            N_("Onbekende actie {id}. Bedoelt u {near}?") if near else N_("Onbekende actie {id}.")
        )
        yield KeyFault(line, sentence, {"id": name, "near": near[0] if near else ""})
        return
    if override.keys is None:
        yield KeyFault(
            line, N_('{id}: schrijf de toetsen als tekst, zoals "f2, alt+z".'), {"id": name}
        )
        return
    for key in override.keys:
        if reason := _why_not(key, name):
            yield KeyFault(line, reason, {"id": name, "key": key})
    if name in _PROTECTED and not override.keys:
        yield KeyFault(line, _PROTECTED[name], {})
    if name == "edit.cancel" and "escape" not in override.keys:
        yield KeyFault(line, N_("Annuleer moet Esc houden."), {})


def _why_not(key: str, action_id: str) -> str:
    is_tab = action_id.startswith("tab.")
    if key in _TAKEN_BY_FIELDS:
        return N_("{key} bewerkt tekst in elk invoerveld en kan geen actie zijn.")
    if key not in _ARRIVE:
        return N_("{key} is geen toets die elke terminal doorgeeft.")
    # The scan gate takes these for jumps before any action is asked.
    if (len(key) == 1 or (key[-1:].isdigit() and key.startswith("alt+"))) and not is_tab:
        return N_("{key} kan alleen naar een tabblad springen.")
    return ""


def _clashes(sound: Sequence[Override]) -> dict[str, KeyFault]:
    if not sound:
        return {}
    keymap = _keymap(sound)
    found: dict[str, KeyFault] = {}
    lines = {override.id: override.line for override in sound}
    for one, other in combinations(ACTIONS, 2):
        shared = set(keymap.keys_of(one.id)) & set(keymap.keys_of(other.id))
        if not shared or not overlap(one, other):
            continue
        guilty, victim = one, other
        if lines.get(other.id, -1) > lines.get(one.id, -1):
            guilty, victim = other, one
        sentence = N_("{key} is al van {other}; {id} houdt de eigen toets.")
        params = {"key": key_name(min(shared)), "id": guilty.id, "other": victim.id}
        found.setdefault(guilty.id, KeyFault(lines[guilty.id], sentence, params))
    return found


def _keymap(overrides: Sequence[Override]) -> Keymap:
    own = {override.id: override.keys or () for override in overrides}
    return Keymap({**default_keymap().keys, **own})


def _keys(value: object) -> tuple[str, ...] | None:
    if isinstance(value, str):
        value = value.replace(",", " ").split()
    if not isinstance(value, list) or not all(isinstance(key, str) for key in value):
        return None
    return tuple(_written(key) for key in value)


def _written(key: str) -> str:
    parts = re.split(r"[+-](?=.)", key.strip().lower())
    return "+".join(_OTHER_NAMES.get(part, part) for part in parts)


def _flat(table: dict[str, object], above: str = "") -> Iterator[tuple[str, object]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", value


def _lines(text: str, section: str) -> dict[str, int]:
    """Find the line of each entry, which tomllib does not tell."""
    found: dict[str, int] = {}
    inside = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if match := _SECTION.match(line):
            inside = match[1]
        elif match := _ENTRY.match(line):
            name = ".".join(part.strip(" \t\"'") for part in match[1].split("."))
            full = f"{inside}.{name}" if inside else name
            found.setdefault(full.removeprefix(f"{section}."), number)
    return found
