"""What stands at a desk: which printer a kind of document goes to, and why it cannot."""

from typing import TYPE_CHECKING

from deskterm.printing.documents import DocumentKind
from deskterm.printing.model import Form
from deskterm.services.desk import Desk
from deskterm.services.errors import DeskError
from deskterm.services.prints import words
from deskterm.text import _
from deskterm.views.printing import PrintChoice, PrintKind

if TYPE_CHECKING:
    from deskterm.printing.options import DeskOptions, PrinterOptions, PrintingOptions

MENU: tuple[PrintKind, ...] = (
    "card", "enrolment", "customer", "loans", "status", "payment",
)  # fmt: skip
"""Klant, Print klantgegevens; `payment` is offered where money was settled."""


def choice(desk: Desk, kind: PrintKind) -> PrintChoice:
    """Tell whether this desk can print a kind of document, and where it comes out."""
    options = desk.printing
    name = words.kind_name(kind)
    if options is None:
        return PrintChoice(kind, name, "", _(words.FAULTY))
    printer = _printer(desk, options, kind)
    if printer is None:
        is_card = kind == "card"
        reason = _(words.NO_CARD_PRINTER) if is_card else _(words.NO_RECEIPT_PRINTER)
        return PrintChoice(kind, name, "", reason)
    is_page = printer.form_of(DocumentKind.RECEIPT) is Form.A4_PDF and kind != "card"
    return PrintChoice(kind, name, printer.name, is_page=is_page)


def printer_for(desk: Desk, kind: PrintKind) -> str:
    """The name of the printer for a kind of document; raises DeskError when there is none."""
    found = choice(desk, kind)
    if not found.possible:
        raise DeskError(found.reason)
    return found.printer


def desk_options(desk: Desk, options: "PrintingOptions") -> "DeskOptions":
    """What stands at this desk."""
    return options.desk(desk.place.name, desk.place.branch.code)


def _printer(desk: Desk, options: "PrintingOptions", kind: PrintKind) -> "PrinterOptions | None":
    here = desk_options(desk, options)
    return options.card_printer(here) if kind == "card" else options.receipt_printer(here)
