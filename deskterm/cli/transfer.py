"""`deskterm import customers` and `export customers`: customer files in and out."""

from argparse import ArgumentTypeError, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from deskterm.cli.endings import Ending, say
from deskterm.cli.opening import open_desk
from deskterm.cli.parser import Parser, Subjects
from deskterm.cli.progress import Progress
from deskterm.text import _, ngettext

if TYPE_CHECKING:
    from deskterm.transfer import ImportReport


def add(subjects: Subjects, common: Parser) -> None:
    """Add both commands; what they move is named after them."""
    bring = subjects.add_parser("import", parents=[common], help=_("lees een klantenbestand in"))
    what = bring.add_subparsers(required=True, metavar=_("WAT"), parser_class=Parser)
    customers = what.add_parser(
        "customers", parents=[common], help=_("uit CSV: eigen kolommen of die van Koha")
    )
    customers.add_argument("file", metavar=_("BESTAND.csv"), type=Path)
    _add_choices(customers)
    customers.set_defaults(run=_import)
    take = subjects.add_parser("export", parents=[common], help=_("schrijf een klantenbestand"))
    what = take.add_subparsers(required=True, metavar=_("WAT"), parser_class=Parser)
    customers = what.add_parser(
        "customers", parents=[common], help=_("naar CSV, dat weer in te lezen is")
    )
    customers.add_argument("file", metavar=_("BESTAND.csv"), type=Path)
    customers.set_defaults(run=_export)


def _add_choices(parser: Parser) -> None:
    parser.add_argument(
        "--map",
        metavar=_("BESTAND.toml"),
        type=Path,
        help=_("andere namen van kolommen en waarden"),
    )
    parser.add_argument(
        "--create-missing",
        action="store_true",
        help=_("maak vestigingen en abonnementen die er niet zijn"),
    )
    only = parser.add_mutually_exclusive_group()
    only.add_argument(
        "--only-new", action="store_true", help=_("laat bekende klanten zoals ze zijn")
    )
    only.add_argument("--only-known", action="store_true", help=_("voeg geen nieuwe klanten toe"))
    parser.add_argument(
        "--keep",
        metavar=_("VELDEN"),
        type=_fields,
        default=frozenset(),
        help=_("deze velden van bekende klanten blijven, met komma's ertussen"),
    )
    parser.add_argument(
        "--dry-run", action="store_true", help=_("vertel wat er zou gebeuren en schrijf niets")
    )
    parser.add_argument(
        "--rejects", metavar=_("BESTAND.csv"), type=Path, help=_("hierheen met afgekeurde regels")
    )


def _import(given: Namespace) -> int:
    from deskterm.services.trouble import in_words
    from deskterm.transfer import ImportOptions, import_customers

    options = ImportOptions(
        map_file=given.map,
        create_missing=given.create_missing,
        add_new=not given.only_known,
        update_known=not given.only_new,
        keep=given.keep,
        dry_run=given.dry_run,
        rejects=given.rejects,
    )
    progress = Progress(_("Regels"))
    with open_desk(given) as desk, in_words(str(desk.store.file or _("de databank"))):
        try:
            report = import_customers(desk, given.file, options, progress)
        finally:
            progress.close()
    for line in _report_lines(report, dry_run=given.dry_run):
        print(line)
    return Ending.FAILED if report.rejected else Ending.DONE


def _report_lines(report: "ImportReport", *, dry_run: bool) -> list[str]:
    lines = [_("Proef: er is niets geschreven.")] if dry_run else []
    told = ngettext(
        "{read} regel: {added} nieuw, {changed} gewijzigd, {unchanged} gelijk",
        "{read} regels: {added} nieuw, {changed} gewijzigd, {unchanged} gelijk",
        report.read,
    )
    lines.append(
        told.format(
            read=report.read,
            added=report.added,
            changed=report.changed,
            unchanged=report.unchanged,
        )
    )
    if report.skipped:
        lines.append(_("{count} overgeslagen, zoals gevraagd").format(count=report.skipped))
    if report.odd_cards:
        sentence = _("{count} met een pasnummer waarvan het controlecijfer niet klopt")
        lines.append(sentence.format(count=report.odd_cards))
    if report.ignored_columns:
        columns = ", ".join(report.ignored_columns)
        lines.append(_("Onbekende kolommen, niet gelezen: {columns}").format(columns=columns))
    if report.rejected:
        sentence = ngettext(
            "{count} regel afgekeurd; zie {file}", "{count} regels afgekeurd; zie {file}",
            report.rejected,
        )  # fmt: skip
        lines.append(sentence.format(count=report.rejected, file=report.rejects_file))
    return lines


def _export(given: Namespace) -> int:
    from deskterm.services.trouble import in_words
    from deskterm.transfer import export_customers

    progress = Progress(_("Klanten"))
    with open_desk(given) as desk, in_words(str(desk.store.file or _("de databank"))):
        try:
            count = export_customers(desk, given.file, progress)
        finally:
            progress.close()
    say(_("{count} klanten in {file}.").format(count=count, file=given.file))
    return Ending.DONE


def _fields(typed: str) -> frozenset[str]:
    """The fields behind --keep; those that hang together go by the name of the first."""
    from deskterm.transfer.columns import LISTS, PERSON

    known = {
        *PERSON,
        "card_number",
        "street",
        "membership",
        "message",
        *(one.name for one in LISTS),
    }
    fields = frozenset(part.strip() for part in typed.split(",") if part.strip())
    if unknown := sorted(fields - known):
        names = ", ".join(unknown)
        raise ArgumentTypeError(_("deze velden bestaan niet: {names}").format(names=names))
    return fields
