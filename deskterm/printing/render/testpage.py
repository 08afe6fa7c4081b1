"""What `deskterm print-test` prints: enough to see whether a printer is set up as it should be."""

from __future__ import annotations

from deskterm.printing.documents import (
    Align,
    Barcode,
    CardDocument,
    Columns,
    Document,
    DocumentKind,
    ReceiptDocument,
    Rule,
    Symbology,
    Text,
)
from deskterm.printing.options import PrinterOptions
from deskterm.text import _

NUMBER = "20000000000006"
"""Has a right check digit, at a branch (0000) that no library has."""
LETTERS = "é ë ï ö ü ç à è ñ € Ñ Ç"
RARE_LETTERS = "ğ ł ő ş ĳ"


def document_for(printer: PrinterOptions) -> Document:
    """A card for a card printer, a page for any other."""
    if printer.prints_cards and printer.form_of(DocumentKind.RECEIPT) is None:
        return proof_card()
    return proof_receipt(printer)


def proof_card() -> CardDocument:
    """A card of nobody."""
    return CardDocument(
        NUMBER, f"{_('Proefpas')} Zoë Ağaoğlu-Łukasz", branch=printed_letters(), title="deskterm"
    )


def printed_letters() -> str:
    """The letters of a library, common and rare, for a reader to compare."""
    return f"{LETTERS} {RARE_LETTERS}"


def proof_receipt(printer: PrinterOptions) -> ReceiptDocument:
    """The letters of its code page, letters as dots, the width of the paper, and bars."""
    columns = printer.model.columns
    settings = (
        (_("Printer"), printer.name),
        (_("Profiel"), printer.profile),
        (_("Tekenset"), printer.codepage),
        (_("Dots per regel"), str(printer.dots)),
    )
    return ReceiptDocument(
        "test",
        _("Proefbon"),
        (
            *(Columns(cells) for cells in settings),
            Rule(),
            Text(_("Deze letters horen leesbaar te zijn:")),
            Text(LETTERS),
            Text(RARE_LETTERS),
            Text(_("Deze regel hoort precies te passen:")),
            Text(("1234567890" * (columns // 10 + 1))[:columns]),
            Text(_("vet"), bold=True),
            Text(_("groot"), large=True, align=Align.CENTRE),
            Columns((_("Bedrag"), "€ 58,00")),
            Columns((_("Totaal"), "€ 1.258,00"), bold=True),
            Rule(),
            Text(_("Scan deze codes:")),
            Barcode(NUMBER),
            Barcode(NUMBER, Symbology.CODABAR),
            Barcode(NUMBER, Symbology.QR),
        ),
    )
