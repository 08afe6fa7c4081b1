"""`deskterm privacy`: erasing in time, everything about one person, and who looked at them."""

from argparse import Namespace
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from deskterm.cli.endings import Ending
from deskterm.cli.opening import open_desk, settings_of
from deskterm.cli.parser import Parser, Subjects, day
from deskterm.services.errors import DeskError
from deskterm.text import N_, _, date_text, ngettext

if TYPE_CHECKING:
    from deskterm.rules.privacy import Terms
    from deskterm.views.privacy import PrivacyReport

_COUNTS: Mapping[str, str] = {
    "persons": N_("personen gewist"),
    "loans": N_("uitleningen gewist uit leenhistories"),
    "holds": N_("afgehandelde reserveringen gewist"),
    "paid": N_("betaalde posten ontdaan van hun omschrijving"),
    "debits": N_("incasso's ontdaan van hun rekeningnummer"),
    "viewings": N_("keren gewist dat iemand een klant bekeek"),
    "drafts": N_("formulieren gewist die niet afgemaakt zijn"),
    "deeds": N_("wijzigingen gewist die niet meer te herstellen zijn"),
}
"""By field of `views.privacy.PrivacyReport`."""
_HOLDS: Mapping[str, str] = {
    "open_costs": N_("openstaande kosten"),
    "credit": N_("tegoed"),
    "at_home": N_("exemplaren in bezit"),
    "general_block": N_("algemene blokkade"),
    "collections": N_("deurwaarderblokkade"),
    "recent_costs": N_("kosten die nog niet lang genoeg afgehandeld zijn"),
    "direct_debit": N_("een incasso die loopt"),
    "family": N_("ouder of betaler van een klant die lid is"),
    "deed": N_("een wijziging die nog te herstellen is"),
}
"""By value of `rules.privacy.Hold`."""
_MOST_HELD = 20


def add(subjects: Subjects, common: Parser) -> None:
    """Add the command with its ways."""
    privacy = subjects.add_parser(
        "privacy", parents=[common], help=_("wis wat te oud is, geef inzage, toon wie keek (AVG)")
    )
    ways = privacy.add_subparsers(required=True, metavar=_("WAT"), parser_class=Parser)
    run = ways.add_parser(
        "run", parents=[common], help=_("wis personen en gegevens waarvan de termijn voorbij is")
    )
    run.add_argument("--on", metavar=_("DATUM"), type=day, help=_("vandaag als er niets staat"))
    run.add_argument("--dry-run", action="store_true", help=_("zeg alleen wat er zou gebeuren"))
    run.add_argument("--json", action="store_true", help=_("als JSON, voor scripts"))
    run.set_defaults(run=_run)
    insight = ways.add_parser(
        "insight", parents=[common], help=_("alles van een persoon in een bestand (inzage)")
    )
    insight.add_argument("actor_id", metavar=_("ACTOR_ID"), type=int)
    insight.add_argument(
        "--out",
        metavar=_("BESTAND"),
        type=Path,
        required=True,
        help=_("een naam op .md, .html of .json"),
    )
    insight.set_defaults(run=_insight)
    viewers = ways.add_parser(
        "viewers", parents=[common], help=_("wie deze klant geopend heeft, en wanneer")
    )
    viewers.add_argument("actor_id", metavar=_("ACTOR_ID"), type=int)
    viewers.add_argument("--json", action="store_true", help=_("als JSON, voor scripts"))
    viewers.set_defaults(run=_viewers)


def _run(given: Namespace) -> int:
    from deskterm.cli.as_json import as_json
    from deskterm.cli.progress import Progress
    from deskterm.services import retention

    terms = _terms(given)
    with open_desk(given) as desk, closing(Progress(_("klanten"))) as shown:
        on = given.on or desk.today
        report = retention.run(desk, terms, on, dry_run=given.dry_run, progress=shown)
    if given.json:
        print(as_json(report))
        return Ending.DONE
    heading = _("Privacyrun van {day}:")
    if given.dry_run:
        heading = _("Proefrun privacy van {day}, er is niets gewijzigd:")
    print(heading.format(day=date_text(on)))
    for name, words in _COUNTS.items():
        print(f"  {getattr(report, name):>8}  {_(words)}")
    _tell_held(report)
    return Ending.DONE


def _tell_held(report: "PrivacyReport") -> None:
    if not report.held:
        return
    words = ngettext(
        "{count} persoon blijft nog, om wat er is:",
        "{count} personen blijven nog, om wat er is:",
        len(report.held),
    )
    print(words.format(count=len(report.held)))
    for one in report.held[:_MOST_HELD]:
        print(f"  {one.actor_id:>8}  {', '.join(_(_HOLDS[reason]) for reason in one.reasons)}")
    if len(report.held) > _MOST_HELD:
        print(_("  De rest staat in de uitvoer van --json."))


def _terms(given: Namespace) -> "Terms":
    """The terms of the settings; a slip in them must not erase anything too early."""
    reading = settings_of(given).reading
    faulty = [one for one in reading.faults if not one.field or one.field.startswith("privacy")]
    if faulty:
        raise DeskError(
            _("De termijnen in config.toml kloppen niet; er is niets gewist."),
            _("`deskterm config` noemt de fouten."),
        )
    return reading.settings.privacy


def _insight(given: Namespace) -> int:
    from deskterm.services import insight

    with open_desk(given) as desk:
        insight.write(desk, given.actor_id, [given.out])
    print(_("Inzage in {file}; alleen u kunt het lezen.").format(file=given.out))
    return Ending.DONE


def _viewers(given: Namespace) -> int:
    from deskterm.cli.as_json import as_json
    from deskterm.services import viewings
    from deskterm.services.desk import LOCAL

    with open_desk(given) as desk:
        found = viewings.viewers(desk, given.actor_id)
    if given.json:
        print(as_json(found))
        return Ending.DONE
    for one in found:
        print(f"{one.at.astimezone(LOCAL):%d-%m-%Y %H:%M}  {one.staff}  {one.desk}")
    if not found:
        print(_("Niemand heeft deze klant geopend, voor zover dat bewaard is."))
    return Ending.DONE
