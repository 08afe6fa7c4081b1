"""Rendering: a card with its bars read back, and the bytes of a receipt, when all is loaded."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median

from bench.table import Row, median_and_p95, milliseconds
from deskterm.printing.documents import Barcode, CardDocument, Columns, ReceiptDocument, Rule, Text
from deskterm.printing.options import BranchOptions, PrinterOptions, PrinterType
from deskterm.printing.render.payload import render

ROUNDS = 200
BRANCH = BranchOptions("9401", card_title="Bibliotheek Annen")
CARD = CardDocument("29401000075868", "Zoë d’Arrière", "9401", "Annen")
RECEIPT = ReceiptDocument(
    "payment",
    "Betaalbewijs",
    (
        Text("Zoë d’Arrière"),
        Rule(),
        *(Columns((f"Registratie {place}", "€ 2,50")) for place in range(15)),
        Columns(("Totaal", "€ 37,50"), bold=True),
        Rule(),
        Barcode("29401000075868"),
    ),
)
CARD_PRINTER = PrinterOptions("pas", PrinterType.IPP)
RECEIPT_PRINTER = PrinterOptions("bon", PrinterType.ESCPOS_NETWORK, profile="TM-T20II")


def printing_rows() -> list[Row]:
    """A card as the PDF that its printer gets, template read and all, and a receipt."""
    cards = _timed(lambda: render(CARD, CARD_PRINTER, BRANCH))
    receipts = _timed(lambda: render(RECEIPT, RECEIPT_PRINTER, BRANCH))
    # Nobody waits for the worker key by key: the usual time counts.
    return [
        Row("card, read back, as PDF", median(cards), "ms", 40, note=median_and_p95(cards)),
        Row("receipt of 20 lines", median(receipts), "ms", 2, note=median_and_p95(receipts)),
    ]


def _timed(work: Callable[[], object]) -> list[float]:
    # The first one loads python-escpos, the fonts and Pillow, as a worker does once.
    work()
    samples = []
    for _round in range(ROUNDS):
        began = time.perf_counter()
        work()
        samples.append(time.perf_counter() - began)
    return milliseconds(samples)
