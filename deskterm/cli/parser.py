"""The commands and their options. Each subject adds its own; none imports what it runs."""

import argparse
from collections.abc import Sequence
from datetime import date
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any, NoReturn, Protocol
from urllib.parse import parse_qs, urlsplit

from deskterm import __version__, config, text
from deskterm.cli import words
from deskterm.cli.endings import Ending, say
from deskterm.rules.dates import parse_date
from deskterm.rules.faults import RuleFault
from deskterm.text import _


class Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in one sentence, in the reader's language."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.register("action", "parsers", _Commands)

    def error(self, message: str) -> NoReturn:
        """Say it and leave with the status of wrong use."""
        say(f"{self.prog}: {message}")
        say(_("Met `{command} --help` staat er wat wel kan.").format(command=self.prog))
        raise SystemExit(int(Ending.WRONG_USE))


class _Commands(argparse._SubParsersAction):  # type: ignore[type-arg]
    """Commands whose own help begins with what the list of commands says of them."""

    # Its class is generic for who checks types alone, and argparse gives it no public name.
    def add_parser(self, name: str, **options: Any) -> Any:
        does = options["help"]
        options.setdefault("description", f"{does[:1].upper()}{does[1:]}.")
        return super().add_parser(name, **options)


class Subjects(Protocol):
    """Where a subject adds its commands; argparse has no public name for it."""

    def add_parser(
        self, name: str, *, parents: Sequence[Parser], help: str, description: str = ...
    ) -> Parser:
        """Add a command."""


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """Read the command line. Its `run` carries the command out and gives the exit status."""
    text.use(config.load(_settings_file(argv)).settings.language)
    words.speak()
    return build(argv).parse_args(argv)


SUBJECTS = (
    "demo",
    "init",
    "ssh_setup",
    "customer",
    "transfer",
    "care",
    "store",
    "ledger",
    "incasso",
    "prices",
    "month",
    "duplicates",
    "privacy",
    "accounts",
    "staff",
    "worker",
    "printers",
    "keys",
    "scan_test",
    "settings",
)
"""Modules of this room that add commands, in the order in which help shows them."""


DESK_OPTIONS = ("--store", "--day", "--config", "--desk", "--login")
"""What may be said without a command; each takes a value."""


def build(argv: Sequence[str] = ("--help",)) -> Parser:
    """The parser with every command; what opens a desk has none, or `demo` alone: it is to start at
    once, and a server of desks holds what each of them loads."""
    from deskterm.cli import start

    common = common_options()
    parser = Parser(
        prog="deskterm",
        description=_("De klantenbalie van een bibliotheek, in een terminal."),
        epilog=_("Zonder opdracht start het scherm. `deskterm demo` opent de oefenbibliotheek."),
        parents=[common],
    )
    parser.add_argument(
        "--version", action="version", version=f"deskterm {__version__}", help=_("toon de versie")
    )
    subjects = parser.add_subparsers(
        title=_("opdrachten"), metavar=_("OPDRACHT"), parser_class=Parser
    )
    start.add(parser)
    for name in _subjects_of(argv):
        import_module(f"deskterm.cli.{name}").add(subjects, common)
    return parser


def _subjects_of(argv: Sequence[str]) -> Sequence[str]:
    if argv[:1] == ["demo"]:
        return ("demo",)
    words = iter(argv)
    for word in words:
        name, said, _value = word.partition("=")
        if name not in DESK_OPTIONS or (not said and next(words, None) is None):
            return SUBJECTS
    return ()


def common_options() -> Parser:
    """The options that every command takes, before or after its name."""
    # Without a default: one given before the command must survive the command's own parser.
    common = Parser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument(
        "--store",
        metavar=_("BESTAND_OF_ADRES"),
        type=place,
        help=_("de gegevens van de bibliotheek"),
    )
    common.add_argument("--day", metavar=_("DATUM"), type=day, help=_("werk op deze dag"))
    common.add_argument(
        "--config",
        metavar=_("BESTAND"),
        type=existing_file,
        help=_("een ander bestand met instellingen"),
    )
    return common


def day(typed: str) -> date:
    """A day as typed behind an option: 2024-05-15 or 15-05-2024."""
    try:
        return parse_date(typed, date(2000, 1, 1))
    except RuleFault as fault:
        raise argparse.ArgumentTypeError(_(fault.msgid).format(**fault.params)) from fault


def place(typed: str) -> str:
    """A file or address behind an option; every user of the machine can read what stands there."""
    address = urlsplit(typed)
    if "://" in typed and (address.password or "password" in parse_qs(address.query)):
        raise argparse.ArgumentTypeError(
            _("een wachtwoord hoort niet op de opdrachtregel; zet het in PGPASSWORD of ~/.pgpass")
        )
    return typed


def existing_file(typed: str) -> Path:
    """A file that somebody names: a slip must not pass for a file without settings."""
    file = Path(typed)
    if not file.is_file():
        raise argparse.ArgumentTypeError(_("er is geen bestand {file}").format(file=typed))
    return file


def _settings_file(argv: Sequence[str]) -> Path | None:
    """The file behind --config, found before parsing: help is in the language it names."""
    for word, following in pairwise([*argv, ""]):
        if word == "--config" and following:
            return Path(following)
        if word.startswith("--config="):
            return Path(word.removeprefix("--config="))
    return None
