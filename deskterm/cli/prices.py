"""`deskterm tariffs load` and `show`, and `deskterm membership quote`: the price list."""

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from deskterm.cli.endings import Ending
from deskterm.cli.opening import open_desk
from deskterm.cli.parser import Parser, Subjects, day
from deskterm.services.errors import DeskError
from deskterm.text import _, cents_text, date_text

if TYPE_CHECKING:
    from deskterm.views.enrolment import Quote, TariffView

_OLDEST = 999


def add(subjects: Subjects, common: Parser) -> None:
    """Add both commands."""
    tariffs = subjects.add_parser("tariffs", parents=[common], help=_("lees of toon de tarieven"))
    ways = tariffs.add_subparsers(required=True, metavar=_("WAT"), parser_class=Parser)
    load = ways.add_parser(
        "load", parents=[common], help=_("lees abonnementen en tarieven uit een bestand")
    )
    load.add_argument("file", metavar=_("BESTAND"), type=Path, help=_("TOML, of CSV met tarieven"))
    load.set_defaults(run=_load)
    show = ways.add_parser("show", parents=[common], help=_("de tarieven van een dag"))
    show.add_argument("--on", metavar=_("DATUM"), type=day, help=_("vandaag als er niets staat"))
    show.set_defaults(run=_show)
    membership = subjects.add_parser(
        "membership", parents=[common], help=_("bereken een abonnement, zonder scherm")
    )
    what = membership.add_subparsers(required=True, metavar=_("WAT"), parser_class=Parser)
    quote = what.add_parser("quote", parents=[common], help=_("periode en prijs"))
    quote.add_argument("--type", metavar=_("CODE"), required=True, help=_("zoals 53"))
    quote.add_argument("--born", metavar=_("DATUM"), type=day, help=_("geboortedatum"))
    quote.add_argument(
        "--branch", metavar=_("NUMMER"), help=_("vestiging; anders die van de balie")
    )
    quote.add_argument("--on", metavar=_("DATUM"), type=day, help=_("vandaag als er niets staat"))
    quote.add_argument(
        "--until", metavar=_("DATUM"), type=day, help=_("einde van het abonnement dat er is")
    )
    quote.set_defaults(run=_quote)
    for way in (show, quote):
        way.add_argument("--json", action="store_true", help=_("als JSON, voor scripts"))


def _load(given: Namespace) -> int:
    from deskterm.setup.prices import load

    try:
        source = given.file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise DeskError(_("{file} is geen tekstbestand.").format(file=given.file)) from error
    with open_desk(given) as desk:
        written = load(desk, source, is_csv=given.file.suffix.lower() == ".csv")
    print(
        _("{added} rijen erbij, {changed} gewijzigd.").format(
            added=written.added.total(), changed=written.changed.total()
        )
    )
    return Ending.DONE


def _show(given: Namespace) -> int:
    from deskterm.cli.as_json import as_json
    from deskterm.services import tariffs

    with open_desk(given) as desk:
        lines = tariffs.show(desk, given.on or desk.today)
    if given.json:
        print(as_json({"tariffs": lines}))
    else:
        print("\n".join(map(_line, lines)))
    return Ending.DONE


def _line(tariff: "TariffView") -> str:
    name = f"{tariff.membership_code}-{tariff.membership_name}"
    last = "" if tariff.to_age >= _OLDEST else str(tariff.to_age)
    parts = (
        f"{name:<24}",
        f"{tariff.tariff_code:<4}",
        f"{tariff.branch_code or '-':<6}",
        f"{tariff.fee_zone or '-':<8}",
        f"{f'{tariff.from_age}-{last}':<8}",
        f"{cents_text(tariff.price_cents):>9}",
        f"  {date_text(tariff.valid_from)} - {date_text(tariff.valid_until)}",
    )
    return "".join(parts).rstrip(" -")


def _quote(given: Namespace) -> int:
    from deskterm.cli.as_json import as_json
    from deskterm.services import tariffs

    with open_desk(given) as desk:
        found = tariffs.quote(
            desk,
            given.type,
            branch=given.branch or desk.place.branch.code,
            on=given.on or desk.today,
            born=given.born,
            until=given.until,
        )
    print(as_json(found) if given.json else "\n".join(_quote_lines(found)))
    return Ending.DONE


def _quote_lines(found: "Quote") -> list[str]:
    rows = (
        (_("Abonnement"), f"{found.membership_code}-{found.membership_name}"),
        (_("Leeftijd"), "" if found.age is None else str(found.age)),
        (_("Tariefcode"), found.tariff_code),
        (_("Begin"), date_text(found.begin_on)),
        (_("Rechten t/m"), date_text(found.end_on)),
        (_("Vervalmaand"), f"{found.expiry_month:02}"),
        (_("Prijs"), cents_text(found.price_cents)),
        (_("Korting"), cents_text(found.discount_cents)),
        (_("Saldo"), cents_text(found.balance_cents)),
    )
    return [f"{label:<14}{value}".rstrip() for label, value in rows]
