"""`deskterm customer find` and `show`: looking a customer up without a screen."""

from argparse import ArgumentTypeError, Namespace
from collections.abc import Iterator
from itertools import islice

from deskterm.cli.endings import Ending, say
from deskterm.cli.opening import open_desk
from deskterm.cli.parser import Parser, Subjects
from deskterm.services.desk import Desk
from deskterm.services.errors import Erased, NotFound
from deskterm.text import _
from deskterm.views.customer import Opened
from deskterm.views.lists import FoundCustomer, FoundPage

_PAGE = 100


def add(subjects: Subjects, common: Parser) -> None:
    """Add the command with its two ways."""
    customer = subjects.add_parser(
        "customer", parents=[common], help=_("zoek of toon een klant, zonder scherm")
    )
    ways = customer.add_subparsers(required=True, metavar=_("WAT"), parser_class=Parser)
    find = ways.add_parser(
        "find", parents=[common], help=_("klanten met deze naam, postcode of dit nummer")
    )
    find.add_argument(
        "text", metavar=_("TEKST"), nargs="+", type=_words, help=_("zoals op het zoekscherm")
    )
    find.add_argument("--active", action="store_true", help=_("zonder beëindigde abonnementen"))
    find.add_argument(
        "--limit",
        metavar=_("AANTAL"),
        type=_count,
        default=_PAGE,
        help=_("hoogstens zoveel; 0 is alle"),
    )
    find.set_defaults(run=_find)
    show = ways.add_parser("show", parents=[common], help=_("alles van een klant"))
    show.add_argument("number", metavar=_("NUMMER"), help=_("pasnummer of actor-id"))
    show.set_defaults(run=_show)
    for way in (find, show):
        way.add_argument("--json", action="store_true", help=_("als JSON, voor scripts"))


def _find(given: Namespace) -> int:
    from deskterm.cli.as_json import as_json
    from deskterm.cli.customer_text import found_line

    most = given.limit or None
    with open_desk(given) as desk:
        rows = _rows(desk, " ".join(given.text), include_ended=not given.active)
        found = list(islice(rows, most + 1)) if most else list(rows)
    more = most is not None and len(found) > most
    shown = found[:most]
    if given.json:
        print(as_json({"customers": shown, "more": more}))
    for row in () if given.json else shown:
        print(found_line(row))
    if more and not given.json:
        say(_("Er zijn er meer: zoek nauwer, of geef --limit 0."))
    if not shown:
        say(_("Geen klant gevonden met {text}.").format(text=" ".join(given.text)))
    return Ending.DONE if shown else Ending.FAILED


def _rows(desk: Desk, text: str, *, include_ended: bool) -> Iterator[FoundCustomer]:
    """Every match: the customers of whom it is a number, else page by page by name."""
    from deskterm.services import finding

    if text.isdigit() and (known := _of_number(desk, text)) is not None:
        yield from known
        return
    after = None
    while True:
        page = finding.find(desk, text, include_ended=include_ended, after=after, limit=_PAGE)
        yield from page.rows
        after = page.next_key
        if after is None:
            return


def _of_number(desk: Desk, number: str) -> tuple[FoundCustomer, ...] | None:
    """Whose number it is; None when it is part of a name or an address of more than a page."""
    from deskterm.services import opening
    from deskterm.services.viewing import found_customer

    try:
        opened = opening.open_text(desk, number)
    except NotFound:
        return ()
    if not isinstance(opened, FoundPage):
        return (found_customer(opened.customer),)
    return opened.rows if opened.next_key is None else None


def _show(given: Namespace) -> int:
    from deskterm.cli.as_json import as_json
    from deskterm.cli.customer_text import opened_lines

    with open_desk(given) as desk:
        opened = the_one(desk, given.number)
    if given.json:
        print(as_json(opened))
    else:
        print("\n".join(opened_lines(opened)))
    return Ending.DONE


def the_one(desk: Desk, number: str) -> Opened:
    """The customer with a card number or actor-id; raises NotFound for none and for several."""
    from deskterm.services import opening

    hint = _("Zoek met `deskterm customer find` op een deel van de naam.")
    try:
        opened = opening.open_text(desk, number)
    except Erased:
        raise
    except NotFound as nobody:
        raise NotFound(nobody.sentence, hint) from None
    if isinstance(opened, FoundPage):
        raise NotFound(
            _("{number} past op meer dan een klant.").format(number=number),
            _("Zoek met `deskterm customer find` en geef het pasnummer of de actor-id."),
        )
    return opened


def _words(typed: str) -> str:
    if not typed.strip():
        raise ArgumentTypeError(_("geef een naam, een adres of een nummer"))
    return typed


def _count(typed: str) -> int:
    if not (typed.isascii() and typed.isdigit()):
        raise ArgumentTypeError(_("{typed} is geen aantal").format(typed=typed))
    return int(typed)
