"""`deskterm init`: set up a new library, or add to one, from a TOML file or by questions."""

import sys
from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from deskterm.bootstrap import Bootstrap
from deskterm.cli.endings import Ending
from deskterm.cli.opening import open_store, settings_of, telling_what_it_says
from deskterm.cli.parser import Parser, Subjects
from deskterm.services.errors import DeskError
from deskterm.text import N_, _

if TYPE_CHECKING:
    from deskterm.setup.model import SetUp
    from deskterm.setup.writing import Written

_TABLES: Mapping[str, str] = {
    "institution": N_("instanties"),
    "branch": N_("vestigingen"),
    "desk": N_("balies"),
    "membership_type": N_("abonnementen"),
    "tariff": N_("tarieven"),
    "staff": N_("medewerkers"),
    "word": N_("woorden in keuzelijsten"),
    "library_setting": N_("instellingen"),
}


def add(subjects: Subjects, common: Parser) -> None:
    """Add the command."""
    parser = subjects.add_parser(
        "init", parents=[common], help=_("richt een nieuwe bibliotheek in, of vul er een aan")
    )
    parser.add_argument(
        "file",
        metavar=_("BESTAND.toml"),
        nargs="?",
        type=Path,
        help=_("zonder bestand worden er vragen gesteld"),
    )
    parser.add_argument(
        "--example", action="store_true", help=_("schrijf een voorbeeldbestand naar het scherm")
    )
    parser.set_defaults(run=_run)


def set_up_by_asking(built: Bootstrap) -> int:
    """Ask for what is needed and write it.

    Raises:
        DeskError: there is no terminal to ask at, or whoever answers stops.
    """
    if not sys.stdin.isatty():
        raise DeskError(
            _("Zonder terminal kan hier niets gevraagd worden."),
            _("Geef een bestand mee: `deskterm init BESTAND.toml`; zie `deskterm init --example`."),
        )
    from sqlalchemy import text

    from deskterm.setup.asking import Asker

    asker = Asker(input, print, built.clock.today())
    with open_store(built, create=True) as store, store.read() as connection:
        there = list(connection.scalars(text("SELECT code FROM institution ORDER BY code")))
    try:
        setup = asker.library(is_new=not there, institution=there[0] if there else "")
    except EOFError as error:
        raise DeskError(_("Gestopt: er is niets ingericht.")) from error
    return _write(built, setup)


def _run(given: Namespace) -> int:
    if given.example:
        from deskterm.paths import resource

        print(resource("init-example.toml").read_text(encoding="utf-8"), end="")
        return Ending.DONE
    built = settings_of(given)
    if given.file is None:
        return set_up_by_asking(built)
    from deskterm.setup.reading import parse

    try:
        source = given.file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise DeskError(_("{file} is geen tekstbestand.").format(file=given.file)) from error
    return _write(built, parse(source))


def _write(built: Bootstrap, setup: "SetUp") -> int:
    from deskterm.services.trouble import in_words
    from deskterm.setup.writing import write

    with (
        telling_what_it_says(),
        open_store(built, create=True) as store,
        in_words(built.store_name),
    ):
        written = write(store, setup, built.clock)
    print(_("Bibliotheek in {place}:").format(place=built.store_name))
    for line in _summary(written):
        print(f"  {line}")
    for one in written.new_staff:
        print(
            _("{name} meldt zich aan met actor-id {number} of {username}.").format(
                name=one.name, number=one.actor_id, username=one.username
            )
        )
    if written.new_staff:
        print(_("De eerste pincode is dag en maand van geboorte, zoals 3112 voor 31 december."))
    return Ending.DONE


def _summary(written: "Written") -> list[str]:
    lines = [
        _("{what}: {added} erbij, {changed} gewijzigd").format(
            what=_(words), added=written.added[table], changed=written.changed[table]
        )
        for table, words in _TABLES.items()
        if written.added[table] or written.changed[table]
    ]
    return lines or [_("alles stond er al; niets gewijzigd")]
