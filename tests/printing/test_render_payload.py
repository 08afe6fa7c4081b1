"""Each printer gets what it understands, or a reason why it cannot have it."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Literal

import pytest
import zplkit
from PIL import Image

from deskterm.printing.documents import (
    Align,
    Barcode,
    CardDocument,
    Columns,
    Document,
    ReceiptDocument,
    Rule,
    Space,
    Symbology,
    Text,
)
from deskterm.printing.model import Form
from deskterm.printing.options import BranchOptions, PrinterOptions, PrinterType
from deskterm.printing.render import a4, barcode, testpage
from deskterm.printing.render.payload import render
from deskterm.printing.rendering import (
    NOTE_TEXTS,
    PROBLEM_TEXTS,
    CardNote,
    Problem,
    RenderFault,
    TemplateFault,
)
from tests.needs import output_of, program
from tests.printing.cards import BRANCH, NUMBER, card, ink
from tests.printing.foreign import read_escpos

CARD = CardDocument(NUMBER, "Zoë Ağaoğlu", "9401", "Annen")
RECEIPT = ReceiptDocument(
    "loans",
    "Leenoverzicht",
    (Text("Zoë Ağaoğlu"), Columns(("Titel", "12-06-2024")), Rule(), Barcode(NUMBER)),
)
LABEL = PrinterOptions("etiket", PrinterType.ESCPOS_NETWORK, language="zpl")
EPSON = PrinterOptions("bon", PrinterType.ESCPOS_NETWORK, profile="TM-T20II")
PAPER = PrinterOptions("kantoor", PrinterType.IPP, paper="a4")
CARDS = PrinterOptions("pas", PrinterType.IPP)


@pytest.mark.parametrize(
    ("document", "printer", "form", "starts"),
    [
        (CARD, CARDS, Form.CARD_PDF, b"%PDF"),
        (CARD, PrinterOptions("e", PrinterType.EVOLIS), Form.CARD_PNG, b"\x89PNG"),
        (CARD, LABEL, Form.ZPL, b"^XA"),
        (CARD, EPSON, Form.ESCPOS, b"\x1b@"),
        (RECEIPT, EPSON, Form.ESCPOS, b"\x1b@"),
        (RECEIPT, PAPER, Form.A4_PDF, b"%PDF"),
        (RECEIPT, PrinterOptions("f", PrinterType.PDF_FILE), Form.A4_PDF, b"%PDF"),
        (CARD, PrinterOptions("n", PrinterType.NULL), Form.CARD_PDF, b"%PDF"),
    ],
)
def test_each_printer_gets_what_it_understands(
    document: Document, printer: PrinterOptions, form: Form, starts: bytes
) -> None:
    payload = render(document, printer, BRANCH)
    assert payload.form is form
    assert payload.data.startswith(starts)
    assert render(document, printer, BRANCH).data == payload.data


@pytest.mark.parametrize(("document", "printer"), [(CARD, PAPER), (RECEIPT, CARDS)])
def test_a_printer_that_cannot_print_it_says_so(
    document: Document, printer: PrinterOptions
) -> None:
    with pytest.raises(RenderFault) as fault:
        render(document, printer, BRANCH)
    assert fault.value.problem is Problem.WRONG_PRINTER


def test_every_problem_and_note_has_a_sentence() -> None:
    assert set(PROBLEM_TEXTS) == set(Problem)
    assert set(NOTE_TEXTS) == set(CardNote)


def test_notes_of_a_card_come_along() -> None:
    document = replace(CARD, name="王小明")
    assert render(document, CARDS, BRANCH).notes == (CardNote.NAME_LOST, CardNote.NAME_MISSING)


def test_the_template_of_the_branch_is_used(tmp_path: Path) -> None:
    template = tmp_path / "own.toml"
    template.write_text("[barcode]\nbox = [3, 3, 79, 20]\n", encoding="utf-8")
    branch = BranchOptions("9401", Symbology.CODABAR, card_template=str(template))
    data = render(CARD, PrinterOptions("e", PrinterType.EVOLIS), branch).data
    with Image.open(BytesIO(data)) as png:
        assert ink(png)[3] <= 23 * 12
        assert barcode.read(png, Symbology.CODABAR) == [NUMBER]
    template.write_text("[barcode]\nbox = [0, 3, 79, 20]\n", encoding="utf-8")
    with pytest.raises(TemplateFault):
        render(CARD, CARDS, branch)


def test_a_card_on_a_receipt_printer_is_a_slip(tmp_path: Path) -> None:
    found = read_escpos(render(CARD, EPSON, BRANCH).data, tmp_path)
    assert b"Bibliotheek Annen" in found.text
    assert barcode.read(found.pictures[-1], Symbology.CODE128) == [NUMBER]
    with pytest.raises(RenderFault):
        render(replace(CARD, number=""), EPSON, BRANCH)


@pytest.mark.parametrize("dpi", [203, 300])
@pytest.mark.parametrize("symbology", Symbology)
def test_a_label_printer_draws_the_card(
    symbology: Symbology, dpi: Literal[203, 300], tmp_path: Path
) -> None:
    label = render(replace(CARD, symbology=symbology), replace(LABEL, dpi=dpi), BRANCH).data
    drawn = zplkit.render(label.decode("ascii"))
    assert list(drawn.warnings) == []
    assert len(drawn.labels) == 1
    file = tmp_path / "label.png"
    file.write_bytes(drawn.labels[0].png())
    with Image.open(file) as image:
        assert image.size == (round(85.6 * dpi / 25.4), round(53.98 * dpi / 25.4))
        assert barcode.read(image.convert("L"), symbology) == [NUMBER]
        where = ink(image)
        margin = 3 * dpi / 25.4 - 1
        assert where[0] >= margin
        assert where[2] <= image.width - margin
    said = output_of(program("zbarimg", "zbar-tools"), "-q", "--nodbus", "--raw", file)
    assert said.decode().strip("AB\n") == NUMBER


def test_a_label_has_the_layout_of_the_card() -> None:
    drawn = zplkit.render(render(CARD, replace(LABEL, dpi=300), BRANCH).data.decode()).labels[0]
    with Image.open(BytesIO(drawn.png())) as label:
        left, top, right, bottom = ink(label)
        image = card("Zoë Ağaoğlu").image
    assert (left, top, right, bottom) == pytest.approx(ink(image), abs=12)


def test_a_number_that_is_too_wide_for_a_label_is_refused() -> None:
    with pytest.raises(RenderFault) as fault:
        render(replace(CARD, number="2" * 80), LABEL, BRANCH)
    assert fault.value.problem is Problem.NUMBER_TOO_LONG


def test_an_a4_page_is_lossless_and_its_bars_are_read(tmp_path: Path) -> None:
    pdf, page = tmp_path / "a4.pdf", tmp_path / "a4"
    pdf.write_bytes(render(RECEIPT, PAPER, BRANCH).data)
    told = output_of(program("pdfinfo", "poppler-utils"), pdf).decode()
    assert "(A4)" in told
    to_cairo = program("pdftocairo", "poppler-utils")
    output_of(to_cairo, "-r", "300", "-mono", "-png", "-singlefile", pdf, page)
    with Image.open(page.with_suffix(".png")) as seen:
        assert seen.convert("1").tobytes() == a4.a4_pages(RECEIPT)[0].tobytes()
        assert barcode.read(seen, Symbology.CODE128) == [NUMBER]
    assert pdf.stat().st_size < 40_000


def test_a_long_overview_takes_more_pages_within_their_margins() -> None:
    rows = [Columns((f"Een titel die lang is {place} " * 4, "12-06-2024")) for place in range(90)]
    pages = a4.a4_pages(ReceiptDocument("loans", "Leenoverzicht", tuple(rows)))
    assert len(pages) > 2
    for page in pages:
        left, top, right, bottom = ink(page)
        assert min(left, top) >= 230
        assert right <= a4.SIZE[0] - 230
        assert bottom <= a4.SIZE[1] - 230


@pytest.mark.parametrize(
    "line",
    [
        Text("W" * 300),
        Text("Zoë", align=Align.RIGHT, bold=True),
        Text("ا" * 200, align=Align.CENTRE),
        Columns(("W" * 100, "W" * 100, "W" * 100)),
        Columns(("", "W" * 100)),
        Columns(("alleen",)),
        Barcode("2" * 200, Symbology.CODABAR),
        Barcode(NUMBER, Symbology.QR),
        Space(3),
        Text(""),
    ],
)
def test_nothing_leaves_an_a4_page(line: Text | Columns | Barcode | Space) -> None:
    (page,) = a4.a4_pages(ReceiptDocument("x", "Titel", (line,)))
    left, _top, right, _bottom = ink(page)
    assert left >= 225
    assert right <= a4.SIZE[0] - 225


@pytest.mark.parametrize(
    "printer", [EPSON, replace(EPSON, profile="POS-5890"), PAPER, LABEL, CARDS]
)
def test_a_test_page_is_made_for_every_printer(printer: PrinterOptions, tmp_path: Path) -> None:
    document = testpage.document_for(printer)
    payload = render(document, printer, BranchOptions(""))
    if payload.form is Form.ESCPOS:
        found = read_escpos(payload.data, tmp_path)
        assert testpage.LETTERS in found.text.decode("cp858")
        # Rare letters, then three codes, which npos puts below each other.
        assert len(found.pictures) >= 2
        assert barcode.read(found.pictures[1], Symbology.CODE128) == [testpage.NUMBER]
    assert payload.notes == ()
