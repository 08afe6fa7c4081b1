"""`deskterm check address`: what is known of an address, from where, and how long it took."""

from argparse import Namespace
from time import monotonic
from typing import TYPE_CHECKING

from deskterm import bootstrap
from deskterm.cli.endings import Ending, say
from deskterm.cli.opening import open_desk, options_of, say_faults
from deskterm.cli.parser import Parser, Subjects
from deskterm.rules.postcodes import normalise_postcode
from deskterm.text import N_, _, date_text

if TYPE_CHECKING:
    from deskterm.services.desk import Desk
    from deskterm.views.addresses import AddressAnswer, FoundAddress

_TROUBLE = {
    "unavailable": N_("{register} is niet bereikbaar ({detail})"),
    "bad_answer": N_("wat bij {register} antwoordt, is geen adresregister ({detail})"),
}
"""By code of RegisterError."""


def add(checks: Subjects, common: Parser) -> None:
    """Add the command to those of `deskterm check`."""
    parser = checks.add_parser(
        "address", parents=[common], help=_("zoek een adres op bij postcode en huisnummer")
    )
    parser.add_argument("postcode", metavar=_("POSTCODE"))
    parser.add_argument("number", metavar=_("HUISNUMMER"))
    parser.add_argument(
        "--street", metavar=_("STRAAT"), default="", help=_("de straat, in België nodig")
    )
    parser.add_argument(
        "--register", action="store_true", help=_("vraag het register, en verder niemand")
    )
    parser.set_defaults(run=_check)


def _check(given: Namespace) -> int:
    from deskterm import services
    from deskterm.views.addresses import AskedAddress

    with open_desk(given) as desk:
        _say_settings(given, desk)
        country = "NL" if any(letter.isalpha() for letter in given.postcode) else "BE"
        asked = AskedAddress(given.postcode, given.number, street=given.street, country=country)
        begun = monotonic()
        answer = services.addresses.look_up(desk, asked, only_register=given.register)
        took_ms = round((monotonic() - begun) * 1000)
    if answer.trouble:
        words = _(_TROUBLE[answer.trouble])
        say(_("Adressen: {sentence}.").format(
            sentence=words.format(register=answer.register, detail=answer.detail)
        ))  # fmt: skip
    for one in answer.found:
        print(_line(one, normalise_postcode(given.postcode, country)))
    print(f"{_origin(answer)} ({took_ms} ms)")
    missed = given.register and answer.source != "register"
    return Ending.DONE if answer.found and not missed else Ending.FAILED


def _say_settings(given: Namespace, desk: "Desk") -> None:
    """Say why no register is asked, and what is wrong in its section."""
    section = bootstrap.build(options_of(given)).address_section(desk.store)
    say_faults(section.faults)
    if desk.addresses is not None:
        print(_("Register: {name}, {url}").format(name=desk.addresses.name, url=desk.addresses.url))
    elif not section.faults:
        words = _("Er wordt geen register gevraagd: zet {line} onder [address] in config.toml.")
        say(words.format(line='lookup = "pdok"'))


def _line(one: "FoundAddress", postcode: str) -> str:
    street = " ".join(filter(None, (one.street, one.house_number, one.house_addition)))
    return ", ".join(filter(None, (street if one.street else "", f"{postcode} {one.place}")))


def _origin(answer: "AddressAnswer") -> str:
    if answer.source == "register":
        return _("Van het register {name}.").format(name=answer.register)
    if answer.told_on is not None:
        return _("Van het register, op {day} bewaard.").format(day=date_text(answer.told_on))
    if answer.source == "customers":
        return _("Zoals andere klanten het hebben; niet gecontroleerd.")
    return _("Niet gevonden.")
