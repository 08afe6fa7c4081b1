"""`deskterm month`, the monthly customer run (klantenrun), and `letters`, its letters or others."""

from argparse import Namespace
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from deskterm.cli.endings import Ending
from deskterm.cli.opening import open_desk
from deskterm.cli.parser import Parser, Subjects, day
from deskterm.text import N_, _, date_text

if TYPE_CHECKING:
    from deskterm.services.desk import Desk
    from deskterm.views.enrolment import LettersWritten

_STEPS: Mapping[str, str] = {
    "renewed": N_("verlengd"),
    "grown": N_("daarvan naar een ander abonnement"),
    "billed": N_("gefactureerd"),
    "reminded": N_("herinnerd"),
    "overdue": N_("betalingsachterstand"),
    "ended_unpaid": N_("beëindigd, niet betaald"),
    "lapsed": N_("beëindigd, verlopen"),
    "holds_cancelled": N_("reserveringen geannuleerd"),
    "letters": N_("brieven klaargezet"),
    "no_tariff": N_("niet verlengd: geen tarief"),
}
"""By field of `views.enrolment.MonthReport`."""


def add(subjects: Subjects, common: Parser) -> None:
    """Add the command."""
    parser = subjects.add_parser(
        "month",
        parents=[common],
        help=_("klantenrun: verleng, factureer, herinner en beëindig abonnementen"),
    )
    parser.add_argument("--on", metavar=_("DATUM"), type=day, help=_("vandaag als er niets staat"))
    parser.add_argument("--dry-run", action="store_true", help=_("zeg alleen wat er zou gebeuren"))
    parser.add_argument(
        "--letters", metavar=_("MAP"), type=Path, help=_("schrijf de brieven naar deze map")
    )
    parser.add_argument("--json", action="store_true", help=_("als JSON, voor scripts"))
    parser.set_defaults(run=_run)
    letters = subjects.add_parser(
        "letters", parents=[common], help=_("schrijf de brieven die klaarstaan, zonder klantenrun")
    )
    letters.add_argument("folder", metavar=_("MAP"), type=Path)
    letters.set_defaults(run=_letters)


def _run(given: Namespace) -> int:
    from deskterm.cli.as_json import as_json, plain
    from deskterm.cli.progress import Progress
    from deskterm.services import month

    with open_desk(given) as desk:
        on = given.on or desk.today
        with closing(Progress(_("klanten"))) as shown:
            report = month.run(desk, on, dry_run=given.dry_run, progress=shown)
        wanted = given.letters is not None and not given.dry_run
        written = _write(desk, given.letters) if wanted else None
    if given.json:
        print(as_json(report))
        return Ending.DONE
    counts = plain(report)
    assert isinstance(counts, dict)
    heading = (
        _("Proefrun van {day}, er is niets gewijzigd:")
        if given.dry_run
        else _("Klantenrun van {day}:")
    )
    print(heading.format(day=date_text(on)))
    for name, words in _STEPS.items():
        print(f"  {counts[name]:>8}  {_(words)}")
    if written is not None:
        print(_told(written))
    return Ending.DONE


def _letters(given: Namespace) -> int:
    with open_desk(given) as desk:
        written = _write(desk, given.folder)
    print(_told(written))
    return Ending.DONE


def _write(desk: "Desk", folder: Path) -> "LettersWritten":
    from deskterm.cli.progress import Progress
    from deskterm.services import letters

    with closing(Progress(_("brieven"))) as shown:
        return letters.write(desk, folder, shown)


def _told(written: "LettersWritten") -> str:
    return _("Brieven in {folder}: {count}. Klanten zonder adres: {without}.").format(
        folder=written.folder, count=written.written, without=written.no_address
    )
