"""`deskterm ssh-setup`: what makes a machine a server of desks, to look at or to install."""

import sys
from argparse import ArgumentTypeError, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from deskterm.cli.endings import Ending
from deskterm.cli.parser import Parser, Subjects
from deskterm.services.errors import DeskError
from deskterm.text import _

if TYPE_CHECKING:
    from deskterm.setup.ssh import Plan, ServerFile


def add(subjects: Subjects, common: Parser) -> None:
    """Add the command."""
    parser = subjects.add_parser(
        "ssh-setup", parents=[common], help=_("maak van deze machine een server van balies")
    )
    folder, name = _("MAP"), _("NAAM")
    parser.add_argument(
        "--write", metavar=folder, type=Path, help=_("schrijf de bestanden in deze nieuwe map")
    )
    parser.add_argument("--group", metavar=name, help=_("de groep van wie aan een balie werkt"))
    parser.add_argument("--user", metavar=name, help=_("van wie de gegevens zijn"))
    parser.add_argument(
        "--program", metavar=_("BESTAND"), help=_("waar deskterm op de server staat")
    )
    parser.add_argument("--state", metavar=folder, help=_("de map met gegevens"))
    parser.add_argument("--launcher", metavar=folder, help=_("de map van de starter"))
    parser.add_argument(
        "--print-port",
        metavar=_("POORT"),
        type=_port,
        action="append",
        help=_("laat een balie hier haar printer aanbieden (ssh -R); mag vaker"),
    )
    parser.add_argument(
        "--own-rights",
        action="store_true",
        help=_("iedereen komt met eigen rechten bij de gegevens, zoals bij PostgreSQL"),
    )
    parser.set_defaults(run=_run)


def _run(given: Namespace) -> int:
    from deskterm.setup.ssh import server_files

    files = server_files(_plan(given))
    if given.write is None:
        for one in files:
            print(f"# ==> {one.path} ({one.mode:04o})\n{one.text}")
        return Ending.DONE
    _write(given.write, files)
    print(_("Bekijk {folder}, en zet alles als root neer met `sh {script}`.").format(
        folder=given.write, script=given.write / "install.sh"
    ))  # fmt: skip
    return Ending.DONE


def _plan(given: Namespace) -> "Plan":
    from deskterm.setup.ssh import Plan

    # -I: neither variables nor the folder somebody stands in decide what is imported.
    program = (given.program,) if given.program else (sys.executable, "-I", "-m", "deskterm")
    names = ("group", "user", "state", "launcher")
    said = {name: getattr(given, name) for name in names if getattr(given, name)}
    if "config" in given:
        said["settings"] = str(given.config.absolute())
    return Plan(
        program=program,
        lean=not given.program,
        print_ports=tuple(given.print_port or ()),
        own_rights=given.own_rights,
        **said,
    )


def _port(typed: str) -> int:
    if not (typed.isascii() and typed.isdigit()) or not 1024 <= int(typed) <= 65535:
        raise ArgumentTypeError(_("geef een poort van 1024 tot en met 65535"))
    return int(typed)


def _write(folder: Path, files: "tuple[ServerFile, ...]") -> None:
    if folder.exists() and any(folder.iterdir()):
        raise DeskError(
            _("{folder} is niet leeg.").format(folder=folder),
            _("Geef een nieuwe map: er wordt niets overschreven."),
        )
    for one in files:
        # What goes to a place on the server stands under root/ at that place.
        inside = f"root{one.path}" if one.path.is_absolute() else str(one.path)
        path = folder / inside
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(one.text, encoding="utf-8")
        path.chmod(one.mode)
