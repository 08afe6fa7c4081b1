"""`deskterm ledger check` and `show`: the proof that the books are right, and one customer's."""

from argparse import Namespace
from collections.abc import Iterator

from deskterm.cli.endings import Ending
from deskterm.cli.opening import open_desk
from deskterm.cli.parser import Parser, Subjects
from deskterm.text import _, cents_text, date_text
from deskterm.views.money import LedgerOf


def add(subjects: Subjects, common: Parser) -> None:
    """Add the command with its two ways."""
    ledger = subjects.add_parser("ledger", parents=[common], help=_("het grootboek"))
    ways = ledger.add_subparsers(required=True, metavar=_("WAT"), parser_class=Parser)
    check = ways.add_parser(
        "check", parents=[common], help=_("bewijs dat elk bedrag uit de boekingen volgt")
    )
    check.set_defaults(run=_check)
    show = ways.add_parser("show", parents=[common], help=_("alle boekingen van een klant"))
    show.add_argument("number", metavar=_("NUMMER"), help=_("pasnummer of actor-id"))
    show.add_argument("--json", action="store_true", help=_("als JSON, voor scripts"))
    show.set_defaults(run=_show)


def _check(given: Namespace) -> int:
    from deskterm.services import ledger

    with open_desk(given) as desk:
        found = ledger.check(desk)
    for disorder in found:
        print(f"{disorder.row} {disorder.fault}")
    if not found:
        print(_("Het grootboek klopt."))
    return Ending.FAILED if found else Ending.DONE


def _show(given: Namespace) -> int:
    from deskterm.cli.as_json import as_json
    from deskterm.cli.customer import the_one
    from deskterm.services import ledger

    with open_desk(given) as desk:
        actor_id = the_one(desk, given.number).customer.actor_id
        books = ledger.entries(desk, actor_id)
    print(as_json(books) if given.json else "\n".join(_lines(books)))
    return Ending.DONE


def _lines(books: LedgerOf) -> Iterator[str]:
    yield f"{books.name} [{books.actor_id}]"
    yield _("contributie {contribution}, registratie {registration}, tegoed {credit}").format(
        contribution=cents_text(books.contribution_cents),
        registration=cents_text(books.registration_cents),
        credit=cents_text(books.credit_cents),
    )
    yield _line(_("nummer"), _("dag"), _("code"), _("bedrag"), _("bon"), _("omschrijving"))
    for entry in books.entries:
        yield _line(
            str(entry.id),
            date_text(entry.day),
            entry.journal or entry.booking_code,
            cents_text(entry.amount_cents),
            str(entry.receipt_number or ""),
            f"{entry.description} ({entry.reason})" if entry.reason else entry.description,
        )


def _line(number: str, day: str, code: str, amount: str, receipt: str, description: str) -> str:
    return f"{number:>8}  {day:<10}  {code:<5} {amount:>10}  {receipt:>4}  {description}"
