"""The one door of this room: a document and a printer in, the bytes that it takes out."""

from __future__ import annotations

from dataclasses import dataclass

from deskterm.printing.documents import (
    Align,
    Barcode,
    CardDocument,
    Document,
    ReceiptDocument,
    Text,
)
from deskterm.printing.model import Form
from deskterm.printing.options import BranchOptions, PrinterOptions
from deskterm.printing.render.lines import card_texts
from deskterm.printing.rendering import CardNote, Problem, RenderFault


@dataclass(frozen=True, slots=True)
class Payload:
    """What a driver sends."""

    data: bytes
    form: Form
    notes: tuple[CardNote, ...] = ()
    """What staff may want to know of a card."""


def render(document: Document, printer: PrinterOptions, branch: BranchOptions) -> Payload:
    """Render a document for a printer. The branch is the one of a card; receipts ignore it.

    Slow the first time (python-escpos, fonts), some milliseconds after that; does no input or
    output but reading the template and its logo. Raises RenderFault, which never mends itself.
    """
    form = printer.form_of(document.kind)
    if form is None:
        raise RenderFault(Problem.WRONG_PRINTER)
    if isinstance(document, CardDocument):
        return _card(document, printer, branch, form)
    if form is Form.ESCPOS:
        from deskterm.printing.render.receipt import receipt_bytes

        return Payload(receipt_bytes(document, printer), form)
    from deskterm.printing.render.a4 import a4_pdf

    return Payload(a4_pdf(document), form)


def _card(
    document: CardDocument, printer: PrinterOptions, branch: BranchOptions, form: Form
) -> Payload:
    if form is Form.ESCPOS:
        from deskterm.printing.render.receipt import receipt_bytes

        return Payload(receipt_bytes(slip(document, branch), printer), form)
    from deskterm.printing.render.layout import load_template

    template = load_template(branch.card_template)
    if form is Form.ZPL:
        from deskterm.printing.render.zpl import card_zpl

        return Payload(card_zpl(document, branch, template, printer), form)
    from deskterm.printing.render.card import render_card

    card = render_card(document, branch, template)
    data = card.png(printer) if form is Form.CARD_PNG else card.pdf(printer)
    return Payload(data, form, card.notes)


def slip(document: CardDocument, branch: BranchOptions) -> ReceiptDocument:
    """A card on the paper of a receipt printer, to go with a customer until there is a card.

    Raises RenderFault when there is no number.
    """
    if not document.number:
        raise RenderFault(Problem.NUMBER_EMPTY)
    texts = card_texts(document, branch)
    lines = [Text(text, align=Align.CENTRE) for text in (texts["name"], texts["branch"]) if text]
    code = Barcode(document.number, document.symbology or branch.symbology)
    return ReceiptDocument("card", texts["title"], (*lines, code))
