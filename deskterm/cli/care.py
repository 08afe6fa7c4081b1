"""`deskterm backup`, `restore`, `backup-key` and `check`: looking after the store."""

from argparse import ArgumentTypeError, Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from deskterm.cli import check_address
from deskterm.cli.endings import Ending, say
from deskterm.cli.opening import (
    open_store,
    require_store,
    settings_of,
    telling_what_it_says,
)
from deskterm.cli.parser import Parser, Subjects
from deskterm.cli.sealing import copy_of, make_key, place_for_copy
from deskterm.services.errors import DeskError
from deskterm.text import N_, _

if TYPE_CHECKING:
    from deskterm.store.chain import End
    from deskterm.store.check import Finding

_FINDINGS: Mapping[str, str] = {
    "damaged": N_("het bestand is beschadigd; zet een reservekopie terug"),
    "dangling": N_("een rij verwijst naar iets dat er niet is"),
    "ledger": N_("een bedrag in het grootboek klopt niet"),
    "log": N_("vanaf deze regel is het wijzigingslogboek niet meer zoals het geschreven is"),
    "search": N_("het zoekregister loopt niet gelijk met de klanten"),
    "little_space": N_("de schijf is bijna vol"),
    "network_share": N_("de gegevens staan op een netwerkschijf; zet ze op een eigen schijf"),
}
"""By value of `store.check.Trouble`."""


def add(subjects: Subjects, common: Parser) -> None:
    """Add the commands."""
    backup = subjects.add_parser(
        "backup", parents=[common], help=_("maak een reservekopie terwijl er gewerkt wordt")
    )
    backup.add_argument("file", metavar=_("BESTAND"), type=Path)
    backup.set_defaults(run=_backup)
    restore = subjects.add_parser("restore", parents=[common], help=_("zet een reservekopie terug"))
    restore.add_argument("file", metavar=_("BESTAND"), type=Path)
    restore.add_argument(
        "--force", action="store_true", help=_("ook als er al gegevens staan: die worden vervangen")
    )
    restore.add_argument(
        "--key",
        metavar=_("SLEUTELBESTAND"),
        type=Path,
        help=_("de geheime sleutel van een versleutelde kopie"),
    )
    restore.set_defaults(run=_restore)
    key = subjects.add_parser(
        "backup-key", parents=[common], help=_("maak een sleutel voor versleutelde reservekopieën")
    )
    key.add_argument("file", metavar=_("SLEUTELBESTAND"), type=Path)
    key.set_defaults(run=make_key)
    check = subjects.add_parser(
        "check", parents=[common], help=_("kijk of de gegevens gaaf zijn en er ruimte is")
    )
    check.add_argument(
        "--log-end",
        metavar=_("REGEL:HASH"),
        type=_log_end,
        help=_("een eerder genoteerd einde van het wijzigingslogboek, dat er nog moet staan"),
    )
    check.set_defaults(run=_check)
    others = check.add_subparsers(metavar=_("WAT"), parser_class=Parser)
    check_address.add(others, common)


def _backup(given: Namespace) -> int:
    from deskterm.services.trouble import in_words
    from deskterm.store.backup import backup

    built = settings_of(given)
    with open_store(built) as store, in_words(str(given.file)):
        if store.file is not None and given.file.resolve() == store.file.resolve():
            raise DeskError(
                _("{file} is de bibliotheek zelf.").format(file=given.file),
                _("Geef de reservekopie een andere naam, liefst op een andere schijf."),
            )
        if not given.file.absolute().parent.is_dir():
            raise DeskError(
                _("De map van {file} is er niet.").format(file=given.file),
                _("Maak de map eerst, of kies een andere."),
            )
        with place_for_copy(built, given.file) as place:
            backup(store, place)
    size = given.file.stat().st_size
    print(_("Reservekopie in {file} ({size} kB).").format(file=given.file, size=size // 1024))
    return Ending.DONE


def _restore(given: Namespace) -> int:
    from deskterm.services.trouble import in_words
    from deskterm.store.backup import restore
    from deskterm.store.moving import holds_data

    built = settings_of(given)
    require_store(built)
    with telling_what_it_says(), in_words(built.store_name):
        there = holds_data(built.store_place)
    if there and not given.force:
        raise DeskError(
            _("In {file} staan al gegevens; er is niets teruggezet.").format(file=built.store_name),
            _("Sluit eerst alle balies. Met --force worden de gegevens vervangen."),
        )
    with in_words(str(given.file)), copy_of(built, given.file, given.key) as copy:
        kept = restore(copy, built.store_place)
    print(_("Teruggezet in {place}.").format(place=built.store_name))
    if kept is not None and there:
        print(_("Wat er stond, is bewaard in {file}").format(file=kept))
    if kept is None:
        say(_("Geef de rol van de balies haar rechten opnieuw, met `deskterm store role`."))
    return Ending.DONE


def _check(given: Namespace) -> int:
    from deskterm.services.trouble import in_words
    from deskterm.store.check import check, log_end

    built = settings_of(given)
    with telling_what_it_says(), open_store(built) as store, in_words(built.store_name):
        findings = check(store, given.log_end)
        end = log_end(store)
    for finding in findings:
        print(_finding_line(finding))
    if not findings:
        print(_("{place}: alles in orde.").format(place=built.store_name))
    # To be noted elsewhere: only that shows, later, that the last lines were cut off.
    print(_("Einde van het wijzigingslogboek: {end}").format(end=f"{end.id}:{end.hash}"))
    serious = any(finding.trouble.serious for finding in findings)
    return Ending.FAILED if serious else Ending.DONE


def _log_end(typed: str) -> "End":
    from deskterm.store.chain import End

    number, _colon, hashed = typed.partition(":")
    if not (number.isascii() and number.isdigit() and hashed):
        raise ArgumentTypeError(
            _("geef het einde zoals `deskterm check` het toonde, bijvoorbeeld 120:3f9a…")
        )
    return End(int(number), hashed)


def _finding_line(finding: "Finding") -> str:
    weight = _("FOUT") if finding.trouble.serious else _("Let op")
    return f"{weight}: {_(_FINDINGS[finding.trouble.value])} ({finding.detail})"
