"""`deskterm printers`, `print-test` and `print-preview`: whether printing is set up well.

They speak to the printers themselves, in this process: no desk and no worker is needed.
"""

from argparse import Namespace
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from deskterm.cli.endings import Ending, say
from deskterm.cli.opening import open_desk, say_faults, settings_of
from deskterm.cli.parser import Parser, Subjects
from deskterm.paths import only_mine, printed_folder
from deskterm.services.errors import DeskError
from deskterm.text import N_, _

if TYPE_CHECKING:
    from deskterm.printing.documents import CardDocument
    from deskterm.printing.model import PrinterState
    from deskterm.printing.options import PrinterOptions, PrintingOptions

_STATES = {
    "ready": N_("klaar"),
    "waiting": N_("wacht"),
    "attention": N_("vraagt aandacht"),
    "offline": N_("niet bereikbaar"),
    "unknown": N_("zegt niets"),
}
_WELL = ("ready", "waiting", "unknown")


def add(subjects: Subjects, common: Parser) -> None:
    """Add the three commands."""
    printers = subjects.add_parser(
        "printers", parents=[common], help=_("toon de printers en hoe ze ervoor staan")
    )
    printers.set_defaults(run=_list)
    test = subjects.add_parser(
        "print-test", parents=[common], help=_("print een proef op een printer")
    )
    test.add_argument("name", metavar=_("PRINTER"))
    test.set_defaults(run=_test)
    preview = subjects.add_parser(
        "print-preview", parents=[common], help=_("toon een pas zoals hij geprint zou worden")
    )
    preview.add_argument(
        "kind", metavar=_("SOORT"), choices=("card",), help=_("wat: card, de ledenpas")
    )
    preview.add_argument("number", metavar=_("PASNUMMER"))
    preview.add_argument("--png", metavar=_("BESTAND"), type=Path, help=_("als plaatje, in dots"))
    preview.set_defaults(run=_preview)


def _list(given: Namespace) -> int:
    options, well = _options(given)
    printers = tuple(options.printers.values())
    if not printers:
        print(_("Er zijn geen printers ingesteld: zet ze als [[printer]] in config.toml."))
        return Ending.DONE if well else Ending.FAILED
    with ThreadPoolExecutor(len(printers)) as pool:
        # Side by side: one that swallows packets takes its time.
        states = tuple(pool.map(_state_of, printers))
    wide = max(len(printer.name) for printer in printers)
    for printer, state in zip(printers, states, strict=True):
        print(f"{printer.name:{wide}}  {printer.type:15} {_told(state)}")
        for desk in options.desks.values():
            if printer.name in (desk.receipt, desk.card):
                print(f"{'':{wide}}  {_('balie {name}').format(name=desk.name)}")
        well = well and state.readiness in _WELL
    return Ending.DONE if well else Ending.FAILED


def _test(given: Namespace) -> int:
    from deskterm.cli.print_test import run_test

    options, _well = _options(given)
    printer = options.printer(given.name)
    if printer is None:
        known = ", ".join(options.printers) or "-"
        raise DeskError(
            _("Er is geen printer {name}.").format(name=given.name),
            _("Wel: {names}.").format(names=known),
        )
    return Ending.DONE if run_test(printer, options) else Ending.FAILED


def _preview(given: Namespace) -> int:
    from deskterm.services import opening, printing
    from deskterm.services.prints import cards
    from deskterm.services.trouble import reading
    from deskterm.views.customer import Opened

    with open_desk(given) as desk:
        found = opening.open_text(desk, given.number)
        if not isinstance(found, Opened):
            raise DeskError(_("Pas {number} is onbekend.").format(number=given.number))
        actor_id = found.customer.actor_id
        if given.png is None:
            print(printing.preview(desk, "card", actor_id, number=given.number), end="")
            return Ending.DONE
        with reading(desk) as connection:
            document = cards.document(connection, actor_id, given.number)
    return _draw(document, _options(given)[0], given.png)


def _draw(document: "CardDocument", options: "PrintingOptions", file: Path) -> int:
    from deskterm.printing.render.card import render_card
    from deskterm.printing.render.layout import load_template
    from deskterm.printing.rendering import (
        NOTE_TEXTS,
        PROBLEM_TEXTS,
        RenderFault,
        TemplateFault,
    )

    branch = options.branch(document.branch_code)
    try:
        card = render_card(document, branch, load_template(branch.card_template))
    except TemplateFault as fault:
        say(_("De opmaak van de pas klopt niet:"))
        for place, sentence in fault.faults:
            say(f"  {place}: {sentence}")
        return Ending.FAILED
    except RenderFault as fault:
        say(_(PROBLEM_TEXTS[fault.problem]))
        return Ending.FAILED
    with open(file, "wb", opener=only_mine) as stream:
        stream.write(card.png())
    for note in card.notes:
        say(_(NOTE_TEXTS[note]))
    print(_("{file} is geschreven.").format(file=file))
    return Ending.DONE


def _options(given: Namespace) -> "tuple[PrintingOptions, bool]":
    """What the settings say of printers, and whether all of it is right."""
    from deskterm import sections

    section = sections.printing(settings_of(given).reading)
    say_faults(section.faults)
    return section.options, not section.faults


def _state_of(printer: "PrinterOptions") -> "PrinterState":
    from deskterm.printing.drivers.choosing import driver_for

    driver = driver_for(printer, printed_folder())
    try:
        return driver.probe()
    finally:
        driver.close()


def _told(state: "PrinterState") -> str:
    from deskterm.services.printing_words import sentence

    said = [_(_STATES[state.readiness]), *map(sentence, state.reasons)]
    return ": ".join((said[0], " ".join(said[1:]))) if state.reasons else said[0]
