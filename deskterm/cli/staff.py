"""`deskterm staff unlock`: let staff try again who are locked out after wrong PINs."""

from argparse import Namespace

from deskterm.cli.endings import Ending
from deskterm.cli.opening import open_desk
from deskterm.cli.parser import Parser, Subjects
from deskterm.text import _


def add(subjects: Subjects, common: Parser) -> None:
    """Add the command with its one way."""
    staff = subjects.add_parser("staff", parents=[common], help=_("medewerkers"))
    ways = staff.add_subparsers(required=True, metavar=_("WAT"), parser_class=Parser)
    unlock = ways.add_parser(
        "unlock",
        parents=[common],
        help=_("laat wie te vaak een verkeerde pincode gaf weer aanmelden"),
    )
    unlock.add_argument(
        "name", metavar=_("NAAM"), nargs="?", default="", help=_("zonder naam: iedereen")
    )
    unlock.set_defaults(run=_unlock)


def _unlock(given: Namespace) -> int:
    from deskterm.services import staff

    with open_desk(given) as desk:
        staff.unlock(desk, given.name)
    if given.name:
        print(_("{name} kan weer aanmelden.").format(name=given.name))
    else:
        print(_("Iedereen kan weer aanmelden."))
    return Ending.DONE
