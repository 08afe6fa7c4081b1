"""`deskterm incasso prepare`, `again`, `withdraw` and `book`: direct debit by file."""

from argparse import Namespace
from pathlib import Path

from deskterm.cli.endings import Ending, say
from deskterm.cli.opening import open_desk
from deskterm.cli.parser import Parser, Subjects, day, existing_file
from deskterm.paths import only_mine
from deskterm.services.errors import DeskError
from deskterm.text import _, cents_text, date_text, ngettext
from deskterm.views.money import DebitBooked, DebitRejected


def add(subjects: Subjects, common: Parser) -> None:
    """Add the command with its three ways."""
    incasso = subjects.add_parser("incasso", parents=[common], help=_("automatische incasso"))
    ways = incasso.add_subparsers(required=True, metavar=_("WAT"), parser_class=Parser)
    prepare = ways.add_parser(
        "prepare", parents=[common], help=_("maak een incassobestand voor de bank")
    )
    prepare.add_argument(
        "--on", metavar=_("DATUM"), type=day, required=True, help=_("de dag van de incasso")
    )
    prepare.set_defaults(run=_prepare)
    again = ways.add_parser(
        "again", parents=[common], help=_("schrijf het bestand van een incasso nog eens")
    )
    again.add_argument("message_id", metavar=_("NUMMER"))
    again.set_defaults(run=_again)
    for way in (prepare, again):
        way.add_argument("--out", metavar=_("BESTAND"), type=Path, required=True)
    withdraw = ways.add_parser(
        "withdraw", parents=[common], help=_("haal terug wat de bank niet heeft of niet wil")
    )
    withdraw.add_argument("name", metavar=_("NUMMER"), help=_("van een incasso, of van een post"))
    withdraw.set_defaults(run=_withdraw)
    book = ways.add_parser("book", parents=[common], help=_("boek het antwoord van de bank"))
    book.add_argument("file", metavar=_("BESTAND"), type=existing_file)
    book.set_defaults(run=_book)


def _prepare(given: Namespace) -> int:
    from deskterm.services import incasso

    _require_free(given.out)
    with open_desk(given) as desk:
        batch = incasso.prepare(desk, given.on)
    for line in batch.refused:
        say(_("Niet mee: {name} [{actor_id}], {why}").format(
            name=line.name, actor_id=line.actor_id, why=line.refusal
        ))  # fmt: skip
    # Should this fail, the batch stands: `again` writes its file.
    _write(given.out, batch.content)
    print(
        ngettext(
            "Incasso {number} op {day}: {count} post, {total}.",
            "Incasso {number} op {day}: {count} posten, {total}.",
            batch.count,
        ).format(
            number=batch.message_id,
            day=date_text(batch.collection_on),
            count=batch.count,
            total=cents_text(batch.total_cents),
        )
    )
    return Ending.DONE


def _again(given: Namespace) -> int:
    from deskterm.services import incasso

    _require_free(given.out)
    with open_desk(given) as desk:
        _write(given.out, incasso.again(desk, given.message_id))
    print(_("Bestand {file} geschreven.").format(file=given.out))
    return Ending.DONE


def _withdraw(given: Namespace) -> int:
    from deskterm.services import incasso

    with open_desk(given) as desk:
        back = incasso.withdraw(desk, given.name)
    print(
        ngettext(
            "{count} post uit de incasso gehaald, {total}; die staat weer open.",
            "{count} posten uit de incasso gehaald, {total}; die staan weer open.",
            back.count,
        ).format(count=back.count, total=cents_text(back.cents))
    )
    return Ending.DONE


def _book(given: Namespace) -> int:
    from deskterm.services import incasso
    from deskterm.services.debit.files import message
    from deskterm.services.debit.reasons import return_text
    from deskterm.services.debit.status import is_status_report

    data = given.file.read_bytes()
    with open_desk(given) as desk:
        if is_status_report(message(data)):
            _tell_rejected(incasso.book_status(desk, data))
            return Ending.DONE
        booked = incasso.book(desk, data)
    print(
        _("Bericht {number}: {paid} betaald ({paid_total}), {back} teruggeboekt ({back_total}).")
        .format(
            number=booked.message_id,
            paid=booked.paid,
            paid_total=cents_text(booked.paid_cents),
            back=booked.returned,
            back_total=cents_text(booked.returned_cents),
        )
    )  # fmt: skip
    for bounce in booked.bounces:
        print(
            _("Teruggeboekt: {name} [{actor_id}], {total}: {why}.").format(
                name=bounce.name,
                actor_id=bounce.actor_id,
                total=cents_text(bounce.cents),
                why=return_text(bounce.return_code),
            )
        )
    _tell_what_is_left(booked)
    return Ending.DONE


def _tell_rejected(booked: DebitRejected) -> None:
    from deskterm.services.debit.reasons import return_text

    print(
        ngettext(
            "Bericht {number} over {about}: {count} post geweigerd ({total}); die staat weer open.",
            "Bericht {number} over {about}: {count} posten geweigerd ({total}); die staan weer "
            "open.",
            booked.count,
        ).format(
            number=booked.message_id,
            about=booked.about,
            count=booked.count,
            total=cents_text(booked.cents),
        )
        if booked.rejections
        else _("Bericht {number} over {about}: er is niets gewijzigd.").format(
            number=booked.message_id, about=booked.about
        )
    )
    for one in booked.rejections:
        print(_("Geweigerd: {name}, {total}: {why}.").format(
            name=one.name, total=cents_text(one.cents), why=return_text(one.reason)
        ))  # fmt: skip
    for one in booked.standing:
        say(
            _(
                "Niet gewijzigd: {name}, {total}: de bank weigert het ({why}), maar heeft het al "
                "gekregen of betaald."
            ).format(name=one.name, total=cents_text(one.cents), why=return_text(one.reason))
        )
    _tell_unknown(booked.unknown)


def _tell_what_is_left(booked: DebitBooked) -> None:
    for one in booked.differing:
        say(
            _(
                "Niet geboekt: {name} is {told} volgens de bank, en {asked} werd gevraagd. "
                "`deskterm incasso withdraw {name}` opent de post weer; boek dan wat er kwam."
            ).format(
                name=one.name, told=cents_text(one.told_cents), asked=cents_text(one.asked_cents)
            )
        )
    if booked.pending:
        say(
            ngettext(
                "{count} regel is nog niet definitief bij de bank; die komt later opnieuw.",
                "{count} regels zijn nog niet definitief bij de bank; die komen later opnieuw.",
                booked.pending,
            ).format(count=booked.pending)
        )
    _tell_unknown(booked.unknown)


def _tell_unknown(count: int) -> None:
    if count:
        say(
            ngettext(
                "{count} regel hoort bij geen incasso van ons.",
                "{count} regels horen bij geen incasso van ons.",
                count,
            ).format(count=count)
        )


def _write(file: Path, content: bytes) -> None:
    """It holds names and account numbers, so it is its owner's alone."""
    with open(file, "xb", opener=only_mine) as stream:
        stream.write(content)


def _require_free(file: Path) -> None:
    if file.exists():
        raise DeskError(
            _("{file} bestaat al; er is niets gedaan.").format(file=file),
            _("Kies een andere naam."),
        )
