"""A card is pure black and white, holds what it should, and is refused when it cannot be read."""

from io import BytesIO
from pathlib import Path
from typing import Literal

import pytest
from PIL import Image, ImageDraw

from deskterm.printing.documents import CardDocument, Symbology
from deskterm.printing.options import BranchOptions, PrinterOptions, PrinterType
from deskterm.printing.render import barcode
from deskterm.printing.render.card import SIZE, fit, render_card
from deskterm.printing.render.layout import BarcodeField, Box, load_template, read_template
from deskterm.printing.render.lines import card_texts
from deskterm.printing.rendering import CardNote, Problem, RenderFault
from tests.needs import output_of, program
from tests.printing.cards import BRANCH, NUMBER, card, ink

LONG = "Wilhelmina Antoinette Geertruida Maria Elisabeth van der Heijden-Oosterhuis tot Nij"
SYMBOLS = {
    Symbology.CODE128: "CODE-128",
    Symbology.CODABAR: "Codabar",
    Symbology.CODE39: "CODE-39",
    Symbology.ITF: "I2/5",
    Symbology.QR: "QR-Code",
}


@pytest.mark.parametrize("symbology", Symbology)
def test_zbar_reads_what_zxing_wrote(symbology: Symbology, tmp_path: Path) -> None:
    zbarimg = program("zbarimg", "zbar-tools")
    file = tmp_path / "card.png"
    file.write_bytes(card(symbology=symbology).png())
    found = output_of(zbarimg, "-q", "--nodbus", file).decode().split()
    inside = f"A{NUMBER}B" if symbology is Symbology.CODABAR else NUMBER
    assert found == [f"{SYMBOLS[symbology]}:{inside}"]


@pytest.mark.parametrize("symbology", Symbology)
def test_every_bar_is_whole_dots_with_white_beside_it(symbology: Symbology) -> None:
    bars = barcode.encoded(NUMBER, symbology)
    image = bars.image(4, 60)
    quiet = 16 if symbology is Symbology.QR else 40
    assert image.mode == "1"
    left, _top, right, _bottom = ink(image)
    assert (left, image.width - right) == (quiet, quiet)
    assert image.width == bars.width(4)


def test_a_card_is_one_bit_of_the_size_of_a_card() -> None:
    rendered = card()
    assert (rendered.image.mode, rendered.image.size) == ("1", SIZE)
    with Image.open(BytesIO(rendered.png())) as png:
        assert (png.mode, png.size) == ("1", (1011, 638))
        assert png.info["dpi"] == pytest.approx((300, 300), abs=0.01)


def test_the_same_card_is_the_same_bytes() -> None:
    assert card().pdf() == card().pdf()
    assert b"Arri" not in card().pdf()
    # Nor does it hold the moment it was made, which would make it another file each time.
    assert card().pdf().count(b"(D:19700101") == 2


@pytest.mark.parametrize("symbology", Symbology)
def test_the_pdf_is_the_card_to_the_dot(symbology: Symbology, tmp_path: Path) -> None:
    rendered = card(symbology=symbology)
    pdf, cairo, ghost = (tmp_path / name for name in ("card.pdf", "cairo", "ghost.png"))
    pdf.write_bytes(rendered.pdf())
    to_cairo = program("pdftocairo", "poppler-utils")
    output_of(to_cairo, "-r", "300", "-mono", "-png", "-singlefile", pdf, cairo)
    gs = program("gs", "ghostscript")
    output_of(gs, "-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=pngmono", "-r300", f"-o{ghost}", pdf)
    for file in (cairo.with_suffix(".png"), ghost):
        with Image.open(file) as seen:
            assert seen.size == SIZE
            assert seen.convert("1").tobytes() == rendered.image.tobytes()
            assert barcode.read(seen, symbology) == [NUMBER]


def test_the_pdf_is_one_page_without_loss(tmp_path: Path) -> None:
    pdf = tmp_path / "card.pdf"
    pdf.write_bytes(card().pdf())
    told = output_of(program("pdfinfo", "poppler-utils"), pdf).decode()
    assert "242.64 x 153.12 pts" in told
    images = output_of(program("pdfimages", "poppler-utils"), "-list", pdf).decode().splitlines()
    assert len(images) == 3
    width, height, _colour, _parts, bits, encoding = images[2].split()[3:9]
    assert (width, height, bits, encoding) == ("1011", "638", "1", "ccitt")


@pytest.mark.parametrize(
    ("number", "symbology", "problem"),
    [
        ("", Symbology.CODE128, Problem.NUMBER_EMPTY),
        ("294010000758", Symbology.CODE39, None),
        ("2" * 40, Symbology.CODE128, None),
        ("2" * 62, Symbology.CODE128, Problem.NUMBER_TOO_LONG),
        ("2" * 30, Symbology.CODABAR, Problem.NUMBER_TOO_LONG),
        ("2" * 20, Symbology.CODE39, Problem.NUMBER_TOO_LONG),
        ("2" * 4000, Symbology.QR, Problem.NUMBER_TOO_LONG),
        ("2940100007586", Symbology.ITF, Problem.NUMBER_UNFIT),
        ("29401000é7586", Symbology.CODE39, Problem.NUMBER_UNFIT),
        ("A2940", Symbology.CODABAR, Problem.NUMBER_UNFIT),
    ],
)
def test_a_number_that_its_code_cannot_hold_is_refused(
    number: str, symbology: Symbology, problem: Problem | None
) -> None:
    if problem is None:
        card(number=number, symbology=symbology)
        return
    with pytest.raises(RenderFault) as fault:
        card(number=number, symbology=symbology)
    assert fault.value.problem is problem


def test_a_card_whose_bars_cannot_be_read_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = barcode.Bars.image

    def scratched(bars: barcode.Bars, module: int, height: int) -> Image.Image:
        image = whole(bars, module, height)
        ImageDraw.Draw(image).rectangle((image.width // 2, 0, image.width, height), fill=1)
        return image

    monkeypatch.setattr(barcode.Bars, "image", scratched)
    with pytest.raises(RenderFault) as fault:
        card()
    assert fault.value.problem is Problem.BARCODE_UNREADABLE


def test_bars_of_another_number_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    other = barcode.encoded("29401000075876", Symbology.CODE128)
    monkeypatch.setattr(barcode, "encoded", lambda *_asked: other)
    with pytest.raises(RenderFault):
        card()


def test_a_long_name_is_shrunk_and_then_cut() -> None:
    field = load_template().texts["name"]
    usual, smaller, cut = (fit(field, name) for name in ("Zoë", LONG[:45], LONG))
    assert not smaller.was_cut
    assert cut.size <= smaller.size < usual.size
    assert cut.text.endswith("…")
    assert LONG.startswith(cut.text.rstrip("…"))
    assert card(LONG).notes == (CardNote.NAME_CUT,)
    assert card(LONG[:45]).notes == ()


def test_a_name_of_nothing_but_unknown_letters_leaves_a_card_that_says_so() -> None:
    assert card("王小明").notes == (CardNote.NAME_LOST, CardNote.NAME_MISSING)
    assert card("José 😀 Peña").notes == (CardNote.NAME_LOST,)
    assert card("محمد بن عبد الله").notes == ()


def test_a_title_that_is_too_long_is_told() -> None:
    document = CardDocument(NUMBER, "Zoë", "9401", "Annen", title="Bibliotheek " * 8)
    assert render_card(document, BRANCH, load_template()).notes == (CardNote.TEXT_CUT,)


def test_a_branch_that_is_the_title_is_not_named_twice() -> None:
    document = CardDocument(NUMBER, "Zoë", branch="bibliotheek annen")
    assert card_texts(document, BRANCH)["branch"] == ""
    assert card_texts(document, BranchOptions("9401"))["branch"] == "bibliotheek annen"
    assert card_texts(document, BranchOptions("9401"))["title"] == "Bibliotheekpas"


def test_nothing_is_drawn_near_the_edge() -> None:
    left, top, right, bottom = ink(card(LONG).image)
    margin = round(3 * 300 / 25.4)
    assert min(left, top) >= margin
    assert right <= SIZE[0] - margin
    assert bottom <= SIZE[1] - margin


@pytest.mark.parametrize(
    ("media", "bleed", "rotate", "size"),
    [
        ((85.60, 53.98), 0.0, 0, (1011, 638)),
        ((86.02, 54.86), 0.0, 0, (1016, 648)),
        ((85.60, 53.98), 1.0, 90, (661, 1035)),
        ((85.60, 53.98), 0.0, 180, (1011, 638)),
    ],
)
def test_a_printer_gets_the_page_it_asks_for(
    media: tuple[float, float],
    bleed: float,
    rotate: Literal[0, 90, 180, 270],
    size: tuple[int, int],
) -> None:
    printer = PrinterOptions("pas", PrinterType.IPP, media_mm=media, bleed_mm=bleed, rotate=rotate)
    page = card().page(printer)
    assert (page.mode, page.size) == ("1", size)
    upright = page.rotate(rotate, expand=True)
    assert barcode.read(upright, Symbology.CODE128) == [NUMBER]


def test_a_card_that_is_turned_has_its_top_to_the_right() -> None:
    printer = PrinterOptions("pas", PrinterType.IPP, rotate=90)
    turned = card().page(printer)
    assert turned.rotate(90, expand=True).tobytes() == card().image.tobytes()


LOGO = """
[barcode]
box = [3.0, 29.0, 79.6, 14.0]
[logo]
box = [60.0, 4.0, 20.0, 20.0]
file = "logo.png"
"""


def test_a_logo_becomes_black_and_white(tmp_path: Path) -> None:
    logo = Image.new("RGBA", (400, 200), (0, 0, 0, 0))
    ImageDraw.Draw(logo).ellipse((0, 0, 399, 199), fill=(0, 40, 120, 255))
    logo.save(tmp_path / "logo.png")
    template = read_template(LOGO, tmp_path)
    rendered = render_card(CardDocument(NUMBER, "Zoë"), BRANCH, template)
    left, top, right, bottom = ink(rendered.image.crop((709, 47, 945, 283)))
    # Two to one, in the middle of a square.
    assert right - left == pytest.approx(236, abs=2)
    assert bottom - top == pytest.approx(118, abs=2)
    assert top == pytest.approx(59, abs=2)


def test_a_logo_that_is_no_picture_is_a_fault_of_the_template(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_text("no picture", encoding="utf-8")
    template = read_template(LOGO, tmp_path)
    with pytest.raises(RenderFault) as fault:
        render_card(CardDocument(NUMBER, "Zoë"), BRANCH, template)
    assert fault.value.problem is Problem.TEMPLATE


def test_a_qr_code_takes_the_room_it_has() -> None:
    bars = barcode.encoded(NUMBER, Symbology.QR)
    field = BarcodeField(Box(3, 29, 79.6, 14))
    assert barcode.largest(bars, field.modules, (940, 165)) == 5
    with pytest.raises(RenderFault):
        barcode.largest(bars, field.modules, (940, 60))
