"""`deskterm config`: every setting in force and where it comes from."""

import dataclasses
import os
import tomllib
from argparse import Namespace
from collections.abc import Iterator, Mapping
from itertools import chain

from deskterm import config, paths
from deskterm.cli.endings import Ending, say
from deskterm.cli.keys import key_faults
from deskterm.cli.opening import say_faults, settings_of
from deskterm.cli.parser import Parser, Subjects
from deskterm.text import _


def add(subjects: Subjects, common: Parser) -> None:
    """Add the command."""
    parser = subjects.add_parser(
        "config", parents=[common], help=_("toon de instellingen en waar ze vandaan komen")
    )
    parser.set_defaults(run=_show)


def _show(given: Namespace) -> int:
    from deskterm import sections

    built = settings_of(given)
    beside = sections.faults(built.reading)
    say_faults(beside)
    file = given.config if "config" in given else paths.config_file()
    print(_("Instellingen: {file}").format(file=file))
    print(_("Gegevens: {place} ({source})").format(
        place=built.store_name, source=_store_source(given, built.settings)
    ))  # fmt: skip
    written = _written(built.reading.source)
    faulty = {fault.field for fault in (*built.reading.faults, *beside)}
    others = ((name, read(built.reading).options) for name, read in sections.READERS.items())
    shown = chain(_flat(built.settings), *(_flat(part, f"{name}.") for name, part in others))
    for name, value in shown:
        own = name in written and name not in faulty
        print(f"{name} = {_toml(value)}  # {_('uit het bestand') if own else _('standaard')}")
    # Without TOML the settings have said so already.
    is_toml = all(fault.field for fault in built.reading.faults)
    wrong_keys = key_faults(built.reading.source) if is_toml else []
    for line, sentence in wrong_keys:
        say(_("{file}, regel {line}: {fault}").format(file=file, line=line, fault=sentence))
    return Ending.FAILED if built.reading.faults or beside or wrong_keys else Ending.DONE


def _store_source(given: Namespace, settings: config.Settings) -> str:
    if "store" in given:
        return "--store"
    if os.environ.get(config.STORE_VARIABLE):
        return config.STORE_VARIABLE
    return "config.toml" if settings.store else _("standaard")


def _flat(part: object, before: str = "") -> Iterator[tuple[str, object]]:
    if not dataclasses.is_dataclass(part):
        return
    for one in dataclasses.fields(part):
        value = getattr(part, one.name)
        if dataclasses.is_dataclass(value):
            yield from _flat(value, f"{before}{one.name}.")
        elif not isinstance(value, Mapping):
            yield before + one.name, value


def _written(source: str) -> frozenset[str]:
    """The names of the settings that stand in the file."""
    try:
        table = tomllib.loads(source)
    except tomllib.TOMLDecodeError:
        return frozenset()
    return frozenset(_names(table))


def _names(table: dict[str, object], before: str = "") -> Iterator[str]:
    for name, value in table.items():
        yield before + name
        if isinstance(value, dict):
            yield from _names(value, f"{before}{name}.")


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return "[" + ", ".join(map(_toml, value)) + "]"
    if isinstance(value, str):
        return '"' + value.encode("unicode_escape").decode("ascii").replace('"', '\\"') + '"'
    return str(value)
