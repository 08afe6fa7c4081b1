"""`deskterm staff`: who is locked out, who forgot the PIN, who leaves and who comes back."""

from argparse import Namespace

from deskterm.cli.endings import Ending
from deskterm.cli.opening import open_desk
from deskterm.cli.parser import Parser, Subjects
from deskterm.rules.names import inert
from deskterm.text import _


def add(subjects: Subjects, common: Parser) -> None:
    """Add the command with its ways."""
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
    for name, does, run in (
        ("reset-pin", _("geef wie de pincode vergat de eerste weer: dag en maand"), _reset_pin),
        ("end", _("laat wie weggaat zich niet meer aanmelden"), _end),
        ("back", _("laat wie terugkomt zich weer aanmelden"), _back),
    ):
        way = ways.add_parser(name, parents=[common], help=does)
        way.add_argument("name", metavar=_("NAAM"), help=_("gebruikersnaam of actor-id"))
        way.set_defaults(run=run)


def _unlock(given: Namespace) -> int:
    from deskterm.services import staff

    with open_desk(given) as desk:
        staff.unlock(desk, given.name)
    if given.name:
        print(_("{name} kan weer aanmelden.").format(name=inert(given.name)))
    else:
        print(_("Iedereen kan weer aanmelden."))
    return Ending.DONE


def _reset_pin(given: Namespace) -> int:
    from deskterm.services import staff

    with open_desk(given) as desk:
        staff.reset_pin(desk, given.name)
    print(
        _("{name} meldt zich aan met dag en maand van de geboortedatum.").format(
            name=inert(given.name)
        )
    )
    return Ending.DONE


def _end(given: Namespace) -> int:
    _set_active(given, active=False)
    print(_("{name} kan zich niet meer aanmelden.").format(name=inert(given.name)))
    return Ending.DONE


def _back(given: Namespace) -> int:
    _set_active(given, active=True)
    print(_("{name} kan zich weer aanmelden.").format(name=inert(given.name)))
    return Ending.DONE


def _set_active(given: Namespace, *, active: bool) -> None:
    from deskterm.services import staff

    with open_desk(given) as desk:
        staff.set_active(desk, given.name, active=active)
